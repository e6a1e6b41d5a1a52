/** Is there a crypto map entry for the peer on each end, is it complete, and is its map in use? */
import type { CryptoMapEntry } from "../../domain/readings/ipsec.ts";
import { type Answer, at, NOT_KNOWN, no, type Question, yes } from "../answer.ts";
import type { Held } from "../known.ts";
import { tieOf } from "../ties.ts";
import type { Tunnel } from "../tunnel.ts";
import { takesAnybody, takesPeersUnnamed } from "../unnamed-peers.ts";
import { type EndView, lineOf } from "../view.ts";
import { connectionForPeer, connectionsForPeer, namesPeer, switchedOffConnections } from "./connection.ts";
import { farEnd, interfaceWith, isSameInterface, isSurelyOwn, natMayHide } from "./endpoints.ts";
import { distinct, linesOf, outputLine } from "./lines.ts";
import { egressTowards } from "./map-endpoint.ts";
import { entriesForPeer, hasPeer, interfacesOfMap, servesPeersOtherwise, staticEntries } from "./map-entry.ts";
import { askedOfEachEnd } from "./per-end.ts";

/**
 * "No" needs all map entries of the end, nothing else that could serve the peer (dynamic map, tunnel interface), and a
 * peer address that is surely the other end's, was said, or came through phase 1 here.
 */
function mapEntryExists(tunnel: Tunnel, end: EndView): Answer {
  const { peer } = end;
  if (peer !== undefined && end.connections !== undefined && entriesForPeer(end).length === 0)
    return connectionExists(tunnel, end, peer);
  if (peer === undefined || end.mapEntries === undefined) return NOT_KNOWN;
  const ours = staticEntries(end).filter(({ item }) => hasPeer(item, peer));
  if (ours.length > 0) return yes(ours.flatMap((entry) => linesOf(tunnel, entry, "", "peers")));
  const far = farEnd(tunnel, end);
  const isSure =
    isSurelyOwn(tunnel, far, peer) ||
    (end.side === "local" && tunnel.known.peer !== undefined) ||
    end.attempts.some(({ item }) => item.peer !== undefined && item.phase1CompleteLine !== undefined);
  const byName = staticEntries(end).some(({ item }) => item.peers.length === 0 || item.peers.some(isHostName));
  if (!end.mapEntries.complete || !isSure || byName || servesPeersOtherwise(end)) return NOT_KNOWN;
  if (end.own === undefined || natMayHide(tunnel, end.own, peer)) return NOT_KNOWN;
  // It may not be the device that the peer calls: nothing of it was shown but other branches' entries.
  if (!isSurelyOwn(tunnel, end, end.own) && tieOf(tunnel) !== "shown") return NOT_KNOWN;
  const others = staticEntries(end).slice(0, 5);
  // An excerpt without a line of any crypto map may just not have been about them.
  if (others.length === 0) return NOT_KNOWN;
  return no([
    ...others.flatMap((entry) => linesOf(tunnel, entry, "peers")),
    ...outputLine(tunnel, end.side, "crypto-maps", ({ complete }) => complete),
  ]);
}

/** The same of a device without crypto maps: one of its connections names the peer. */
function connectionExists(tunnel: Tunnel, end: EndView, peer: string): Answer {
  const all = end.connections?.items ?? [];
  const ours = all.filter(({ item }) => namesPeer(item, peer) && item.disabled !== true);
  if (ours.length > 0) return yes(ours.flatMap((held) => linesOf(tunnel, held, "", "remote")));
  // It is there, and switched off.
  if (all.some(({ item }) => namesPeer(item, peer))) return NOT_KNOWN;
  const mayBeOurs =
    (end.mapEntries?.items ?? []).some(({ item }) => takesPeersUnnamed(item)) ||
    all.some(({ item }) => takesAnybody(item) || item.remote.some(isHostName));
  // Said to be the peer, and begins from this address, by this end's own log: so it is seen from here.
  const asking =
    tunnel.known.peer === peer
      ? end.attempts.find(({ item }) => item.peer === peer && item.role === "responder")
      : undefined;
  const isSure = asking !== undefined || isSurelyOwn(tunnel, farEnd(tunnel, end), peer);
  if (!end.connections?.complete || all.length === 0 || mayBeOurs || !isSure) return NOT_KNOWN;
  if (!asking && (end.own === undefined || natMayHide(tunnel, end.own, peer))) return NOT_KNOWN;
  const lines = all.slice(0, 5).flatMap((held) => linesOf(tunnel, held, "remote"));
  return no(asking ? [...lines, at(tunnel, asking, asking.item.firstLine)] : lines);
}

