/** Pre-shared keys: which one each end uses for the peer, and whether the two are equal. */

import { canonicalAddress } from "../../domain/network.ts";
import type { Connection } from "../../domain/readings/connection.ts";
import type { IkeKey, IkeProfile } from "../../domain/readings/ike.ts";
import { sameSecret } from "../../domain/secret.ts";
import { type Answer, NOT_KNOWN, no, type Question, yes } from "../answer.ts";
import { ikeVersionAt } from "../ike-version.ts";
import type { Held } from "../known.ts";
import type { Tunnel } from "../tunnel.ts";
import type { EndView } from "../view.ts";
import { aggressiveStart, hasAggressivePassword } from "./aggressive-peer.ts";
import { ikeV2ProfileForPeer } from "./auth-methods.ts";
import { connectionForPeer } from "./connection.ts";
import { linesOfFrontVrf } from "./front-door.ts";
import { ikeV2Lines, ownPoliciesWith } from "./ike-policy-list.ts";
import { keyCoverage } from "./key-coverage.ts";
import { keyServes } from "./key-scope.ts";
import { distinct, linesOf, outputLine } from "./lines.ts";
import { entriesForPeer, entryForPeer } from "./map-entry.ts";
import { askedOfEachEnd } from "./per-end.ts";

/**
 * Are the keys that the ends use for each other equal? Decided by the keys' tags; an encrypted or masked key has none, and
 * then nothing is known. Where several keyrings or VRFs have a key for the peer and nothing names the one in use, they
 * must all be equal to be compared.
 */
export function preSharedKeysAreEqual(tunnel: Tunnel): Answer {
  const local = keysInUse(tunnel, tunnel.local);
  const remote = keysInUse(tunnel, tunnel.remote);
  const there = local && remote && compareKeys(proving(local), asked(remote));
  const back = local && remote && compareKeys(proving(remote), asked(local));
  const linesOfBoth = (keys: readonly Held<IkeKey>[]) =>
    [...(local ?? []), ...(remote ?? [])].filter((key) => keys.includes(key)).flatMap((key) => linesOf(tunnel, key));
  const wrong = [there, back].find((pair) => pair?.areEqual === false);
  if (wrong) return no(distinct(linesOfBoth(wrong.keys)), { side: "both" });
  if (!there?.areEqual || !back?.areEqual) return NOT_KNOWN;
  return yes(distinct(linesOfBoth([...there.keys, ...back.keys])));
}

/** Keys with which an end proves itself, against those with which the other end checks it. */
function compareKeys(proofs: readonly Held<IkeKey>[], checks: readonly Held<IkeKey>[]) {
  const [one] = proofs;
  const [other] = checks;
  const keys = [...proofs, ...checks];
  if (!one || !other || isMixed(proofs) || isMixed(checks)) return { keys, areEqual: undefined };
  return { keys, areEqual: sameSecret(one.item.secret, other.item.secret) };
}

function proving(keys: readonly Held<IkeKey>[]): Held<IkeKey>[] {
  return keys.filter(({ item }) => item.use !== "remote");
}

function asked(keys: readonly Held<IkeKey>[]): Held<IkeKey>[] {
  return keys.filter(({ item }) => item.use !== "local");
}

/**
 * Has the end a key for the peer? A wildcard key counts. "No" needs all keys of the end, a policy of its own that uses
 * keys and none that uses certificates, and no key by host name, which could be the peer's.
 */
function keyExistsForPeer(tunnel: Tunnel, end: EndView): Answer {
  const keys = candidates(tunnel, end);
  if (!keys) return NOT_KNOWN;
  if (keys.length > 0) return yes(keys.flatMap((key) => linesOf(tunnel, key)));
  if (ikeVersionAt(tunnel, end.side) === 2) return lacksIkeV2Key(tunnel, end);
  const hasHostnames = (end.keys?.items ?? []).some(({ item }) => item.hostname !== undefined);
  const usesKeys = ownPoliciesWith(tunnel, end, (auth) => auth === "psk");
  const usesOther = ownPoliciesWith(tunnel, end, (auth) => auth !== "psk");
  if (end.keys?.complete !== true || hasHostnames || usesKeys.length === 0 || usesOther.length > 0) return NOT_KNOWN;
  if (ikeV2Lines(tunnel, end).length > 0 || hasUnreadKeys(tunnel, end)) return NOT_KNOWN;
  const keysOfOthers = end.keys.items.slice(0, 5).flatMap((key) => linesOf(tunnel, key));
  return no([
    ...entriesForPeer(end).flatMap((entry) => linesOf(tunnel, entry, "peers")),
    ...keysOfOthers,
    ...linesOfFrontVrf(tunnel, end),
    ...outputLine(tunnel, end.side, "ike-keys", ({ complete }) => complete),
  ]);
}

