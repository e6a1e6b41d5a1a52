/** IKE policies, proposals and offers in one shape, and the comparison of two of them. */
import type { IkeProposal } from "../../domain/readings/connection.ts";
import type { IkePolicy } from "../../domain/readings/ike.ts";
import type { OfferedIkePolicy } from "../../domain/readings/log.ts";
import type { Difference, Evidence } from "../../domain/verdict.ts";
import { at } from "../answer.ts";
import type { Held } from "../known.ts";
import type { Tunnel } from "../tunnel.ts";
import { type AlgorithmKind, isAead, sameAlgorithm } from "./crypto-values.ts";
import { linesOf } from "./lines.ts";

/** What is negotiated. The lifetime is not: the lower one is used, or each end has its own (catalogue, ike-policy-mismatch). */
export const IKE_ATTRIBUTES = ["auth", "encryption", "integrity", "prf", "dhGroup"] as const;
export type IkeAttribute = (typeof IKE_ATTRIBUTES)[number];

/** What has to be equal in a pair. With IKEv2 the method is no part of the proposals (RFC 7296 section 2.16), the PRF is. */
const OF_VERSION: Readonly<Record<1 | 2, readonly IkeAttribute[]>> = {
  1: ["auth", "encryption", "integrity", "dhGroup"],
  2: ["encryption", "integrity", "prf", "dhGroup"],
};

/** Names of the attributes as the verdict writes them. */
export const IKE_ATTRIBUTE_NAMES: Readonly<Record<IkeAttribute, AlgorithmKind>> = {
  auth: "auth",
  encryption: "encryption",
  integrity: "integrity",
  prf: "prf",
  dhGroup: "dh-group",
};

/** A policy or proposal of an end, or one that it offered. */
export interface IkeSuite {
  readonly version: 1 | 2 | "any";
  /** Of each attribute what may be used: of a list, one is chosen. Absent: not shown. */
  readonly values: Readonly<Partial<Record<IkeAttribute, readonly string[]>>>;
  /** Not written down: the default that the platform's documents tell, or what follows from the rest. */
  readonly assumed: ReadonlySet<IkeAttribute>;
  /** Read from an output that shows all of the device's policies, so that no line of it was left out. */
  readonly isWhole: boolean;
  readonly lifetimeSeconds?: number | undefined;
  readonly order: number;
  /** Its first line and the lines of these attributes. */
  readonly lines: (attributes: readonly string[]) => Evidence[];
}

export interface SuitePair {
  readonly local: IkeSuite;
  readonly remote: IkeSuite;
  readonly differing: readonly IkeAttribute[];
  /** true: equal in all; false: surely different; undefined: can't be told. */
  readonly same: boolean | undefined;
}

/** A fault in the method is rarer than one in an algorithm: a pair that agrees in the method was meant to match. */
const DISTANCE: Readonly<Record<IkeAttribute, number>> = { auth: 5, encryption: 2, integrity: 2, prf: 1, dhGroup: 2 };

export function suiteOfPolicy(tunnel: Tunnel, held: Held<IkePolicy>, isWhole: boolean): IkeSuite {
  const { item } = held;
  const written: readonly IkeAttribute[] = OF_VERSION[1];
  return {
    version: 1,
    values: {
      auth: [item.auth],
      encryption: [item.encryption],
      integrity: [item.integrity],
      dhGroup: [String(item.dhGroup)],
    },
    assumed: new Set(written.filter((attribute) => item.at[attribute] === undefined)),
    isWhole,
    lifetimeSeconds: item.lifetimeSeconds,
    order: held.order,
    lines: (attributes) => linesOf(tunnel, held, "", ...attributes),
  };
}

/** @param auth the method where it stands beside the proposal, as with IKEv1 on devices that have connections */
export function suiteOfProposal(
  tunnel: Tunnel,
  held: Held<IkeProposal>,
  version: IkeSuite["version"],
  auth?: string,
): IkeSuite {
  const { item } = held;
  const method = item.auth ?? auth;
  const integrity = item.encryption?.length && item.encryption.every(isAead) ? ["none"] : item.integrity;
  const hashes = integrity?.filter((name) => name !== "none");
  // Without a PRF of its own a proposal uses the hash of its integrity for it (IOS, strongSwan and others).
  const prf = item.prf ?? (hashes && hashes.length > 0 ? hashes : undefined);
  return {
    version,
    values: {
      ...(method !== undefined && { auth: [method] }),
      ...(item.encryption && { encryption: item.encryption }),
      ...(integrity && { integrity }),
      ...(prf && { prf }),
      ...(item.dhGroups && { dhGroup: item.dhGroups.map(String) }),
    },
    assumed: new Set(item.prf === undefined ? ["prf"] : []),
    isWhole: true,
    lifetimeSeconds: item.lifetimeSeconds,
    order: held.order,
    lines: (attributes) =>
      linesOf(tunnel, held, "", ...attributes.map((name) => (name === "dhGroup" ? "dhGroups" : name))),
  };
}

