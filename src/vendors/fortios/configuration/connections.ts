/**
 * `config vpn ipsec phase1-interface` with its `phase2-interface` entries (and `phase1`, `phase2`) as connections. What is
 * not written is the default only where every release has the same: IKEv1 in main mode, phase 2 for all networks, PFS on,
 * NAT traversal on, DPD on demand every 20 seconds. Source: FortiOS CLI Reference.
 */
import { canonicalAddress } from "../../../domain/network.ts";
import type { Connection, ConnectionAuth, IkeProposal } from "../../../domain/readings/connection.ts";
import { readSecret } from "../../../domain/secret.ts";
import { suiteOf } from "../algorithms.ts";
import { childOf } from "./child.ts";
import type { Objects } from "./networks.ts";
import { type Entry, entriesOf, linesOf, type Sections, wordOf } from "./sections.ts";

const PHASE1 = ["vpn ipsec phase1-interface", "vpn ipsec phase1"];
const PHASE2 = ["vpn ipsec phase2-interface", "vpn ipsec phase2"];
const OF_PHASE1 = ["psksecret", "remote-gw", "peertype", "ike-version", "peerid", "localid", "nattraversal"];

/** The addresses of interfaces by name, as far as the configuration shows them. */
export type Addresses = ReadonlyMap<string, string>;

export function connectionsOf(sections: Sections, objects: Objects, addresses: Addresses): Connection[] {
  const phase2 = entriesOf(sections, PHASE2, ["phase1name"]);
  return entriesOf(sections, PHASE1, OF_PHASE1)
    .filter(({ name, isNested }) => name !== undefined && !isNested)
    .map((entry) => connectionOf(entry, phase2, objects, addresses));
}

function connectionOf(entry: Entry, phase2: readonly Entry[], objects: Objects, addresses: Addresses): Connection {
  const name = entry.name ?? "";
  const of = (setting: string) => wordOf(entry, setting);
  const version = of("ike-version") === "2" ? 2 : 1;
  const retry = Number(of("dpd-retryinterval") ?? 20);
  const dpd = of("dpd");
  const isOfInterface = !/phase1$/.test(entry.table);
  return {
    name,
    line: entry.line,
    version,
    ...(version === 1 && { exchange: of("mode") === "aggressive" ? ("aggressive" as const) : ("main" as const) }),
    local: localOf(entry, addresses),
    remote: remoteOf(entry),
    ...authOf(entry),
    ikeProposals: ikeProposalsOf(entry, version),
    children: phase2.filter((child) => wordOf(child, "phase1name") === name).map((child) => childOf(child, objects)),
    dpdSeconds: dpd === "disable" ? 0 : retry,
    dpdAction: dpd ?? "on-demand",
    natTraversal: natTraversalOf(of("nattraversal")),
    fragmentation: of("fragmentation") !== "disable",
    ...(of("passive-mode") === "enable" && { responderOnly: true }),
    ...(isOfInterface && { tunnelInterface: name }),
    interface: of("interface"),
    at: linesOf(entry, {
      version: "ike-version",
      exchange: "mode",
      local: "local-gw",
      interface: "interface",
      remote: "remote-gw",
      proposals: "proposal",
      dpdSeconds: "dpd",
      natTraversal: "nattraversal",
      fragmentation: "fragmentation",
      responderOnly: "passive-mode",
    }),
  };
}

function natTraversalOf(word: string | undefined): "on" | "off" | "forced" {
  if (word === "disable") return "off";
  return word === "forced" ? "forced" : "on";
}

function localOf(entry: Entry, addresses: Addresses): string[] {
  const own = canonicalAddress(wordOf(entry, "local-gw") ?? "");
  if (own !== undefined && own !== "0.0.0.0") return [own];
  const known = addresses.get(wordOf(entry, "interface") ?? "");
  return known === undefined ? [] : [known];
}

function remoteOf(entry: Entry): string[] {
  const type = wordOf(entry, "type");
  if (type === "dynamic") return ["%any"];
  if (type === "ddns") return [wordOf(entry, "remotegw-ddns") ?? "%any"];
  const address = canonicalAddress(wordOf(entry, "remote-gw") ?? "");
  return address === undefined || address === "0.0.0.0" ? [] : [address];
}

/** One key serves both directions, unless IKEv2 has one for each. */
function authOf(entry: Entry): Pick<Connection, "localAuth" | "remoteAuth"> {
  const method = wordOf(entry, "authmethod") === "signature" ? "rsa-sig" : "psk";
  const theirs = wordOf(entry, "authmethod-remote");
  const peerMethod = theirs === undefined ? method : theirs === "signature" ? "rsa-sig" : "psk";
  const key = entry.settings.get("psksecret");
  const peerKey = entry.settings.get("psksecret-remote") ?? key;
  const localAuth: ConnectionAuth = {
    method,
    id: identity(wordOf(entry, "localid")),
    ...(method === "psk" && key && { secret: readSecret(key.words.join(" ")) }),
    at: linesOf(entry, { method: "authmethod", id: "localid", secret: "psksecret" }),
  };
  const type = wordOf(entry, "peertype");
  const remoteAuth: ConnectionAuth = {
    method: peerMethod,
    id: type === "any" ? "%any" : type === "one" ? identity(wordOf(entry, "peerid")) : undefined,
    ...(peerMethod === "psk" && peerKey && { secret: readSecret(peerKey.words.join(" ")) }),
    at: linesOf(entry, {
      method: "authmethod-remote",
      id: type === "one" ? "peerid" : "peertype",
      secret: entry.settings.has("psksecret-remote") ? "psksecret-remote" : "psksecret",
    }),
  };
  return { localAuth, remoteAuth };
}

function identity(text: string | undefined): string | undefined {
  return text === undefined || text === "" ? undefined : (canonicalAddress(text) ?? text);
}

/** Every suite of `proposal` with every group of `dhgrp`; both have defaults that differ with the release. */
function ikeProposalsOf(entry: Entry, version: 1 | 2): IkeProposal[] {
  const proposal = entry.settings.get("proposal");
  const groups = entry.settings.get("dhgrp");
  if (!proposal) return [{ line: entry.line, name: "default", isDefault: true }];
  const lifetime = Number(wordOf(entry, "keylife") ?? 86_400);
  return proposal.words.map((name) => {
    const suite = suiteOf(name);
    // A suite that is not known must not look like one that the other end lacks.
    if (!suite) return { line: proposal.line, name, isDefault: true };
    return {
      line: proposal.line,
      name,
      encryption: [suite.encryption],
      integrity: [suite.integrity ?? "none"],
      ...(version === 2 && suite.prf !== undefined && { prf: [suite.prf] }),
      ...(groups && { dhGroups: groups.words.map(Number) }),
      ...(version === 1 && { auth: wordOf(entry, "authmethod") === "signature" ? "rsa-sig" : "psk" }),
      lifetimeSeconds: lifetime,
      at: {
        encryption: proposal.line,
        integrity: proposal.line,
        ...(groups && { dhGroups: groups.line }),
        ...linesOf(entry, { lifetimeSeconds: "keylife" }),
      },
    };
  });
}
