/** Turns a log's time stamps into seconds that never go back. */
import type { Moment } from "./line-prefix.ts";

type CalendarMoment = Exclude<Moment, { readonly uptime: number }>;

const DAY = 86_400;
const YEAR = 365 * DAY;
/** A later stamp that is this much earlier in its year is of the next year: IOS prints none. */
const NEW_YEAR = 300 * DAY;

/**
 * A clock for one log: seconds (with milliseconds) since the start of the first stamp's year, or since the router's
 * start where it prints uptimes. Where the clock is set back, time goes on from the last stamp.
 */
export function createLogClock(): (moment: Moment) => number {
  let offset = 0;
  let last: number | undefined;
  let firstYear: number | undefined;
  const startOf = createDayStarts();
  return (moment) => {
    let value = ("uptime" in moment ? moment.uptime : startOf(moment, firstYear) + moment.secondOfDay) + offset;
    if ("month" in moment) firstYear ??= moment.year;
    if (last !== undefined && value < last) {
      const jump = "month" in moment && last - value > NEW_YEAR ? YEAR : last - value;
      offset += jump;
      value += jump;
    }
    last = value;
    return Math.round(value * 1000) / 1000;
  };
}

/** When a day began, in seconds since the start of the first stamp's year; the lines of a log are mostly of one day. */
function createDayStarts(): (moment: CalendarMoment, firstYear: number | undefined) => number {
  let known: CalendarMoment | undefined;
  let knownFirst: number | undefined;
  let start = 0;
  return (moment, firstYear) => {
    const { year, month, day } = moment;
    const isKnown = known?.day === day && known.month === month && known.year === year && knownFirst === firstYear;
    if (isKnown) return start;
    known = moment;
    knownFirst = firstYear;
    // IOS mostly prints no year: one without a 29th of February.
    start =
      year === undefined
        ? (Date.UTC(2001, month, day) - Date.UTC(2001, 0, 1)) / 1000
        : (Date.UTC(year, month, day) - Date.UTC(firstYear ?? year, 0, 1)) / 1000;
    return start;
  };
}
