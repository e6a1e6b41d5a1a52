/**
 * The VPN log: ikemgr.log (`less mp-log ikemgr.log`, `tail`), the system log as a table (`show log system subtype equal vpn`)
 * and as CSV (export, syslog). What the lines mean stands in knowledge/signatures.
 * Source: PAN-OS administrator's guide, "Interpret VPN Error Messages"; "System Log Fields".
 */
import type { Command, Line, Output, Parsed, ParseTools } from "../../domain/output.ts";
import type { LogMessage } from "../../negotiations/message.ts";
import { readNegotiations } from "../../negotiations/negotiations.ts";
import { readHead } from "./log/head.ts";
import { readTold } from "./log/told.ts";

const LEVEL = "(?:INFO|PNTF|PERR|PWRN|DEBG|DEBUG|WARN|ERR|ERROR|PROTO_ERR|PROTO_NOTIFY|PROTO_WARN|NOTIFY|DUMP)";
/** The second line of a message: between whom the negotiation is. */
const GOES_ON = /^\s{0,120}====> (?:Initiated|Established|Failed|Deleted|Expired) SA: /;
/** A description alone, as it is copied out of the web interface's system log. */
const DESCRIPTION = /^IKE(?:v[12])? (?:phase-[12]|child SA|IKE SA) negotiation (?:is )?(?:failed|started|succeeded)\b/;
const COLUMNS = /^Time {1,30}Severity {1,20}Subtype {1,20}Object {1,20}EventID {1,20}ID {1,10}Description/;
const RULER = /^[=\s]*$/;

export const log: Command = {
  run: "less mp-log ikemgr.log",
  alsoRun: [
    "tail follow yes mp-log ikemgr.log",
    "tail lines NUMBER mp-log ikemgr.log",
    "grep pattern WORD mp-log ikemgr.log",
    "show log system [subtype equal vpn] [direction equal backward] [direction equal forward] [csv-output equal yes] [OPTION1 OPTION2 OPTION3]",
  ],
  looksLike: [
    new RegExp(`^\\d{4}-\\d\\d-\\d\\d [\\d:]{8}(?:\\.\\d{3})?(?: [+-]\\d{4})? {1,3}\\[${LEVEL}\\] ?:`),
    /^\d{4}\/\d\d\/\d\d [\d:]{8} (?:info|low|medium|high|critical|informational) {1,12}vpn\s/,
    /^(?:<\d{1,3}>)?(?:[A-Z][a-z]{2} {1,2}\d{1,2} [\d:]{8} \S{1,63} )?\d,\d{4}\/\d\d\/\d\d [\d:]{8},\w{1,20},SYSTEM,vpn,/,
    COLUMNS,
    DESCRIPTION,
  ],
  mayStartWith: [GOES_ON],
  parse(output: Output, tools: ParseTools): Parsed {
    const messages: LogMessage[] = [];
    const unread: Line[] = [];
    for (const line of output.lines) {
      const { number, text } = line;
      if (GOES_ON.test(text)) {
        const last = messages.pop();
        messages.push(last ? { ...last, ...readTold(text) } : messageOf(text.trim(), number));
        continue;
      }
      const head = readHead(text);
      if (head)
        messages.push({
          ...messageOf(head.text, number),
          time: head.time,
          seconds: head.seconds,
          ...(head.names && { names: head.names }),
        });
      else if (DESCRIPTION.test(text)) messages.push(messageOf(text.trim(), number));
      else if (!RULER.test(text) && !COLUMNS.test(text)) unread.push(line);
    }
    if (isNewestFirst(messages)) messages.reverse();
    return { values: [readNegotiations(messages, tools.signatures, "syslog")], unread, command: "syslog" };
  },
};

/** `direction equal backward`, and exports of the web interface. */
function isNewestFirst(messages: readonly LogMessage[]): boolean {
  const times = messages.flatMap(({ seconds }) => seconds ?? []);
  return (times[0] ?? 0) > (times.at(-1) ?? 0);
}

function messageOf(text: string, line: number): LogMessage {
  return { line, text: text.replace(/^====> | <====$/g, ""), ...readTold(text, line) };
}
