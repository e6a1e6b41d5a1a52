/** Do the ends agree on which traffic to protect? */
import { overlaps } from "../../domain/network.ts";
import type { AclEntry } from "../../domain/readings/ipsec.ts";
import type { Evidence } from "../../domain/verdict.ts";
import { type Answer, at, NOT_KNOWN, no, type Question, yes } from "../answer.ts";
import { ikeVersionAt } from "../ike-version.ts";
import { bothEnds, type Tunnel } from "../tunnel.ts";
import type { EndView } from "../view.ts";
import { childrenForPeer } from "./connection.ts";
import { type CryptoAcl, cryptoAcls } from "./crypto-acl.ts";
import { differenceOf, type Unmatched } from "./crypto-acl-difference.ts";
import { flowOfEntry, flowsOverlap, isEverything, mirrored } from "./flow.ts";
import { distinct, linesOf, outputLine } from "./lines.ts";
import { entriesForPeer } from "./map-entry.ts";
import { testMirror } from "./mirrors.ts";
import { askedOfEachEnd } from "./per-end.ts";
import { identsAreMirrors, proxiesAreInAcl } from "./proxies.ts";
import { type Statement, settle } from "./settle.ts";
import { mayBeCutOff } from "./whole-list.ts";

/**
 * Does every permit entry of each end's crypto ACL have its exact mirror in the other's? Evidence of "no" are the
 * entries that have none. Sources, the best first: the ACLs; the proxy identities of both ends' `show crypto ipsec sa`;
 * those that the peer asked for in a responder's debug against that end's own ACL.
 */
export function cryptoAclsAreMirrors(tunnel: Tunnel): Answer {
  return settle([
    aclsAreMirrors(tunnel),
    identsAreMirrors(tunnel),
    proxiesAreInAcl(tunnel, tunnel.local),
    proxiesAreInAcl(tunnel, tunnel.remote),
  ]);
}

/** Is there at least one flow that both ends protect? "No" only where `crypto-acls-are-mirrors` is "no" and none matches. */
export function cryptoAclsShareAFlow(tunnel: Tunnel): Answer {
  const test = bothAcls(tunnel);
  if (!test) return NOT_KNOWN;
  const { result, evidenceOf } = test;
  if (result.matched.length > 0) return yes(evidenceOf(tunnel.local, result.matched.slice(0, 5)));
  const answer = cryptoAclsAreMirrors(tunnel);
  return answer.is === false && result.is === false ? answer : NOT_KNOWN;
}

/** Does the access list exist that the map entry for the peer names? Names are exact, also in upper and lower case. */
function cryptoAclExists(tunnel: Tunnel, end: EndView): Answer {
  const found: Evidence[] = [];
  let isKnown = true;
  for (const entry of entriesForPeer(end)) {
    const name = entry.item.aclName;
    const list = end.accessLists?.items.find(({ item }) => item.name === name);
    const missing = end.missingAccessLists.findLast(({ item }) => item === name);
    const named = linesOf(tunnel, entry, "aclName");
    const isMissing = missing !== undefined && missing.order > (list?.order ?? -1);
    if (name === undefined) isKnown = false;
    else if (isMissing)
      return no([
        ...named,
        ...outputLine(tunnel, end.side, "access-lists", ({ asked, lists }) => asked === name && lists.length === 0),
      ]);
    else if (list && list.item.entries.length > 0) found.push(...named, ...linesOf(tunnel, list));
    else if (entry.item.acl && entry.item.acl.length > 0) found.push(...named);
    else if (!list && end.accessLists?.complete === true)
      return no([...named, ...outputLine(tunnel, end.side, "access-lists", ({ complete }) => complete)]);
    else isKnown = false;
  }
  return isKnown && found.length > 0 ? yes(distinct(found)) : NOT_KNOWN;
}

/** Was a netmask typed where the crypto ACL wants a wildcard? It then matches hosts .0 of every network. */
function netmaskInWildcardPlace(tunnel: Tunnel, end: EndView): Answer {
  const acls = cryptoAcls(tunnel, end);
  if (!acls) return NOT_KNOWN;
  const linesThat = (acl: CryptoAcl, isWanted: (entry: AclEntry) => boolean) =>
    acl.entries
      .filter(isWanted)
      .slice(0, 10)
      .map(({ line }) => at(tunnel, acl.held, line));
  const wrong = acls.flatMap((acl) => linesThat(acl, ({ netmaskAsWildcard }) => netmaskAsWildcard === true));
  if (wrong.length > 0) return yes(wrong);
  const isWhole = acls.every((acl) => acl.isWhole && acl.entries.length > 0);
  return isWhole ? no(acls.flatMap((acl) => linesThat(acl, () => true))) : NOT_KNOWN;
}

export const CRYPTO_ACL_COMPARISONS: Readonly<Record<string, Question>> = {
  "crypto-acls-are-mirrors": cryptoAclsAreMirrors,
  "crypto-acls-share-a-flow": cryptoAclsShareAFlow,
  "protected-networks-only-overlap": networksOnlyOverlap,
  ...askedOfEachEnd("crypto-acl-exists", false, cryptoAclExists),
  ...askedOfEachEnd("netmask-in-wildcard-place", true, netmaskInWildcardPlace),
};

