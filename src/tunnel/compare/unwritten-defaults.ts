/**
 * What hangs on a default that a configuration does not show: it differs between releases of IOS (a policy's group and
 * encryption, the transform sets of an entry that names none), so that it is possible and no more that it is the fault.
 */
import type { Difference, Evidence } from "../../domain/verdict.ts";
import { type Answer, NOT_KNOWN, type Question, yes } from "../answer.ts";
import type { Tunnel } from "../tunnel.ts";
import type { EndView } from "../view.ts";
import { entryInQuestion } from "./crypto-map.ts";
import { comparisons } from "./ike-policies.ts";
import { comparedAttributes, IKE_ATTRIBUTE_NAMES, inWords, type SuitePair, sameAttribute } from "./ike-suite.ts";
import { distinct, linesOf } from "./lines.ts";
import { askedOfEachEnd } from "./per-end.ts";
import { transformSetsHaveAPair } from "./transform-sets.ts";

interface Hanging {
  readonly differs: readonly Difference[];
  readonly evidence: readonly Evidence[];
}

/** Yes: no two policies are surely equal, and those that could be would differ by the default of an older release here. */
function policyHangsOnDefault(tunnel: Tunnel, end: EndView): Answer {
  if (end.platform !== "cisco-ios") return NOT_KNOWN;
  for (const { pairs, complete } of comparisons(tunnel)) {
    if (!complete || pairs.some(({ same }) => same === true)) continue;
    const open = pairs.filter(({ same }) => same === undefined);
    const hanging = open.map((pair) => hangingOf(pair, end));
    const [first] = hanging;
    if (first && hanging.every((item) => item !== undefined)) {
      const evidence = distinct(hanging.flatMap((item) => item?.evidence ?? []));
      return yes(evidence, { differs: [...first.differs] });
    }
  }
  return NOT_KNOWN;
}

function hangingOf(pair: SuitePair, end: EndView): Hanging | undefined {
  const { local, remote } = pair;
  const own = pair[end.side];
  if (!own.isWhole) return undefined;
  const unknown = comparedAttributes(local, remote).filter((name) => sameAttribute(name, local, remote) === undefined);
  const defaults = unknown.filter(
    (name) => own.assumed.has(name) && !local.values[name]?.some((value) => remote.values[name]?.includes(value)),
  );
  if (defaults.length === 0) return undefined;
  const shown = (side: "local" | "remote", name: (typeof defaults)[number]) =>
    side === end.side ? `${inWords(pair[side], name)} (not written)` : inWords(pair[side], name);
  return {
    differs: defaults.map((name) => ({
      attribute: IKE_ATTRIBUTE_NAMES[name],
      local: shown("local", name),
      remote: shown("remote", name),
    })),
    evidence: distinct([...local.lines(defaults), ...remote.lines(defaults)]),
  };
}

/**
 * Yes: the whole entry for the peer names no transform set, and IOS does not call it incomplete: newer releases then use
 * their default sets (Cisco IOS Security Command Reference, "set transform-set").
 */
function entryUsesDefaultSets(tunnel: Tunnel, end: EndView): Answer {
  const entry = entryInQuestion(end);
  if (!entry || end.platform !== "cisco-ios" || end.mapEntries?.complete !== true) return NOT_KNOWN;
  const { type, transformSets, transforms, incomplete, peers, aclName } = entry.item;
  const isWritten = type === "ipsec-isakmp" && peers.length > 0 && aclName !== undefined && incomplete !== true;
  if (!isWritten || transformSets.length > 0 || (transforms?.length ?? 0) > 0) return NOT_KNOWN;
  return transformSetsHaveAPair(tunnel).is === undefined ? yes(linesOf(tunnel, entry)) : NOT_KNOWN;
}

export const DEFAULT_COMPARISONS: Readonly<Record<string, Question>> = {
  ...askedOfEachEnd("ike-policy-hangs-on-a-default", true, policyHangsOnDefault),
  ...askedOfEachEnd("map-entry-uses-default-sets", true, entryUsesDefaultSets),
};
