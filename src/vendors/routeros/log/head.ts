/** What stands before a message: time and topics. */

interface Head {
  readonly text: string;
  readonly time?: string | undefined;
  /** On the log's own clock. */
  readonly seconds?: number | undefined;
}

const HEAD =
  /^\s{0,3}(?:(?<date>[a-z]{3}\/\d\d(?:\/\d{4})?|\d{4}-\d\d-\d\d|\d\d-\d\d|[A-Z][a-z]{2} [ \d]\d) )?(?<clock>\d\d:\d\d:\d\d)(?: \S{1,63})? ipsec(?:,[a-z0-9]{2,12}){0,3}:? {1,4}/;
const BARE = /^ipsec(?:,[a-z0-9]{2,12}){0,3} {1,4}/;
const DETAIL =
  /^\s{0,6}\d{1,6} {1,6}time=(?:(?<date>[a-z]{3}\/\d\d(?:\/\d{4})?|\d{4}-\d\d-\d\d) )?(?<clock>\d\d:\d\d:\d\d) topics=ipsec[a-z0-9,]{0,40} (?:buffer=\S{1,30} )?message="/;

export function readHead(line: string): Head | undefined {
  const detail = DETAIL.exec(line);
  if (detail) return { ...timeOf(detail.groups), text: line.slice(detail[0].length).replace(/"\s*$/, "") };
  const head = HEAD.exec(line);
  if (head) return { ...timeOf(head.groups), text: line.slice(head[0].length).trim() };
  const bare = BARE.exec(line);
  return bare ? { text: line.slice(bare[0].length).trim() } : undefined;
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

function timeOf(groups: Readonly<Record<string, string | undefined>> = {}): Omit<Head, "text"> {
  const { date, clock = "" } = groups;
  const [hours = 0, minutes = 0, seconds = 0] = clock.split(":").map(Number);
  const ofDay = hours * 3600 + minutes * 60 + seconds;
  return { time: date === undefined ? clock : `${date} ${clock}`, seconds: daysOf(date) * 86_400 + ofDay };
}

/** Days on the log's own calendar; without a year all months are of one length. */
function daysOf(date: string | undefined): number {
  if (date === undefined) return 0;
  if (/^\d{4}-/.test(date)) return Date.parse(`${date}T00:00:00Z`) / 86_400_000 || 0;
  const numbers = /^(?<month>\d\d)-(?<day>\d\d)$/.exec(date)?.groups;
  if (numbers) return (Number(numbers["month"]) - 1) * 31 + Number(numbers["day"]);
  const named = /^(?<month>[A-Za-z]{3})[ /]{1,2}(?<day>\d{1,2})(?:\/(?<year>\d{4}))?$/.exec(date)?.groups;
  const month = MONTHS.indexOf((named?.["month"] ?? "").toLowerCase());
  return Number(named?.["year"] ?? 0) * 372 + Math.max(month, 0) * 31 + Number(named?.["day"] ?? 0);
}
