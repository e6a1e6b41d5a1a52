/** The time in the head of a log line, on the log's own clock: enough to tell how long after another line it was written. */

const MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
const MONTH_NAMES: readonly string[] = MONTHS.match(/.../g) ?? [];

/** From 0; negative for what is no month's name of three letters. */
export function monthOf(name: string): number {
  return name.length === 3 ? monthAt(name, 0) : -1;
}

/** The month whose name of three letters stands at this place of the text, from 0; negative where none does. */
export function monthAt(text: string, at: number): number {
  const first = text.charCodeAt(at);
  for (let month = 0; month < 12; month += 1)
    if (MONTHS.charCodeAt(3 * month) === first && text.startsWith(MONTH_NAMES[month] ?? "", at)) return month;
  return -1;
}

/** A time stamp taken apart: "2026-11-27" is a `date`, and "Nov 27" a month and a day; the clock is "09:01:10". */
export interface StampParts {
  readonly month?: string | undefined;
  readonly day?: string | undefined;
  readonly date?: string | undefined;
  readonly clock?: string | undefined;
}

/** Seconds; without a year all months are of one length. Undefined for what is no date. */
export function secondsOf({ month = "", day, date, clock = "" }: StampParts): number | undefined {
  const [hours = 0, minutes = 0, seconds = 0] = clock.split(":").map(Number);
  const ofDay = hours * 3600 + minutes * 60 + seconds;
  if (date !== undefined) {
    const midnight = Date.parse(`${date}T00:00:00Z`);
    return Number.isNaN(midnight) ? undefined : midnight / 1000 + ofDay;
  }
  const index = monthOf(month);
  return index < 0 ? undefined : (index * 31 + Number(day)) * 86_400 + ofDay;
}
