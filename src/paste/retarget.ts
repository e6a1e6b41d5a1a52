/** Settles which command a piece belongs to, as its lines show it. */
import { bareText, type Chunk, isLog, type Printed } from "./chunk.ts";
import type { Recognised } from "./recognise.ts";

/** Whether a line with these shapes is of the piece; decides between the commands that the typed line can stand for. */
export function settle(chunk: Chunk, looks: readonly Recognised[]): boolean {
  const { command } = chunk;
  if (isLog(command) && (chunk.confirmed || chunk.candidates.length === 0)) return settleLog(chunk, looks);
  if (!chunk.confirmed) return confirm(chunk, looks);
  if (!looks.some((shape) => shape.command === command)) {
    // Every line so far can be another platform's as well, and this one can only be that one's.
    const other = chunk.alike.find((one) => looks.some((shape) => shape.command === one.command));
    if (other === undefined) return false;
    moveTo(chunk, other);
  }
  chunk.alike = chunk.alike.filter((one) => looks.some((shape) => shape.command === one.command));
  return true;
}

function settleLog(chunk: Chunk, looks: readonly Recognised[]): boolean {
  const logs = looks.filter((shape) => isLog(shape.command));
  if (logs.some(({ command }) => command === chunk.command)) {
    chunk.confirmed = true;
    return true;
  }
  const log = logs.find(({ vendor }) => vendor.id === chunk.platform);
  // A message of the syslog may be the first line of a debug.
  if (log && chunk.command?.run.startsWith("syslog")) retarget(chunk, log);
  return log !== undefined;
}

function confirm(chunk: Chunk, looks: readonly Recognised[]): boolean {
  const fits = (one: { readonly command: unknown }) => looks.some((shape) => shape.command === one.command);
  const candidate = chunk.candidates.find(fits);
  if (candidate) {
    chunk.command = candidate.command;
    chunk.platform = candidate.platform;
    chunk.text = candidate.text;
  } else if (!fits({ command: chunk.command })) return false;
  chunk.confirmed = true;
  chunk.alike = othersIn(looks, chunk);
  return true;
}

/** The commands of other platforms among the shapes of a line. */
export function othersIn(looks: readonly Recognised[], { platform }: Pick<Chunk, "platform">): Printed[] {
  return looks.flatMap(({ vendor, command }) => (vendor.id === platform ? [] : [{ platform: vendor.id, command }]));
}

/** What is known of the device says that another platform's command printed the piece. */
export function moveTo(chunk: Chunk, { platform, command }: Printed): void {
  const typed = chunk.candidates.find((one) => one.platform === platform && one.command === command);
  if (typed) chunk.text = typed.text;
  else if (chunk.typed === undefined && chunk.origin !== "session") chunk.text = bareText(command);
  chunk.platform = platform;
  chunk.command = command;
}

/** The output is another command's than the typed one, or than it seemed. */
export function retarget(chunk: Chunk, { command, vendor }: Recognised): void {
  if (chunk.command === command) return;
  chunk.command = command;
  chunk.platform = vendor.id;
  chunk.candidates = [];
  chunk.alike = [];
  chunk.text = bareText(command);
  chunk.typed = undefined;
  chunk.confirmed = true;
}
