/** The proxy identities of `show crypto ipsec sa`. */
import { networkFromPrefix } from "../../../domain/network.ts";
import type { Selector } from "../../../domain/readings/ipsec.ts";
import { readDecimal } from "./fields.ts";

/**
 * A proxy identity from `from` on: "(3.1.1.0/255.255.255.0/0/0)" or "(2001:DB8::/32/0/0)"; the parentheses may be lost.
 * @param wildcards the dotted wildcards of the netmasks met so far
 */
export function readSelector(text: string, from: number, wildcards: Map<number, string>): Selector | undefined {
  const open = text.charCodeAt(from) === 40 ? from + 1 : from;
  const close = text.indexOf(")", open);
  const end = close < 0 ? text.length : close;
  if (end - open > 90) return undefined;
  const first = text.indexOf("/", open);
  const second = text.indexOf("/", first + 1);
  const third = text.indexOf("/", second + 1);
  if (first < 0 || second < 0 || third < 0) return undefined;
  const protocol = readDecimal(text.slice(second + 1, third));
  const port = readDecimal(text.slice(third + 1, end));
  const network = readMasked(text, open, first, second, wildcards) ?? readPrefixed(text, open, first, second);
  if (network === undefined || protocol === undefined || port === undefined) return undefined;
  return { network, protocol, port };
}

function readPrefixed(text: string, open: number, first: number, second: number) {
  const length = readDecimal(text.slice(first + 1, second));
  return length === undefined ? undefined : networkFromPrefix(text.slice(open, first), length);
}

/** What `networkFromNetmask` reads, by position: a hub has 20,000 of them. */
function readMasked(text: string, open: number, first: number, second: number, wildcards: Map<number, string>) {
  const address = dotted(text, open, first);
  const mask = dotted(text, first + 1, second);
  if (address < 0 || mask < 0) return undefined;
  let wildcard = wildcards.get(mask);
  if (wildcard === undefined) {
    wildcard = toDotted(~mask >>> 0);
    if (wildcards.size < 1000) wildcards.set(mask, wildcard);
  }
  const network = (address & mask) >>> 0;
  return {
    family: 4 as const,
    address: network === address ? text.slice(open, first) : toDotted(network),
    wildcard,
  };
}

/** The number that a dotted address stands for; -1 where it is none, or where a part has a leading zero. */
function dotted(text: string, from: number, end: number): number {
  let whole = 0;
  let part = 0;
  let digits = 0;
  let dots = 0;
  for (let at = from; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 46) {
      if (digits === 0) return -1;
      whole = whole * 256 + part;
      part = 0;
      digits = 0;
      dots += 1;
    } else {
      if (code < 48 || code > 57 || (digits > 0 && part === 0)) return -1;
      part = part * 10 + code - 48;
      digits += 1;
      if (part > 255) return -1;
    }
  }
  return dots === 3 && digits > 0 ? whole * 256 + part : -1;
}

function toDotted(bits: number): string {
  return `${bits >>> 24}.${(bits >>> 16) & 255}.${(bits >>> 8) & 255}.${bits & 255}`;
}
