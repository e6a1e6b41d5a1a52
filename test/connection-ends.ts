/** Tunnels for tests of the comparisons, made of readings: no platform's words are in them. */
import type { PlatformId, Side } from "../src/domain/ids.ts";
import { networkFromPrefix } from "../src/domain/network.ts";
import type { Connection, ConnectionChild, EspProposal, IkeProposal } from "../src/domain/readings/connection.ts";
import type { ReadingValue } from "../src/domain/readings/index.ts";
import type { Selector } from "../src/domain/readings/ipsec.ts";
import type { Attempt } from "../src/domain/readings/log.ts";
import { readPaste } from "../src/paste/read.ts";
import { createSecretTagger } from "../src/paste/redact.ts";
import type { GivenPaste } from "../src/tunnel/known.ts";
import { type Tunnel, viewTunnel } from "../src/tunnel/tunnel.ts";
import { VENDORS } from "../src/vendors/index.ts";

export const HERE = "192.0.2.1";
export const THERE = "198.51.100.9";

export interface EndOf {
  readonly platform?: PlatformId;
  readonly values?: readonly ReadingValue[];
  /** Read as pasted, in place of values. */
  readonly text?: string;
}

/** The tunnel of two ends of which each gave one output. */
export function tunnelOf(local: EndOf, remote: EndOf): Tunnel {
  return viewTunnel({ pastes: [...given("local", local), ...given("remote", remote)], platforms: {}, cannot: [] });
}

function given(side: Side, { platform = "strongswan", values, text }: EndOf): GivenPaste[] {
  if (text !== undefined)
    return [
      {
        paste: readPaste(side, text, { vendors: VENDORS, signatures: [], tagger: createSecretTagger() }),
        saidSide: side,
      },
    ];
  if (!values) return [];
  const lines = Array.from({ length: 60 }, (_, index) => ({ number: index + 1, text: `${side} line ${index + 1}` }));
  const output = { platform, command: "config", firstLine: 1, lastLine: 60, unread: [], values };
  return [{ paste: { name: side, outputs: [output], lines, secretsRemoved: 0 }, saidSide: side }];
}

/** "aes-256 sha256 14/19": lists are parted by "/". */
export function ikeProposal(text: string, more: Partial<IkeProposal> = {}): IkeProposal {
  const [encryption = "", integrity = "", groups = ""] = text.split(" ");
  return {
    line: 5,
    encryption: encryption.split("/"),
    ...(integrity !== "" && integrity !== "-" && { integrity: integrity.split("/") }),
    ...(groups !== "" && { dhGroups: groups.split("/").map(Number) }),
    ...more,
  };
}

/** "aes-256 sha256", "aes-256 sha256 14" with PFS. */
export function espProposal(text: string): EspProposal {
  const [encryption = "", integrity = "", groups = ""] = text.split(" ");
  return {
    line: 9,
    protocol: "esp",
    encryption: encryption.split("/"),
    ...(integrity !== "-" && integrity !== "" && { integrity: integrity.split("/") }),
    pfsGroups: groups === "" ? [] : groups.split("/").map(Number),
  };
}

/** "10.1.0.0/16" */
export function selector(text: string): Selector {
  const [address = "", length = "32"] = text.split("/");
  const network = networkFromPrefix(address, Number(length));
  if (!network) throw new Error(text);
  return { network, protocol: 0, port: 0 };
}

export function child(from: string, to: string, more: Partial<ConnectionChild> = {}): ConnectionChild {
  return {
    name: "net",
    line: 8,
    mode: "tunnel",
    local: from === "" ? [] : from.split(" ").map(selector),
    remote: to === "" ? [] : to.split(" ").map(selector),
    proposals: [espProposal("aes-256 sha256")],
    at: { local: 10, remote: 11 },
    ...more,
  };
}

/** A whole configuration of one connection from `own` to `peer`, the same on both ends but for what `more` says. */
export function connections(own: string, peer: string, more: Partial<Connection> = {}): ReadingValue {
  const networks = own === HERE ? (["10.1.0.0/16", "10.2.0.0/16"] as const) : (["10.2.0.0/16", "10.1.0.0/16"] as const);
  const connection: Connection = {
    name: "to-peer",
    line: 1,
    version: 2,
    local: [own],
    remote: [peer],
    localAuth: { method: "psk", secret: { tag: "#1" } },
    remoteAuth: { method: "psk", secret: { tag: "#1" } },
    ikeProposals: [ikeProposal("aes-256 sha256 14")],
    children: [child(networks[0], networks[1])],
    at: { local: 2, remote: 3, version: 4 },
    ...more,
  };
  return { kind: "connections", connections: [connection], complete: true };
}

export function log(peer: string, attempt: Partial<Attempt>): ReadingValue {
  const events = attempt.events ?? [];
  const whole: Attempt = {
    firstLine: 20,
    lastLine: 30,
    peer,
    connections: [],
    ikeOffers: [],
    ipsecOffers: [],
    proxies: [],
    events,
    ...attempt,
  };
  return { kind: "log", topic: "log", attempts: [whole], events, chatter: 0 };
}
