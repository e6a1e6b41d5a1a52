/** Identities of phase 2 as kmd and iked print them: "ipv4_subnet(any:0,[0..7]=10.1.0.0/16)", "ipv4(10.1.0.0-10.1.255.255)". */
import { networkFromText } from "../../domain/network.ts";
import type { Selector } from "../../domain/readings/ipsec.ts";

/** Source of a pattern for one identity, without groups. */
export const IDENTITY = "ipv[46](?:_subnet|_range)?\\([^()]{2,140}\\)";

const PARTS =
  /^ipv[46](?:_subnet|_range)?\((?:(?<protocol>[a-z]{2,10}|\d{1,3}):(?<port>\d{1,5}),)?(?:\[[\d.]{3,10}\]=)?(?<network>[0-9a-fA-F.:]{2,45}(?:[/-][0-9a-fA-F.:]{1,45})?)\)$/;
const PROTOCOLS: Readonly<Record<string, number>> = { icmp: 1, tcp: 6, udp: 17, gre: 47 };

/** The identity as a selector; undefined for a name, a range that is no network, and what is none. */
export function readIdentity(text: string): Selector | undefined {
  const groups = PARTS.exec(text.trim())?.groups;
  if (!groups) return undefined;
  const network = networkFromText(groups["network"] ?? "");
  if (!network) return undefined;
  const { protocol = "any", port } = groups;
  return {
    network,
    protocol: PROTOCOLS[protocol] ?? Number(/^\d+$/.exec(protocol)?.[0] ?? 0),
    port: Number(port ?? 0),
  };
}
