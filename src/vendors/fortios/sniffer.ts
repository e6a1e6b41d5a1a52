/**
 * `diagnose sniffer packet IF FILTER [1, 4 …]`: who sent IKE and ESP, and who answered; verbosity 4 names the interface
 * and the direction. Source: FortiOS Administration Guide, "Using the packet sniffer".
 */
import { canonicalAddress } from "../../domain/network.ts";
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { CapturedKind, CapturedPacket } from "../../domain/readings/capture.ts";
import { gatherStreams } from "../../negotiations/captured-streams.ts";

const PACKET =
  /^(?:\d{4}-\d\d-\d\d (?<clock>\d\d:\d\d:\d\d\.\d{1,9})|(?<seconds>\d{1,7}\.\d{1,9})) (?:(?<interface>\S{1,31}) (?<direction>in|out|--) )?(?<from>[0-9a-fA-F.:]{2,52}) -> (?<to>[0-9a-fA-F.:]{2,52}): (?<rest>\S.{0,300})$/;
const ABOUT =
  /^(?:interfaces=\[|filters=\[|\d{1,9} packets (?:received by filter|dropped by kernel)|0x[0-9a-f]{4}\s|\^C|Using Original)/;
const ONE_WAY = /\b(?:src|dst)\b/;

export const sniffer: Command = {
  run: "diagnose sniffer packet INTERFACE FILTER [WORD1] [WORD2] [WORD3] [WORD4] [WORD5] [WORD6] [WORD7] [WORD8] [WORD9] [WORD10] [WORD11] [WORD12]",
  looksLike: [/^interfaces=\[\S{1,200}\]$/, /^filters=\[.{0,300}\]$/, PACKET],
  // Its last lines are those of tcpdump.
  continues: (text) => ABOUT.test(text),
  parse(output: Output): Parsed {
    const packets: CapturedPacket[] = [];
    const unread: Line[] = [];
    let isFiltered = ONE_WAY.test(output.typed ?? "");
    for (const { text, number } of output.lines) {
      const groups = PACKET.exec(text)?.groups;
      const packet = groups && packetOf(groups, number);
      if (text.startsWith("filters=[")) isFiltered ||= ONE_WAY.test(text);
      if (packet) packets.push(packet);
      else if (!groups && !ABOUT.test(text) && text.trim() !== "") unread.push({ text, number });
    }
    const hasBegun = output.lines.some(({ text }) => /^\d{1,9} packets received by filter/.test(text));
    if (packets.length === 0 && !hasBegun) return { values: [], unread };
    return { values: [{ ...gatherStreams(packets, isFiltered), mayMissEsp: true }], unread };
  },
};

function packetOf(groups: Readonly<Record<string, string | undefined>>, line: number): CapturedPacket | undefined {
  const { from = "", to = "", rest = "", direction, seconds, clock } = groups;
  const [source, target] = [endpoint(from), endpoint(to)];
  if (source.address === undefined || target.address === undefined) return undefined;
  const port = [target.port, source.port].find((one) => one === 500 || one === 4500);
  const error = errorOf(rest);
  const what = error ? "icmp-error" : kindOf(rest, port);
  return {
    line,
    what,
    ...error,
    ...(what === "other" && groups["interface"] !== undefined && { interface: groups["interface"] }),
    from: source.address,
    to: target.address,
    ...(port !== undefined && rest.startsWith("udp") && { port }),
    ...((direction === "in" || direction === "out") && { direction }),
    seconds: seconds === undefined ? secondsOf(clock) : Number(seconds),
  };
}

/** "icmp: 198.51.100.77 udp port 500 unreachable", "icmp: host X unreachable - admin prohibited filter", "… need to frag (mtu 1400)". */
function errorOf(rest: string): Pick<CapturedPacket, "error" | "errorPort"> | undefined {
  const found =
    /^icmp: (?:host |net )?\S{2,45} (?:(?:udp|tcp) port (?<port>\d{1,5}) )?unreachable(?<why> - .{1,60})?$/.exec(
      rest,
    )?.groups;
  if (!found) return undefined;
  const { port, why = "" } = found;
  if (port !== undefined) return { error: "port-unreachable", errorPort: Number(port) };
  if (why.includes("need to frag")) return { error: "too-big" };
  return { error: why.includes("prohibited") ? "prohibited" : "unreachable" };
}

function kindOf(rest: string, port: number | undefined): CapturedKind {
  if (/^(?:ip-proto-50|esp)\b/i.test(rest)) return "esp";
  if (/^(?:ip-proto-51|ah)\b/i.test(rest)) return "ah";
  if (rest.startsWith("udp") && port === 500) return "ike";
  return rest.startsWith("udp") && port === 4500 ? "udp-4500" : "other";
}

/** "198.51.100.60.500", "198.51.100.60". */
function endpoint(text: string): { address: string | undefined; port: number | undefined } {
  const whole = canonicalAddress(text);
  if (whole !== undefined && text.split(".").length !== 5) return { address: whole, port: undefined };
  const dot = text.lastIndexOf(".");
  return { address: canonicalAddress(text.slice(0, dot)), port: Number(text.slice(dot + 1)) };
}

function secondsOf(clock: string | undefined): number | undefined {
  const [hours = 0, minutes = 0, seconds = 0] = (clock ?? "").split(":").map(Number);
  return clock === undefined ? undefined : hours * 3600 + minutes * 60 + seconds;
}
