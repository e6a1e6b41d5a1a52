/** Evidence that looks as if it settled something, and may not: what rests on it is likely, no more. */
import type { RootCauseId, Side } from "../domain/ids.ts";
import type { Evidence } from "../domain/verdict.ts";
import { tieOf } from "../tunnel/ties.ts";
import type { Tunnel } from "../tunnel/tunnel.ts";

/**
 * Whether a finding may not be sure by its evidence: a line that its paste breaks off in, whose last word or number may have
 * gone on; or a comparison of two devices of which nothing shows that they are the ends of one tunnel.
 */
export function isDoubtful(id: RootCauseId, evidence: readonly Evidence[], tunnel: Tunnel): boolean {
  return isBroken(evidence, tunnel) || isUntied(id, evidence, tunnel);
}

function isBroken(evidence: readonly Evidence[], { known }: Tunnel): boolean {
  return known.pastes.some(
    ({ paste: { name, brokenLine } }) =>
      brokenLine !== undefined && evidence.some(({ paste, line }) => paste === name && line === brokenLine),
  );
}

/** What every tunnel of a device shares; of the rest, only what is this peer's can be compared. */
const OF_ALL_TUNNELS: ReadonlySet<RootCauseId> = new Set([
  "ike-policy-mismatch",
  "ike-auth-method-mismatch",
  "ipsec-transform-mismatch",
  "ipsec-mode-mismatch",
]);

function isUntied(id: RootCauseId, evidence: readonly Evidence[], tunnel: Tunnel): boolean {
  const sides = new Set(evidence.map((line) => sideOf(line, tunnel)));
  if (!sides.has("local") || !sides.has("remote")) return false;
  const tie = tieOf(tunnel);
  return tie === undefined || (tie === "said" && !OF_ALL_TUNNELS.has(id));
}

function sideOf({ paste: name, line }: Evidence, { known, ends }: Tunnel): Side | undefined {
  const given = known.pastes.find(({ paste }) => paste.name === name);
  const output = given?.paste.outputs.find(({ firstLine, lastLine }) => firstLine <= line && line <= lastLine);
  return output && ends.sideOf.get(output);
}
