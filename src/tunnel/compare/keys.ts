/** Pre-shared keys: which one each end uses for the peer, and whether the two are equal. */
import type { IkeKey } from "../../domain/readings/ike.ts";
import { type Answer, NOT_KNOWN, no, type Question, yes } from "../answer.ts";
import type { Held } from "../known.ts";
import type { Tunnel } from "../tunnel.ts";
import type { EndView } from "../view.ts";
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
  if (!local || !remote) return NOT_KNOWN;
  const tags = new Set([...local, ...remote].map(({ item }) => item.secret.tag));
  if (tags.has(undefined) || isMixed(local) || isMixed(remote)) return NOT_KNOWN;
  const evidence = distinct([...local, ...remote].flatMap((key) => linesOf(tunnel, key)));
  return tags.size === 1 ? yes(evidence) : no(evidence, { side: "both" });
}

/**
 * Has the end a key for the peer? A wildcard key counts. "No" needs all keys of the end, a policy of its own that uses
 * keys and none that uses certificates, and no key by host name, which could be the peer's.
 */
function keyExistsForPeer(tunnel: Tunnel, end: EndView): Answer {
  const keys = candidates(tunnel, end);
  if (!keys) return NOT_KNOWN;
  if (keys.length > 0) return yes(keys.flatMap((key) => linesOf(tunnel, key)));
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

/** Lines about keys that were not read, such as `crypto isakmp peer address A` with `set aggressive-mode password`. */
function hasUnreadKeys(tunnel: Tunnel, end: EndView): boolean {
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
  const keys = candidates(tunnel, end);
  if (!keys || keys.length === 0) return undefined;
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

/** The keys that an end has for the peer, whichever of them is in use. */
export function keysForPeer(tunnel: Tunnel, end: EndView): readonly Held<IkeKey>[] {
  return keysInUse(tunnel, end) ?? candidates(tunnel, end) ?? [];
}

/** Keys whose address covers the peer and whose keyring serves this end's endpoint, of the keyring that the peer's profile names where one is known. */
function candidates(tunnel: Tunnel, end: EndView): Held<IkeKey>[] | undefined {
  const { peer, keys } = end;
  if (peer === undefined || keys === undefined || ikeV2Lines(tunnel, end).length > 0) return undefined;
  const covering = coveringKeys(tunnel, end, keys.items, peer);
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

function isMixed(keys: readonly Held<IkeKey>[]): boolean {
  return new Set(keys.map(({ item }) => item.secret.tag)).size > 1;
}
