/** Our names of algorithms in the words of an IOS configuration. */
import type { Transform } from "../../domain/crypto.ts";
import { formatForIosAcl } from "../../domain/network.ts";
import type { Flow } from "../../tunnel/compare/flow.ts";

/** "aes-256" → "aes 256"; names that IOS writes as we do stay. */
export function iosEncryption(name: string): string {
  if (name === "aes-128") return "aes";
  return name.replace(/^aes-(\d+)$/, "aes $1");
}

export function iosHash(name: string): string {
  return name === "sha1" ? "sha" : name;
}

export function iosAuth(name: string): string {
  return name === "psk" ? "pre-share" : name;
}

/** "esp-aes 256 esp-sha256-hmac". */
export function iosTransform({ encryption, integrity, ah, compression }: Transform): string {
  const words: string[] = [];
  if (ah !== undefined) words.push(`ah-${iosHash(ah)}-hmac`);
  if (encryption !== undefined) words.push(espWords(encryption));
  if (integrity !== undefined && integrity !== "none") words.push(`esp-${iosHash(integrity)}-hmac`);
  if (compression !== undefined) words.push(`comp-${compression}`);
  return words.join(" ");
}

function espWords(encryption: string): string {
  const [, family = "", bits = ""] = /^(aes|aes-gcm|aes-gmac)-(\d+)$/.exec(encryption) ?? [];
  if (family === "aes") return bits === "128" ? "esp-aes" : `esp-aes ${bits}`;
  if (family !== "") return `esp-${family.slice(4)} ${bits}`;
  return `esp-${encryption}`;
}

/** The line that opens a crypto map entry; those for IPv6 peers are maps of their own kind. */
export function mapEntryLine(map: string | undefined, sequence: number | undefined, peer: string | undefined): string {
  const family = peer?.includes(":") === true ? "ipv6 " : "";
  // An IPsec profile is kept as a map of one entry, number 0.
  if (sequence === 0 && map !== undefined) return `crypto ipsec profile ${map}`;
  return `crypto map ${family}${map ?? "<crypto map>"} ${sequence ?? "<entry number>"} ipsec-isakmp`;
}

/** The line that opens an access list in which flows of this family can be named. */
export function aclTitle(name: string, family: 4 | 6 | undefined): string {
  return family === 6 ? `ipv6 access-list ${name}` : `ip access-list extended ${name}`;
}

/** An entry of an IOS access list that permits a flow, indented as it stands under its heading. */
export function permitLine(flow: Flow): string {
  return ` permit ${flowWords(flow)}`;
}

/** A flow as an IOS access list writes it: "tcp 10.1.0.0 0.0.255.255 any eq 443", "ipv6 2001:db8:1::/48 any". */
export function flowWords(flow: Flow): string {
  const any = flow.source.family === 6 ? "ipv6" : "ip";
  const protocol = flow.protocol === "ip" ? any : (PROTOCOL_WORDS[flow.protocol] ?? flow.protocol);
  const port = (text: string) => (text === "" ? "" : ` ${text}`);
  return `${protocol} ${formatForIosAcl(flow.source)}${port(flow.sourcePort)} ${formatForIosAcl(flow.destination)}${port(flow.destinationPort)}`;
}

const PROTOCOL_WORDS: Readonly<Record<string, string>> = { "6": "tcp", "17": "udp", "1": "icmp", "47": "gre" };

/** Whether an algorithm is not to be used any more (RFC 8247, RFC 8221). */
export function isWeak(name: string | undefined): boolean {
  return name !== undefined && name !== "sha1" && WEAK.has(name);
}

/** What is weak in these names and what to move to, in one sentence; "" if nothing is (RFC 8247, RFC 8221). */
export function weaknessAdvice(names: readonly string[]): string {
  const weak = names.filter((name) => WEAK.has(name)).map((name) => WEAK.get(name) ?? name);
  if (weak.length === 0) return "";
  const list = weak.length === 1 ? `${weak[0]} is` : `${weak.slice(0, -1).join(", ")} and ${weak.at(-1)} are`;
  return `${list} weak: once the tunnel is up, move both ends to AES-256, SHA-256 and group 14 or better.`;
}

const WEAK: ReadonlyMap<string, string> = new Map([
  ["des", "DES"],
  ["3des", "3DES"],
  ["md5", "MD5"],
  ["sha1", "SHA-1"],
  ["group 1", "group 1"],
  ["group 2", "group 2"],
  ["group 5", "group 5"],
]);

/** A name that nothing has yet: the wanted one, else with a number behind it. */
export function freeName(wanted: string, taken: readonly string[]): string {
  let name = wanted;
  for (let number = 2; taken.includes(name); number += 1) name = `${wanted}-${number}`;
  return name;
}
