/** Does each end prove who it is in the way that the other end asks for? */
import type { Side } from "../../domain/ids.ts";
import type { ConnectionAuth } from "../../domain/readings/connection.ts";
import type { IkeProfile } from "../../domain/readings/ike.ts";
import type { Difference, Evidence } from "../../domain/verdict.ts";
import { type Answer, at, NOT_KNOWN, no, type Question, yes } from "../answer.ts";
import type { Held } from "../known.ts";
import { bothEnds, type Tunnel } from "../tunnel.ts";
import type { EndView } from "../view.ts";
import { connectionForPeer } from "./connection.ts";
import { sameAlgorithm } from "./crypto-values.ts";
import { farEnd } from "./endpoints.ts";
import { distinct, linesOf } from "./lines.ts";
import { entryForPeer } from "./map-entry.ts";

interface Method {
  readonly method: string;
  readonly evidence: readonly Evidence[];
}

/**
 * By the connections of both ends. No: an end proves itself by another method than the other end's connection asks for.
 * Yes: both directions are shown, and agree. `side` is "both": either end may be the wrong one.
 */
export function authMethodsAgree(tunnel: Tunnel): Answer {
  const directions = bothEnds(tunnel).map((end) => ({
    proves: methodOf(tunnel, end, "localAuth"),
    asks: methodOf(tunnel, farEnd(tunnel, end), "remoteAuth"),
    side: end.side,
  }));
  const shown = directions.flatMap(({ proves, asks, side }) => (proves && asks ? [{ proves, asks, side }] : []));
  const isSame = ({ proves, asks }: (typeof shown)[number]) => sameAlgorithm("auth", proves.method, asks.method);
  const wrong = shown.find((direction) => isSame(direction) === false);
  if (wrong)
    return no([...wrong.proves.evidence, ...wrong.asks.evidence], {
      side: "both",
      differs: [difference(wrong.side, wrong.proves.method, wrong.asks.method)],
    });
  if (shown.length < directions.length || !shown.every(isSame)) return NOT_KNOWN;
  return yes(distinct(shown.flatMap(({ proves, asks }) => [...proves.evidence, ...asks.evidence])));
}

export const AUTH_METHOD_COMPARISONS: Readonly<Record<string, Question>> = { "auth-methods-agree": authMethodsAgree };

function methodOf(tunnel: Tunnel, end: EndView, which: "localAuth" | "remoteAuth"): Method | undefined {
  const held = connectionForPeer(end);
  const auth: ConnectionAuth | undefined = held?.item[which];
  if (held && auth?.method !== undefined)
    return { method: auth.method, evidence: [at(tunnel, held, auth.at?.["method"] ?? held.item.line)] };
  const profile = ikeV2ProfileForPeer(end);
  const method = profile?.item[which];
  return profile && method !== undefined ? { method, evidence: linesOf(tunnel, profile, which) } : undefined;
}

/** The IKEv2 profile that the map entry for the peer names; an ASA finds its tunnel group by the peer's address. */
export function ikeV2ProfileForPeer(end: EndView): Held<IkeProfile> | undefined {
  const entry = entryForPeer(end)?.item;
  const name = end.platform === "cisco-asa" ? entry?.peers[0] : entry?.profile;
  return end.profiles?.items.find(({ item }) => item.name === name && item.version === 2);
}

function difference(prover: Side, proves: string, asks: string): Difference {
  const [local, remote] = prover === "local" ? [proves, asks] : [asks, proves];
  return { attribute: "auth", local, remote };
}
