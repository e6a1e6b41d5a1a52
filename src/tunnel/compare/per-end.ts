/** Questions that each end answers for itself, and how two answers make one. */
import type { Side } from "../../domain/ids.ts";
import { type Answer, NOT_KNOWN, type Question } from "../answer.ts";
import type { Tunnel } from "../tunnel.ts";
import type { EndView } from "../view.ts";
import { distinct } from "./lines.ts";

export type EndQuestion = (tunnel: Tunnel, end: EndView) => Answer;

/**
 * A question under its name for both ends, and as `local-NAME` and `remote-NAME` for one. `decisive` is the answer that
 * one end alone can give for both ("no" to "is the map applied", "yes" to "does NAT take the traffic"); the other
 * answer needs both ends. `side` is the end that gave the decisive answer.
 */
export function askedOfEachEnd(name: string, decisive: boolean, ask: EndQuestion): Record<string, Question> {
  return {
    [name]: (tunnel) => together(decisive, ask(tunnel, tunnel.local), ask(tunnel, tunnel.remote)),
    [`local-${name}`]: (tunnel) => ofSide("local", ask(tunnel, tunnel.local)),
    [`remote-${name}`]: (tunnel) => ofSide("remote", ask(tunnel, tunnel.remote)),
  };
}

function together(decisive: boolean, local: Answer, remote: Answer): Answer {
  if (local.is === undefined && remote.is === undefined) return NOT_KNOWN;
  const evidence = distinct([...local.evidence, ...remote.evidence]);
  const differs = [...(local.differs ?? []), ...(remote.differs ?? [])];
  const more = differs.length === 0 ? {} : { differs };
  if (local.is === decisive && remote.is === decisive) return { is: decisive, evidence, side: "both", ...more };
  if (local.is === decisive) return ofSide("local", local);
  if (remote.is === decisive) return ofSide("remote", remote);
  return local.is === !decisive && remote.is === !decisive ? { is: !decisive, evidence, side: "both" } : NOT_KNOWN;
}

function ofSide(side: Side, answer: Answer): Answer {
  return answer.is === undefined ? NOT_KNOWN : { ...answer, side };
}
