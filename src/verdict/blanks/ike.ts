/** Blanks about phase 1: the policy that would make a pair, the key's place, the peer's address. */
import type { Side } from "../../domain/ids.ts";
import type { OfferedIkePolicy } from "../../domain/readings/log.ts";
import { IKE_IDENTITY_COMPARISONS } from "../../tunnel/compare/ike-identity.ts";
import { closestIkePair } from "../../tunnel/compare/ike-policies.ts";
import type { IkeSuite } from "../../tunnel/compare/ike-suite.ts";
import { entriesForPeer, entryForPeer, hasPeer } from "../../tunnel/compare/map-entry.ts";
import { onlyTunnelSeemsToPointElsewhere, peersPointAtEachOther } from "../../tunnel/compare/peers.ts";
import { tunnelInterfaceOf, tunnelPointsPastTheKeyedPeer } from "../../tunnel/compare/tunnel-interfaces.ts";
import { decidingAttempt } from "../../tunnel/status/attempts.ts";
import { otherSide, type Tunnel } from "../../tunnel/tunnel.ts";
import type { EndView } from "../../tunnel/view.ts";
import type { Blanks } from "../fill.ts";
import { freeName, iosAuth, iosEncryption, iosHash, mapEntryLine, weaknessAdvice } from "./ios-words.ts";
import { keyForPeer } from "./key-for-peer.ts";
import { frontVrf } from "./tables.ts";

/** What we advise where nothing is known of the other end's policies (RFC 8247). */
const RECOMMENDED = { encryption: "aes-256", integrity: "sha256", auth: "psk", dhGroup: "14" } as const;

export function ikeBlanks(tunnel: Tunnel, side: Side): Blanks {
  const end = tunnel[side];
  const pair = closestIkePair(tunnel);
  const theirs = pair?.[otherSide(side)];
  const values = { ...RECOMMENDED, ...firstOf(theirs?.values ?? {}) };
  // Where the methods differ, the end with certificates gets a policy with a key: that needs nothing else.
  const keepsItsMethod =
    pair !== undefined && pair[side].values.auth?.includes("psk") === true && values.auth !== "psk";
  const isOffered = offersOf(tunnel, side).some((offer) => isSameAs(offer, values));
  const priority = freePriority(end);
  return {
    "new-policy-priority": priority === undefined ? undefined : `${priority}`,
    "ike-policy-to-add": keepsItsMethod || isOffered ? undefined : policyLines(priority, values, theirs).join("\n"),
    "ike-policy-advice": weaknessAdvice([values.encryption, values.integrity, `group ${values.dhGroup}`]),
    "psk-lines": pskLines(end),
    "psk-range-warning": pskWarning(end),
    "isakmp-profile": profileName(end),
    "peer-identity": peerIdentity(tunnel, side),
    ...peerBlanks(tunnel, side),
  };
}

/** What an end offered, as the other end printed it in the negotiation that decides. */
function offersOf(tunnel: Tunnel, side: Side): readonly OfferedIkePolicy[] {
  const attempt = decidingAttempt(tunnel[otherSide(side)]);
  return attempt?.item.role === "responder" ? attempt.item.ikeOffers : [];
}

function isSameAs(offer: OfferedIkePolicy, values: Readonly<Record<keyof typeof RECOMMENDED, string>>): boolean {
  return (
    offer.encryption === values.encryption &&
    offer.integrity === values.integrity &&
    offer.auth === values.auth &&
    String(offer.dhGroup) === values.dhGroup
  );
}

/** Of lists, what is named first. */
function firstOf(values: IkeSuite["values"]): Readonly<Partial<Record<keyof typeof RECOMMENDED, string>>> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, [first]]) => (first === undefined ? [] : [[name, first]])),
  );
}

function policyLines(
  priority: number | undefined,
  values: Readonly<Record<keyof typeof RECOMMENDED, string>>,
  theirs: IkeSuite | undefined,
): string[] {
  const lines = [
    `crypto isakmp policy ${priority ?? "<a free number>"}`,
    ` encryption ${iosEncryption(values.encryption)}`,
    ` hash ${iosHash(values.integrity)}`,
    ` authentication ${iosAuth(values.auth)}`,
    ` group ${values.dhGroup}`,
  ];
  if (theirs?.lifetimeSeconds !== undefined) lines.push(` lifetime ${theirs.lifetimeSeconds}`);
  return lines;
}

/** Default suites of IOS have the numbers from here on; they are tried last (catalogue 3.1). */
const FIRST_DEFAULT = 65_507;

/**
 * Five after the last policy of its own, so that nothing that works now is tried later. A debug names the policies it
 * walks; where neither is known there is no free number to give, since one in use would be overwritten.
 */
function freePriority(end: EndView): number | undefined {
  const shown = (end.policies?.items ?? []).filter(({ item }) => !item.isDefault).map(({ item }) => item.priority);
  const walked = end.attempts
    .flatMap(({ item }) => item.ikeOffers.flatMap(({ against }) => against ?? []))
    .filter((priority) => priority < FIRST_DEFAULT);
  if (end.policies === undefined && walked.length === 0) return undefined;
  return Math.min(Math.max(0, ...shown, ...walked) + 5, 10_000);
}

