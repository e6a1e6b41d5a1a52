/** `show asp drop`: why the ASA dropped packets and flows, of everybody; counters that can't be laid at one tunnel's door. */
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { DropCounters } from "../../domain/readings/path.ts";
import { isFiller } from "../cisco-ios/ike-output.ts";

const HEADING = /^\s*(?:Frame drop|Flow drop):\s*$/;
const COUNTER = /^\s{1,8}\S.{2,90} \((?=[a-z0-9]{1,30}-)(?<reason>[a-z0-9-]{3,60})\)\s{1,60}(?<count>\d{1,20})\s*$/;
const LAST = /^\s*Last clearing: /;

export const showAspDrop: Command = {
  run: "show asp drop [frame] [flow]",
  looksLike: [HEADING, COUNTER, LAST],
  parse(output: Output): Parsed {
    const unread: Line[] = [];
    const counters: DropCounters["counters"][number][] = [];
    for (const line of output.lines) {
      const { reason, count } = COUNTER.exec(line.text)?.groups ?? {};
      if (reason !== undefined) counters.push({ name: reason, count: Number(count), line: line.number });
      else if (!HEADING.test(line.text) && !LAST.test(line.text) && !isFiller(line.text)) unread.push(line);
    }
    if (counters.length === 0 && unread.length > 0) return { values: [], unread };
    return { values: [{ kind: "drop-counters", counters }], unread };
  },
};
