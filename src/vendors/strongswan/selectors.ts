/** Traffic selectors: "10.1.0.0/16", "10.1.0.5/32[tcp/443]", "10.1.0.0/16|/0", "10.1.2.3..10.1.2.9", "dynamic". */
import { canonicalAddress, hostNetwork, networkFromPrefix } from "../../domain/network.ts";
import type { Selector } from "../../domain/readings/ipsec.ts";

const SELECTOR = /^([0-9a-fA-F.:]{2,45})(?:\/(\d{1,3}))?(?:\[([\w-]{1,15})?(?:\/([\w-]{1,30}))?\])?(?:\|\S{0,60})?$/;

const PROTOCOLS: Readonly<Record<string, number>> = { icmp: 1, tcp: 6, udp: 17, gre: 47, "ipv6-icmp": 58, sctp: 132 };

/** The selector; undefined for a range, for "dynamic" and for what is none. */
export function readSelector(text: string): Selector | undefined {
  return readPlain(text) ?? readAny(text);
}

/** "10.1.0.0/16", as a hub prints twice for each of ten thousand; all other forms are left to the pattern. */
function readPlain(text: string): Selector | undefined {
  const slash = text.indexOf("/");
  const digits = text.length - slash - 1;
  if (slash < 0 || digits < 1 || digits > 2) return undefined;
  let length = 0;
  for (let at = slash + 1; at < text.length; at += 1) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return undefined;
    length = length * 10 + digit;
  }
  const address = text.slice(0, slash);
  const network = address.includes(":") ? undefined : networkFromPrefix(address, length);
  return network && { network, protocol: 0, port: 0 };
}

function readAny(text: string): Selector | undefined {
  const match = SELECTOR.exec(text.trim());
  if (!match) return undefined;
  const [, address = "", length, protocol, port] = match;
  const network =
    length === undefined ? hostNetwork(canonicalAddress(address) ?? "") : networkFromPrefix(address, Number(length));
  if (!network) return undefined;
  return { network, protocol: numberOf(protocol), port: port === undefined ? 0 : Number(/^\d+$/.exec(port)?.[0] ?? 0) };
}

function numberOf(protocol: string | undefined): number {
  if (protocol === undefined) return 0;
  return PROTOCOLS[protocol] ?? (/^\d{1,3}$/.test(protocol) ? Number(protocol) : 0);
}

/**
 * All selectors of a list, separated by blanks or commas. Empty: "dynamic" alone, the endpoints themselves; undefined where
 * one of them can't be read, so that nothing is compared with half of it.
 */
export function readSelectors(text: string): Selector[] | undefined {
  const only = readPlain(text);
  if (only) return [only];
  const words = /[\s,]/.test(text) ? text.split(/[\s,]+/).filter((word) => word !== "") : [text];
  if (words.length === 0 || text === "") return undefined;
  const selectors: Selector[] = [];
  for (const word of words) {
    if ((word.startsWith("dynamic") && /^dynamic\b/.test(word)) || word === "%dynamic") continue;
    const selector = readSelector(word);
    if (!selector) return undefined;
    selectors.push(selector);
  }
  return selectors;
}