/**
 * No: the profile for the peer wants a key from a keyring, all keys were shown, and none of that keyring is for the peer,
 * nor for a name that could be the peer's.
 */
function lacksIkeV2Key(tunnel: Tunnel, end: EndView): Answer {
  const profile = ikeV2ProfileForPeer(end);
  if (end.platform === "cisco-asa") return lacksTunnelGroup(tunnel, end);
  if (!profile || end.keys?.complete !== true || hasUnreadKeys(tunnel, end)) return NOT_KNOWN;
  const { keyring, localAuth, remoteAuth } = profile.item;
  const ofKeyring = end.keys.items.filter(({ item }) => item.version === 2 && item.keyring === keyring);
  const mayBeAnywhere = ofKeyring.some(({ item }) => item.hostname !== undefined || item.address === undefined);
  if (keyring === undefined || ofKeyring.length === 0 || mayBeAnywhere) return NOT_KNOWN;
  if (localAuth !== "psk" || remoteAuth !== "psk") return NOT_KNOWN;
  return no([
    ...entriesForPeer(end).flatMap((entry) => linesOf(tunnel, entry, "peers")),
    ...linesOf(tunnel, profile, "keyring"),
    ...ofKeyring.slice(0, 5).flatMap((key) => linesOf(tunnel, key)),
  ]);
}

/**
 * No: an ASA finds the key by the peer's address, all groups were shown, and none is for it; nor is there one by a name,
 * which could be chosen by the peer's identity.
 */
function lacksTunnelGroup(tunnel: Tunnel, end: EndView): Answer {
  const keys = end.keys;
  const entries = entriesForPeer(end).filter(({ item }) => item.peers.length === 1 && item.dynamicMap === undefined);
  if (keys?.complete !== true || keys.items.length === 0 || entries.length === 0) return NOT_KNOWN;
  if (ikeV2ProfileForPeer(end) !== undefined || hasUnreadKeys(tunnel, end)) return NOT_KNOWN;
  if ([...keys.items, ...(end.profiles?.items ?? [])].some(({ item }) => isByName(item))) return NOT_KNOWN;
  return no([
    ...entries.flatMap((entry) => linesOf(tunnel, entry, "peers")),
    ...keys.items.slice(0, 5).flatMap((key) => linesOf(tunnel, key)),
  ]);
}

function isByName(item: IkeKey | IkeProfile): boolean {
  return "name" in item ? canonicalAddress(item.name) === undefined : item.hostname !== undefined;
}

/** Keys that stand elsewhere (`set aggressive-mode password`), and lines about keys that were not read. */
function hasUnreadKeys(tunnel: Tunnel, end: EndView): boolean {
  if (hasAggressivePassword(end)) return true;
  return tunnel.known.pastes.some(({ paste }) =>
    paste.outputs.some(
      (output) =>
        tunnel.ends.sideOf.get(output) === end.side &&
        output.unread.some(({ text }) => /isakmp peer|aggressive-mode|pre-shared-key/.test(text)),
    ),
  );
}

export const KEY_COMPARISONS: Readonly<Record<string, Question>> = {
  "pre-shared-keys-are-equal": preSharedKeysAreEqual,
  ...askedOfEachEnd("pre-shared-key-exists-for-peer", false, keyExistsForPeer),
};

/**
 * The keys that may be the one in use: the most specific match of each keyring (Cisco IOS Security Configuration Guide,
 * "Overview of keyring and profile selection": the longest match wins). Undefined where a better match may exist unseen.
 */
function keysInUse(tunnel: Tunnel, end: EndView): Held<IkeKey>[] | undefined {
  // The password of the peer's own block is another key, which begins the negotiation.
  if (aggressiveStart(end)?.block.item.at["password"] !== undefined) return undefined;
  const connection = connectionForPeer(end);
  const ofConnection = connection && connectionKeys(connection);
  if (ofConnection && ofConnection.length > 0) return ofConnection;
  const keys = candidates(tunnel, end) ?? [];
  if (keys.length === 0) return connection && keysForIdentity(end, connection);
  const best = new Map<string, Held<IkeKey>[]>();
  for (const key of keys) {
    const place = `${key.item.keyring}\n${key.item.vrf ?? ""}`;
    const rivals = best.get(place) ?? [];
    const length = coverage(end, key);
    const bestLength = rivals[0] ? coverage(end, rivals[0]) : -1;
    if (length > bestLength) best.set(place, [key]);
    else if (length === bestLength) best.set(place, [...rivals, key]);
  }
  const chosen = [...best.values()].flat();
  const someByRange = chosen.some((key) => keyCoverage(key.item, end.peer ?? "")?.isHost === false);
  const hasHostnames = (end.keys?.items ?? []).some(({ item }) => item.hostname !== undefined);
  return someByRange && (end.keys?.complete !== true || hasHostnames) ? undefined : chosen;
}

