/** Blanks about the crypto map entry: what a new one, or one that lacks something, has to say. */
import type { Side } from "../../domain/ids.ts";
import type { AccessList } from "../../domain/readings/ipsec.ts";
import { cryptoAcls } from "../../tunnel/compare/crypto-acl.ts";
import { CRYPTO_ACL_COMPARISONS } from "../../tunnel/compare/crypto-acls.ts";
import { CRYPTO_MAP_COMPARISONS, entryInQuestion } from "../../tunnel/compare/crypto-map.ts";
import { flowOfEntry, mirrored } from "../../tunnel/compare/flow.ts";
import { testMirror } from "../../tunnel/compare/mirrors.ts";
import { protectedFlows } from "../../tunnel/compare/protected-flows.ts";
import {
  configuredProposals,
  offeredProposals,
  type Proposal,
  transformName,
} from "../../tunnel/compare/transform-list.ts";
import { otherSide, type Tunnel } from "../../tunnel/tunnel.ts";
import type { EndView } from "../../tunnel/view.ts";
import type { Blanks } from "../fill.ts";
import { aclTitle, freeName, iosTransform, isWeak, mapEntryLine, permitLine } from "./ios-words.ts";

export function mapEntryBlanks(tunnel: Tunnel, side: Side): Blanks {
  const end = tunnel[side];
  const acl = fittingAcl(tunnel, side)?.name;
  const maps = [...new Set((end.mapEntries?.items ?? []).map(({ item }) => item.map))];
  const last = Math.max(0, ...(end.mapEntries?.items ?? []).map(({ item }) => item.sequence));
  const newAcl = acl === undefined ? mirroringLines(tunnel, side, NEW_ACL) : [];
  const set = fittingTransformSet(tunnel, side);
  const newSet = set === undefined && theirProposal(tunnel, side) ? newTransformSet(tunnel, side, newSetName(end)) : [];
  return {
    "map-entry-completion": completion(tunnel, side, acl, set),
    "map-entry-to-add": [
      ...newAcl,
      ...newSet,
      mapEntryLine(maps[0], last + 10, end.peer),
      ` set peer ${end.peer ?? "<peer>"}`,
      ` set transform-set ${set ?? (newSet.length > 0 ? newSetName(end) : UNKNOWN_SET)}`,
      ` match address ${acl ?? (newAcl.length > 0 ? NEW_ACL : "<crypto access list>")}`,
    ].join("\n"),
  };
}

const NEW_ACL = "VPN-TO-PEER";
const UNKNOWN_SET = "<transform set>";

/** A name that none of the sets shown has. */
function newSetName(end: EndView): string {
  return freeName(
    "TS-TO-PEER",
    (end.transformSets?.items ?? []).map(({ item }) => item.name),
  );
}

/** Makes a set like what is known of the other end's, and gives its name; where nothing is known, a blank. */
function madeSet(before: string[], tunnel: Tunnel, side: Side): string {
  if (theirProposal(tunnel, side) === undefined) return UNKNOWN_SET;
  const name = newSetName(tunnel[side]);
  before.push(...newTransformSet(tunnel, side, name));
  return name;
}

/** What the entry lacks: a list or a set that it names and that does not exist is made, if the end has none that fits. */
function completion(tunnel: Tunnel, side: Side, acl: string | undefined, set: string | undefined): string {
  const end = tunnel[side];
  const entry = entryInQuestion(end)?.item;
  const lacks = (question: string) => CRYPTO_MAP_COMPARISONS[question]?.(tunnel).is === false;
  const noList =
    entry?.aclName === undefined || CRYPTO_ACL_COMPARISONS[`${side}-crypto-acl-exists`]?.(tunnel).is === false;
  const noSet = entry?.transformSets.length === 0 || lacks(`${side}-map-transform-sets-exist`);
  const before: string[] = [];
  const lines: string[] = [];
  if (!entry || entry.peers.length === 0) lines.push(` set peer ${end.peer ?? "<peer>"}`);
  if (!entry || (noSet && (set !== undefined || entry.transformSets.length === 0)))
    lines.push(` set transform-set ${set ?? madeSet(before, tunnel, side)}`);
  else if (noSet) before.push(...newTransformSet(tunnel, side, entry.transformSets[0] ?? ""));
  if (noList) {
    const made = acl === undefined ? mirroringLines(tunnel, side, entry?.aclName ?? NEW_ACL) : [];
    before.push(...made);
    if (acl !== undefined || entry?.aclName === undefined)
      lines.push(` match address ${acl ?? (made.length > 0 ? NEW_ACL : "<crypto access list>")}`);
    else if (made.length === 0)
      before.push(`ip access-list extended ${entry.aclName}`, " permit ip <network here> <network there>");
  }
  // What the entry lacked was named by it already: only that had to be made.
  const head = lines.length > 0 || before.length === 0 ? [mapEntryLine(entry?.map, entry?.sequence, end.peer)] : [];
  return [...before, ...head, ...lines].join("\n");
}

