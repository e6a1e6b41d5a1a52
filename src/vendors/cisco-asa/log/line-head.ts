/** What the ASA, a syslog server and a console put before a message: priority, time stamps, the device's name. */
import { monthOf } from "../../../negotiations/log-time.ts";
import type { Moment } from "../../cisco-ios/debug/line-prefix.ts";

export interface LineHead {
  /** Where the message's tag begins ("%ASA-5-713119:", "[IKEv1]", "IKEv2-PROTO-4:"). */
  readonly at: number;
  readonly time?: string | undefined;
  readonly moment?: Moment | undefined;
}

const TAG = /%(?:ASA|FTD)-(?:[a-z]{1,10}-)?\d-\d{6}: ?|\[IKEv1(?: [A-Z]{1,12})?\]:? ?|IKEv2-(?:PROTO|PLAT)-\d: ?/;
const LONGEST_HEAD = 200;
const STAMP =
  /(?<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) {1,2}(?<day>\d{1,2})(?: (?<year>\d{4}))? (?<hour>\d\d):(?<minute>\d\d):(?<second>\d\d)(?:\.(?<fraction>\d{1,6}))?|(?<isoYear>\d{4})-(?<isoMonth>\d\d)-(?<isoDay>\d\d)T(?<isoHour>\d\d):(?<isoMinute>\d\d):(?<isoSecond>\d\d)/g;

/** The head of a log line; undefined where the line begins no message. The last stamp in it is the device's own. */
export function readHead(text: string): LineHead | undefined {
  const tag = TAG.exec(text.length > LONGEST_HEAD ? text.slice(0, LONGEST_HEAD) : text);
  if (tag === null) return undefined;
  const stamp = [...text.slice(0, tag.index).matchAll(STAMP)].at(-1);
  if (stamp === undefined) return { at: tag.index };
  return { at: tag.index, time: stamp[0], moment: momentOf(stamp.groups ?? {}) };
}

function momentOf(groups: Readonly<Record<string, string | undefined>>): Moment {
  const { month, day, year, hour, minute, second, fraction } = groups;
  if (month !== undefined)
    return {
      ...(year !== undefined && { year: Number(year) }),
      month: monthOf(month),
      day: Number(day),
      secondOfDay: Number(hour) * 3600 + Number(minute) * 60 + Number(`${second}.${fraction ?? 0}`),
    };
  return {
    year: Number(groups["isoYear"]),
    month: Number(groups["isoMonth"]) - 1,
    day: Number(groups["isoDay"]),
    secondOfDay: Number(groups["isoHour"]) * 3600 + Number(groups["isoMinute"]) * 60 + Number(groups["isoSecond"]),
  };
}

const HEADED = String.raw`(?:<\d{1,3}>)?(?:: ?|[A-Z][a-z]{2} {1,2}\d{1,2} [^%[]{0,80}|\d{4}-\d\d-\d\dT[^%[]{0,80})?`;

/** Lines that only the ASA's log and debug have. */
export const LOG_SHAPES: readonly RegExp[] = [
  new RegExp(String.raw`^\s{0,8}${HEADED}%ASA-(?:[a-z]{1,10}-)?\d-\d{6}: `),
  new RegExp(String.raw`^\s{0,8}${HEADED}%FTD-(?:[a-z]{1,10}-)?\d-\d{6}: `),
  new RegExp(String.raw`^\s{0,8}${HEADED}\[IKEv1(?: [A-Z]{1,12})?\]`),
  new RegExp(String.raw`^\s{0,8}${HEADED}IKEv2-(?:PROTO|PLAT)-\d: `),
  /^\s{0,8}(?:Hide Username|Debug-trace|ASDM|Permit-hostdown|Standby) logging: /,
];
