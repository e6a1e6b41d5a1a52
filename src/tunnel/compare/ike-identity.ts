/** Do the ends agree in the mode of phase 1 and in who they say they are? */
import { canonicalAddress, containsNetwork, hostNetwork, networkFromNetmask } from "../../domain/network.ts";
import type { IkeProfile } from "../../domain/readings/ike.ts";
import type { Evidence } from "../../domain/verdict.ts";
import { type Answer, at, NOT_KNOWN, no, type Question, yes } from "../answer.ts";
import type { Held } from "../known.ts";
import type { Tunnel } from "../tunnel.ts";
import { type EndView, lineOf } from "../view.ts";
import { aggressiveStart } from "./aggressive-peer.ts";
import { connectionForPeer } from "./connection.ts";
import { farEnd, natMayHide } from "./endpoints.ts";
import { frontDoor, linesOfFrontVrf } from "./front-door.ts";
import { distinct, linesOf } from "./lines.ts";
import { mapEndpoint } from "./map-endpoint.ts";
import { entriesForPeer, entryForPeer } from "./map-entry.ts";
import { askedOfEachEnd } from "./per-end.ts";

type Mode = { readonly mode: "main" | "aggressive"; readonly evidence: readonly Evidence[] };

/**
 * Can both ends use the same phase 1 mode? Yes: both begin in main mode. No: one begins in aggressive mode and the other
 * has it switched off. An IOS end that begins in main mode and does not forbid the other takes both: not known.
 */
export function ikeModesAgree(tunnel: Tunnel): Answer {
  const local = initiatesIn(tunnel, tunnel.local);
  const remote = initiatesIn(tunnel, tunnel.remote);
  const refusals = [refusesAggressive(tunnel, tunnel.local), refusesAggressive(tunnel, tunnel.remote)] as const;
  if (local?.mode === "aggressive" && refusals[1])
    return no([...local.evidence, refusals[1]], { side: "local", differs: modes("aggressive", "main") });
  if (remote?.mode === "aggressive" && refusals[0])
    return no([refusals[0], ...remote.evidence], { side: "remote", differs: modes("main", "aggressive") });
  if (local?.mode !== "main" || remote?.mode !== "main") return NOT_KNOWN;
  return yes(distinct([...local.evidence, ...remote.evidence]));
}

/**
 * Does the profile that the peer's entry names match the identity the peer shows? Only identities that are addresses
 * and were printed by this end are judged ("Phase1 id"); "no" needs a profile that matches by address and nothing else.
 */
function identityMatchesProfile(tunnel: Tunnel, end: EndView): Answer {
  const profile = profileForPeer(end);
  const identity = shownIdentity(tunnel, end);
  if (!profile || !identity || profile.item.matchIdentity.length === 0) return NOT_KNOWN;
  const host = hostNetwork(identity.address);
  const matches = profile.item.matchIdentity.map((text) => matchedNetwork(text));
  const evidence = [...linesOf(tunnel, profile, "matchIdentity"), identity.evidence];
  if (!host) return NOT_KNOWN;
  if (matches.some((network) => network && containsNetwork(network, host))) return yes(evidence);
  return matches.includes(undefined)
    ? NOT_KNOWN
    : no(evidence, { differs: identityDifference(end, profile.item, identity.address) });
}

/**
 * Does the profile of the peer's entry match only addresses that the far end does not present itself with? It sends the
 * address that its map uses, unless it is told otherwise (Cisco IOS Security Command Reference, "crypto isakmp identity").
 */
function profileLeavesPeerOut(tunnel: Tunnel, end: EndView): Answer {
  const far = farEnd(tunnel, end);
  const profile = profileForPeer(end);
  const endpoint = mapEndpoint(tunnel, far);
  if (!profile || profile.item.matchIdentity.length === 0 || endpoint === undefined || endpoint === "hidden")
    return NOT_KNOWN;
  const host = hostNetwork(endpoint.address);
  const matches = profile.item.matchIdentity.map(matchedNetwork);
  const isSure = endpoint.isSure && sendsItsAddress(far) && !natMayHide(tunnel, endpoint.address, end.peer ?? "");
  if (!host || !isSure || matches.some((network) => !network || containsNetwork(network, host))) return NOT_KNOWN;
  const differs = identityDifference(end, profile.item, endpoint.address);
  return yes(distinct([...linesOf(tunnel, profile, "matchIdentity"), ...endpoint.evidence]), { differs });
}

/**
 * Does the profile of the peer's entry match addresses of another table only than the one in which the peer is reached? An
 * address in a front-door VRF matches only where the line names that VRF (VRF-Aware IPsec, "match identity address").
 */
function profileIsForAnotherTable(tunnel: Tunnel, end: EndView): Answer {
  const profile = profileForPeer(end);
  const front = frontDoor(end);
  const host = hostNetwork(end.peer ?? "");
  if (!profile || !front || !host) return NOT_KNOWN;
  const matches = profile.item.matchIdentity.map((text) => ({ network: matchedNetwork(text), vrf: matchedVrf(text) }));
  const ours = matches.filter(({ network }) => network && containsNetwork(network, host));
  if (ours.length === 0 || matches.some(({ network }) => !network)) return NOT_KNOWN;
  if (ours.some(({ vrf }) => vrf === front.vrf)) return NOT_KNOWN;
  return yes(distinct([...linesOf(tunnel, profile, "matchIdentity"), ...linesOfFrontVrf(tunnel, end)]));
}

