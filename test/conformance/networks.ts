/** Networks in the spellings of the sources. */
import { type Network, prefixLengthOf } from "../../src/domain/network.ts";
import type { Selector } from "../../src/domain/readings/ipsec.ts";
import type { RouteVia } from "../../src/domain/readings/path.ts";

/** "10.1.0.0/16", also for hosts and for everything. */
export function prefixText(network: Network | undefined): string | undefined {
  return network && `${network.address}/${prefixLengthOf(network)}`;
}

/** The netmask of an IPv4 network, the prefix length of an IPv6 one. */
export function maskText(network: Network | undefined): string | undefined {
  if (network === undefined) return undefined;
  if (network.family === 6) return String(network.prefixLength);
  return network.wildcard
    .split(".")
    .map((part) => 255 - Number(part))
    .join(".");
}

/** Next hops without the lines they stand on. */
export function hopsOf(via: readonly RouteVia[] | undefined): unknown[] | undefined {
  return via?.map(({ nextHop, interface: name }) => ({ nextHop, interface: name }));
}

/** A proxy identity as genie has it. */
export function identOf(selector: Selector | undefined): Readonly<Record<string, unknown>> {
  return {
    addr: selector?.network.address,
    mask: maskText(selector?.network),
    prot: selector?.protocol,
    port: selector?.port,
  };
}

/** A proxy identity in one text, as genie's IPv6 form and the device itself have it. */
export function identText(selector: Selector | undefined): string | undefined {
  if (selector === undefined) return undefined;
  return [selector.network.address, maskText(selector.network), selector.protocol, selector.port].join("/");
}
