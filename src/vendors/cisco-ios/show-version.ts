/** `show version`: host name, release, and how long the box is up. */
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { Device } from "../../domain/readings/log.ts";

const UPTIME = /^\s*(?<host>[A-Za-z][\w.-]{0,62}) uptime is (?<time>\d[0-9a-z, ]{5,80})$/;
const VERSION = /\bVersion (?<version>\d[\w.()]{1,40}),/;

export const showVersion: Command = {
  run: "show version",
  looksLike: [UPTIME],
  mayStartWith: [/^\s*Cisco IOS(?: XE)? Software, /],
  parse(output: Output): Parsed {
    let device: Device = { kind: "device" };
    for (const line of output.lines) device = withLine(device, line);
    // The rest is the hardware, the licence and the lawyers'.
    const isEmpty = device.uptimeSeconds === undefined && device.version === undefined;
    return { values: isEmpty ? [] : [device], unread: [] };
  },
};

function withLine(device: Device, { number, text }: Line): Device {
  const up = UPTIME.exec(text)?.groups;
  if (up) {
    const seconds = secondsIn(up["time"] ?? "");
    const isKnown = device.uptimeLine !== undefined || seconds === undefined;
    return isKnown
      ? device
      : { ...device, hostname: up["host"], hostnameLine: number, uptimeSeconds: seconds, uptimeLine: number };
  }
  const version = device.version === undefined ? VERSION.exec(text)?.groups?.["version"] : undefined;
  return version === undefined ? device : { ...device, version };
}

const SECONDS: Readonly<Record<string, number>> = {
  year: 31_536_000,
  week: 604_800,
  day: 86_400,
  hour: 3_600,
  minute: 60,
};

/** "3 weeks, 2 days, 4 hours, 11 minutes" */
function secondsIn(time: string): number | undefined {
  let seconds = 0;
  for (const part of time.split(",")) {
    const [number = "", unit = ""] = part.trim().split(" ");
    const each = SECONDS[unit.replace(/s$/, "")];
    if (each === undefined) return undefined;
    seconds += Number(number) * each;
  }
  return seconds;
}