/**
 * Has the entry a peer and an ACL? "No" where the device says that it is incomplete, or where its whole configuration
 * lacks one of the two; without a transform set newer releases use their default sets, so that one is not asked for.
 */
function mapEntryIsComplete(tunnel: Tunnel, end: EndView): Answer {
  const entry = entryInQuestion(end);
  if (!entry) {
    const bare = connectionForPeer(end);
    return bare?.item.lacksChild === true ? no(linesOf(tunnel, bare, "", "remote")) : NOT_KNOWN;
  }
  const { item } = entry;
  if (item.incomplete === true) return no(distinct(linesOf(tunnel, entry, "", "incomplete")));
  const isWritten = item.peers.length > 0 && (item.aclName !== undefined || (item.acl?.length ?? 0) > 0);
  if (isWritten) return yes(linesOf(tunnel, entry, "", "peers", "aclName"));
  return end.mapEntries?.complete === true && item.type === "ipsec-isakmp" ? no(linesOf(tunnel, entry)) : NOT_KNOWN;
}

/**
 * Is the map of the peer's entry applied, and on the interface with the endpoint address? "No" where the last output that
 * lists the map's interfaces shows none, or only others than the one whose address the other end points at.
 */
function mapIsApplied(tunnel: Tunnel, end: EndView): Answer {
  const connections = connectionsForPeer(end);
  if (connections.length > 0 && connections.every(({ item }) => item.isNowhere === true))
    return no(connections.flatMap((held) => linesOf(tunnel, held, "isNowhere")));
  const entry = entryInQuestion(end);
  if (!entry) return NOT_KNOWN;
  const shown = lastUse(tunnel, end, entry.item.map);
  if (!shown) return NOT_KNOWN;
  if (shown.interfaces.length === 0) return no([...linesOf(tunnel, entry), ...shown.evidence]);
  const wrong = endpointElsewhere(tunnel, end, entry.item.map);
  return wrong ? no([...shown.evidence, ...wrong]) : yes(shown.evidence);
}

/** Does any of the transform sets exist that the peer's entry names? Names are exact, also in upper and lower case. */
function transformSetsExist(tunnel: Tunnel, end: EndView): Answer {
  const entry = entryInQuestion(end);
  if (!entry || entry.item.transformSets.length === 0) return NOT_KNOWN;
  const named = linesOf(tunnel, entry, "transformSets");
  if ((entry.item.transforms?.length ?? 0) > 0) return yes(named);
  const found = (end.transformSets?.items ?? []).filter(({ item }) => entry.item.transformSets.includes(item.name));
  if (found.length > 0) return yes([...named, ...found.flatMap((set) => linesOf(tunnel, set))]);
  if (end.transformSets?.complete !== true || entry.item.type === "profile") return NOT_KNOWN;
  return no([...named, ...outputLine(tunnel, end.side, "transform-sets", ({ complete }) => complete)]);
}

/** Is there nothing for the peer but what somebody switched off? */
function isSwitchedOff(tunnel: Tunnel, end: EndView): Answer {
  const off = switchedOffConnections(end);
  if (off.length === 0 || entriesForPeer(end).length > 0 || aMapMayServe(end)) return NOT_KNOWN;
  return yes(distinct(off.flatMap((held) => linesOf(tunnel, held, "disabled"))));
}

/** Of an end whose peer is not known any entry may be for it; for a known one also those that name nobody. */
function aMapMayServe(end: EndView): boolean {
  const entries = (end.mapEntries?.items ?? []).filter(({ item }) => item.type !== "profile");
  return entries.some(({ item }) => end.peer === undefined || takesPeersUnnamed(item));
}

export const CRYPTO_MAP_COMPARISONS: Readonly<Record<string, Question>> = {
  ...askedOfEachEnd("connection-is-switched-off", true, isSwitchedOff),
  ...askedOfEachEnd("map-transform-sets-exist", false, transformSetsExist),
  ...askedOfEachEnd("map-entry-exists-for-peer", false, mapEntryExists),
  ...askedOfEachEnd("map-entry-is-complete", false, mapEntryIsComplete),
  ...askedOfEachEnd("map-is-applied", false, mapIsApplied),
};

/** The entry for the peer; an entry that lacks its peer is in question where it is the only one. */
export function entryInQuestion(end: EndView): Held<CryptoMapEntry> | undefined {
  const ours = entriesForPeer(end);
  if (ours.length > 0) return new Set(ours.map(({ item }) => item.map)).size === 1 ? ours[0] : undefined;
  const entries = staticEntries(end);
  return entries.length === 1 && entries[0]?.item.peers.length === 0 ? entries[0] : undefined;
}

