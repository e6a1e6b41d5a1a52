/** How a row of the comparison is made. */
import type { ComparedRow, ComparedValue, RowVerdict } from "../../../domain/comparison.ts";
import type { Side } from "../../../domain/ids.ts";
import type { Evidence } from "../../../domain/verdict.ts";
import type { Answer } from "../../answer.ts";
import type { Tunnel } from "../../tunnel.ts";
import { distinct } from "../lines.ts";

export const NOT_SHOWN: ComparedValue = { value: "", evidence: [] };

export function shown(value: string, evidence: readonly Evidence[]): ComparedValue {
  return { value, evidence: distinct(evidence) };
}

/** A row, or none where neither end shows anything. */
export function rowOf(
  [topic, attribute]: readonly [topic: string, attribute: string],
  local: ComparedValue,
  remote: ComparedValue,
  verdict: RowVerdict,
  more: Pick<ComparedRow, "of" | "note"> = {},
): ComparedRow[] {
  if (local.value === "" && remote.value === "") return [];
  return [{ topic, attribute, local, remote, verdict, ...more }];
}

export function verdictOf({ is }: Pick<Answer, "is">): RowVerdict {
  return is === undefined ? "unknown" : is ? "same" : "differs";
}

/** Those lines of an answer that one end printed. */
export function linesOfSide(tunnel: Tunnel, side: Side, evidence: readonly Evidence[]): Evidence[] {
  return evidence.filter(({ paste, line }) =>
    tunnel.known.pastes.some(
      (given) =>
        given.paste.name === paste &&
        given.paste.outputs.some(
          (output) => output.firstLine <= line && line <= output.lastLine && tunnel.ends.sideOf.get(output) === side,
        ),
    ),
  );
}
