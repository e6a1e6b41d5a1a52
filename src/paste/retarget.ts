/** Settles which command a piece belongs to, as its lines show it. */
import { bareText, type Chunk, isLog } from "./chunk.ts";
import type { Recognised } from "./recognise.ts";

/** Whether a line with these shapes is of the piece; decides between the commands that the typed line can stand for. */
export function settle(chunk: Chunk, looks: readonly Recognised[]): boolean {
  const { command, candidates } = chunk;
  if (looks.some((shape) => shape.command === command)) {
    chunk.confirmed = true;
    return true;
  }
  if (isLog(command)) {
    const log = looks.find((shape) => isLog(shape.command));
    // A message of the syslog may be the first line of a debug.
    if (log && command?.run.startsWith("syslog")) retarget(chunk, log);
    return log !== undefined;
  }
  const fits = (one: { readonly command: unknown }) => looks.some((shape) => shape.command === one.command);
  const candidate = chunk.confirmed ? undefined : candidates.find(fits);
  if (candidate === undefined) return false;
  chunk.command = candidate.command;
  chunk.text = candidate.text;
  chunk.confirmed = true;
  return true;
}

/** The output is another command's than the typed one, or than it seemed. */
export function retarget(chunk: Chunk, { command, vendor }: Recognised): void {
  if (chunk.command === command) return;
  chunk.command = command;
  chunk.platform = vendor.id;
  chunk.candidates = [];
  chunk.text = bareText(command);
  chunk.typed = undefined;
  chunk.confirmed = true;
}

/**
 * Whether a line that only `platform` prints is of the piece. What seemed to be another platform's, or could be either's,
 * then is this one's as a whole.
 */
export function belongsTo(chunk: Chunk, platform: Chunk["platform"]): boolean {
  if (isLog(chunk.command)) return false;
  if (chunk.platform === platform) return true;
  if (platform === "unknown") return chunk.command === undefined;
  if (chunk.platform === "unknown") return false;
  chunk.platform = platform;
  chunk.command = undefined;
  chunk.candidates = [];
  if (chunk.origin === "shape") chunk.text = "unknown";
  return true;
}
