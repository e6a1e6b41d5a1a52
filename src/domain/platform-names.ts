/** What people call the platforms. */
import type { PlatformId } from "./ids.ts";

export const PLATFORM_NAMES: Readonly<Record<PlatformId, string>> = {
  "cisco-ios": "Cisco IOS or IOS-XE",
  "cisco-asa": "Cisco ASA or FTD",
  strongswan: "strongSwan, pfSense, OPNsense or VyOS",
  libreswan: "Libreswan",
  junos: "Juniper SRX",
  fortios: "FortiGate",
  panos: "Palo Alto",
  aws: "AWS",
  routeros: "MikroTik",
};

/** Undefined where nobody knows. */
export function platformName(platform: PlatformId | "unknown"): string | undefined {
  return platform === "unknown" ? undefined : PLATFORM_NAMES[platform];
}