interface Use {
  readonly interfaces: readonly string[];
  readonly order: number;
  readonly evidence: Answer["evidence"];
}

/** The last word on where a map is applied: `show crypto map`, a whole configuration, or `show crypto ipsec sa`. */
function lastUse(tunnel: Tunnel, end: EndView, map: string): Use | undefined {
  const uses: Use[] = [];
  const held = end.mapUses.findLast(({ item }) => item.name === map);
  if (held?.item.interfaces)
    uses.push({ interfaces: held.item.interfaces, order: held.order, evidence: linesOf(tunnel, held, "interfaces") });
  const carriers = (end.interfaces?.items ?? []).filter(({ item }) => item.cryptoMap === map);
  if (carriers.length > 0)
    uses.push({
      interfaces: carriers.map(({ item }) => item.name),
      order: Math.max(...carriers.map(({ order }) => order)),
      evidence: carriers.flatMap((carrier) => linesOf(tunnel, carrier, "", "cryptoMap")),
    });
  else if (wholeConfiguration(end) && !mentionsUse(tunnel, end, map))
    uses.push({
      interfaces: [],
      order: end.interfaces?.items.at(-1)?.order ?? 0,
      evidence: outputLine(
        tunnel,
        end.side,
        "interfaces",
        ({ complete, from }) => complete && from === "configuration",
      ),
    });
  const look = end.flows.at(-1);
  const flow = look?.items.find(({ item }) => item.mapTag === map && item.interface !== undefined);
  if (flow?.item.interface !== undefined)
    uses.push({
      interfaces: [flow.item.interface],
      order: flow.order,
      evidence: [at(tunnel, flow, lineOf(flow.item, "mapTag"))],
    });
  return uses.sort((a, b) => a.order - b.order).at(-1);
}

/** All interfaces from a configuration; `show ip interface brief` also lists all, but not their maps. */
function wholeConfiguration(end: EndView): boolean {
  const items = end.interfaces?.items ?? [];
  return end.interfaces?.complete === true && items.length > 0 && items.every(({ item }) => item.status === undefined);
}

/** Whether an interface of the end's pastes has the map after all, in lines that were not read as an interface's. */
function mentionsUse(tunnel: Tunnel, end: EndView, map: string): boolean {
  const use = new Set([`crypto map ${map}`, `ipv6 crypto map ${map}`]);
  const isUse = (text: string) => use.has(text.trim()) || text.trim().startsWith(`crypto map ${map} redundancy `);
  const names = new Set((end.interfaces?.items ?? []).map(({ paste }) => paste));
  return tunnel.known.pastes.some(({ paste }) => names.has(paste.name) && paste.lines.some(({ text }) => isUse(text)));
}

/** Lines that show the endpoint address on an interface without the map. */
function endpointElsewhere(tunnel: Tunnel, end: EndView, map: string): Answer["evidence"] | undefined {
  const place = misplacedMap(tunnel, end, map);
  return (
    place && [
      ...linesOf(tunnel, place.wanted, "", "address"),
      ...place.pointed.slice(0, 1).flatMap((entry) => linesOf(tunnel, entry, "peers")),
    ]
  );
}

/** Where a map is applied, and the interface with the endpoint address that should have it instead; undefined where all is well or not known. */
export function misplacedMap(tunnel: Tunnel, end: EndView, map: string) {
  const used = interfacesOfMap(end, map);
  const hasLocalAddress = end.maps?.items.some(({ item }) => item.name === map && item.localAddress !== undefined);
  const pointed = farEnd(tunnel, end).mapEntries?.items.filter(({ item }) => hasPeer(item, end.own)) ?? [];
  const holder = end.own === undefined ? undefined : interfaceWith(end, end.own);
  if (!holder || hasLocalAddress || pointed.length === 0 || !end.interfaces?.complete) return undefined;
  // Where the way to the peer leads out elsewhere, it is the other end that points at the wrong address.
  const exit = end.peer === undefined ? undefined : egressTowards(end, end.peer);
  if (exit?.item.name !== holder.item.name) return undefined;
  if (used.some((name) => isSameInterface(name, holder.item.name))) return undefined;
  // An unnumbered interface borrows the endpoint's address, so that the map is in its place all the same.
  const borrows = used.some((name) => !addressOf(end, name));
  if (borrows || holder.item.cryptoMap !== undefined) return undefined;
  return { used, wanted: holder, pointed };
}

function addressOf(end: EndView, name: string): string | undefined {
  return end.interfaces?.items.find(({ item }) => isSameInterface(item.name, name))?.item.address;
}

function isHostName(peer: string): boolean {
  return /[^0-9a-f.:]/i.test(peer);
}
