/** What stands before a message of charon's: time, host, daemon, thread, group, and whose it is. */
import { monthAt, secondsOf } from "../../../negotiations/log-time.ts";

export interface Head {
  readonly text: string;
  /** As printed. */
  readonly time?: string | undefined;
  /** On the log's own clock. */
  readonly seconds?: number | undefined;
  /** The IKE SA's number: the same before and after the peer is known by name ("<1>", "<branch|1>"). */
  readonly exchange?: string | undefined;
  readonly connectionName?: string | undefined;
}

const STAMP =
  /^(?:<\d{1,3}>(?:1 )?)?(?:(?<month>[A-Z][a-z]{2}) {1,2}(?<day>\d{1,2})(?: \d{4})? (?<clock>[\d:]{8})(?:\.\d{1,9})?|(?<date>\d{4}-\d\d-\d\d)[T ](?<isoClock>[\d:]{8})[\d.,+:Z-]{0,18})\s/;
const GROUP = /(?:\d\d)?\[(?:ASN|CFG|CHD|DMN|ENC|ESP|IKE|IMC|IMV|JOB|KNL|LIB|MGR|NET|PTS|TLS|TNC)\d?\] /;
const WHOSE = /<(?:([^<>|]{1,120})\|)?(\d{1,10})> /y;
const GROUPS: ReadonlySet<number> = new Set(
  "ASN CFG CHD DMN ENC ESP IKE IMC IMV JOB KNL LIB MGR NET PTS TLS TNC".split(" ").map((name) => lettersAt(name, 0)),
);
/** The journal has thread and group in fields of their own and prints the message alone. */
const DAEMON =
  /(?:charon|charon-systemd|charon-nm|charon-cmd|strongswan|ipsec|ipsec_starter|starter)(?:-[\w-]{1,30})?(?:\[\d{1,9}\])?: /;
/** No head is longer. */
const LONGEST_HEAD = 240;

/** The head of a line; undefined for a line that is none of charon's. */
export function readHead(line: string): Head | undefined {
  return readUsualHead(line) ?? readAnyHead(line);
}

/**
 * "Nov 27 10:04:11 05[NET] <1> ", as charon's own file has each of its lines, by position; all other forms are left to
 * the patterns. A hub's log has 200,000 of them.
 */
export function readUsualHead(line: string): Head | undefined {
  const month = monthAt(line, 0);
  if (month < 0 || line.charCodeAt(3) !== SPACE || line.charCodeAt(6) !== SPACE) return undefined;
  const day = (line.charCodeAt(4) === SPACE ? 0 : digitAt(line, 4)) * 10 + digitAt(line, 5);
  const ofDay = clockAt(line, 7);
  const isHead =
    line.charCodeAt(15) === SPACE && digitAt(line, 16) * digitAt(line, 17) >= 0 && line.charCodeAt(18) === OPENING;
  if (!(day >= 0) || !(ofDay >= 0) || !isHead) return undefined;
  const close = line.charCodeAt(22) === CLOSING ? 22 : digitAt(line, 22) >= 0 ? 23 : -1;
  if (line.charCodeAt(close) !== CLOSING || line.charCodeAt(close + 1) !== SPACE) return undefined;
  if (!GROUPS.has(lettersAt(line, 19))) return undefined;
  return headOf(line, close + 2, line.slice(0, 15), (month * 31 + day) * 86_400 + ofDay);
}

function readAnyHead(line: string): Head | undefined {
  const front = line.length > LONGEST_HEAD ? line.slice(0, LONGEST_HEAD) : line;
  const stamp = STAMP.exec(front);
  const group = GROUP.exec(front);
  const body = group ?? (stamp ? DAEMON.exec(front) : null);
  if (!body) return undefined;
  return headOf(
    line,
    body.index + body[0].length,
    stamp?.[0].trim(),
    stamp?.groups && secondsOf({ ...stamp.groups, clock: stamp.groups["clock"] ?? stamp.groups["isoClock"] }),
  );
}

function headOf(line: string, from: number, time: string | undefined, seconds: number | undefined): Head {
  if (line.charCodeAt(from) !== LESS)
    return { text: line.slice(from), time, seconds, exchange: undefined, connectionName: undefined };
  WHOSE.lastIndex = from;
  const whose = WHOSE.exec(line);
  const text = line.slice(whose ? WHOSE.lastIndex : from);
  return { text, time, seconds, exchange: whose?.[2], connectionName: whose?.[1] };
}

const SPACE = 32;
const OPENING = 91;
const CLOSING = 93;
const LESS = 60;
const COLON = 58;

/** The digit's value; NaN where there is none, and so is what is reckoned with it. */
function digitAt(text: string, at: number): number {
  const value = text.charCodeAt(at) - 48;
  return value >= 0 && value <= 9 ? value : Number.NaN;
}

/** Seconds of the day of "10:04:11"; NaN for anything else. */
function clockAt(text: string, at: number): number {
  if (text.charCodeAt(at + 2) !== COLON || text.charCodeAt(at + 5) !== COLON) return Number.NaN;
  return twoDigitsAt(text, at) * 3600 + twoDigitsAt(text, at + 3) * 60 + twoDigitsAt(text, at + 6);
}

function twoDigitsAt(text: string, at: number): number {
  return digitAt(text, at) * 10 + digitAt(text, at + 1);
}

/** Three characters as one number: no text is made to look them up. */
function lettersAt(text: string, at: number): number {
  return (text.charCodeAt(at) << 16) | (text.charCodeAt(at + 1) << 8) | text.charCodeAt(at + 2);
}
