/** Outputs that another device printed than the one whose prompt or heading stands above them. */
import { type DeviceKind, kindOfDevice } from "../domain/device-kind.ts";
import type { Chunk } from "./chunk.ts";

/**
 * One device has one maker: what no prompt stands before and only another platform prints than the device above it did is
 * another device's.
 */
export function partStrangers(chunks: readonly Chunk[]): void {
  let above: { readonly host?: string | undefined; readonly side?: string | undefined } | undefined;
  let shown: DeviceKind | undefined;
  for (const chunk of chunks) {
    if (above?.host !== chunk.host || above?.side !== chunk.saidSide) {
      above = { host: chunk.host, side: chunk.saidSide };
      shown = undefined;
    }
    const kind = kindOf(chunk);
    if (kind === undefined) continue;
    if (shown === undefined || kind === shown) shown = kind;
    else if (chunk.origin === "shape") {
      chunk.host = undefined;
      chunk.saidSide = undefined;
      chunk.isHeaded = false;
    }
  }
}

/** The platform that surely printed it; what several share is of any of them. */
function kindOf({ confirmed, command, alike, candidates, platform }: Chunk): DeviceKind | undefined {
  if (!confirmed || command === undefined || platform === "unknown") return undefined;
  const isOfOneKind = [...alike, ...candidates].every(
    (one) =>
      kindOfDevice(one.platform) === kindOfDevice(platform) && (one.platform === platform || one.command !== command),
  );
  return isOfOneKind ? kindOfDevice(platform) : undefined;
}
