/** Evidence that looks as if it settled something, and may not: what rests on it is likely, no more. */
import type { RootCauseId, Side } from "../domain/ids.ts";
import type { Evidence } from "../domain/verdict.ts";
import { wordedAsSeen } from "../tunnel/status/attempts.ts";
import { pointsOneWay, tieOf } from "../tunnel/ties.ts";
import type { Tunnel } from "../tunnel/tunnel.ts";

/**
 * broken: it rests on a line that its paste breaks off in, whose last word or number may have gone on. untied: it compares
 * two devices, or rests on the second one, of which nothing shows that they are the ends of one tunnel. one-way: one of the
 * two points at the other, and may be a site that the other doesn't know. unseen: it rests on a message whose wording no
 * source shows printed.
 */
export type Doubt = "broken" | "untied" | "one-way" | "unseen";

/** Why a finding may not be sure by its evidence; undefined where nothing keeps it from that. */
export function doubtOf(id: RootCauseId, evidence: readonly Evidence[], tunnel: Tunnel): Doubt | undefined {
  if (isBroken(evidence, tunnel)) return "broken";
  if (isUntied(id, evidence, tunnel)) return pointsOneWay(tunnel) ? "one-way" : "untied";
  return wordedAsSeen(tunnel, evidence) ? undefined : "unseen";
}

const WORDS: Readonly<Record<Doubt, string>> = {
  broken:
    " I call it likely, not sure: the paste breaks off in a line that this rests on, and the line may have gone on. Paste that part once more.",
  untied:
    " I call it likely, not sure: nothing that I was shown ties these two devices together as the ends of one tunnel (an address of the other, the same networks, an equal key). Tell me the peer's address, or paste what names the peer on one of them.",
  "one-way":
    " I call it likely, not sure: one of these two devices points at the other, but its own address was not shown, and their networks have nothing in common, so it may be another site's. Paste what shows its addresses.",
  unseen:
    " I call it likely, not sure: I know the wording of this message from no device that printed it, so I may take it for more than it says.",
};

/** What to say of it beside the finding. */
export function inWordsOf(doubt: Doubt | undefined): string {
  return doubt === undefined ? "" : WORDS[doubt];
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
  if (!sides.has("remote")) return false;
  const tie = tieOf(tunnel);
  // The second device by itself: what is wrong on it is wrong with this tunnel only if it is its other end.
  if (!sides.has("local")) return tie === undefined && tunnel.local.seen;
  return tie === undefined || (tie === "said" && !OF_ALL_TUNNELS.has(id));
}

function sideOf({ paste: name, line }: Evidence, { known, ends }: Tunnel): Side | undefined {
  const given = known.pastes.find(({ paste }) => paste.name === name);
  const output = given?.paste.outputs.find(({ firstLine, lastLine }) => firstLine <= line && line <= lastLine);
  return output && ends.sideOf.get(output);
}
