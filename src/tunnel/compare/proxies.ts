/** Proxy identities as evidence of the other end's crypto ACL. */
import { type Answer, at, no, yes } from "../answer.ts";
import type { Tunnel } from "../tunnel.ts";
import type { EndView } from "../view.ts";
import { childrenForPeer } from "./connection.ts";
import { cryptoAcls } from "./crypto-acl.ts";
import { differenceOf, type Unmatched } from "./crypto-acl-difference.ts";
import { coversFlow, flowKey, flowOfEntry, flowOfSelectors, flowsOverlap, mirrored } from "./flow.ts";
import { distinct } from "./lines.ts";
import { identFlows, type ProtectedFlow } from "./protected-flows.ts";
import type { Statement } from "./settle.ts";

/**
 * The idents of both ends' `show crypto ipsec sa`: IOS makes one pair of every permit entry of a static map. "No" only
 * where each end shows a single one, made from its ACL: of many, a paste may have lost some.
 */
export function identsAreMirrors(tunnel: Tunnel): Statement | undefined {
  const local = identFlows(tunnel, tunnel.local);
  const remote = identFlows(tunnel, tunnel.remote);
  if (!local || !remote || tunnel.local.peer === undefined || tunnel.remote.peer === undefined) return undefined;
  const order = Math.max(...[tunnel.local, tunnel.remote].map((end) => end.flows.at(-1)?.order ?? 0));
  const evidence = distinct([...local, ...remote].slice(0, 10).flatMap((flow) => flow.evidence));
  const answer = compareIdents(tunnel, local, remote, evidence);
  return answer && { answer, order };
}

/**
 * What the peer asked for in the last negotiation that this end answered and that came to nothing, against this end's
 * ACL. Only "no" can be said: an entry that covers the request accepts it, and one request does not show the whole ACL.
 */
export function proxiesAreInAcl(tunnel: Tunnel, end: EndView): Statement | undefined {
  const acls = cryptoAcls(tunnel, end);
  const attempt = end.attempts.findLast(({ item }) => item.proxies.length > 0 || item.phase2CompleteLine !== undefined);
  if (!acls || !attempt || acls.some(({ isGuess, isWhole }) => isGuess || !isWhole)) return undefined;
  if (attempt.item.role === "initiator" || attempt.item.phase2CompleteLine !== undefined) return undefined;
  const own: Unmatched[] = [];
  for (const entry of acls.flatMap((acl) => acl.entries)) {
    const flow = flowOfEntry(entry);
    if (!flow) return undefined;
    if (entry.action === "permit") own.push({ entry, flow });
  }
  const asked = attempt.item.proxies.map((proxy) => ({ ...proxy, flow: flowOfSelectors(proxy.local, proxy.remote) }));
  // An end without crypto maps takes a part of what is asked for.
  const takes = childrenForPeer(end).length > 0 ? flowsOverlap : coversFlow;
  const refused = asked.find(({ flow }) => !own.some((item) => takes(item.flow, flow)));
  if (!refused || own.length === 0) return undefined;
  const peers: Unmatched[] = [{ flow: mirrored(refused.flow) }];
  const difference = end.side === "local" ? differenceOf(tunnel, own, peers) : differenceOf(tunnel, peers, own);
  const lines = acls.flatMap((acl) => acl.entries.slice(0, 5).map(({ line }) => at(tunnel, acl.held, line)));
  const order = Math.max(attempt.order, ...acls.map(({ held }) => held.order));
  return { answer: no([at(tunnel, attempt, refused.line), ...lines], difference), order };
}

function compareIdents(
  tunnel: Tunnel,
  local: readonly ProtectedFlow[],
  remote: readonly ProtectedFlow[],
  evidence: Answer["evidence"],
): Answer | undefined {
  const here = new Set(local.map(flowKey));
  const there = new Set(remote.map((flow) => flowKey(mirrored(flow))));
  if (here.size === there.size && [...here].every((key) => there.has(key))) return yes(evidence);
  const areFromAcls = [tunnel.local, tunnel.remote].every((end) =>
    end.flows.at(-1)?.items.every(({ item }) => item.flags.includes("origin_is_acl")),
  );
  const [one, ...moreLocal] = local;
  const [other, ...moreRemote] = remote;
  if (!one || !other || moreLocal.length + moreRemote.length > 0 || !areFromAcls) return undefined;
  return no(evidence, differenceOf(tunnel, [{ flow: one }], [{ flow: other }]));
}