export function suiteOfOffer(tunnel: Tunnel, held: Held<unknown>, offer: OfferedIkePolicy): IkeSuite {
  const line = offer.refusedLine ?? offer.line;
  return {
    version: 1,
    values: {
      ...(offer.auth !== undefined && { auth: [offer.auth] }),
      ...(offer.encryption !== undefined && { encryption: [offer.encryption] }),
      ...(offer.integrity !== undefined && { integrity: [offer.integrity] }),
      ...(offer.dhGroup !== undefined && { dhGroup: [String(offer.dhGroup)] }),
    },
    assumed: new Set(),
    isWhole: true,
    lifetimeSeconds: offer.lifetimeSeconds,
    order: held.order,
    lines: () => [...new Set([offer.line, line])].map((number) => at(tunnel, held, number)),
  };
}

/** All attributes of the two, compared. */
export function compareSuites(local: IkeSuite, remote: IkeSuite): SuitePair {
  const differing: IkeAttribute[] = [];
  let same: boolean | undefined = true;
  for (const attribute of comparedAttributes(local, remote)) {
    const equal = sameAttribute(attribute, local, remote);
    if (equal === false) differing.push(attribute);
    if (equal === undefined && same === true) same = undefined;
  }
  return { local, remote, differing, same: differing.length > 0 ? false : same };
}

/** What is negotiated between two suites, by the version that they are of. A PRF that neither writes down is its hash. */
export function comparedAttributes(local: IkeSuite, remote: IkeSuite): readonly IkeAttribute[] {
  const attributes = OF_VERSION[local.version === 1 || remote.version === 1 ? 1 : 2];
  const isOnlyAssumed = local.assumed.has("prf") && remote.assumed.has("prf");
  return isOnlyAssumed ? attributes.filter((attribute) => attribute !== "prf") : attributes;
}

/** Whether two suites can meet at all: IKEv1 and IKEv2 do not talk to each other. */
export function areOfOneVersion(local: IkeSuite, remote: IkeSuite): boolean {
  return local.version === remote.version || local.version === "any" || remote.version === "any";
}

/**
 * The pairs that differ least, all of the same distance; the first is the same whichever end is called local and in
 * whatever order the policies stand.
 */
export function closestPairs(pairs: readonly SuitePair[]): readonly SuitePair[] {
  const distanceOf = (pair: SuitePair) => pair.differing.reduce((sum, attribute) => sum + DISTANCE[attribute], 0);
  const least = Math.min(...pairs.map(distanceOf));
  return pairs
    .filter((pair) => distanceOf(pair) === least)
    .sort((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1));
}

export function differencesOf(pair: SuitePair, attributes: readonly IkeAttribute[] = pair.differing): Difference[] {
  return attributes.map((attribute) => ({
    attribute: IKE_ATTRIBUTE_NAMES[attribute],
    local: inWords(pair.local, attribute),
    remote: inWords(pair.remote, attribute),
  }));
}

/** "aes-256, aes-128": all that may be used; "" where it was not shown. */
export function inWords({ values }: IkeSuite, attribute: IkeAttribute): string {
  return (values[attribute] ?? []).join(", ");
}

/**
 * Defaults of the hash (SHA-1) and the method (RSA signatures) are the same in every release; those of encryption and
 * group are not (catalogue section 6, 36), so a difference to one of them proves nothing. In a fragment the line may
 * just have been left out.
 */
export function sameAttribute(attribute: IkeAttribute, local: IkeSuite, remote: IkeSuite): boolean | undefined {
  const ones = local.values[attribute];
  const others = remote.values[attribute];
  if (!ones || !others || ones.length === 0 || others.length === 0) return undefined;
  const assumed = [local, remote].filter((suite) => suite.assumed.has(attribute));
  const dependsOnRelease = attribute === "encryption" || attribute === "dhGroup";
  if (assumed.length === 1 && dependsOnRelease) return undefined;
  const isPlain = ones.some((one) => others.includes(one));
  if (!isPlain && assumed.some((suite) => dependsOnRelease || attribute === "prf" || !suite.isWhole)) return undefined;
  return sameOfLists(IKE_ATTRIBUTE_NAMES[attribute], ones, others);
}

/** Yes: the two lists have one in common; no: surely none. */
function sameOfLists(kind: AlgorithmKind, ones: readonly string[], others: readonly string[]): boolean | undefined {
  let same: boolean | undefined = false;
  for (const one of ones) {
    for (const other of others) {
      const equal = sameAlgorithm(kind, one, other);
      if (equal === true) return true;
      if (equal === undefined) same = undefined;
    }
  }
  return same;
}

function nameOf({ local, remote }: SuitePair): string {
  const name = (suite: IkeSuite) => IKE_ATTRIBUTES.map((attribute) => inWords(suite, attribute)).join(" ");
  return [name(local), name(remote)].sort().join(" / ");
}
