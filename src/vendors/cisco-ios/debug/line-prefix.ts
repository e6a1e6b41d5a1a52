/** What IOS, a syslog server and a console put before a log message: numbers, time stamps, ping marks. */
import { monthAt } from "../../../negotiations/log-time.ts";

export interface LinePrefix {
  /** Where the message begins. */
  readonly end: number;
  /** The time stamp as printed, without the mark of an unset clock. */
  readonly time?: string | undefined;
  /** The same in parts, for the clock. */
  readonly moment?: Moment | undefined;
}
/** A calendar time (month counts from 0) or an uptime, in seconds with their fraction. */
export type Moment =
  | { readonly year?: number | undefined; readonly month: number; readonly day: number; readonly secondOfDay: number }
  | { readonly uptime: number };

const CLOCK = /(\d{1,2})(?: (\d{4}))? (\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?(?: (\d{4}))?/y;
const AFTER_CLOCK = /(?: (?:[A-Za-z]{2,5}|[+-]\d\d:?\d\d|\d{4}))?: {0,4}/y;
/** A syslog server's host name or address after its own time stamp, with the router's running number. */
const SERVER = / [A-Za-z0-9][\w.:-]{0,62}(?: \d{1,12})?:? {1,2}/y;
const UPTIME = /(?:(\d{1,3})y)?(?:(\d{1,3})w)?(?:(\d{1,4})d)?(?:(\d{1,3})h)?: {1,2}/y;
const UPTIME_CLOCK = /(\d{1,4}):(\d\d):(\d\d)(?:\.(\d{1,6}))?: {1,2}/y;
const NUMBER = /(?:<\d{1,3}>)?\d{1,12}: {1,2}/y;
const PRIORITY = /<\d{1,3}>/y;
/** Marks of a ping that the console printed before the message. */
const PING_MARKS = /[.!]{1,100} ?(?=[*.]?(?:[A-Z][a-z]{2} {1,2}\d|%[A-Z]|ISAKMP|IPSEC|IKEv2))/y;
const ROUNDS = 6;

/** Reads what stands before the message in a log line; the last time stamp is the router's own. */
export function readPrefix(text: string): LinePrefix {
  let at = skipBlanks(text, 0);
  let time: string | undefined;
  let moment: Moment | undefined;
  for (let round = 0; round < ROUNDS; round += 1) {
    const code = text.charCodeAt(at);
    const isDigit = code >= 48 && code <= 57;
    const isMark = code === 42 || code === 46 || code === 33;
    if (!isDigit && !isMark && code !== 60 && (code < 65 || code > 90 || text.charCodeAt(at + 3) !== 32)) break;
    const stamp = isDigit ? readUptime(text, at) : readStamp(text, code === 42 || code === 46 ? at + 1 : at);
    if (stamp) {
      ({ time, moment } = stamp);
      at = stamp.end;
      continue;
    }
    const end =
      after(NUMBER, text, at) ?? after(PRIORITY, text, at) ?? (isMark ? after(PING_MARKS, text, at) : undefined);
    if (end === undefined) break;
    at = end;
  }
  return { end: at, time, moment };
}

interface Stamp {
  readonly end: number;
  readonly time: string;
  readonly moment: Moment;
}

function readStamp(text: string, at: number): Stamp | undefined {
  const month = monthAt(text, at);
  if (month < 0 || text.charCodeAt(at + 3) !== 32) return undefined;
  const from = skipBlanks(text, at + 3);
  const usual = readUsualClock(text, from);
  if (usual) {
    const { colon, day, secondOfDay } = usual;
    let end = colon + 1;
    while (end < colon + 5 && text.charCodeAt(end) === 32) end += 1;
    return { end, time: text.slice(at, colon), moment: { year: undefined, month, day, secondOfDay } };
  }
  CLOCK.lastIndex = from;
  const match = CLOCK.exec(text);
  if (!match) return undefined;
  const to = CLOCK.lastIndex;
  const end = after(AFTER_CLOCK, text, to);
  const [, day, year, hour, minute, second, fraction, lateYear] = match;
  const moment = {
    year: numberOf(year ?? lateYear),
    month,
    day: Number(day),
    secondOfDay: seconds(hour, minute, second, fraction),
  };
  if (end !== undefined) return { end, time: text.slice(at, text.lastIndexOf(":", end - 1)).trimEnd(), moment };
  const server = after(SERVER, text, to);
  return server === undefined ? undefined : { end: server, time: text.slice(at, to), moment };
}

/** "1 11:06:40.351:", as nearly every line of a debug has it, by position; all other forms are left to the patterns. */
function readUsualClock(text: string, from: number) {
  let at = isDigitAt(text, from + 1) ? from + 2 : from + 1;
  if (!isDigitAt(text, from) || text.charCodeAt(at) !== 32) return undefined;
  const day = digits(text, from, at);
  at += 1;
  if (!isTwoDigits(text, at, 58) || !isTwoDigits(text, at + 3, 58) || !isTwoDigits(text, at + 6, 46)) return undefined;
  let colon = at + 9;
  let scale = 1;
  for (; colon < at + 15 && isDigitAt(text, colon); colon += 1) scale *= 10;
  if (scale === 1 || text.charCodeAt(colon) !== 58) return undefined;
  // One division of whole numbers is as exact as reading the decimal.
  const second = (digits(text, at + 6, at + 8) * scale + digits(text, at + 9, colon)) / scale;
  return { colon, day, secondOfDay: digits(text, at, at + 2) * 3600 + digits(text, at + 3, at + 5) * 60 + second };
}

function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at += 1) value = value * 10 + text.charCodeAt(at) - 48;
  return value;
}

function isTwoDigits(text: string, at: number, signBehind: number): boolean {
  return isDigitAt(text, at) && isDigitAt(text, at + 1) && text.charCodeAt(at + 2) === signBehind;
}

function isDigitAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 48 && code <= 57;
}

function readUptime(text: string, at: number): Stamp | undefined {
  UPTIME_CLOCK.lastIndex = at;
  const clock = UPTIME_CLOCK.exec(text);
  if (clock) {
    const [whole, hour, minute, second, fraction] = clock;
    return stampOf(whole, UPTIME_CLOCK.lastIndex, seconds(hour, minute, second, fraction));
  }
  UPTIME.lastIndex = at;
  const long = UPTIME.exec(text);
  if (!long) return undefined;
  const [years = 0, weeks = 0, days = 0, hours = 0] = long.slice(1).map((part) => Number(part ?? 0));
  return stampOf(long[0], UPTIME.lastIndex, ((years * 365 + weeks * 7 + days) * 24 + hours) * 3600);
}

function stampOf(printed: string, end: number, uptime: number): Stamp {
  return { end, time: printed.trim().slice(0, -1), moment: { uptime } };
}

function seconds(hour = "0", minute = "0", second = "0", fraction = "0"): number {
  return Number(hour) * 3600 + Number(minute) * 60 + Number(`${second}.${fraction}`);
}

function numberOf(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : Number(digits);
}

function after(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9) at += 1;
  return at;
}
