/**
 * Address sets as crypto ACLs and proxy identities know them: IPv4 with any wildcard, IPv6 with a prefix length.
 */
import ipaddr from "ipaddr.js";

export interface Ipv4Network {
  readonly family: 4;
  /** Dotted address with the wildcarded bits cleared, so that equal sets are equal text. */
  readonly address: string;
  /** Dotted wildcard: a set bit means "any"; need not be contiguous. */
  readonly wildcard: string;
}
export interface Ipv6Network {
  readonly family: 6;
  readonly address: string;
  readonly prefixLength: number;
}
export type Network = Ipv4Network | Ipv6Network;

export const ANY_IPV4: Ipv4Network = { family: 4, address: "0.0.0.0", wildcard: "255.255.255.255" };

/** An address in the one spelling we compare by (IPv6 shortened, lower case), or undefined if it is none. */
export function canonicalAddress(text: string): string | undefined {
  // What most addresses are printed as is the spelling we compare by: the library takes long to come to the same.
  if (text === "") return undefined;
  if (toNumber(text) !== undefined) return text;
  if (!/^[0-9a-f.:]+$/i.test(text)) return undefined;
  if (text.includes(":")) return ipaddr.IPv6.isValid(text) ? ipaddr.IPv6.parse(text).toString() : undefined;
  return ipaddr.IPv4.isValidFourPartDecimal(text) ? ipaddr.IPv4.parse(text).toString() : undefined;
}

/** IPv4 `address` with a wildcard mask (as in an IOS ACL); undefined if either is not dotted decimal. */
export function networkFromWildcard(address: string, wildcard: string): Ipv4Network | undefined {
  const bits = toNumber(address);
  const any = toNumber(wildcard);
  if (bits === undefined || any === undefined) return undefined;
  return { family: 4, address: toDotted((bits & ~any) >>> 0), wildcard: toDotted(any) };
}

/** IPv4 `address` with a netmask (as in a proxy identity); undefined if either is not dotted decimal. */
export function networkFromNetmask(address: string, netmask: string): Ipv4Network | undefined {
  const mask = toNumber(netmask);
  return mask === undefined ? undefined : networkFromWildcard(address, toDotted(~mask >>> 0));
}

/** Of each prefix length. */
const WILDCARDS: readonly string[] = Array.from({ length: 33 }, (_, length) =>
  toDotted(length === 32 ? 0 : 0xffffffff >>> length),
);

/** `address` of either family with a prefix length; undefined if it is no such thing. */
export function networkFromPrefix(address: string, prefixLength: number): Network | undefined {
  if (!Number.isInteger(prefixLength) || prefixLength < 0) return undefined;
  if (!address.includes(":")) {
    const bits = prefixLength > 32 ? undefined : toNumber(address);
    if (bits === undefined) return undefined;
    const mask = prefixLength === 0 ? 0 : (-1 << (32 - prefixLength)) >>> 0;
    const network = (bits & mask) >>> 0;
    return {
      family: 4,
      address: network === bits ? address : toDotted(network),
      wildcard: WILDCARDS[prefixLength] ?? "",
    };
  }
  if (prefixLength > 128 || !ipaddr.IPv6.isValid(address)) return undefined;
  const network = ipaddr.IPv6.networkAddressFromCIDR(`${address}/${prefixLength}`);
  return { family: 6, address: network.toString(), prefixLength };
}

/** The network that a range of addresses is, as selectors are printed; undefined where it is none, or not of one family. */
export function networkFromRange(first: string, last: string): Network | undefined {
  if (!first.includes(":")) {
    const from = toNumber(first);
    const to = toNumber(last);
    if (from === undefined || to === undefined) return undefined;
    const wildcard = (from ^ to) >>> 0;
    const isBlock = (wildcard & (wildcard + 1)) === 0 && (from & wildcard) === 0;
    return isBlock ? networkFromWildcard(first, toDotted(wildcard)) : undefined;
  }
  if (!ipaddr.IPv6.isValid(first) || !ipaddr.IPv6.isValid(last)) return undefined;
  const from = ipaddr.IPv6.parse(first).toByteArray();
  const to = ipaddr.IPv6.parse(last).toByteArray();
  let length = 0;
  while (length < 128 && bitAt(from, length) === bitAt(to, length)) length += 1;
  for (let bit = length; bit < 128; bit += 1) if (bitAt(from, bit) !== 0 || bitAt(to, bit) !== 1) return undefined;
  return networkFromPrefix(first, length);
}

