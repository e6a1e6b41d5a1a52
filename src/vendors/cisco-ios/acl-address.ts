/** The addresses and ports of an access-list entry, read word by word. */
import {
  ANY_IPV4,
  formatForIosAcl,
  hostNetwork,
  looksLikeNetmask,
  networkFromPrefix,
  networkFromWildcard,
} from "../../domain/network.ts";
import type { AclAddress } from "../../domain/readings/ipsec.ts";

/** The words of one entry and how far they have been read. */
export interface AclWords {
  readonly tokens: readonly string[];
  at: number;
  /** A wildcard was seen that looks like a netmask. */
  netmask: boolean;
  readonly family: 4 | 6;
}

/** Port names that IOS prints, so that "eq www 443 log" ends where it should. */
const PORT_NAMES: ReadonlySet<string> = new Set(
  (
    "bgp biff bootpc bootps chargen cmd daytime discard dnsix domain drip echo exec finger ftp ftp-data gopher " +
    "hostname ident irc isakmp klogin kshell login lpd mobile-ip msrpc nameserver netbios-dgm netbios-ns netbios-ss " +
    "nntp non500-isakmp ntp onep-plain onep-tls pim-auto-rp pop2 pop3 rip ripv6 smtp snmp snmptrap sunrpc syslog " +
    "tacacs talk telnet tftp time uucp who whois www xdmcp"
  ).split(" "),
);

/** What an address that is not written means: every address of the family. */
export function anyAddress(family: 4 | 6): AclAddress {
  return { network: family === 4 ? ANY_IPV4 : { family: 6, address: "::", prefixLength: 0 } };
}

/**
 * Reads an address with its port and moves on behind it; `words.netmask` remembers a netmask in the wildcard's place.
 * @param alone whether an address may stand without a wildcard (a standard list: that one host)
 * @returns undefined where no complete address stands
 */
export function readAclAddress(words: AclWords, alone: boolean): AclAddress | undefined {
  const address = readAddress(words, alone);
  if (address === undefined || alone) return address;
  const port = readPort(words);
  return port === undefined ? address : { ...address, port };
}

/** An address and its port as IOS writes them. */
export function addressText(address: AclAddress): string {
  const where = address.network ? formatForIosAcl(address.network) : `object-group ${address.objectGroup}`;
  return address.port === undefined ? where : `${where} ${address.port}`;
}

function readAddress(words: AclWords, alone: boolean): AclAddress | undefined {
  const word = words.tokens[words.at++];
  if (word === undefined) return undefined;
  const keyword = word.toLowerCase();
  if (keyword === "any") return anyAddress(words.family);
  if (keyword === "host") return ofNetwork(hostNetworkOf(words.tokens[words.at++]));
  if (keyword === "object-group") {
    const objectGroup = words.tokens[words.at++];
    return objectGroup === undefined ? undefined : { objectGroup };
  }
  if (word.includes(":")) {
    const [address = "", length = ""] = word.split("/");
    return /^\d{1,3}$/.test(length) ? ofNetwork(networkFromPrefix(address, Number(length))) : undefined;
  }
  if (word.endsWith(",") && words.tokens[words.at] === "wildcard" && words.tokens[words.at + 1] === "bits")
    words.at += 2;
  const wildcard = words.tokens[words.at] ?? "";
  const network = networkFromWildcard(word.replace(",", ""), wildcard);
  if (network === undefined) return alone ? ofNetwork(hostNetworkOf(word)) : undefined;
  words.at += 1;
  if (looksLikeNetmask(wildcard)) words.netmask = true;
  return { network };
}

function hostNetworkOf(text: string | undefined) {
  return text === undefined || !/^[0-9a-f.:]{2,45}$/i.test(text) ? undefined : hostNetwork(text);
}

function ofNetwork(network: AclAddress["network"]): AclAddress | undefined {
  return network && { network };
}

function readPort(words: AclWords): string | undefined {
  const operator = words.tokens[words.at];
  if (operator === "range") {
    words.at += 3;
    return words.tokens.slice(words.at - 3, words.at).join(" ");
  }
  if (operator !== "eq" && operator !== "neq" && operator !== "gt" && operator !== "lt") return undefined;
  const from = words.at;
  words.at += 2;
  while (isPort(words.tokens[words.at])) words.at += 1;
  return words.tokens.slice(from, words.at).join(" ");
}

function isPort(word: string | undefined): boolean {
  return word !== undefined && (/^\d{1,5}$/.test(word) || PORT_NAMES.has(word));
}
