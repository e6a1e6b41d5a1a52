/** Questions about the tunnel and their three-valued answers. */
import type { Side } from "../domain/ids.ts";
import type { Difference, Evidence } from "../domain/verdict.ts";
import type { Held } from "./known.ts";
import type { Tunnel } from "./tunnel.ts";

export interface Answer {
  /** undefined: not known yet. */
  readonly is: boolean | undefined;
  /** The lines that say so; at least one where `is` is known. */
  readonly evidence: readonly Evidence[];
  readonly differs?: readonly Difference[] | undefined;
  /** The end the answer speaks of, or that should change. */
  readonly side?: Side | "both" | undefined;
}

export type Question = (tunnel: Tunnel) => Answer;

export const NOT_KNOWN: Answer = { is: undefined, evidence: [] };

export function yes(evidence: readonly Evidence[], more: Partial<Answer> = {}): Answer {
  return { is: true, evidence, ...more };
}

export function no(evidence: readonly Evidence[], more: Partial<Answer> = {}): Answer {
  return { is: false, evidence, ...more };
}

/** The line of a held record, or another line of its paste. */
export function at(tunnel: Tunnel, held: Held<unknown>, line: number): Evidence {
  return tunnel.lines.evidence(held.paste, line);
}
