/**
 * Telling shapes of platforms that have no folder under `vendors/` yet: enough to say "this is FortiOS output, which I
 * cannot read yet". A pattern here matches nothing that Cisco IOS prints. Each shape goes when its platform's folder comes.
 */
import type { PlatformId } from "../domain/ids.ts";

export interface Foreign {
  readonly role: "foreign";
  /** "unknown" for tools that run on any of them. */
  readonly platform: PlatformId | "unknown";
}

const SHAPES: Partial<Record<PlatformId, readonly RegExp[]>> = {};

/** The shapes of all platforms but those that can be read. */
export function foreignShapes(readable: readonly PlatformId[]): { shape: Foreign; pattern: RegExp }[] {
  const found: { shape: Foreign; pattern: RegExp }[] = [];
  for (const [id, patterns] of Object.entries(SHAPES) as [PlatformId, readonly RegExp[]][]) {
    if (readable.includes(id)) continue;
    const shape: Foreign = { role: "foreign", platform: id };
    for (const pattern of patterns) found.push({ shape, pattern });
  }
  return found;
}
