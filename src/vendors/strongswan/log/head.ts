/** What stands before a message of charon's: time, host, daemon, thread, group, and whose it is. */

export interface Head {
  readonly text: string;
  /** As printed. */
  readonly time?: string | undefined;
  /** On the log's own clock. */
  readonly seconds?: number | undefined;
  /** The IKE SA's number: the same before and after the peer is known by name ("<1>", "<branch|1>"). */
  readonly exchange?: string | undefined;
}

const STAMP =
  /^(?:<\d{1,3}>(?:1 )?)?(?:(?<month>[A-Z][a-z]{2}) {1,2}(?<day>\d{1,2})(?: \d{4})? (?<clock>[\d:]{8})(?:\.\d{1,9})?|(?<date>\d{4}-\d\d-\d\d)[T ](?<isoClock>[\d:]{8})[\d.,+:Z-]{0,18})\s/;
const GROUP = /(?:\d\d)?\[(?:ASN|CFG|CHD|DMN|ENC|ESP|IKE|IMC|IMV|JOB|KNL|LIB|MGR|NET|PTS|TLS|TNC)\d?\] /;
const WHOSE = /^<(?:[^<>|]{1,120}\|)?(?<id>\d{1,10})> /;
/** The journal has thread and group in fields of their own and prints the message alone. */
const DAEMON =
  /(?:charon|charon-systemd|charon-nm|charon-cmd|strongswan|ipsec|ipsec_starter|starter)(?:-[\w-]{1,30})?(?:\[\d{1,9}\])?: /;
/** No head is longer. */
const LONGEST_HEAD = 240;

/** The head of a line; undefined for a line that is none of charon's. */
export function readHead(line: string): Head | undefined {
  const front = line.length > LONGEST_HEAD ? line.slice(0, LONGEST_HEAD) : line;
  const stamp = STAMP.exec(front);
  const group = GROUP.exec(front);
  const body = group ?? (stamp ? DAEMON.exec(front) : null);
  if (!body) return undefined;
  const text = line.slice(body.index + body[0].length);
  const whose = WHOSE.exec(text);
  return {
    text: whose ? text.slice(whose[0].length) : text,
    time: stamp?.[0].trim(),
    seconds: stamp?.groups && secondsOf(stamp.groups),
    exchange: whose?.groups?.["id"],
  };
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function secondsOf({
  month,
  day,
  clock,
  date,
  isoClock,
}: Readonly<Record<string, string | undefined>>): number | undefined {
  const [hours = 0, minutes = 0, seconds = 0] = (clock ?? isoClock ?? "").split(":").map(Number);
  const ofDay = hours * 3600 + minutes * 60 + seconds;
  if (date !== undefined) {
    const days = Date.parse(`${date}T00:00:00Z`);
    return Number.isNaN(days) ? undefined : days / 1000 + ofDay;
  }
  const index = MONTHS.indexOf(month ?? "");
  return index < 0 ? undefined : (index * 31 + Number(day)) * 86_400 + ofDay;
}