/** Nothing in the whole configuration makes it use a name, or another identity for some peers. */
function sendsItsAddress(end: EndView): boolean {
  const identities = end.settings.flatMap(({ item }) => item.identity ?? []);
  const isWhole = end.settings.some(({ item }) => item.complete) && end.profiles?.complete === true;
  const profiles = end.profiles?.items ?? [];
  return (
    isWhole &&
    identities.every((identity) => identity === "address") &&
    profiles.every(({ item }) => item.selfIdentity === undefined || item.selfIdentity === "address")
  );
}

export const IKE_IDENTITY_COMPARISONS: Readonly<Record<string, Question>> = {
  "ike-modes-agree": ikeModesAgree,
  ...askedOfEachEnd("aggressive-mode-meets-main-mode", true, aggressiveMeetsMain),
  ...askedOfEachEnd("ike-identity-matches-profile", false, identityMatchesProfile),
  ...askedOfEachEnd("isakmp-profile-leaves-peer-out", true, profileLeavesPeerOut),
  ...askedOfEachEnd("isakmp-profile-is-for-another-table", true, profileIsForAnotherTable),
};

/** The peer begins in aggressive mode, by this end's log, and this end's connection for it is set to main mode. */
function aggressiveMeetsMain(tunnel: Tunnel, end: EndView): Answer {
  const connection = connectionForPeer(end);
  const attempt = end.attempts.at(-1);
  const asked = attempt?.item.events.find(({ signature }) => signature === "aggressive-mode-asked-for");
  if (!attempt || !asked || connection?.item.exchange !== "main") return NOT_KNOWN;
  return yes([...linesOf(tunnel, connection, "exchange"), at(tunnel, attempt, asked.line)]);
}

function profileForPeer(end: EndView): Held<IkeProfile> | undefined {
  const name = entryForPeer(end)?.item.profile;
  return name === undefined ? undefined : end.profiles?.items.find(({ item }) => item.name === name);
}

/** By the profile or the peer's own block, or main mode where all profiles and the entry for the peer are known and nothing says otherwise. */
function initiatesIn(tunnel: Tunnel, end: EndView): Mode | undefined {
  const connection = connectionForPeer(end);
  const mode = connection?.item.exchange;
  if (connection && mode !== undefined) return { mode, evidence: linesOf(tunnel, connection, "exchange") };
  const profile = profileForPeer(end);
  if (profile?.item.initiateMode === "aggressive")
    return { mode: "aggressive", evidence: linesOf(tunnel, profile, "initiateMode") };
  const aggressive = entriesForPeer(end).filter(({ item }) => item.aggressive === true);
  if (aggressive.length > 0)
    return { mode: "aggressive", evidence: aggressive.flatMap((entry) => linesOf(tunnel, entry, "aggressive")) };
  const start = aggressiveStart(end);
  if (start?.is === "begins")
    return { mode: "aggressive", evidence: linesOf(tunnel, start.block, "", "clientEndpoint", "password") };
  const entries = entriesForPeer(end);
  const namesUnknownProfile = entries.some(({ item }) => item.profile !== undefined) && !profile;
  if (start || entries.length === 0 || namesUnknownProfile || end.profiles?.complete !== true) return undefined;
  return { mode: "main", evidence: entries.flatMap((entry) => linesOf(tunnel, entry)) };
}

function refusesAggressive(tunnel: Tunnel, end: EndView): Evidence | undefined {
  const connection = connectionForPeer(end);
  // A connection is for one mode; the other one is refused.
  if (connection?.item.exchange === "main") return linesOf(tunnel, connection, "exchange")[0];
  const held = end.settings.findLast(({ item }) => item.aggressiveModeDisabled !== undefined);
  const line = held?.item.at["aggressiveModeDisabled"];
  return held?.item.aggressiveModeDisabled === true && line !== undefined ? at(tunnel, held, line) : undefined;
}

function modes(local: string, remote: string) {
  return [{ attribute: "ike-mode", local, remote }];
}

function shownIdentity(tunnel: Tunnel, end: EndView): { address: string; evidence: Evidence } | undefined {
  const peer = end.ikePeers.findLast(({ item }) => item.phase1Id !== undefined);
  const session = end.sessions.at(-1)?.items.findLast(({ item }) => item.phase1Id !== undefined);
  const held = peer ?? session;
  const address = canonicalAddress(held?.item.phase1Id ?? "");
  return held && address !== undefined
    ? { address, evidence: at(tunnel, held, lineOf(held.item, "phase1Id")) }
    : undefined;
}

/** "address 192.0.2.1 255.255.255.0 [VRF]" → its network; undefined for every other kind of identity. */
function matchedNetwork(text: string) {
  const [kind, address = "", mask] = text.split(" ");
  if (kind !== "address") return undefined;
  const netmask = mask === undefined ? undefined : canonicalAddress(mask);
  return netmask === undefined ? hostNetwork(address) : networkFromNetmask(address, netmask);
}

/** "address 192.0.2.1 255.255.255.255 INET", "address 2001:db8::1/128 INET": the VRF behind it, if any. */
function matchedVrf(text: string): string | undefined {
  const words = text.split(" ").slice(1);
  return words.find((word) => !/^(?:ipv6$|[\d.]+$|.*:)/.test(word));
}

function identityDifference(end: EndView, profile: IkeProfile, shown: string) {
  const wanted = profile.matchIdentity.join(", ");
  return end.side === "local"
    ? [{ attribute: "identity", local: wanted, remote: `address ${shown}` }]
    : [{ attribute: "identity", local: `address ${shown}`, remote: wanted }];
}
