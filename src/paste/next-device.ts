/** Two configurations pasted one after the other: a line that stands only at the beginning of one, seen again. */
import type { Command } from "../domain/output.ts";

/** A line of those that an output begins with. */
export interface Beginning {
  /** Its place in their order. */
  readonly place: number;
  /** Blanks before it. */
  readonly indent: number;
}

/** What a line can follow that is the host name of a peer in a keyring and not the device's own. */
const OF_A_PEER = /^\s*(?:peer|address|identity|description|pre-shared-key)\s/i;

/** The line's place among those that the command's output begins with; undefined for any other line. */
export function beginningIn(command: Command | undefined, text: string): Beginning | undefined {
  const place = command?.beginsWith?.findIndex((pattern) => pattern.test(text)) ?? -1;
  return place < 0 ? undefined : { place, indent: text.search(/\S/) };
}

/** Whether a beginning that comes after another one is another device's; `before` is the line above it. */
export function isOfNextDevice(found: Beginning, last: Beginning | undefined, before: string | undefined): boolean {
  if (last === undefined || found.place > last.place || found.indent !== last.indent) return false;
  return before === undefined || !OF_A_PEER.test(before);
}
