/** Times as IOS and ASA print them, on the device's wall clock. */
import type { DeviceTime } from "../../domain/readings/certificate.ts";

const MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
const TIME =
  /^(?<hours>\d\d):(?<minutes>\d\d):(?<seconds>\d\d)(?:\.\d{1,6})? (?<zone>[A-Za-z][\w+-]{0,9}) (?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) )?(?<month>[A-Z][a-z]{2}) {1,2}(?<day>\d{1,2}) (?<year>\d{4})$/;

/** "10:12:13 UTC Mar 1 2024", "10:01:02.345 CET Mon Mar 1 2026"; undefined for anything else. */
export function deviceTime(text: string): DeviceTime | undefined {
  const groups = TIME.exec(text.trim())?.groups;
  const month = MONTHS.indexOf(groups?.["month"] ?? "?");
  if (!groups || month < 0 || month % 3 !== 0) return undefined;
  const part = (name: string) => Number(groups[name]);
  const millis = Date.UTC(part("year"), month / 3, part("day"), part("hours"), part("minutes"), part("seconds"));
  return { wallSeconds: millis / 1000, zone: groups["zone"] };
}
