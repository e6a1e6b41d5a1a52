/** `show asp drop`: why the ASA dropped packets and flows, of everybody; counters that can't be laid at one tunnel's door. */
import type { Command, Line, Output, Parsed, ParseTools } from "../../domain/output.ts";
import { readNegotiations } from "../../negotiations/negotiations.ts";
import { isFiller } from "../cisco-ios/ike-output.ts";

const HEADING = /^\s*(?:Frame drop|Flow drop):\s*$/;
const COUNTER = /^\s{1,8}\S.{2,90} \((?=[a-z0-9]{1,30}-)(?<reason>[a-z0-9-]{3,60})\)\s{1,60}(?<count>\d{1,20})\s*$/;
const LAST = /^\s*Last clearing: /;

export const showAspDrop: Command = {
  run: "show asp drop [frame] [flow]",
  looksLike: [HEADING, COUNTER, LAST],
  parse(output: Output, tools: ParseTools): Parsed {
    const unread: Line[] = [];
    const messages: { line: number; text: string }[] = [];
    for (const line of output.lines) {
      if (COUNTER.test(line.text)) messages.push({ line: line.number, text: line.text.trim() });
      else if (!HEADING.test(line.text) && !LAST.test(line.text) && !isFiller(line.text)) unread.push(line);
    }
    return { values: [readNegotiations(messages, tools.signatures, "asp-drop")], unread };
  },
};
