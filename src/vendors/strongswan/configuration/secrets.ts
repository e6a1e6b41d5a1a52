/** Keys of swanctl.conf's section `secrets`. */
import { canonicalAddress } from "../../../domain/network.ts";
import type { Connection } from "../../../domain/readings/connection.ts";
import type { IkeKey } from "../../../domain/readings/ike.ts";
import { readSecret } from "../../../domain/secret.ts";
import { identity } from "./connection.ts";
import type { Section } from "./sections.ts";

/** A key with the identities that it is for; none: for everybody. */
export interface OwnedKey {
  readonly line: number;
  readonly name: string;
  readonly owners: readonly string[];
  readonly secret: IkeKey["secret"];
}

export function readSecrets(section: Section | undefined): OwnedKey[] {
  return [...(section?.sections.values() ?? [])].flatMap((item) => {
    const secret = item.values.get("secret");
    if (!/^ike/.test(item.name) || !secret) return [];
    const owners = [...item.values].filter(([key]) => /^id/.test(key)).map(([, { text }]) => identity(text));
    return [{ line: secret.line, name: item.name, owners, secret: readSecret(secret.text) }];
  });
}

/**
 * The key that a connection uses for its peer: charon takes the one that fits both identities best (owners that match:
 * the peer's count more than this end's; a key without owners fits everybody). Undefined without a key, or between two
 * that fit alike.
 */
export function keyOf(connection: Connection, keys: readonly OwnedKey[]): OwnedKey | undefined {
  const own = [connection.localAuth.id, ...connection.local];
  const peer = [connection.remoteAuth.id, ...connection.remote];
  const fits = keys.flatMap((key) => {
    if (key.owners.length === 0) return [{ key, fit: 1 }];
    const fit =
      (key.owners.some((owner) => peer.includes(owner)) ? 4 : 0) +
      (key.owners.some((owner) => own.includes(owner)) ? 2 : 0) +
      (key.owners.some((owner) => owner === "%any") ? 1 : 0);
    return fit === 0 ? [] : [{ key, fit }];
  });
  const best = Math.max(0, ...fits.map(({ fit }) => fit));
  const [first, rival] = fits.filter(({ fit }) => fit === best);
  return rival ? undefined : first?.key;
}

/** The same keys as a list by peer, in the form that devices with crypto maps have. */
export function asIkeKeys(keys: readonly OwnedKey[], ownIds: ReadonlySet<string>): IkeKey[] {
  return keys.flatMap(({ line, name, owners, secret }) => {
    const peers = owners.filter((owner) => !ownIds.has(owner) && owner !== "%any");
    if (peers.length === 0) return [{ line, keyring: name, address: "0.0.0.0", mask: "0.0.0.0", secret }];
    return peers.map((peer) => {
      const address = canonicalAddress(peer);
      return address === undefined
        ? { line, keyring: name, hostname: peer, secret }
        : { line, keyring: name, address, mask: address.includes(":") ? undefined : "255.255.255.255", secret };
    });
  });
}
