/** Which access list is the crypto ACL of an end, and what it says. */
import { prefixLengthOf } from "../../domain/network.ts";
import type { ConnectionChild } from "../../domain/readings/connection.ts";
import type { AccessList, AclEntry } from "../../domain/readings/ipsec.ts";
import type { Held } from "../known.ts";
import { oncePerEnd } from "../once-per-end.ts";
import type { Tunnel } from "../tunnel.ts";
import type { EndView } from "../view.ts";
import { entriesOfChild } from "./child-flows.ts";
import { childrenForPeer } from "./connection.ts";
import { flowOfEntry } from "./flow.ts";
import { entriesForPeer } from "./map-entry.ts";
import { isWholeList } from "./whole-list.ts";

export interface CryptoAcl {
  readonly name: string;
  readonly entries: readonly AclEntry[];
  /** The record that holds the entries, for their lines. */
  readonly held: Held<unknown>;
  /** No map entry named it: it is the only list that can be meant. */
  readonly isGuess: boolean;
  /** No line of it was left unread. */
  readonly isWhole: boolean;
}

/**
 * The ACLs of the map entries for the peer. Where no entry is known: the one extended list that the end shows, or that was
 * asked for by name, if it is like a crypto ACL. Undefined where one of them is not known.
 */
export const cryptoAcls = oncePerEnd(findCryptoAcls);

function findCryptoAcls(tunnel: Tunnel, end: EndView): readonly CryptoAcl[] | undefined {
  const children = childrenForPeer(end);
  if (children.length > 0) return ofChildren(children);
  const entries = entriesForPeer(end);
  if (entries.length === 0) {
    const guess = guessedAcl(tunnel, end);
    return guess && [guess];
  }
  const acls: CryptoAcl[] = [];
  for (const entry of entries) {
    const { aclName, acl: printed } = entry.item;
    const list = end.accessLists?.items.find(({ item }) => item.name === aclName);
    const isNewer = list !== undefined && (printed === undefined || list.order >= entry.order);
    if (aclName === undefined) return undefined;
    if (isNewer) acls.push(ofList(tunnel, list, false));
    else if (printed && printed.length > 0) {
      const isWhole = isWholeList(tunnel, entry, { name: aclName, entries: printed });
      acls.push({ name: aclName, entries: printed, held: entry, isGuess: false, isWhole });
    } else return undefined;
  }
  return acls;
}

function guessedAcl(tunnel: Tunnel, end: EndView): CryptoAcl | undefined {
  if (end.mapEntries !== undefined && end.mapEntries.items.length > 0) return undefined;
  const used = namesUsedElsewhere(end);
  const lists = (end.accessLists?.items ?? []).filter(
    ({ item }) => (item.type === "extended" || item.type === "ipv6") && !used.has(item.name),
  );
  const asked = namesAskedFor(tunnel, end);
  const named = lists.filter(({ item }) => asked.has(item.name));
  const [list, ...others] = named.length === 1 ? named : lists;
  return list && others.length === 0 && isLikeCryptoAcl(list.item) ? ofList(tunnel, list, true) : undefined;
}

/** Permits of whole networks or hosts to others; filters and NAT lists have ports, protocols, denies or "any". */
function isLikeCryptoAcl({ entries }: AccessList): boolean {
  return (
    entries.length > 0 &&
    entries.every((entry) => {
      const flow = flowOfEntry(entry);
      if (entry.action !== "permit" || !flow) return false;
      const isPlain = flow.sourcePort === "" && flow.destinationPort === "";
      const hasAny = prefixLengthOf(flow.source) === 0 || prefixLengthOf(flow.destination) === 0;
      return isPlain && !hasAny && (flow.protocol === "ip" || flow.protocol === "47");
    })
  );
}

function namesUsedElsewhere(end: EndView): ReadonlySet<string> {
  const names = new Set<string>();
  const add = (name: string | undefined) => name !== undefined && names.add(name);
  for (const { item } of end.interfaces?.items ?? []) {
    add(item.accessGroupIn);
    add(item.accessGroupOut);
  }
  for (const rule of end.natRules?.item.rules ?? []) add(rule.aclName);
  for (const clauses of Object.values(end.natRules?.item.routeMaps ?? {}))
    for (const { lists } of clauses) for (const name of lists) add(name);
  return names;
}

function namesAskedFor(tunnel: Tunnel, end: EndView): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { paste } of tunnel.known.pastes)
    for (const output of paste.outputs)
      if (tunnel.ends.sideOf.get(output) === end.side)
        for (const value of output.values)
          if (value.kind === "access-lists" && value.asked !== undefined)
            for (const list of value.lists) names.add(list.name);
  return names;
}

function ofList(tunnel: Tunnel, list: Held<AccessList>, isGuess: boolean): CryptoAcl {
  const { name, entries } = list.item;
  const isWhole = isWholeList(tunnel, list, { name, entries, heading: list.item.line });
  return { name, entries, held: list, isGuess, isWhole };
}

/** The selectors of a connection's children as if they were lists; undefined where those of one are not shown. */
function ofChildren(children: readonly Held<ConnectionChild>[]): readonly CryptoAcl[] | undefined {
  const acls = children.map((held): CryptoAcl => {
    const entries = entriesOfChild(held.item);
    return { name: held.item.name, entries, held, isGuess: false, isWhole: true };
  });
  return acls.every(({ entries }) => entries.length > 0) ? acls : undefined;
}
