/** Outputs that another device printed than the one whose prompt or heading stands above them. */
import type { PlatformId } from "../domain/ids.ts";
import type { Chunk } from "./chunk.ts";

/**
 * One device has one maker: what no prompt stands before and only another platform prints than the device above it did is
 * another device's.
 */
export function partStrangers(chunks: readonly Chunk[]): void {
  let above: { readonly host?: string | undefined; readonly side?: string | undefined } | undefined;
  let shown: PlatformId | undefined;
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
function kindOf({ confirmed, command, alike, candidates, platform }: Chunk): PlatformId | undefined {
  if (!confirmed || command === undefined || platform === "unknown") return undefined;
  const isOfOneKind = [...alike, ...candidates].every(
    (one) => nameOf(one.platform) === nameOf(platform) && (one.platform === platform || one.command !== command),
  );
  return isOfOneKind ? nameOf(platform) : undefined;
}

/** strongSwan and Libreswan share the format of a file. */
function nameOf(platform: PlatformId): PlatformId {
  return platform === "libreswan" ? "strongswan" : platform;
}
