/**
 * What stands before a message: the head of syslog in its BSD and its structured form (RFC 5424), or of a trace file.
 * Sources: Junos OS System Logging guide ("Interpreting messages generated in standard and structured-data format").
 */
import { secondsOf } from "../../../negotiations/log-time.ts";

export interface Head {
  readonly text: string;
  /** As printed. */
  readonly time?: string | undefined;
  /** On the log's own clock. */
  readonly seconds?: number | undefined;
}

const BSD =
  /^(?:<\d{1,3}>)?(?<stamp>(?<month>[A-Z][a-z]{2}) {1,2}(?<day>\d{1,2})(?: \d{4})? (?<clock>[\d:]{8})(?:\.\d{1,6})?)(?: [A-Z]{2,5})? {1,2}(?:[\w.:-]{1,80} {1,2})?(?<daemon>[\w-]{2,30})(?:\[\d{1,9}\])?: {1,2}/;
const STRUCTURED =
  /^(?:<\d{1,3}>)?(?:1 )?(?<stamp>(?<date>\d{4}-\d\d-\d\d)T(?<clock>[\d:]{8})[\d.,+:Z-]{0,18}) (?:\S{1,80} )?(?<daemon>[A-Za-z][\w-]{1,30})(?: (?:\d{1,9}|-) (?<tag>[A-Z][A-Z0-9_]{2,60}|-) |(?:\[\d{1,9}\])?: {1,2})/;
const TRACE =
  /^\[(?<stamp>(?<month>[A-Z][a-z]{2}) {1,2}(?<day>\d{1,2}) (?<clock>[\d:]{8})(?:\.\d{1,6})?)(?: [^\]]{1,40})?\]\s{0,4}/;
/** Without a time: what people cut out of a line. */
const BARE =
  /^(?:\S{1,40}: )?(?=(?:KMD|IKED?|RT_IPSEC)_[A-Z0-9_]{2,50}: |(?:IKE|IPSec) negotiation failed with error: )/;
/** "[junos@2636.1.1.1.2.41 a="b" c="d"]". */
const DATA = /^\[junos@[\d.]{3,40} (?<fields>[^\]]{0,2000})\] ?/;

/** The head of a line; undefined for a line that is none of a log. */
export function readHead(line: string): Head | undefined {
  const structured = STRUCTURED.exec(line);
  const match = structured ?? BSD.exec(line) ?? TRACE.exec(line);
  if (!match) {
    const bare = BARE.exec(line);
    return bare ? { text: line.slice(bare[0].length) } : undefined;
  }
  const { stamp = "", tag } = match.groups ?? {};
  return {
    text: structured ? message(line.slice(match[0].length), tag) : line.slice(match[0].length).trimStart(),
    time: stamp,
    seconds: secondsOf(match.groups ?? {}),
  };
}

/** The message with its tag; in the brief form, which has none, the fields stand for it. */
function message(rest: string, tag: string | undefined): string {
  const data = DATA.exec(rest);
  const body = (data ? rest.slice(data[0].length) : rest.replace(/^- /, "")).trim();
  if (tag === undefined || tag === "-") return body;
  return `${tag}: ${body === "" ? (data?.groups?.["fields"] ?? "") : body}`;
}
