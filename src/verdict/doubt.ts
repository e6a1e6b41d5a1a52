/** Evidence that looks as if it settled something, and may not: what rests on it is likely, no more. */
import type { Evidence } from "../domain/verdict.ts";
import type { Tunnel } from "../tunnel/tunnel.ts";

/** Whether it has a line that its paste breaks off in: the last word or number there may have gone on. */
export function isDoubtful(evidence: readonly Evidence[], { known }: Tunnel): boolean {
  return known.pastes.some(
    ({ paste: { name, brokenLine } }) =>
      brokenLine !== undefined && evidence.some(({ paste, line }) => paste === name && line === brokenLine),
  );
}
