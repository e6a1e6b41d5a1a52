/** Proxy identities as `debug crypto ipsec` prints them. */
import { hostNetwork, networkFromNetmask, networkFromPrefix } from "../../../domain/network.ts";
import type { Selector } from "../../../domain/readings/ipsec.ts";

export interface ProxyPart {
  /** From this end's point of view, in an INBOUND message; "dest" and "src" are of releases before 12.0. */
  readonly of: "local" | "remote";
  readonly selector: Selector;
}

const PART =
  /\b(local|remote|dest|src)_proxy ?= {0,3}([0-9a-f.:]{2,45})\/([0-9a-f.:]{1,45})\/(\d{1,3})\/(\d{1,5})(?: {0,3}\(type ?= ?(\d{1,2})\))?/gi;
const NAMES: Readonly<Record<string, ProxyPart["of"]>> = {
  local: "local",
  dest: "local",
  remote: "remote",
  src: "remote",
};
/** An identity of a single address (RFC 2407 section 4.6.2.1): some releases print no mask with it. */
const SINGLE_ADDRESS = new Set(["1", "5"]);
/** A release's way to write "any protocol"; the field has 8 bits. */
const ANY_PROTOCOL = 256;

/** All "local_proxy= A/M/P/P (type=4)" of a line. */
export function readProxies(text: string): ProxyPart[] {
  const parts: ProxyPart[] = [];
  for (const [, name = "", address = "", mask = "", protocol, port, type] of text.matchAll(PART)) {
    const of = NAMES[name.toLowerCase()];
    const network = networkOf(address, mask, type);
    if (of === undefined || network === undefined) continue;
    const number = Number(protocol);
    parts.push({ of, selector: { network, protocol: number === ANY_PROTOCOL ? 0 : number, port: Number(port) } });
  }
  return parts;
}

function networkOf(address: string, mask: string, type: string | undefined) {
  if (type !== undefined && SINGLE_ADDRESS.has(type)) return hostNetwork(address);
  if (/^\d{1,3}$/.test(mask)) return networkFromPrefix(address, Number(mask));
  return networkFromNetmask(address, mask);
}

interface Pair {
  readonly line: number;
  readonly local: Selector;
  readonly remote: Selector;
}

/** Puts the two identities of each proposal together, each pair once. */
export class Proxies {
  readonly #pairs: Pair[] = [];
  readonly #seen = new Set<string>();
  #isPeers = true;
  #line: number | undefined;
  #open: Partial<Record<ProxyPart["of"], Selector>> = {};

  /** A new proposal begins: the peer's, or something of this end's own. */
  begin(isPeers: boolean): void {
    this.#isPeers = isPeers;
    this.#open = {};
    this.#line = undefined;
  }

  say(line: number, parts: readonly ProxyPart[]): void {
    for (const { of, selector } of this.#isPeers ? parts : []) {
      this.#line ??= line;
      this.#open[of] = selector;
      const { local, remote } = this.#open;
      if (local && remote) this.#close({ line: this.#line, local, remote });
    }
  }

  #close(pair: Pair): void {
    this.begin(true);
    const key = JSON.stringify([pair.local, pair.remote]);
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    this.#pairs.push(pair);
  }

  finish(): Pair[] {
    return this.#pairs;
  }
}
