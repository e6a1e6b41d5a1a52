/** Has any packet met the crypto ACL? */
import { type Answer, at, NOT_KNOWN, no, type Question, yes } from "../answer.ts";
import type { Tunnel } from "../tunnel.ts";
import type { EndView } from "../view.ts";
import { cryptoAcls } from "./crypto-acl.ts";
import { askedOfEachEnd } from "./per-end.ts";

/** Yes: the list counts, and all of its counts are 0 (a list that prints no count does not say). No: some packet did. */
function wasNeverHit(tunnel: Tunnel, end: EndView): Answer {
  const entries = (cryptoAcls(tunnel, end) ?? []).flatMap(({ entries, held }) =>
    entries.filter(({ action }) => action === "permit").map((entry) => ({ entry, held })),
  );
  const hit = entries.find(({ entry }) => (entry.matches ?? 0) > 0);
  if (hit) return no([at(tunnel, hit.held, hit.entry.line)]);
  if (entries.length === 0 || entries.some(({ entry }) => entry.matches === undefined)) return NOT_KNOWN;
  return yes(entries.slice(0, 3).map(({ entry, held }) => at(tunnel, held, entry.line)));
}

export const ACL_HIT_COMPARISONS: Readonly<Record<string, Question>> = askedOfEachEnd(
  "crypto-acl-was-never-hit",
  true,
  wasNeverHit,
);
