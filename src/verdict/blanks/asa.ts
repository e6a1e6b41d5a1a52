/** Blanks in the words of an ASA configuration: what a router writes in sections, it writes in lines. */
import type { Transform } from "../../domain/crypto.ts";
import type { Side } from "../../domain/ids.ts";
import { formatForAsaAcl, type Network, prefixLengthOf } from "../../domain/network.ts";
import type { CryptoMapEntry } from "../../domain/readings/ipsec.ts";
import { cryptoAcls } from "../../tunnel/compare/crypto-acl.ts";
import { cryptoAclsAreMirrors } from "../../tunnel/compare/crypto-acls.ts";
import { type Flow, mirrored } from "../../tunnel/compare/flow.ts";
import { closestIkePair } from "../../tunnel/compare/ike-policies.ts";
import { shownPfs } from "../../tunnel/compare/map-attributes.ts";
import { cryptoInterfaces, entryForPeer } from "../../tunnel/compare/map-entry.ts";
import { protectedFlows } from "../../tunnel/compare/protected-flows.ts";
import { servingEntries } from "../../tunnel/compare/roles.ts";
import { closestTransformPair } from "../../tunnel/compare/transform-sets.ts";
import { ikeVersionAt } from "../../tunnel/ike-version.ts";
import { bothEnds, otherSide, type Tunnel } from "../../tunnel/tunnel.ts";
import { takesPeersUnnamed } from "../../tunnel/unnamed-peers.ts";
import type { EndView } from "../../tunnel/view.ts";
import type { Blanks } from "../fill.ts";
import { aclChange } from "./crypto-acl.ts";
import { entryInLog } from "./entry-in-log.ts";
import { nextHopTowardsPeer, outsideInterface } from "./interfaces.ts";

const RECOMMENDED: Transform = { encryption: "aes-256", integrity: "sha256" };

/** Dynamic entries stand last, by habit at 65535: a new one goes before them. */
const DYNAMIC = 65_000;

export function asaBlanks(tunnel: Tunnel, side: Side): Blanks {
  const end = tunnel[side];
  const version = ikeVersionAt(tunnel, side);
  const entry = entryForPeer(end)?.item;
  const named = entry ?? entryInLog(end);
  const shown = end.mapEntries?.items[0]?.item.map ?? end.flows.at(-1)?.items[0]?.item.mapTag;
  const map = named?.map ?? shown ?? "<crypto map>";
  const line = `crypto map ${map} ${named?.sequence ?? "<entry number>"}`;
  const carrier = cryptoInterfaces(end)[0] ?? outsideInterface(end)?.name;
  const pfs = shownPfs(tunnel, tunnel[otherSide(side)])?.value;
  return {
    "asa-ike": `ikev${version ?? 1}`,
    // "isakmp" shows both versions.
    "asa-ike-table": version === undefined ? "isakmp" : `ikev${version}`,
    "asa-ike-known": version && `ikev${version}`,
    "asa-debug-ike": debugLines(version),
    "asa-outside": carrier ?? "outside",
    "asa-map-line": line,
    ...startingLines(tunnel, side, version, line),
    "asa-clear": clearLines(version, end.peer),
    "asa-ike-policy": policyLines(tunnel, side, version),
    "asa-esp-proposal": espLines(tunnel, side, version, entry, line),
    "asa-psk-lines": keyLines(version, end.peer),
    "asa-pfs-line":
      pfs !== undefined && !/^\d+$/.test(pfs) ? `no ${line} set pfs` : `${line} set pfs group${pfs ?? "14"}`,
    "asa-map-entry": entryLines(tunnel, side, version, map, named?.sequence),
    "asa-nat-exemption": exemptionLines(tunnel, side, carrier),
    "asa-routes": routeLines(tunnel, end, carrier),
    ...aclBlanks(tunnel, side),
  };
}

function clearLines(version: 1 | 2 | undefined, peer = "<peer>"): string {
  const versions = version === undefined ? [1, 2] : [version];
  return [`clear crypto ipsec sa peer ${peer}`, ...versions.map((one) => `clear crypto ikev${one} sa ${peer}`)].join(
    "\n",
  );
}

/** Of the version that is not in use nothing is printed. */
function debugLines(version: 1 | 2 | undefined): string {
  const [one, two] = ["debug crypto ikev1 127", "debug crypto ikev2 platform 127\ndebug crypto ikev2 protocol 127"];
  return version === 1 ? one : version === 2 ? two : `${one}\n${two}`;
}

