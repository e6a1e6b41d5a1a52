/**
 * A packet as tcpdump prints it behind its head: "192.0.2.1.500 > 198.51.100.1.500: isakmp: phase 1 I ident".
 * Source: tcpdump 4.99 (print-isakmp.c, print-udp.c, print-esp.c, print-icmp.c), and what it prints.
 */
import { canonicalAddress } from "../../../domain/network.ts";
import type { CapturedError, CapturedExchange, CapturedPacket } from "../../../domain/readings/capture.ts";

/** What is known of the packet besides its line, its time and its direction. */
export type PacketBody = Omit<CapturedPacket, "line" | "seconds" | "direction">;

const ENDS =
  /^(?<from>[0-9a-fA-F.:]{2,45}(?:\.[a-z-]{3,12})?) > (?<to>[0-9a-fA-F.:]{2,45}?(?:\.[a-z-]{3,12})?): {1,2}(?<rest>.{0,400})$/;
const PORTS: Readonly<Record<string, number>> = { isakmp: 500, "ipsec-nat-t": 4500, "ipsec-msft": 4500 };
const V1: Readonly<Record<string, CapturedExchange>> = {
  ident: "main-mode",
  agg: "aggressive-mode",
  "oakley-quick": "quick-mode",
  inf: "informational",
};
const V2: Readonly<Record<string, CapturedExchange>> = {
  ikev2_init: "ike-sa-init",
  ikev2_auth: "ike-auth",
  child_sa: "create-child-sa",
  inf2: "informational",
};
const PHASE = /\bphase (?:1|2\/others) [IR?] (?<exchange>ident|agg|oakley-quick|inf)\b/;
const IKEV2 = /\b(?:parent_sa|child_sa) {1,2}(?<exchange>ikev2_init|ikev2_auth|child_sa|inf2)\[(?<flags>[A-Z]{0,6})\]/;

/** `offset`: that of a piece of a packet, which -v prints. @returns undefined where it is no packet between addresses */
export function readPacket(text: string, offset = 0): PacketBody | undefined {
  const { from: source, to: target, rest = "" } = ENDS.exec(text)?.groups ?? {};
  const from = endpoint(source);
  const to = endpoint(target);
  if (!from || !to) return undefined;
  const ends = { from: from.address, to: to.address };
  if (offset > 0) return { ...ends, what: "fragment" };
  const ports = [from.port, to.port];
  const port = ports.includes(4500) ? 4500 : ports.includes(500) ? 500 : undefined;
  if (port !== undefined) return { ...ends, port, ...inUdp(rest, port) };
  if (from.port !== undefined) return { ...ends, what: "other" };
  return { ...ends, ...inIp(rest) };
}

function inUdp(rest: string, port: number): Pick<PacketBody, "what" | "version" | "exchange" | "isResponse"> {
  if (/^(?:\[[^\]]{1,60}\] )?UDP-encap: ESP/.test(rest)) return { what: "esp" };
  if (/isakmp-nat-keep-alive/.test(rest)) return { what: "keep-alive" };
  const first = PHASE.exec(rest)?.groups?.["exchange"];
  if (first !== undefined) return { what: "ike", version: 1, exchange: V1[first] };
  const { exchange: second, flags = "" } = IKEV2.exec(rest)?.groups ?? {};
  if (second !== undefined) return { what: "ike", version: 2, exchange: V2[second], isResponse: flags.includes("R") };
  if (/\bisakmp\b|NONESP-encap/.test(rest)) return { what: "ike" };
  // Without a word on what is in it, UDP 4500 is either.
  return { what: port === 500 ? "ike" : "udp-4500" };
}

function inIp(rest: string): Pick<PacketBody, "what" | "error" | "errorPort"> {
  if (/^(?:ESP\(|ip-proto-50\b|esp\b)/.test(rest)) return { what: "esp" };
  if (/^(?:AH\(|ip-proto-51\b)/.test(rest)) return { what: "ah" };
  // What follows the first piece of a UDP packet has no ports.
  if (/^(?:ip-proto-17\b|udp\b|frag \(|\(frag )/.test(rest)) return { what: "fragment" };
  const error = icmpError(rest);
  return error === undefined ? { what: "other" } : error;
}

function icmpError(rest: string): { what: "icmp-error"; error: CapturedError; errorPort?: number } | undefined {
  if (!/^ICMP/.test(rest)) return undefined;
  const port = /udp port (?<port>\d{1,5}|isakmp|ipsec-nat-t) unreachable/.exec(rest)?.groups?.["port"];
  if (port !== undefined)
    return { what: "icmp-error", error: "port-unreachable", errorPort: PORTS[port] ?? Number(port) };
  if (/need to frag|packet too big/.test(rest)) return { what: "icmp-error", error: "too-big" };
  if (/prohibited/.test(rest)) return { what: "icmp-error", error: "prohibited" };
  return /unreachable/.test(rest) ? { what: "icmp-error", error: "unreachable" } : undefined;
}

/** "192.0.2.1.500", "2001:db8::1.500", "192.0.2.1.isakmp", or an address alone. */
function endpoint(text: string | undefined): { address: string; port?: number } | undefined {
  const whole = canonicalAddress(text ?? "");
  if (text === undefined || whole !== undefined) return whole === undefined ? undefined : { address: whole };
  const at = text.lastIndexOf(".");
  const address = canonicalAddress(text.slice(0, Math.max(at, 0)));
  const port = text.slice(at + 1);
  if (address === undefined) return undefined;
  return { address, port: PORTS[port] ?? Number(port) };
}
