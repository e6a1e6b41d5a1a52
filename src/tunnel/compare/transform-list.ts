/** The transform sets that an end can use for this tunnel, from its configuration or from what it offered. */
import type { IpsecMode, Transform } from "../../domain/crypto.ts";
import type { Connection, EspProposal } from "../../domain/readings/connection.ts";
import type { CryptoMapEntry, TransformSet } from "../../domain/readings/ipsec.ts";
import type { Attempt } from "../../domain/readings/log.ts";
import type { Evidence } from "../../domain/verdict.ts";
import { at } from "../answer.ts";
import type { Held } from "../known.ts";
import type { Tunnel } from "../tunnel.ts";
import type { EndView } from "../view.ts";
import { connectionsForPeer } from "./connection.ts";
import { isAead } from "./crypto-values.ts";
import { linesOf } from "./lines.ts";
import { entriesForPeer } from "./map-entry.ts";

export const TRANSFORM_ATTRIBUTES = ["encryption", "integrity", "ah", "compression"] as const;

export interface Proposal {
  readonly transform: Transform;
  /** undefined: not shown. */
  readonly mode?: IpsecMode | undefined;
  /** An attribute that is absent is one that the transform does not have; in a debug it may only not have been pasted. */
  readonly isWhole: boolean;
  readonly order: number;
  readonly lines: readonly Evidence[];
  /** Where the mode is written, apart from the algorithms. */
  readonly modeLines?: readonly Evidence[] | undefined;
}
export interface Proposals {
  readonly proposals: readonly Proposal[];
  /** Nothing else can be offered or accepted for this tunnel. */
  readonly complete: boolean;
}

/**
 * The sets that the map entry for the peer names, in its order. Where no entry is known: the one set the end shows
 * (several sets of the same transform count as one).
 */
export function configuredProposals(tunnel: Tunnel, end: EndView): Proposals | undefined {
  const connections = connectionsForPeer(end);
  if (connections.length > 0) return ofConnections(tunnel, connections);
  const entries = entriesForPeer(end);
  if (entries.length > 0) return ofEntries(tunnel, end, entries);
  if (end.peer !== undefined && end.mapEntries?.complete === true) return undefined;
  const sets = (end.transformSets?.items ?? []).filter(({ item }) => item.isDefault !== true);
  const distinct = new Set(sets.map(({ item }) => transformName(item.transform)));
  if (distinct.size !== 1) return undefined;
  return { proposals: sets.flatMap((set) => ofSet(tunnel, set, [])), complete: true };
}

/** What the children of the connections propose; children with different lists serve different traffic. */
function ofConnections(tunnel: Tunnel, connections: readonly Held<Connection>[]): Proposals | undefined {
  const children = connections.flatMap((held) => held.item.children.map((child) => ({ ...held, item: child })));
  const lists = children.map((child) => {
    const modeLines = child.item.at["mode"] === undefined ? undefined : linesOf(tunnel, child, "mode");
    return child.item.proposals.map((proposal) => {
      const list = proposalsOf(tunnel, { ...child, item: proposal }, child.item.mode);
      return modeLines ? { ...list, proposals: list.proposals.map((one) => ({ ...one, modeLines })) } : list;
    });
  });
  const [first] = lists;
  if (!first || first.length === 0) return undefined;
  const names = lists.map((list) =>
    JSON.stringify(list.map(({ proposals }) => proposals.map(({ transform }) => transform))),
  );
  const complete = new Set(names).size === 1 && first.every((list) => list.complete);
  return { proposals: first.flatMap(({ proposals }) => proposals), complete };
}

/** Nobody writes so many; a proposal of all that a platform has is not worth comparing one by one. */
const MOST_TRANSFORMS = 200;

/** A proposal of lists as one transform for each choice. */
export function proposalsOf(tunnel: Tunnel, held: Held<EspProposal>, mode: IpsecMode | undefined): Proposals {
  const { protocol, encryption, integrity } = held.item;
  const proposals: Proposal[] = [];
  const isWhole =
    (protocol === "ah" || encryption !== undefined) && (integrity !== undefined || encryption?.every(isAead) === true);
  const add = (transform: Transform) =>
    proposals.push({
      transform,
      mode,
      isWhole,
      order: held.order,
      lines: linesOf(tunnel, held, "", "encryption", "integrity"),
    });
  const hashes = (integrity ?? []).filter((name) => name !== "none");
  if (protocol === "ah") for (const ah of hashes) add({ ah });
  else
    for (const cipher of encryption ?? []) {
      if (isAead(cipher) || hashes.length === 0) add({ encryption: cipher });
      else for (const hash of hashes) add({ encryption: cipher, integrity: hash });
    }
  return {
    proposals: proposals.slice(0, MOST_TRANSFORMS),
    complete: proposals.length > 0 && proposals.length <= MOST_TRANSFORMS,
  };
}

