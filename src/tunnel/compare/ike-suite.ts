/** IKE policies and offers in one shape, and the comparison of two of them. */
import type { IkePolicy } from "../../domain/readings/ike.ts";
import type { OfferedIkePolicy } from "../../domain/readings/log.ts";
import type { Difference, Evidence } from "../../domain/verdict.ts";
import { at } from "../answer.ts";
import type { Held } from "../known.ts";
import type { Tunnel } from "../tunnel.ts";
import { type AlgorithmKind, sameAlgorithm } from "./crypto-values.ts";
import { linesOf } from "./lines.ts";

/** What has to be equal in a policy pair. The lifetime is not among them: the lower one is used (catalogue, ike-policy-mismatch). */
export const IKE_ATTRIBUTES = ["auth", "encryption", "integrity", "dhGroup"] as const;
export type IkeAttribute = (typeof IKE_ATTRIBUTES)[number];

/** Names of the attributes as the verdict writes them. */
export const IKE_ATTRIBUTE_NAMES: Readonly<Record<IkeAttribute, AlgorithmKind>> = {
  auth: "auth",
  encryption: "encryption",
  integrity: "integrity",
  dhGroup: "dh-group",
};

/** A policy of an end, or one that it offered. */
export interface IkeSuite {
  readonly values: Readonly<Partial<Record<IkeAttribute, string>>>;
  /** Not written down: the default that the platform's documents tell. */
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
const DISTANCE: Readonly<Record<IkeAttribute, number>> = { auth: 5, encryption: 2, integrity: 2, dhGroup: 2 };

export function suiteOfPolicy(tunnel: Tunnel, held: Held<IkePolicy>, isWhole: boolean): IkeSuite {
  const { item } = held;
  return {
    values: {
      auth: item.auth,
      encryption: item.encryption,
      integrity: item.integrity,
      dhGroup: String(item.dhGroup),
    },
    assumed: new Set(IKE_ATTRIBUTES.filter((attribute) => item.at[attribute] === undefined)),
    isWhole,
    lifetimeSeconds: item.lifetimeSeconds,
    order: held.order,
    lines: (attributes) => linesOf(tunnel, held, "", ...attributes),
  };
}

export function suiteOfOffer(tunnel: Tunnel, held: Held<unknown>, offer: OfferedIkePolicy): IkeSuite {
  const line = offer.refusedLine ?? offer.line;
  return {
    values: {
      ...(offer.auth !== undefined && { auth: offer.auth }),
      ...(offer.encryption !== undefined && { encryption: offer.encryption }),
      ...(offer.integrity !== undefined && { integrity: offer.integrity }),
      ...(offer.dhGroup !== undefined && { dhGroup: String(offer.dhGroup) }),
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
  for (const attribute of IKE_ATTRIBUTES) {
    const equal = sameAttribute(attribute, local, remote);
    if (equal === false) differing.push(attribute);
    if (equal === undefined && same === true) same = undefined;
  }
  return { local, remote, differing, same: differing.length > 0 ? false : same };
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
    local: pair.local.values[attribute] ?? "",
    remote: pair.remote.values[attribute] ?? "",
  }));
}

/**
 * Defaults of the hash (SHA-1) and the method (RSA signatures) are the same in every release; those of encryption and
 * group are not (catalogue section 6, 36), so a difference to one of them proves nothing. In a fragment the line may
 * just have been left out.
 */
export function sameAttribute(attribute: IkeAttribute, local: IkeSuite, remote: IkeSuite): boolean | undefined {
  const one = local.values[attribute];
  const other = remote.values[attribute];
  if (one === undefined || other === undefined) return undefined;
  const assumed = [local, remote].filter((suite) => suite.assumed.has(attribute));
  const dependsOnRelease = attribute === "encryption" || attribute === "dhGroup";
  if (assumed.length === 1 && dependsOnRelease) return undefined;
  if (one !== other && assumed.some((suite) => dependsOnRelease || !suite.isWhole)) return undefined;
  return sameAlgorithm(IKE_ATTRIBUTE_NAMES[attribute], one, other);
}

function nameOf({ local, remote }: SuitePair): string {
  const name = (suite: IkeSuite) => IKE_ATTRIBUTES.map((attribute) => suite.values[attribute]).join(" ");
  return [name(local), name(remote)].sort().join(" / ");
}