function bitAt(bytes: readonly number[], bit: number): number {
  return ((bytes[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1;
}

/** A single address as a set of one. */
export function hostNetwork(address: string): Network | undefined {
  return networkFromPrefix(address, address.includes(":") ? 128 : 32);
}

/**
 * A network as devices write one in a word: "10.1.0.0/16", "2001:db8::/64", "10.1.0.0/255.255.0.0",
 * "10.1.0.0-10.1.255.255", or one address. Undefined for what is no network, and for a range that is none.
 */
export function networkFromText(text: string): Network | undefined {
  const [first = "", mask] = text.split("/");
  if (mask !== undefined)
    return /^\d{1,3}$/.test(mask) ? networkFromPrefix(first, Number(mask)) : networkFromNetmask(first, mask);
  const [from = "", to] = text.split("-");
  return to === undefined ? hostNetwork(canonicalAddress(from) ?? "") : networkFromRange(from, to);
}

export function sameNetwork(one: Network, other: Network): boolean {
  if (one.family === 4) return other.family === 4 && one.address === other.address && one.wildcard === other.wildcard;
  return other.family === 6 && one.address === other.address && one.prefixLength === other.prefixLength;
}

/** Whether every address of `inner` is in `outer`. */
export function containsNetwork(outer: Network, inner: Network): boolean {
  if (outer.family === 4) {
    if (inner.family !== 4) return false;
    const any = toNumber(outer.wildcard) ?? 0;
    const innerAny = toNumber(inner.wildcard) ?? 0;
    const differing = ((toNumber(outer.address) ?? 0) ^ (toNumber(inner.address) ?? 0)) & ~any;
    return differing === 0 && (innerAny & ~any) === 0;
  }
  return (
    inner.family === 6 &&
    inner.prefixLength >= outer.prefixLength &&
    ipaddr.IPv6.parse(inner.address).match(ipaddr.IPv6.parse(outer.address), outer.prefixLength)
  );
}

/** Whether the two sets share at least one address. */
export function overlaps(one: Network, other: Network): boolean {
  if (one.family === 4 && other.family === 4) {
    const fixed = ~(toNumber(one.wildcard) ?? 0) & ~(toNumber(other.wildcard) ?? 0);
    return (((toNumber(one.address) ?? 0) ^ (toNumber(other.address) ?? 0)) & fixed) === 0;
  }
  return containsNetwork(one, other) || containsNetwork(other, one);
}

/** The prefix length of a contiguous network, or undefined for a wildcard with holes. */
export function prefixLengthOf(network: Network): number | undefined {
  if (network.family === 6) return network.prefixLength;
  const mask = ~(toNumber(network.wildcard) ?? 0) >>> 0;
  const length = Math.clz32(~mask >>> 0);
  return mask === (length === 0 ? 0 : (-1 << (32 - length)) >>> 0) ? length : undefined;
}

/** "10.1.0.0/16", "any", a single address as it is, or "10.0.0.1 wildcard 0.255.0.0" where the wildcard has holes. */
export function formatNetwork(network: Network): string {
  const length = prefixLengthOf(network);
  if (length === undefined) return `${network.address} wildcard ${network.family === 4 ? network.wildcard : ""}`;
  if (length === 0) return "any";
  return length === (network.family === 4 ? 32 : 128) ? network.address : `${network.address}/${length}`;
}

/** The network as an IOS ACL writes it: "host A", "any" or "A W". */
export function formatForIosAcl(network: Network): string {
  const length = prefixLengthOf(network);
  if (length === 0) return "any";
  if (network.family === 6) return length === 128 ? `host ${network.address}` : `${network.address}/${length}`;
  return length === 32 ? `host ${network.address}` : `${network.address} ${network.wildcard}`;
}

/** The network as an ASA access list writes it: "host A", "any4", "any6", "A M" with a netmask, for IPv6 "A/64". */
export function formatForAsaAcl(network: Network): string {
  const length = prefixLengthOf(network);
  if (network.family === 6)
    return length === 0 ? "any6" : length === 128 ? `host ${network.address}` : `${network.address}/${length}`;
  if (length === 0) return "any4";
  return length === 32 ? `host ${network.address}` : `${network.address} ${netmaskOf(network)}`;
}

/** "255.255.0.0"; for IPv6, and for a wildcard with holes, there is none. */
export function maskOf(network: Network): string | undefined {
  return network.family === 6 || prefixLengthOf(network) === undefined ? undefined : netmaskOf(network);
}

/** The wildcard's bits turned round, holes and all. */
export function netmaskOf({ wildcard }: Ipv4Network): string {
  return toDotted(~(toNumber(wildcard) ?? 0) >>> 0);
}

/**
 * Whether what stands in a wildcard's place is a netmask: 255.255.255.0 there matches hosts .0 of every network
 * instead of one network (catalogue 3.2, ipsec-proxy-mismatch). The all-ones and all-zeros masks are ambiguous: no.
 */
export function looksLikeNetmask(wildcard: string): boolean {
  const bits = toNumber(wildcard);
  if (bits === undefined || bits === 0 || bits === 0xffffffff) return false;
  const length = Math.clz32(~bits >>> 0);
  return length > 0 && bits === (-1 << (32 - length)) >>> 0;
}

/** Dotted decimal as 32 bits; undefined for anything else. By hand: access lists of 10,000 entries ask a million times. */
function toNumber(dotted: string): number | undefined {
  let bits = 0;
  let octet = -1;
  let dots = 0;
  for (let index = 0; index < dotted.length; index += 1) {
    const digit = dotted.charCodeAt(index) - 48;
    if (digit >= 0 && digit <= 9) {
      // A leading zero could mean octal.
      if (octet === 0) return undefined;
      octet = octet < 0 ? digit : octet * 10 + digit;
      if (octet > 255) return undefined;
    } else if (digit === -2 && octet >= 0 && dots < 3) {
      bits = (bits << 8) | octet;
      octet = -1;
      dots += 1;
    } else return undefined;
  }
  return dots === 3 && octet >= 0 ? ((bits << 8) | octet) >>> 0 : undefined;
}

function toDotted(bits: number): string {
  return `${bits >>> 24}.${(bits >>> 16) & 255}.${(bits >>> 8) & 255}.${bits & 255}`;
}
