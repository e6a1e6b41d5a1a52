/** Whether the two SAs stand: the latest word of both ends, from SA tables, sessions, counters and logs. */
import type { Side } from "../../domain/ids.ts";
import type { Attempt, LogEvent } from "../../domain/readings/log.ts";
import type { Evidence } from "../../domain/verdict.ts";
import { hasActiveSa } from "../active-sa.ts";
import { isPublic } from "../address-kinds.ts";
import { type Answer, NOT_KNOWN, no, yes } from "../answer.ts";
import { natWasSeen } from "../compare/endpoints.ts";
import { tellingTables } from "../ike-version.ts";
import type { Held } from "../known.ts";
import { oncePerEnd } from "../once-per-end.ts";
import { bothEnds, otherSide, type Tunnel } from "../tunnel.ts";
import type { EndView } from "../view.ts";
import { decidingAttempt, phase1DoneLine, REFUSES_AUTHENTICATION, REFUSES_CHILD } from "./attempts.ts";
import { unansweredOpening } from "./captures.ts";

/** One word on whether something is up. */
export interface Word {
  readonly side: Side;
  readonly order: number;
  readonly up: boolean;
  readonly evidence: Evidence;
  /** Only that no record names the peer: it can be there under another address, or in lines that were not pasted. */
  readonly isAbsence: boolean;
}

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

const ikeWords = oncePerEnd((tunnel, end): readonly Word[] => {
  const words: Word[] = [];
  const say = (order: number, up: boolean, paste: string, line: number, isAbsence = false) =>
    words.push({ side: end.side, order, up, evidence: tunnel.lines.evidence(paste, line), isAbsence });
  for (const look of tellingTables(tunnel, end)) {
    const up = look.items.find(({ item }) => item.standing === "up");
    const any = up ?? look.items[0];
    say(look.order, up !== undefined, look.paste, any?.item.line ?? look.firstLine, look.onlyOthers);
  }
  for (const look of end.sessions) {
    const [first] = look.items;
    if (!first) {
      say(look.order, false, look.paste, look.firstLine, look.onlyOthers);
      continue;
    }
    for (const { item } of look.items) {
      const active = item.ikeSas.find((sa) => sa.active);
      const isUp = active !== undefined || /^UP-(?:ACTIVE|IDLE)/.test(item.status ?? "");
      const isDown = /^DOWN|^UP-NO-IKE/.test(item.status ?? "") || (item.ikeSas.length > 0 && !active);
      if (isUp || isDown) say(look.order, isUp, look.paste, item.at["status"] ?? active?.line ?? item.line);
    }
  }
  const opening = unansweredOpening(tunnel, end);
  if (opening)
    words.push({ side: end.side, order: opening.held.order, up: false, evidence: opening.evidence, isAbsence: false });
  const attempt = decidingAttempt(end);
  if (attempt) {
    const word = attemptWord(attempt);
    if (word) say(attempt.order + 0.5, word.up, attempt.paste, word.line);
  } else {
    const refused = refusedInQuickMode(end);
    if (refused) say(refused.order + 0.5, true, refused.paste, refused.item.line);
  }
  return words;
});

/** `debug crypto ipsec` alone shows no attempt, but what it refuses is quick mode, which runs on an IKE SA. */
function refusedInQuickMode(end: EndView): EndView["events"][number] | undefined {
  return end.events.findLast(({ item }) => IS_QUICK_MODE.has(item.signature));
}

const IS_QUICK_MODE: ReadonlySet<string> = new Set([
  "transform-not-supported",
  "proxy-not-supported",
  ...REFUSES_CHILD,
]);

/** A log shows phase 1 up when its last attempt completed it and nothing took it down again. */
function attemptWord({ item }: Held<Attempt>): { up: boolean; line: number } | undefined {
  const torn = item.events.find((event) => tearsDown(event, item));
  // Quick mode runs on an IKE SA that is up, also where the log begins after phase 1.
  const upLine = phase1DoneLine(item);
  if (upLine !== undefined && !torn) return { up: true, line: upLine };
  const end = torn ?? item.events.findLast(({ signature, noise }) => noise !== true && !ON_THE_WAY.has(signature));
  return end ? { up: false, line: end.line } : undefined;
}

