/** What shows that the two ends belong to one tunnel, so that a difference between them means something. */
import type { Side } from "../domain/ids.ts";
import { type Network, prefixLengthOf, sameNetwork } from "../domain/network.ts";
import type { Clues } from "./clues.ts";
import { type Flow, flowsOverlap, mirrored } from "./compare/flow.ts";
import { protectedFlows } from "./compare/protected-flows.ts";
import { ikeSaIsUp, ipsecSaIsUp } from "./status/standing.ts";
import { bothEnds, type Tunnel } from "./tunnel.ts";
import type { EndView } from "./view.ts";

/**
 * "shown": one end names an address of the other (and is not plainly somebody else), both name the same pair of addresses, their protected networks meet, a
 * pre-shared key is the same on both, or a name on one end is the other's host name. "said": nothing of that, but a person
 * said which end each is, or gave both for a tunnel that was seen to be down. Undefined: two devices that merely were
 * pasted together.
 */
export type Tie = "shown" | "said" | undefined;

const known = new WeakMap<Tunnel, { readonly tie: Tie }>();

export function tieOf(tunnel: Tunnel): Tie {
  const before = known.get(tunnel);
  if (before) return before.tie;
  const tie = findTie(tunnel);
  known.set(tunnel, { tie });
  return tie;
}

function findTie(tunnel: Tunnel): Tie {
  const { local, remote } = tunnel.ends;
  const isShown =
    pointsAt(local, remote, tunnel) ||
    pointsAt(remote, local, tunnel) ||
    (tunnel.known.peer !== undefined && remote.own.has(tunnel.known.peer)) ||
    sharesAPair(local, remote) ||
    networksMeet(tunnel) ||
    keysAreShared(tunnel) ||
    names(tunnel.local, tunnel.remote) ||
    names(tunnel.remote, tunnel.local);
  if (isShown) return "shown";
  return sidesWereSaid(tunnel) || ikeSaIsUp(tunnel).is === false || ipsecSaIsUp(tunnel).is === false
    ? "said"
    : undefined;
}

function pointsAt(one: Clues, other: Clues, tunnel: Tunnel): boolean {
  return shares(one.peers, other.own) && !isPerhapsAnother(one, other, tunnel);
}

/** One end points at the other without showing an address of its own, and may be another site that the other doesn't know. */
export function pointsOneWay(tunnel: Tunnel): boolean {
  const { local, remote } = tunnel.ends;
  const doesPoint = (one: Clues, other: Clues) => shares(one.peers, other.own) && isPerhapsAnother(one, other, tunnel);
  return doesPoint(local, remote) || doesPoint(remote, local);
}

/** The one pointed at points elsewhere, as far as is known, and the protected networks of the two have nothing in common. */
function isPerhapsAnother({ own }: Clues, { peers }: Clues, tunnel: Tunnel): boolean {
  const areKnown = bothEnds(tunnel).every((end) => (protectedFlows(tunnel, end) ?? []).length > 0);
  return own.size === 0 && peers.size > 0 && areKnown && !networksMeet(tunnel);
}

/** By a person: for each paste, or by headings that name the devices. */
function sidesWereSaid({ known, ends }: Tunnel): boolean {
  const said = new Set<Side | undefined>();
  let isHeaded = false;
  for (const { paste, saidSide } of known.pastes)
    for (const output of paste.outputs) {
      said.add(output.saidSide ?? saidSide);
      isHeaded ||= output.isHeaded === true && ends.sideOf.get(output) !== undefined;
    }
  return isHeaded || (said.has("local") && said.has("remote"));
}

/** A table that only tells who began names both addresses, whichever end it is from. */
function sharesAPair(one: Clues, other: Clues): boolean {
  const keys = new Set(one.pairs.map(pairKey));
  return other.pairs.some((pair) => keys.has(pairKey(pair)));
}

function pairKey(pair: readonly string[]): string {
  return [...pair].sort().join(" ");
}

/**
 * The flows of one overlap those of the other read the other way round, or one protects the very network that the other
 * sends to. Traffic from anywhere to anywhere meets everybody's.
 */
export function networksMeet(tunnel: Tunnel): boolean {
  const [ours = [], theirs = []] = bothEnds(tunnel).map((end) => protectedFlows(tunnel, end) ?? []);
  return ours.some((flow) => theirs.some((item) => meet(mirrored(flow), item)));
}

function meet(one: Flow, other: Flow): boolean {
  const isSource = !isAny(one.source) && sameNetwork(one.source, other.source);
  const isDestination = !isAny(one.destination) && sameNetwork(one.destination, other.destination);
  const isNarrow = [one.source, one.destination, other.source, other.destination].every((network) => !isAny(network));
  return isSource || isDestination || (isNarrow && flowsOverlap(one, other));
}

/** A pre-shared key of one is one of the other. */
export function keysAreShared({ local, remote }: Tunnel): boolean {
  return shares(keyTags(local), keyTags(remote));
}

function keyTags({ keys }: EndView): ReadonlySet<string> {
  return new Set((keys?.items ?? []).flatMap(({ item }) => item.secret.tag ?? []));
}

/** Names on one end that have the other's host name in them as a word: an access list LYON-VPN, where the far end is LYON. */
function names(end: EndView, other: EndView): boolean {
  const host = other.host?.toLowerCase();
  if (host === undefined || host.length < SHORTEST_NAME || host === end.host?.toLowerCase()) return false;
  const given = [
    ...(end.accessLists?.items ?? []).map(({ item }) => item.name),
    ...(end.mapEntries?.items ?? []).flatMap(({ item }) => [item.map, item.aclName ?? "", item.profile ?? ""]),
    ...(end.profiles?.items ?? []).map(({ item }) => item.name),
    ...(end.keys?.items ?? []).flatMap(({ item }) => [item.keyring, item.hostname ?? ""]),
    ...(end.transformSets?.items ?? []).map(({ item }) => item.name),
  ];
  return given.some((name) => `-${name.toLowerCase().replace(/[^a-z0-9]+/g, "-")}-`.includes(`-${inWords(host)}-`));
}

/** "R1" may be anybody's. */
const SHORTEST_NAME = 3;

function inWords(host: string): string {
  return host.replace(/[^a-z0-9]+/g, "-");
}

function isAny(network: Network): boolean {
  return prefixLengthOf(network) === 0;
}

function shares(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  for (const item of one) if (other.has(item)) return true;
  return false;
}