/** A policy like the other end's closest; where that is not known, what is recommended (RFC 8247). */
function policyLines(tunnel: Tunnel, side: Side, version: 1 | 2 | undefined): string {
  const theirs = closestIkePair(tunnel)?.[otherSide(side)].values;
  const value = (name: "encryption" | "integrity" | "auth" | "dhGroup", otherwise: string) =>
    [theirs?.[name] ?? otherwise].flat()[0] ?? otherwise;
  const encryption = asaCipher(value("encryption", "aes-256"));
  const integrity = value("integrity", "sha256");
  const group = value("dhGroup", "14");
  const used = (tunnel[side].policies?.items ?? []).map(({ item }) => item.priority);
  const priority = used.length === 0 ? "<a free number>" : `${Math.max(...used) + 5}`;
  if (version === 2) {
    const hashes = encryption.includes("gcm")
      ? [" integrity null", " prf sha256"]
      : [` integrity ${asaHash(integrity)}`, ` prf ${asaHash(integrity)}`];
    return [
      `crypto ikev2 policy ${priority}`,
      ` encryption ${encryption}`,
      ...hashes,
      ` group ${group}`,
      " lifetime seconds 86400",
    ].join("\n");
  }
  const auth = value("auth", "psk") === "psk" ? "pre-share" : "rsa-sig";
  return [
    `crypto ikev1 policy ${priority}`,
    ` authentication ${auth}`,
    ` encryption ${encryption}`,
    ` hash ${asaHash(integrity)}`,
    ` group ${group}`,
    " lifetime 86400",
  ].join("\n");
}

/** A set or proposal of its own like the other end's, tried first by this entry only. */
function espLines(
  tunnel: Tunnel,
  side: Side,
  version: 1 | 2 | undefined,
  entry: CryptoMapEntry | undefined,
  line: string,
): string {
  const transform = closestTransformPair(tunnel)?.[otherSide(side)].transform ?? RECOMMENDED;
  const before = (entry?.transformSets ?? []).join(" ");
  const names = (name: string) => `${name} ${before}`.trim();
  const cipher = transform.encryption ?? "aes-256";
  if (version === 2) {
    const hash = cipher.includes("gcm") ? "null" : asaEspHash(transform.integrity ?? "sha256", "-");
    return [
      "crypto ipsec ikev2 ipsec-proposal PROP-COMMON",
      ` protocol esp encryption ${asaCipher(cipher)}`,
      ` protocol esp integrity ${hash}`,
      `${line} set ikev2 ipsec-proposal ${names("PROP-COMMON")}`,
    ].join("\n");
  }
  const hash = transform.integrity === undefined ? "esp-none" : `esp-${asaHash(transform.integrity)}-hmac`;
  return [
    `crypto ipsec ikev1 transform-set TS-COMMON esp-${asaCipher(cipher)} ${hash}`,
    `${line} set ikev1 transform-set ${names("TS-COMMON")}`,
  ].join("\n");
}

function keyLines(version: 1 | 2 | undefined, peer = "<peer>"): string {
  const lines =
    version === 2
      ? [" ikev2 remote-authentication pre-shared-key NEW-KEY", " ikev2 local-authentication pre-shared-key NEW-KEY"]
      : [" ikev1 pre-shared-key NEW-KEY"];
  return [`tunnel-group ${peer} type ipsec-l2l`, `tunnel-group ${peer} ipsec-attributes`, ...lines].join("\n");
}

/** All that an entry needs; what the other end protects tells the list. */
function entryLines(
  tunnel: Tunnel,
  side: Side,
  version: 1 | 2 | undefined,
  map: string,
  named: number | undefined,
): string {
  const end = tunnel[side];
  const own = entryForPeer(end)?.item;
  const used = (end.mapEntries?.items ?? []).map(({ item }) => item.sequence);
  const free = used.length === 0 ? "<entry number>" : `${Math.max(...used.filter((one) => one < DYNAMIC), 0) + 10}`;
  const line = `crypto map ${map} ${named ?? free}`;
  const name = own?.aclName ?? "VPN-TO-PEER";
  const known = cryptoAcls(tunnel, end)?.[0] !== undefined && own?.aclName !== undefined;
  const flows = known ? [] : (protectedFlows(tunnel, tunnel[otherSide(side)]) ?? []).map(mirrored);
  const sets = (end.transformSets?.items ?? []).map(({ item }) => item.name);
  const set = own?.transformSets[0] ?? sets[0] ?? "<transform set>";
  const word = version === 2 ? "ikev2 ipsec-proposal" : "ikev1 transform-set";
  return [
    ...flows.map((flow) => permitLine(name, flow)),
    ...(known || flows.length > 0 ? [] : [`access-list ${name} extended permit ip <network here> <network there>`]),
    `${line} match address ${name}`,
    `${line} set peer ${end.peer ?? "<peer>"}`,
    `${line} set ${word} ${set}`,
  ].join("\n");
}

