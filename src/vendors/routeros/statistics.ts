/**
 * `/ip ipsec statistics print`: what the kernel dropped, of all tunnels together; it can't be laid at one tunnel's door.
 * Source: MikroTik RouterOS documentation, IPsec, "Statistics"; the counters are Linux's (/proc/net/xfrm_stat).
 */
import type { Command, Line, Output, Parsed, ParseTools } from "../../domain/output.ts";
import { readNegotiations } from "../../negotiations/negotiations.ts";

const COUNTER = /^\s{1,40}(?<name>(?:in|out)-[a-z-]{4,40}): (?<count>\d{1,20})\s*$/;

export const statistics: Command = {
  run: "ip ipsec statistics print",
  alsoRun: ["/ip ipsec statistics print", "/ip/ipsec/statistics/print", "statistics print"],
  looksLike: [
    /^\s{1,40}(?:in-(?:state|no|template|policy|header|buffer|errors)|out-(?:bundle|state|policy|no|errors))[a-z-]{0,30}: \d/,
  ],
  parse(output: Output, tools: ParseTools): Parsed {
    const unread: Line[] = [];
    const messages: { line: number; text: string }[] = [];
    for (const line of output.lines) {
      const groups = COUNTER.exec(line.text)?.groups;
      if (groups) {
        if (Number(groups["count"]) > 0) messages.push({ line: line.number, text: line.text.trim() });
      } else if (line.text.trim() !== "") unread.push(line);
    }
    return { values: [readNegotiations(messages, tools.signatures, "ipsec-statistics")], unread };
  },
};