/** The lines that give the peer a key, in the form that this end uses already: a keyring's, or the global one. */
export function pskLines(end: EndView, peer = end.peer): string {
  const inUse = keyForPeer(end, peer);
  const front = frontVrf(end);
  const rings = new Set((end.keys?.items ?? []).map(({ item }) => item.keyring));
  const [onlyRing] = rings.size === 1 ? (end.keys?.items ?? []) : [];
  const ring = inUse?.key ?? onlyRing?.item;
  const to = peer?.includes(":") === true ? `address ipv6 ${peer}/128` : `address ${peer ?? "<peer>"}`;
  const replaced = inUse?.isHost === true;
  const isGlobal = ring === undefined || ring.keyring === "default";
  // A key serves peers of its keyring's table only: the global one where it names no VRF.
  if (front !== undefined && front !== ring?.vrf) return keyringLines(end, ` vrf ${front}`, to).join("\n");
  if (front === undefined && ring?.vrf !== undefined && profileOf(end)?.keyring !== undefined)
    return keyringLines(end, "", to).join("\n");
  if (front === undefined && ring?.vrf !== undefined) return `crypto isakmp key NEW-KEY ${to}`;
  if (isGlobal)
    return [...(replaced ? [`no crypto isakmp key OLD-KEY ${to}`] : []), `crypto isakmp key NEW-KEY ${to}`].join("\n");
  const vrf = ring.vrf === undefined ? "" : ` vrf ${ring.vrf}`;
  const lines = [`crypto keyring ${ring.keyring}${vrf}`];
  if (replaced) lines.push(` no pre-shared-key ${to} key OLD-KEY`);
  return [...lines, ` pre-shared-key ${to} key NEW-KEY`].join("\n");
}

/** A keyring of its own, and the profile's word for it: a profile searches the keyrings that it names, and no other. */
function keyringLines(end: EndView, vrf: string, to: string): string[] {
  const profile = profileOf(end);
  const name = freeName(
    vrf === "" ? "GLOBAL-KEYS" : `${vrf.replace(" vrf ", "")}-KEYS`,
    (end.keys?.items ?? []).map(({ item }) => item.keyring),
  );
  return [
    `crypto keyring ${name}${vrf}`,
    ` pre-shared-key ${to} key NEW-KEY`,
    ...(profile?.keyring === undefined ? [] : [`crypto isakmp profile ${profile.name}`, ` keyring ${name}`]),
  ];
}

function profileOf(end: EndView) {
  const name = entryForPeer(end)?.item.profile;
  return end.profiles?.items.find(({ item }) => item.name === name)?.item;
}

function pskWarning(end: EndView): string {
  const inUse = keyForPeer(end);
  if (inUse?.isHost !== false || inUse.key.vrf !== frontVrf(end)) return "";
  return "The key in use now is one for many peers: leave it, the new one for this address wins.";
}

/** The identity that the peer showed where the profile expects another, in the words of "match identity". */
function peerIdentity(tunnel: Tunnel, side: Side): string | undefined {
  const asked = ["ike-identity-matches-profile", "isakmp-profile-leaves-peer-out"].flatMap(
    (question) => IKE_IDENTITY_COMPARISONS[`${side}-${question}`]?.(tunnel).differs ?? [],
  );
  const shown = asked[0]?.[otherSide(side)] ?? (tunnel[side].peer && `address ${tunnel[side].peer}`);
  const front = frontVrf(tunnel[side]);
  const inVrf = front === undefined || shown?.startsWith("address ") !== true ? "" : ` ${front}`;
  return shown && `${shown.replace(/^(address \d{1,3}(?:\.\d{1,3}){3})$/, "$1 255.255.255.255")}${inVrf}`;
}

export function profileName(end: EndView): string | undefined {
  const [used] = end.peer === undefined ? [] : entriesForPeer(end);
  const profiles = end.profiles?.items ?? [];
  return used?.item.profile ?? (profiles.length === 1 ? profiles[0]?.item.name : undefined);
}

/** The line that opens the entry which names a peer; where none is known, the entry that is this tunnel's. */
function entryLine(end: EndView, peers: readonly string[] | undefined): string {
  const entries = end.mapEntries?.items ?? [];
  const named = entries.find(({ item }) => peers?.some((peer) => hasPeer(item, peer)));
  const entry = (named ?? entryForPeer(end))?.item;
  return mapEntryLine(entry?.map, entry?.sequence, peers?.[0] ?? end.peer);
}

/** What makes this end point at the address: its tunnel interface, where it has one for the peer, else its map entry. */
function linesTo(end: EndView, wrong: readonly string[] | undefined, right: string): string {
  const carrier = tunnelInterfaceOf(end)?.item;
  if (carrier !== undefined) return `interface ${carrier.name}\n tunnel destination ${right}`;
  const out = (wrong ?? ["<address that is set now>"]).map((peer) => ` no set peer ${peer}`);
  return [entryLine(end, wrong), ...out, ` set peer ${right}`].join("\n");
}

/** The peer address that is set, and the one that the far end uses, where they differ. */
function peerBlanks(tunnel: Tunnel, side: Side): Blanks {
  const end = tunnel[side];
  const [difference] =
    peersPointAtEachOther(tunnel).differs ??
    onlyTunnelSeemsToPointElsewhere(tunnel).differs ??
    tunnelPointsPastTheKeyedPeer(tunnel).differs ??
    [];
  // An entry may have backup peers, and all of them may be wrong.
  const wrong = difference?.[side]?.split(", ");
  const right = difference ? difference[otherSide(side)] : tunnel[side].peer;
  const lacksKey = right !== undefined && end.keys?.complete === true && keyForPeer(end, right) === undefined;
  return {
    "lines-to-the-right-peer": linesTo(end, wrong, right ?? "<address that the far end uses>"),
    "right-peer": right,
    "key-for-the-right-peer": lacksKey ? pskLines(end, right) : undefined,
  };
}