/** What lets this end begin: a dynamic map names nobody to begin with, whatever its connection-type; it takes an entry of its own. */
function startingLines(tunnel: Tunnel, side: Side, version: 1 | 2 | undefined, line: string): Blanks {
  const items = (tunnel[side].mapEntries?.items ?? []).map(({ item }) => item);
  const entry = entryForPeer(tunnel[side])?.item;
  const dynamic = items.find((item) => takesPeersUnnamed(item) && item.type !== "dynamic");
  if (dynamic === undefined || (entry !== undefined && entry.peers.length > 0))
    return {
      "asa-bidirectional-line": `${line} set connection-type bidirectional`,
      "asa-entry-before-dynamic": undefined,
    };
  const canBeFreed = bothEnds(tunnel).some((end) =>
    servingEntries(end).some(({ item }) => item.responderOnly === true),
  );
  if (canBeFreed || tunnel[side].peer === undefined)
    return { "asa-bidirectional-line": undefined, "asa-entry-before-dynamic": undefined };
  const taken = new Set(items.filter(({ map }) => map === dynamic.map).map(({ sequence }) => sequence));
  const free = [10, 5, 1].find((number) => number < dynamic.sequence && !taken.has(number));
  return {
    "asa-bidirectional-line": undefined,
    "asa-entry-before-dynamic": entryLines(tunnel, side, version, dynamic.map, free),
  };
}

/** Objects for both sides and the rule that leaves them alone, before all others. */
function exemptionLines(tunnel: Tunnel, side: Side, carrier: string | undefined): string | undefined {
  const own = protectedFlows(tunnel, tunnel[side]) ?? [];
  const flows = own.length > 0 ? own : (protectedFlows(tunnel, tunnel[otherSide(side)]) ?? []).map(mirrored);
  const [flow] = flows;
  if (!flow) return undefined;
  const inside = tunnel[side].interfaces?.items.find(({ item }) => item.nat === "inside")?.item.name ?? "inside";
  const members = (networks: readonly Network[]) => [
    ...new Set(networks.map((network) => ` network-object ${formatForAsaAcl(network)}`)),
  ];
  return [
    "object-group network VPN-HERE",
    ...members(flows.map(({ source }) => source)),
    "object-group network VPN-THERE",
    ...members(flows.map(({ destination }) => destination)),
    `nat (${inside},${carrier ?? "outside"}) 1 source static VPN-HERE VPN-HERE destination static VPN-THERE VPN-THERE no-proxy-arp route-lookup`,
  ].join("\n");
}

function routeLines(tunnel: Tunnel, end: EndView, carrier: string | undefined): string | undefined {
  const flows = protectedFlows(tunnel, end) ?? [];
  const hop = nextHopTowardsPeer(end) ?? "<next hop outside>";
  const lines = flows
    .map(({ destination }) => destination)
    .filter((network) => network.family === 4 && (prefixLengthOf(network) ?? 0) > 0)
    .map(
      (network) =>
        `route ${carrier ?? "outside"} ${formatForAsaAcl(network).replace(/^host (\S+)$/, "$1 255.255.255.255")} ${hop}`,
    );
  return lines.length === 0 ? undefined : [...new Set(lines)].join("\n");
}

/** What makes this end's crypto ACL the mirror of the other's; where neither is to blame, one of two ways. */
function aclBlanks(tunnel: Tunnel, side: Side): Blanks {
  const change = aclChange(tunnel, side);
  const out = (change?.out ?? []).map(
    (entry) => `no access-list ${change?.name} extended ${entry.replace(/^ no /, "")}`,
  );
  const into = (change?.into ?? []).map((flow) => permitLine(change?.name ?? "", flow));
  const lines = change && [...out, ...into].join("\n");
  const isEitherOr = cryptoAclsAreMirrors(tunnel).side === "both" && aclChange(tunnel, otherSide(side)) !== undefined;
  const kind = !change ? undefined : out.length === 0 ? "add" : into.length === 0 ? "take-out" : "change";
  return {
    "asa-acl-lines": isEitherOr ? undefined : lines,
    "asa-acl-add-or": isEitherOr && kind === "add" ? lines : undefined,
    "asa-acl-take-out-or": isEitherOr && kind === "take-out" ? lines : undefined,
    "asa-acl-change-or": isEitherOr && kind === "change" ? lines : undefined,
  };
}

const PROTOCOL_WORDS: Readonly<Record<string, string>> = { "6": "tcp", "17": "udp", "1": "icmp", "47": "gre" };

function permitLine(name: string, flow: Flow): string {
  const port = (text: string) => (text === "" ? "" : ` ${text}`);
  const protocol = PROTOCOL_WORDS[flow.protocol] ?? flow.protocol;
  return `access-list ${name} extended permit ${protocol} ${formatForAsaAcl(flow.source)}${port(flow.sourcePort)} ${formatForAsaAcl(flow.destination)}${port(flow.destinationPort)}`;
}

/** "aes-128" is "aes" in the ASA's words. */
function asaCipher(name: string): string {
  return name === "aes-128" ? "aes" : name === "aes-gcm-128" ? "aes-gcm" : name;
}

function asaHash(name: string): string {
  return name === "sha1" ? "sha" : name;
}

/** IPsec proposals write "sha-1" and "sha-256". */
function asaEspHash(name: string, sign: string): string {
  return name.replace(/^sha/, `sha${sign}`);
}
