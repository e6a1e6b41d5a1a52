/** What each end says of its two SAs, in order: SA tables, sessions, counters and logs. */
import type { Side } from "../../domain/ids.ts";
import type { Attempt, LogEvent } from "../../domain/readings/log.ts";
import type { Evidence } from "../../domain/verdict.ts";
import { hasActiveSa } from "../active-sa.ts";
import { isPublic } from "../address-kinds.ts";
import { natWasSeen } from "../compare/endpoints.ts";
import { tellingTables } from "../ike-version.ts";
import type { Held } from "../known.ts";
import { oncePerEnd } from "../once-per-end.ts";
import type { Tunnel } from "../tunnel.ts";
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

/** Words on the IKE SA. */
export const ikeWords = oncePerEnd((tunnel, end): readonly Word[] => {
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

/** Words on the IPsec SAs. */
export const ipsecWords = oncePerEnd((tunnel, end): readonly Word[] => {
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