/** Keys that stand apart from the connections (ipsec.secrets) and name the identity that the peer has to show. */
function keysForIdentity(end: EndView, { item }: Held<Connection>): Held<IkeKey>[] | undefined {
  const { id } = item.remoteAuth;
  const keys = end.keys?.items.filter((key) => id !== undefined && key.item.hostname === id) ?? [];
  return keys.length === 0 || isMixed(keys) ? undefined : keys;
}

/** The keys that an end has for the peer, whichever of them is in use. */
export function keysForPeer(tunnel: Tunnel, end: EndView): readonly Held<IkeKey>[] {
  return keysInUse(tunnel, end) ?? candidates(tunnel, end) ?? [];
}

/** Keys whose address covers the peer and whose keyring serves this end's endpoint, of the keyring that the peer's profile names where one is known. */
function candidates(tunnel: Tunnel, end: EndView): Held<IkeKey>[] | undefined {
  const { peer, keys } = end;
  if (peer === undefined || keys === undefined) return undefined;
  // What has connections instead of crypto maps has one list of keys for both versions.
  const isForBoth = connectionForPeer(end) !== undefined && keys.items.every(({ item }) => item.version === undefined);
  const ofVersion = isForBoth ? keys.items : keysOfVersion(keys.items, ikeVersionAt(tunnel, end.side));
  const covering = ofVersion && coveringKeys(tunnel, end, ofVersion, peer);
  if (!covering) return undefined;
  const profileName = entryForPeer(end)?.item.profile;
  if (profileName === undefined) return covering;
  const profile = end.profiles?.items.find(({ item }) => item.name === profileName);
  if (!profile) {
    // Its keyring is not known; a key outside of all keyrings is then not the one in use.
    const ringed = covering.filter(({ item }) => item.keyring !== "default");
    return ringed.length === 0 || isMixed(ringed) ? undefined : ringed;
  }
  const keyring = profile.item.keyring;
  if (keyring === undefined) return isMixed(covering) ? undefined : covering;
  const keyrings = [keyring, ...(profile.item.moreKeyrings ?? [])];
  const inKeyring = covering.filter(({ item }) => keyrings.includes(item.keyring));
  return inKeyring.length === 0 && !keys.complete ? undefined : inKeyring;
}

/** Those that are for the version that the tunnel uses; undefined where that is IKEv2 and none is said to be for it. */
function keysOfVersion(keys: readonly Held<IkeKey>[], version: 1 | 2 | undefined): readonly Held<IkeKey>[] | undefined {
  if (version !== 2) return keys.filter(({ item }) => item.version !== 2);
  const ofVersion2 = keys.filter(({ item }) => item.version === 2);
  return ofVersion2.length > 0 ? ofVersion2 : undefined;
}

/** The keys that stand in the connection itself. With IKEv1 one key serves both directions. */
function connectionKeys(held: Held<Connection>): Held<IkeKey>[] {
  const { item } = held;
  const keys = (["local", "remote"] as const).flatMap((use): IkeKey[] => {
    const { secret, at } = use === "local" ? item.localAuth : item.remoteAuth;
    return secret ? [{ line: at?.["secret"] ?? item.line, keyring: "default", secret, use }] : [];
  });
  const isOneForBoth = item.version === 1 && keys.length === 1;
  return keys.map(({ use, ...key }) => ({ ...held, item: isOneForBoth ? key : { ...key, use } }));
}

/** Keys for the peer that can be used here; undefined where it hangs on one of which that is not known. */
function coveringKeys(
  tunnel: Tunnel,
  end: EndView,
  keys: readonly Held<IkeKey>[],
  peer: string,
): Held<IkeKey>[] | undefined {
  const covering = keys.filter(
    (key) => keyCoverage(key.item, peer) !== undefined && keyServes(tunnel, end, key) !== false,
  );
  const serving = covering.filter((key) => keyServes(tunnel, end, key) === true);
  if (serving.length === covering.length) return covering;
  return serving.length > 0 && !isMixed(covering) ? covering : undefined;
}

function coverage(end: EndView, key: Held<IkeKey>): number {
  return keyCoverage(key.item, end.peer ?? "")?.length ?? -1;
}

/** Of one direction there are several that differ. */
function isMixed(keys: readonly Held<IkeKey>[]): boolean {
  return [proving(keys), asked(keys)].some((some) => new Set(some.map(({ item }) => item.secret.tag)).size > 1);
}
