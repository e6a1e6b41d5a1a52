/** Which platform an output is of, where several print it alike. */
import type { PlatformId } from "../domain/ids.ts";
import type { Vendor } from "../domain/output.ts";
import { type Chunk, configCommand } from "./chunk.ts";
import type { Recogniser } from "./recognise.ts";
import { moveTo } from "./retarget.ts";

/** It is of the platform that what was typed shows, else of the one that the device's other outputs show (`shown`). */
export function settlePlatform(
  chunk: Chunk,
  shown: PlatformId | undefined,
  vendors: readonly Vendor[],
  recogniser: Recogniser,
): void {
  const home = platformTyped(chunk, recogniser) ?? shown;
  if (home === undefined) return;
  if (chunk.command === undefined && chunk.origin === "prompt" && chunk.guesses.includes(home)) chunk.platform = home;
  chunk.guesses = [];
  if (home === chunk.platform) {
    chunk.alike = [];
    chunk.candidates = chunk.candidates.filter(({ platform }) => platform === home);
    return;
  }
  const open = chunk.confirmed ? chunk.alike : chunk.candidates;
  const vendor = vendors.find(({ id }) => id === home);
  const command = chunk.origin === "session" ? configCommand(vendor) : undefined;
  const other = command === undefined ? open.find(({ platform }) => platform === home) : { platform: home, command };
  if (other === undefined) return;
  moveTo(chunk, other);
  chunk.alike = [];
}

/** The platform that only some line typed in configuration mode can be of. */
function platformTyped({ origin, lines }: Chunk, recogniser: Recogniser): PlatformId | undefined {
  if (origin !== "session") return undefined;
  for (const { text } of lines) {
    const looks = recogniser.shapesOf(text).flatMap((shape) => (shape.role === "looks" ? shape.vendor.id : []));
    if (new Set(looks).size === 1) return looks[0];
  }
  return undefined;
}