/** Both lists as an end that answers printed them when it refused, from its point of view. */
export function proposalsInLog(
  tunnel: Tunnel,
  end: EndView,
): { readonly configured: Proposals; readonly received: Proposals } | undefined {
  const attempt = lastQuickMode(end);
  const compared = attempt?.item.espCompared;
  if (!attempt || !compared || attempt.item.phase2CompleteLine !== undefined) return undefined;
  const together = (list: readonly EspProposal[]): Proposals => {
    const all = list.map((item) => proposalsOf(tunnel, { ...attempt, item }, undefined));
    return { proposals: all.flatMap(({ proposals }) => proposals), complete: all.every(({ complete }) => complete) };
  };
  return { configured: together(compared.configured), received: together(compared.received) };
}

/** What the peer offered in the last quick mode that this end answered. */
export function offeredProposals(tunnel: Tunnel, end: EndView): (Proposals & { readonly agreed: boolean }) | undefined {
  const attempt = lastQuickMode(end);
  if (!attempt || attempt.item.role === "initiator" || attempt.item.ipsecOffers.length === 0) return undefined;
  const proposals = attempt.item.ipsecOffers.map(
    (offer): Proposal => ({
      transform: offer.transform,
      mode: modeOf(offer.encapsulation),
      isWhole: false,
      order: attempt.order,
      lines: [...new Set([offer.line, offer.refusedLine ?? offer.line])].map((line) => at(tunnel, attempt, line)),
    }),
  );
  return { proposals, complete: true, agreed: attempt.item.phase2CompleteLine !== undefined };
}

export function lastQuickMode(end: EndView): Held<Attempt> | undefined {
  return end.attempts.findLast(
    ({ item }) =>
      item.ipsecOffers.length > 0 || item.espCompared !== undefined || item.phase2CompleteLine !== undefined,
  );
}

/** "aes-256 sha256", "ah-md5": a transform as a person would say it; "none" for an empty one. */
export function transformName({ encryption, integrity, ah, compression }: Transform): string {
  const words = [encryption, integrity, ah && `ah-${ah}`, compression && `comp-${compression}`];
  return words.filter((word) => word !== undefined && word !== "").join(" ") || "none";
}

function ofEntries(tunnel: Tunnel, end: EndView, entries: readonly Held<CryptoMapEntry>[]): Proposals | undefined {
  const lists = entries.map((entry) => ofEntry(tunnel, end, entry));
  const [first] = lists;
  if (!first) return undefined;
  // Several entries for one peer serve several flows: comparable only where they use the same sets.
  const names = new Set(entries.map(({ item }) => item.transformSets.join(" ")));
  return names.size === 1 ? first : { ...first, complete: false };
}

function ofEntry(tunnel: Tunnel, end: EndView, entry: Held<CryptoMapEntry>): Proposals {
  const names = entry.item.transformSets;
  const proposals: Proposal[] = [];
  let missing = 0;
  for (const [index, name] of names.entries()) {
    const set = end.transformSets?.items.find(({ item }) => item.name === name);
    const printed = entry.item.transforms?.length === names.length ? entry.item.transforms[index] : undefined;
    const entryLines = linesOf(tunnel, entry, "transformSets");
    if (set) proposals.push(...ofSet(tunnel, set, entryLines));
    else if (printed) proposals.push({ transform: printed, isWhole: true, order: entry.order, lines: entryLines });
    else missing += 1;
  }
  return { proposals, complete: names.length > 0 && missing === 0 };
}

function ofSet(tunnel: Tunnel, set: Held<TransformSet>, entryLines: readonly Evidence[]): Proposal[] {
  return [set.item.transform, ...(set.item.alternatives ?? [])].map((transform) => ({
    transform,
    mode: set.item.mode,
    isWhole: true,
    order: set.order,
    lines: [...linesOf(tunnel, set), ...entryLines],
  }));
}

function modeOf(encapsulation: string | undefined): IpsecMode | undefined {
  if (encapsulation === undefined) return undefined;
  return encapsulation.startsWith("transport") ? "transport" : "tunnel";
}
