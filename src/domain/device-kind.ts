/** What kind of device a platform runs on. */
import type { PlatformId } from "./ids.ts";

export type DeviceKind = Exclude<PlatformId, "strongswan" | "libreswan"> | "linux";

/** strongSwan and Libreswan share file formats and the system's tools. */
export function kindOfDevice(platform: PlatformId): DeviceKind {
  return platform === "strongswan" || platform === "libreswan" ? "linux" : platform;
}
