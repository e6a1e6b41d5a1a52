/** Durations as devices print them. */

/**
 * "00:01:49", "2d03h", "1w2d", "3y12w": as IOS prints how long a session is up (the two largest units).
 * @returns seconds; undefined for anything else
 */
export function secondsOfUptime(printed: string | undefined): number | undefined {
  const clock = /^(\d{1,4}):(\d\d):(\d\d)$/.exec(printed ?? "");
  if (clock) return Number(clock[1]) * 3600 + Number(clock[2]) * 60 + Number(clock[3]);
  const units = /^(\d{1,3})([ywd])(\d{1,2})([wdh])$/.exec(printed ?? "");
  if (!units) return undefined;
  return Number(units[1]) * (SECONDS[units[2] ?? ""] ?? 0) + Number(units[3]) * (SECONDS[units[4] ?? ""] ?? 0);
}

const SECONDS: Readonly<Record<string, number>> = { y: 31_536_000, w: 604_800, d: 86_400, h: 3_600 };