/**
 * What the other end is configured with, else what it offered, where this end's debug printed cipher and authentication: half
 * an offer would make a set that it does not take.
 */
function theirProposal(tunnel: Tunnel, side: Side): Proposal | undefined {
  const [configured] = configuredProposals(tunnel, tunnel[otherSide(side)])?.proposals ?? [];
  if (configured) return configured;
  return offeredProposals(tunnel, tunnel[side])?.proposals.find(
    ({ transform: { encryption, integrity } }) =>
      encryption !== undefined && (integrity !== undefined || /gcm|gmac/.test(encryption)),
  );
}

/** A set of the name that is asked for, like the other end's; where that is not known, what is recommended. */
function newTransformSet(tunnel: Tunnel, side: Side, name: string): string[] {
  const theirs = theirProposal(tunnel, side);
  const transform = theirs?.transform ?? { encryption: "aes-256", integrity: "sha256" };
  return [`crypto ipsec transform-set ${name} ${iosTransform(transform)}`, ` mode ${theirs?.mode ?? "tunnel"}`];
}

/** A list of this end that mirrors what the other end protects; else the only one that nothing uses. */
function fittingAcl(tunnel: Tunnel, side: Side): AccessList | undefined {
  const end = tunnel[side];
  const lists = (end.accessLists?.items ?? []).map(({ item }) => item);
  const theirs = (cryptoAcls(tunnel, tunnel[otherSide(side)]) ?? []).flatMap(({ entries }) => entries);
  const mirror = lists.find(({ entries }) => entries.length > 0 && testMirror(entries, theirs).is === true);
  if (mirror) return mirror;
  const unused = lists.filter(
    ({ name, type, entries }) => type === "extended" && entries.length > 0 && !isUsed(end, name),
  );
  return unused.length === 1 && theirs.length === 0 ? unused[0] : undefined;
}

function isUsed(end: EndView, name: string): boolean {
  return (
    (end.interfaces?.items ?? []).some(({ item }) => item.accessGroupIn === name || item.accessGroupOut === name) ||
    (end.natRules?.item.rules ?? []).some(({ aclName }) => aclName === name) ||
    Object.values(end.natRules?.item.routeMaps ?? {}).some((clauses) =>
      clauses.some(({ lists }) => lists.includes(name)),
    ) ||
    (end.mapEntries?.items ?? []).some(({ item }) => item.aclName === name)
  );
}

/** A list that mirrors what the other end protects; empty where that is not known. */
function mirroringLines(tunnel: Tunnel, side: Side, name: string): string[] {
  const acls = cryptoAcls(tunnel, tunnel[otherSide(side)]) ?? [];
  const permits = acls.flatMap(({ entries }) => entries.filter(({ action }) => action === "permit"));
  const flows = permits.length > 0 ? permits.map(flowOfEntry) : (protectedFlows(tunnel, tunnel[otherSide(side)]) ?? []);
  const known = flows.flatMap((flow) => (flow ? [permitLine(mirrored(flow))] : []));
  return known.length === 0 || known.length < flows.length ? [] : [aclTitle(name, flows[0]?.source.family), ...known];
}

/** A set with a transform that the other end uses too; else the strongest of this end's own. */
function fittingTransformSet(tunnel: Tunnel, side: Side): string | undefined {
  const sets = (tunnel[side].transformSets?.items ?? [])
    .map(({ item }) => item)
    .filter(({ isDefault }) => isDefault !== true);
  const theirs = new Set(
    (configuredProposals(tunnel, tunnel[otherSide(side)])?.proposals ?? []).map(({ transform }) =>
      transformName(transform),
    ),
  );
  const common = sets.find(({ transform }) => theirs.has(transformName(transform)));
  const strong = sets.find(({ transform }) => !isWeak(transform.encryption) && !isWeak(transform.integrity));
  return (common ?? strong ?? sets[0])?.name;
}
