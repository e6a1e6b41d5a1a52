/** `crypto ikev2 keyring NAME`: a key, or one for each direction, for each peer. */
import { canonicalAddress } from "../../../domain/network.ts";
import type { IkeKey } from "../../../domain/readings/ike.ts";
import { readSecret, SECRET_PLACEHOLDER } from "../../../domain/secret.ts";
import type { Collected, OpenKeyPeer, Taken } from "./collected.ts";
import type { Statement } from "./statements.ts";

const HEADING = /^crypto ikev2 keyring (?<name>\S{1,100})$/;
const PEER = /^peer (?<name>\S{1,100})$/;
const ADDRESS =
  /^(?<identity>identity )?address (?:ipv6 )?(?<address>[0-9A-Fa-f.:]{2,45})(?:\/(?<length>\d{1,3})| (?<mask>[0-9.]{7,15}))?$/;
const HOSTNAME = /^(?:hostname|identity (?:fqdn|email|key-id)) (?<name>\S{1,200})$/;
const KEY = new RegExp(
  `^pre-shared-key (?:(?<use>local|remote) )?(?:[0-9] )?(?:hex )?(?<key>${SECRET_PLACEHOLDER}|[^\\s<]\\S{0,200})$`,
);
const ASIDE = /^(?:description |identity |no |ppk |dynamic|hostname )/;

export function takeIkeV2Keyring(statement: Statement, collected: Collected): Taken {
  const keyring = HEADING.exec(statement.text)?.groups?.["name"];
  if (keyring === undefined) return undefined;
  let peer: OpenKeyPeer | undefined;
  return {
    mode: "ikev2-keyring",
    tellsUnread: true,
    read: (field) => {
      const name = PEER.exec(field.text)?.groups?.["name"];
      if (name !== undefined) {
        peer = { keyring, name, line: field.line, secrets: [] };
        collected.ikeV2Keys.push(peer);
        return true;
      }
      return (peer !== undefined && readField(peer, field)) || ASIDE.test(field.text);
    },
  };
}

function readField(peer: OpenKeyPeer, { text, line, indent }: Statement): boolean {
  const address = ADDRESS.exec(text)?.groups;
  if (address) {
    // What the peer is reached at goes before what it may call itself.
    if (address["identity"] !== undefined && peer.address !== undefined) return true;
    peer.address = canonicalAddress(address["address"] ?? "");
    const { length, mask } = address;
    peer.mask = length !== undefined ? `/${length}` : (mask ?? (peer.address === "0.0.0.0" ? "0.0.0.0" : undefined));
    return peer.address !== undefined;
  }
  const hostname = indent === 0 ? undefined : HOSTNAME.exec(text)?.groups?.["name"];
  if (hostname !== undefined) {
    peer.hostname ??= hostname;
    return true;
  }
  const key = KEY.exec(text)?.groups;
  if (!key) return false;
  const use = key["use"] === "local" || key["use"] === "remote" ? key["use"] : undefined;
  peer.secrets.push({ line, use, secret: readSecret(key["key"] ?? "") });
  return true;
}

/** One key for each secret of each peer. */
export function keysOf(peers: readonly OpenKeyPeer[]): IkeKey[] {
  return peers.flatMap(({ keyring, name, address, mask, hostname, secrets }) =>
    secrets.map(
      ({ line, use, secret }): IkeKey => ({
        line,
        version: 2,
        keyring,
        block: name,
        ...(use !== undefined && { use }),
        ...(address !== undefined
          ? { address, ...(mask !== undefined && { mask }) }
          : hostname !== undefined && { hostname }),
        secret,
      }),
    ),
  );
}
