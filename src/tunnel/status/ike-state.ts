/** What a state that IKE is stuck in can mean (catalogue 1.1): never a proof by itself. */
import type { NegotiationProgress } from "../../domain/readings/ike.ts";
import { type Answer, at, NOT_KNOWN, no, type Question, yes } from "../answer.ts";
import { tellingTables } from "../ike-version.ts";
import { bothEnds, type Tunnel } from "../tunnel.ts";
import type { EndView } from "../view.ts";
import { decidingAttempt, phase1DoneLine, REFUSES_AUTHENTICATION } from "./attempts.ts";
import { roleIn } from "./role.ts";

export const IKE_STATE_QUESTIONS: Readonly<Record<string, Question>> = {
  "ike-shows-no-sa": (tunnel) => {
    const look = bothEnds(tunnel).flatMap((end) => tellingTables(tunnel, end).at(-1) ?? [])[0];
    if (!look) return NOT_KNOWN;
    const [first] = look.items;
    if (first) return no([at(tunnel, first, first.item.line)]);
    return yes([tunnel.lines.evidence(look.paste, look.firstLine)]);
  },
  "ike-is-at-no-state": (tunnel) => stuckAt(tunnel, /^(?:MM|AG)_NO_STATE$/, "begun"),
  "ike-is-at-sa-setup": (tunnel) => stuckAt(tunnel, /^(?:MM_SA_SETUP|AG_INIT_EXCH)$/, "agreed"),
  "ike-is-at-key-exchange": (tunnel) => stuckAt(tunnel, /^MM_KEY_EXCH$/, "keyed"),
  "ike-is-in-aggressive-mode": (tunnel) => stuckAt(tunnel, /^A[GM]_/),
  "ike-is-in-main-mode": (tunnel) => stuckAt(tunnel, /^MM_/),
  "ike-is-switched-off": (tunnel) => {
    const end = bothEnds(tunnel).find(({ ikeOff }) => ikeOff !== undefined);
    return end?.ikeOff ? yes([at(tunnel, end.ikeOff, end.ikeOff.item)], { side: end.side }) : NOT_KNOWN;
  },
  "negotiations-were-rejected": (tunnel) => {
    for (const end of bothEnds(tunnel)) {
      const held = end.admissions.at(-1);
      const { rejected = 0, negotiationLimit = 0, queueLimit = 0, at: lines = {} } = held?.item ?? {};
      if (!held || rejected + negotiationLimit + queueLimit === 0) continue;
      const line = lines["rejected"] ?? lines["negotiationLimit"] ?? held.item.line;
      return yes([at(tunnel, held, line)], { side: end.side });
    }
    return NOT_KNOWN;
  },
  "negotiations-are-rejected-now": (tunnel) => {
    for (const end of bothEnds(tunnel)) {
      const [before, now] = end.admissions.slice(-2);
      const [earlier, later] = [before?.item.rejected, now?.item.rejected];
      if (!before || !now || earlier === undefined || later === undefined || later < earlier) continue;
      const evidence = [before, now].map((held) => at(tunnel, held, held.item.at["rejected"] ?? held.item.line));
      return later > earlier ? yes(evidence, { side: end.side }) : no(evidence);
    }
    return NOT_KNOWN;
  },
  "ike-sas-are-at-their-limit": (tunnel) => {
    for (const end of bothEnds(tunnel)) {
      const held = end.admissions.at(-1);
      const {
        activeSas,
        negotiating,
        mostSas = Infinity,
        mostNegotiating = Infinity,
        at: lines = {},
      } = held?.item ?? {};
      const [limits, count] = [lines["mostSas"], lines["activeSas"]];
      if (!held || activeSas === undefined || negotiating === undefined || !limits || !count) continue;
      const evidence = [at(tunnel, held, limits), at(tunnel, held, count)];
      const isFull = activeSas >= mostSas || negotiating >= mostNegotiating;
      return isFull ? yes(evidence, { side: end.side }) : no(evidence);
    }
    return NOT_KNOWN;
  },
  "ike-was-turned-off": (tunnel) => {
    for (const end of bothEnds(tunnel)) {
      const last = end.events.findLast(({ item }) => /^ike-turned-o(?:n|ff)$/.test(item.signature));
      if (last?.item.signature !== "ike-turned-off") continue;
      return yes([tunnel.lines.evidence(last.paste, last.item.line)], { side: end.side });
    }
    return NOT_KNOWN;
  },
  "phase-1-was-completed": (tunnel) => {
    // One end may take it for complete that the other refuses (IKEv2, trap T5).
    if (bothEnds(tunnel).some(authenticationWasRefused)) return NOT_KNOWN;
    for (const end of bothEnds(tunnel)) {
      const attempt = decidingAttempt(end);
      const line = attempt && phase1DoneLine(attempt.item);
      if (attempt && line !== undefined) return yes([at(tunnel, attempt, line)]);
    }
    return NOT_KNOWN;
  },
  "peer-was-heard": (tunnel) => {
    for (const end of bothEnds(tunnel)) {
      const attempt = decidingAttempt(end);
      const line = attempt?.item.heardFromPeerLine;
      if (attempt && line !== undefined) return yes([at(tunnel, attempt, line)], { side: end.side });
      // A row that the peer began is there because its first message arrived.
      const row = end.ikeSas.at(-1)?.items.find(({ item }) => roleIn(item, end) === "responder");
      if (row) return yes([at(tunnel, row, row.item.line)], { side: end.side });
    }
    return NOT_KNOWN;
  },
  "nat-is-on-the-way": (tunnel) => {
    for (const end of bothEnds(tunnel)) {
      const sa = end.ikeSas.at(-1)?.items.find(({ item }) => item.natTraversal === true);
      if (sa) return yes([at(tunnel, sa, sa.item.line)]);
      const attempt = decidingAttempt(end);
      const line = attempt?.item.natFoundLine ?? attempt?.item.usesPort4500Line;
      if (attempt && line !== undefined) return yes([at(tunnel, attempt, line)]);
    }
    return NOT_KNOWN;
  },
};

/** The negotiation that decides ended in a refusal of who the other is. */
function authenticationWasRefused(end: EndView): boolean {
  const attempt = decidingAttempt(end)?.item;
  const refusal = attempt?.events.findLast(({ signature }) => REFUSES_AUTHENTICATION.has(signature));
  return refusal !== undefined && refusal.line > (attempt?.phase1CompleteLine ?? 0);
}

/** The latest table (or, without one, the debug) shows the SA in such a state. */
function stuckAt(tunnel: Tunnel, state: RegExp, progress?: NegotiationProgress): Answer {
  const isThere = (item: {
    readonly state?: string | undefined;
    readonly progress?: NegotiationProgress | undefined;
  }) => state.test(item.state ?? "") || (progress !== undefined && item.progress === progress);
  for (const end of bothEnds(tunnel)) {
    const row = end.ikeSas.at(-1)?.items.find(({ item }) => isThere(item));
    if (row) return yes([at(tunnel, row, row.item.line)], { side: end.side });
    const attempt = decidingAttempt(end);
    if (attempt && isThere({ state: attempt.item.furthestState, progress: attempt.item.progress }))
      return yes([at(tunnel, attempt, attempt.item.furthestStateLine ?? attempt.item.firstLine)], { side: end.side });
  }
  return NOT_KNOWN;
}
