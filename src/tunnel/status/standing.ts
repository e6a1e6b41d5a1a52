/** Whether the two SAs stand: the latest word of both ends, from SA tables, sessions, counters and logs. */
import type { Evidence } from "../../domain/verdict.ts";
import { type Answer, NOT_KNOWN, no, yes } from "../answer.ts";
import { bothEnds, otherSide, type Tunnel } from "../tunnel.ts";
import type { EndView } from "../view.ts";
import { decidingAttempt, REFUSES_AUTHENTICATION } from "./attempts.ts";
import { ikeWords, ipsecWords, type Word } from "./sa-words.ts";

/** Is there an authenticated IKE SA? An IPsec SA counts too: it outlives its IKE SA and shows that there was one. */
export function ikeSaIsUp(tunnel: Tunnel): Answer {
  // A log of failures that may be newer than the table: a table taken now would tell.
  const doubted = bothEnds(tunnel).flatMap(({ undatedLog }) => undatedLog ?? []);
  if (doubted.length > 0)
    return { is: undefined, evidence: doubted.map(({ paste, line }) => tunnel.lines.evidence(paste, line)) };
  const refused = bothEnds(tunnel).flatMap((end) => refusedByThisEnd(tunnel, end) ?? []);
  if (refused.length > 0)
    return no(
      refused.map(({ evidence }) => evidence),
      { side: refused[0]?.side },
    );
  return lastWord(tunnel, (end) => [...ikeWords(tunnel, end), ...ipsecWords(tunnel, end).filter(({ up }) => up)]);
}

/**
 * The last word of this end is that it does not take the other for who it is: then there is no IKE SA, whatever the other
 * end took for done (IKEv2, trap T5), unless packets of it were decrypted there since.
 */
function refusedByThisEnd(tunnel: Tunnel, end: EndView): Word | undefined {
  const word = latest([...ikeWords(tunnel, end), ...ipsecWords(tunnel, end)]);
  const attempt = decidingAttempt(end);
  const refusal = attempt?.item.events.findLast(
    ({ signature, line }) => OWN_REFUSALS.has(signature) && line > (attempt.item.phase1CompleteLine ?? 0),
  );
  if (!attempt || !refusal || !word || word.up || word.order > attempt.order + 0.5) return undefined;
  const since = tunnel[otherSide(end.side)].flows.at(-1);
  const works = since?.items.some(({ item }) => (item.counters.decaps ?? item.counters.decrypt ?? 0) > 0) === true;
  if (works && (since?.order ?? 0) > attempt.order) return undefined;
  return { ...word, evidence: tunnel.lines.evidence(attempt.paste, refusal.line) };
}

/** What an end refuses itself; that the peer refuses is the peer's word. */
const OWN_REFUSALS: ReadonlySet<string> = new Set(
  [...REFUSES_AUTHENTICATION].filter((signature) => signature !== "authentication-failed-by-peer"),
);

/** Is there an IPsec SA pair? */
export function ipsecSaIsUp(tunnel: Tunnel): Answer {
  const open = bothEnds(tunnel).flatMap((end) => openRenewal(tunnel, end) ?? []);
  if (open.length > 0) return { is: undefined, evidence: open };
  return lastWord(tunnel, (end) => ipsecWords(tunnel, end));
}

/**
 * The log that is newer than all else of this end begins to negotiate an IPsec SA and does not say what came of it: it
 * breaks off, or has lost lines, and a table before it proves nothing.
 */
function openRenewal(tunnel: Tunnel, end: EndView): Evidence | undefined {
  const attempt = decidingAttempt(end);
  if (attempt?.item.phase2StartedLine === undefined || attempt.item.phase2CompleteLine !== undefined) return undefined;
  const word = latest(ipsecWords(tunnel, end));
  if (word?.up !== true || word.order > attempt.order) return undefined;
  return tunnel.lines.evidence(attempt.paste, attempt.item.phase2StartedLine);
}

/**
 * The ends disagree: one shows IPsec SAs, the other shows none (trap T5). Side: the end that has none. IKE SAs alone do not
 * tell: one runs out at one end and is made again when it is needed, while the IPsec SAs stay. Nor does a table that
 * lists other peers only.
 */
export function saIsHalfOpen(tunnel: Tunnel): Answer {
  const [local, remote] = bothEnds(tunnel).map((end) => latest(ipsecWords(tunnel, end)));
  if (!local || !remote) return NOT_KNOWN;
  const evidence = [local.evidence, remote.evidence];
  if (local.up === remote.up) return no(evidence);
  if (local.isAbsence || remote.isAbsence) return NOT_KNOWN;
  return yes(evidence, { side: local.up ? "remote" : "local" });
}

/** One end shows IPsec SAs, and the table of the other lists other peers only. */
export function saIsMissingAmongOthers(tunnel: Tunnel): Answer {
  const [local, remote] = bothEnds(tunnel).map((end) => latest(ipsecWords(tunnel, end)));
  if (!local || !remote || local.up === remote.up || !(local.isAbsence || remote.isAbsence)) return NOT_KNOWN;
  return yes([local.evidence, remote.evidence], { side: local.up ? "remote" : "local" });
}

/** Does one end show an IKE SA and the other none? */
export function ikeSaIsHalfOpen(tunnel: Tunnel): Answer {
  const [local, remote] = bothEnds(tunnel).map((end) => latest(ikeWords(tunnel, end)));
  if (!local || !remote || local.up === remote.up || local.isAbsence || remote.isAbsence) return NOT_KNOWN;
  return yes([local.evidence, remote.evidence], { side: local.up ? "remote" : "local" });
}

function lastWord(tunnel: Tunnel, wordsOf: (end: EndView) => readonly Word[]): Answer {
  const last = bothEnds(tunnel).flatMap((end) => latest(wordsOf(end)) ?? []);
  if (last.length === 0) return NOT_KNOWN;
  // Where the ends disagree, the tree goes on with "up": the half-open finding is weighed further down.
  const up = last.filter((word) => word.up);
  const said = up.length > 0 ? up : last;
  return { is: up.length > 0, evidence: said.map((word) => word.evidence), side: said[0]?.side };
}

/** Whether anything read after this point shows an SA with the peer up. */
export function isUpSince(tunnel: Tunnel, order: number): boolean {
  return bothEnds(tunnel).some((end) =>
    [...ikeWords(tunnel, end), ...ipsecWords(tunnel, end)].some((word) => word.up && word.order > order),
  );
}

function latest(words: readonly Word[]): Word | undefined {
  let last: Word | undefined;
  for (const word of words) if (!last || word.order >= last.order) last = word;
  return last;
}