/** A DELETE is also how a rekeyed SA goes, so it counts only where quick mode never ended well. */
function tearsDown({ signature, line }: LogEvent, { phase1CompleteLine, phase2CompleteLine }: Attempt): boolean {
  if (signature === "delete-payload-received") return phase2CompleteLine === undefined;
  // One end may take the IKE SA for up, and hear then that the other does not (trap T5).
  if (REFUSES_AUTHENTICATION.has(signature)) return line > (phase1CompleteLine ?? 0);
  return TEARS_DOWN.has(signature);
}

/** Printed on the way through phase 1, whatever comes of it. */
const ON_THE_WAY: ReadonlySet<string> = new Set([
  "csdl-refused",
  "no-matching-profile",
  "cannot-start-aggressive-mode",
  "ike-attributes-accepted",
  "nat-found",
  "nat-not-found",
  "nat-hash-differs",
  "notify-responder-lifetime",
  "floated-to-4500",
]);

/** Signatures that end the IKE SA they appear on. */
const TEARS_DOWN: ReadonlySet<string> = new Set([
  "deleted-peers-alive",
  "deleted-no-reason",
  "death-by-retransmission",
  "peer-not-responding",
  "peer-dead",
  "retransmits-given-up",
  "ike-sa-deleted",
]);

const ipsecWords = oncePerEnd((tunnel, end): readonly Word[] => {
  const words: Word[] = [];
  const say = (order: number, up: boolean, paste: string, line: number, isAbsence = false) =>
    words.push({ side: end.side, order, up, evidence: tunnel.lines.evidence(paste, line), isAbsence });
  for (const look of end.flows) {
    const up = look.items.find(({ item }) => hasActiveSa(item) === true);
    if (!up && look.items.some(({ item }) => hasActiveSa(item) === undefined)) continue;
    const any = up ?? look.items[0];
    const line = any ? (any.item.at["outboundSpi"] ?? any.item.line) : look.firstLine;
    say(
      look.order,
      up !== undefined,
      look.paste,
      line,
      look.onlyOthers || (!any && isKnownByAnotherAddress(tunnel, end)),
    );
  }
  for (const look of end.sessions) {
    for (const { item } of look.items) {
      const flow = item.flows.find(({ activeSas }) => (activeSas ?? 0) > 0);
      const line = flow?.at["activeSas"] ?? item.at["status"] ?? item.line;
      if (flow || item.status !== undefined)
        say(look.order, flow !== undefined || /^UP-(?:ACTIVE|NO-IKE)/.test(item.status ?? ""), look.paste, line);
    }
  }
  const attempt = decidingAttempt(end);
  const isOfPhase2 =
    attempt?.item.phase2StartedLine !== undefined ||
    attempt?.item.events.some(({ signature }) => REFUSES_CHILD.has(signature));
  if (attempt && isOfPhase2) {
    const done = attempt.item.phase2CompleteLine;
    const refused = attempt.item.events.findLast(({ signature }) => REFUSES_PHASE_2.has(signature));
    if (done !== undefined && !refused) say(attempt.order + 0.5, true, attempt.paste, done);
    else if (refused) say(attempt.order + 0.5, false, attempt.paste, refused.line);
  } else if (!attempt) {
    const refused = refusedInQuickMode(end);
    if (refused) say(refused.order + 0.5, false, refused.paste, refused.item.line);
  }
  return words;
});

/** With address translation between the ends, a table asked for the address of before has nothing to show. */
function isKnownByAnotherAddress(tunnel: Tunnel, { own, peer }: EndView): boolean {
  return natWasSeen(tunnel) || (own !== undefined && peer !== undefined && isPublic(own) !== isPublic(peer));
}

/** Messages that refuse what was offered in quick mode. */
export const REFUSES_PHASE_2: ReadonlySet<string> = new Set([
  "transform-not-supported",
  "proxy-not-supported",
  "ipsec-proposal-error-256",
  "ipsec-proposal-error-32",
  "phase2-policy-unacceptable",
  "notify-proposal-not-chosen",
  ...REFUSES_CHILD,
]);
