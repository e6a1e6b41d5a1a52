/** What stands before a message of pluto's: time, host, daemon or whack's number; then whose it is: "branch"[2] 203.0.113.9 #5. */
import { canonicalAddress } from "../../../domain/network.ts";
import { secondsOf } from "../../../negotiations/log-time.ts";

export interface Head {
  readonly text: string;
  /** As printed. */
  readonly time?: string | undefined;
  /** On the log's own clock. */
  readonly seconds?: number | undefined;
  readonly connection?: string | undefined;
  /** The number of the state ("#2"), which is an IKE SA or an IPsec SA. */
  readonly state?: string | undefined;
  readonly peer?: string | undefined;
}

const STAMP =
  /^(?:<\d{1,3}>(?:1 )?)?(?:(?<month>[A-Z][a-z]{2}) {1,2}(?<day>\d{1,2})(?: \d{4})? (?<clock>[\d:]{8})(?:\.\d{1,9})?|(?<date>\d{4}-\d\d-\d\d)[T ](?<isoClock>[\d:]{8})[\d.,+:Z-]{0,18}):?\s/;
const DAEMON = /^(?:\S{1,63} )?(?:-{0,2})pluto(?:\[\d{1,9}\])?: /;
const WHACK = /^\d{3} (?=")/;
const ALARM = /^(?:ERROR|WARNING|FATAL ERROR|EXPECTATION FAILED): /;
const WHOSE =
  /^"(?<connection>[^"]{1,120})"(?:\[\d{1,9}\](?: (?<peer>[0-9a-fA-F.:]{2,45})(?:===\S{1,60})?(?: ?\[[^\]]{1,120}\])?)?)?(?: (?:#(?<state>\d{1,9})))?: {1,5}/;
const PACKET = /^packet from (?<peer>[0-9a-fA-F.:]{2,45}):\d{1,5}: /;

/** The head of a line; undefined for one that is none of pluto's. */
export function readHead(line: string): Head | undefined {
  const stamp = STAMP.exec(line);
  let text = line.slice(stamp?.[0].length ?? 0);
  const daemon = stamp ? DAEMON.exec(text) : null;
  text = text.slice(daemon?.[0].length ?? 0);
  text = text.slice(WHACK.exec(text)?.[0].length ?? 0);
  const alarm = ALARM.exec(text);
  text = text.slice(alarm?.[0].length ?? 0);
  const whose = WHOSE.exec(text);
  const packet = whose ? null : PACKET.exec(text);
  // pluto's own file has nothing but the time before what no connection says.
  if (!whose && !packet && !daemon && !(stamp && /^[A-Z][a-z]{2} /.test(stamp[0]) && /:\s$/.test(stamp[0])))
    return undefined;
  return {
    text: text.slice((whose ?? packet)?.[0].length ?? 0),
    time: stamp?.[0].trim().replace(/:$/, ""),
    seconds: stamp?.groups && secondsOf({ ...stamp.groups, clock: stamp.groups["clock"] ?? stamp.groups["isoClock"] }),
    connection: whose?.groups?.["connection"],
    state: whose?.groups?.["state"],
    peer: canonicalAddress(whose?.groups?.["peer"] ?? packet?.groups?.["peer"] ?? ""),
  };
}