function aclsAreMirrors(tunnel: Tunnel): Statement | undefined {
  const test = bothAcls(tunnel);
  if (test?.result.is === undefined) return undefined;
  const { result, evidenceOf, order } = test;
  if (result.is) {
    const local = entriesOf(test.local).filter(isPermit).slice(0, 5);
    const remote = entriesOf(test.remote).filter(isPermit).slice(0, 5);
    return { answer: yes([...evidenceOf(tunnel.local, local), ...evidenceOf(tunnel.remote, remote)]), order };
  }
  const [local, remote] = isNarrowed(tunnel) ? withoutNarrower(test) : result.unmatched;
  if (local.length + remote.length === 0 || carriesEverything(test)) return undefined;
  // What one end lacks may stand below the last line that was copied.
  if (remote.length === 0 && test.remote.some(endsItsPaste(tunnel))) return undefined;
  if (local.length === 0 && test.local.some(endsItsPaste(tunnel))) return undefined;
  // The evidence shows both ends: where one has no unmatched entry, its own entries.
  const shownLocal = local.length > 0 ? local : entriesOf(test.local).slice(0, 5);
  const shownRemote = remote.length > 0 ? remote : entriesOf(test.remote).slice(0, 5);
  const evidence = [...evidenceOf(tunnel.local, shownLocal), ...evidenceOf(tunnel.remote, shownRemote)];
  return { answer: no(evidence, differenceOf(tunnel, local.flatMap(unmatched), remote.flatMap(unmatched))), order };
}

/**
 * Yes: the two name networks that overlap and are not the same. With IKEv2 the end that answers may take the part that
 * both have (RFC 7296 section 2.9), so that this need not be a fault; it is where one asks for what lies outside.
 */
function networksOnlyOverlap(tunnel: Tunnel): Answer {
  const test = isNarrowed(tunnel) ? bothAcls(tunnel) : undefined;
  if (test?.result.is !== false || carriesEverything(test)) return NOT_KNOWN;
  const [local, remote] = test.result.unmatched;
  if (withoutNarrower(test).some((left) => left.length > 0)) return NOT_KNOWN;
  const evidence = [...test.evidenceOf(tunnel.local, local), ...test.evidenceOf(tunnel.remote, remote)];
  return yes(distinct(evidence), differenceOf(tunnel, local.flatMap(unmatched), remote.flatMap(unmatched)));
}

type BothAcls = NonNullable<ReturnType<typeof bothAcls>>;

/** Neither end has a crypto map, and it is not IKEv1: the two can agree on a part of what each names. */
function isNarrowed(tunnel: Tunnel): boolean {
  return bothEnds(tunnel).every((end) => childrenForPeer(end).length > 0) && ikeVersionAt(tunnel, "local") !== 1;
}

/** What has no mirror, and no part of it either. */
function withoutNarrower({ local, remote, result }: BothAcls): [AclEntry[], AclEntry[]] {
  const meets = (entry: AclEntry, others: readonly CryptoAcl[]) =>
    unmatched(entry).some(({ flow }) =>
      entriesOf(others)
        .flatMap(unmatched)
        .some((other) => flowsOverlap(flow, mirrored(other.flow))),
    );
  const [here, there] = result.unmatched;
  return [here.filter((entry) => !meets(entry, remote)), there.filter((entry) => !meets(entry, local))];
}

/** A tunnel by routes on one end, whatever the other names: not every device needs the same there. */
function carriesEverything({ local, remote }: BothAcls): boolean {
  return [...local, ...remote].some(
    ({ held, entries }) => isChild(held.item) && entries.flatMap(unmatched).some(({ flow }) => isEverything(flow)),
  );
}

function isChild(item: unknown): boolean {
  return typeof item === "object" && item !== null && "proposals" in item;
}

function bothAcls(tunnel: Tunnel) {
  const local = cryptoAcls(tunnel, tunnel.local);
  const remote = cryptoAcls(tunnel, tunnel.remote);
  if (!local || !remote || ![...local, ...remote].every(({ isWhole }) => isWhole)) return undefined;
  const isGuess = [...local, ...remote].some((acl) => acl.isGuess);
  if (isGuess && !concernTheSame(entriesOf(local), entriesOf(remote))) return undefined;
  const evidenceOf = (end: EndView, entries: readonly AclEntry[]): Evidence[] =>
    (end.side === "local" ? local : remote).flatMap((acl) =>
      entries
        .filter((entry) => acl.entries.includes(entry))
        .flatMap(({ line, destinationLine }) =>
          [line, ...(destinationLine === undefined ? [] : [destinationLine])].map((one) => at(tunnel, acl.held, one)),
        ),
    );
  const order = Math.max(...[...local, ...remote].map(({ held }) => held.order));
  return { local, remote, result: testMirror(entriesOf(local), entriesOf(remote)), evidenceOf, order };
}

/** Two lists that no map entry names are compared only if they name a common network, mirrored. */
function concernTheSame(local: readonly AclEntry[], remote: readonly AclEntry[]): boolean {
  const theirs = remote.flatMap(unmatched);
  return local
    .flatMap(unmatched)
    .some(({ flow }) =>
      theirs.some(
        (other) => overlaps(flow.source, other.flow.destination) || overlaps(flow.destination, other.flow.source),
      ),
    );
}

function unmatched(entry: AclEntry): Unmatched[] {
  const flow = flowOfEntry(entry);
  return flow ? [{ entry, flow }] : [];
}

function entriesOf(acls: readonly CryptoAcl[]): AclEntry[] {
  return acls.flatMap((acl) => acl.entries);
}

function endsItsPaste(tunnel: Tunnel): (acl: CryptoAcl) => boolean {
  return ({ held, entries }) => mayBeCutOff(tunnel, held, entries);
}

function isPermit(entry: AclEntry): boolean {
  return entry.action === "permit";
}
