/**
 * `/ip ipsec statistics print`: what the kernel dropped, of all tunnels together; it can't be laid at one tunnel's door.
 * Source: MikroTik RouterOS documentation, IPsec, "Statistics"; the counters are Linux's (/proc/net/xfrm_stat).
 */
import type { Command, Line, Output, Parsed, ParseTools } from "../../domain/output.ts";
import type { DropCounters } from "../../domain/readings/path.ts";
import { readNegotiations } from "../../negotiations/negotiations.ts";

const COUNTER = /^\s{1,40}(?<name>(?:in|out)-[a-z-]{4,40}): (?<count>\d{1,20})\s*$/;

/** The counters that are told apart, by their names in Linux. */
const OF_LINUX: Readonly<Record<string, string>> = {
  "in-no-states": "XfrmInNoStates",
  "in-state-protocol-errors": "XfrmInStateProtoError",
  "in-state-sequence-errors": "XfrmInStateSeqError",
  "in-template-mismatches": "XfrmInTmplMismatch",
  "in-no-policies": "XfrmInNoPols",
};

export const statistics: Command = {
  run: "ip ipsec statistics print",
  alsoRun: ["/ip ipsec statistics print", "/ip/ipsec/statistics/print", "statistics print"],
  looksLike: [
    /^\s{1,40}(?:in-(?:state|no|template|policy|header|buffer|errors)|out-(?:bundle|state|policy|no|errors))[a-z-]{0,30}: \d/,
  ],
  parse(output: Output, tools: ParseTools): Parsed {
    const unread: Line[] = [];
    const messages: { line: number; text: string }[] = [];
    const counters: DropCounters["counters"][number][] = [];
    for (const line of output.lines) {
      const groups = COUNTER.exec(line.text)?.groups;
      if (groups) {
        const name = OF_LINUX[groups["name"] ?? ""];
        if (name !== undefined) counters.push({ name, count: Number(groups["count"]), line: line.number });
        if (Number(groups["count"]) > 0) messages.push({ line: line.number, text: line.text.trim() });
      } else if (line.text.trim() !== "") unread.push(line);
    }
    const log = readNegotiations(messages, tools.signatures, "ipsec-statistics");
    return { values: counters.length > 0 ? [log, { kind: "drop-counters", counters }] : [log], unread };
  },
};
