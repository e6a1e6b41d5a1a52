/** What we call an end: its host name, else its address, else where it is. */
import type { Side } from "../domain/ids.ts";
import type { NamedEnds } from "../domain/named-ends.ts";

export function nameOf(side: Side, ends: NamedEnds): string {
  const end = ends[side];
  return end.host ?? end.own ?? `${side === "local" ? "your" : "the far"} ${DEVICES[end.platform] ?? "gateway"}`;
}

/** What people call a device of a platform. */
const DEVICES: Readonly<Partial<Record<NamedEnds[Side]["platform"], string>>> = {
  unknown: "router",
  "cisco-ios": "router",
  "cisco-asa": "ASA",
  junos: "SRX",
  fortios: "FortiGate",
  panos: "firewall",
  routeros: "router",
  aws: "AWS end",
};
