/** Evidence of comparisons: the lines of records, and of outputs in which something is missing. */
import type { Side } from "../../domain/ids.ts";
import type { At } from "../../domain/readings/ike.ts";
import type { ReadingKind, ReadingOf } from "../../domain/readings/index.ts";
import type { Evidence } from "../../domain/verdict.ts";
import { at } from "../answer.ts";
import type { Held } from "../known.ts";
import type { Tunnel } from "../tunnel.ts";
import { lineOf } from "../view.ts";

/** The lines of a record's fields, each once; the record's first line for a field that was not written or for "". */
export function linesOf(
  tunnel: Tunnel,
  held: Held<{ readonly line: number; readonly at?: At | undefined }>,
  ...fields: readonly string[]
): Evidence[] {
  const wanted = fields.length === 0 ? [held.item.line] : fields.map((field) => lineOf(held.item, field));
  return [...new Set(wanted)].map((line) => at(tunnel, held, line));
}

/**
 * Where the last output stands that a side gave of a kind and that `accepts` takes: evidence that somebody looked.
 * @returns one line, or none
 */
export function outputLine<K extends ReadingKind>(
  tunnel: Tunnel,
  side: Side,
  kind: K,
  accepts: (value: ReadingOf<K>) => boolean,
): Evidence[] {
  const isWanted = (value: { readonly kind: ReadingKind }): boolean =>
    value.kind === kind && accepts(value as ReadingOf<K>);
  for (const { paste } of tunnel.known.pastes.toReversed()) {
    const output = paste.outputs.findLast(
      (item) => tunnel.ends.sideOf.get(item) === side && item.values.some(isWanted),
    );
    if (output) return [tunnel.lines.evidence(paste.name, output.firstLine)];
  }
  return [];
}

/** Each line once, in the order of the pastes given. */
export function distinct(evidence: readonly Evidence[]): Evidence[] {
  const seen = new Map(evidence.map((line) => [`${line.paste}\n${line.line}`, line]));
  return [...seen.values()];
}
