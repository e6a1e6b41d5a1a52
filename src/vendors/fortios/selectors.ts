/** Traffic selectors: "0:10.1.0.0/255.255.0.0:0", "17:10.1.0.0-10.1.255.255:500" (protocol, addresses, port). */
import { networkFromText } from "../../domain/network.ts";
import type { Selector } from "../../domain/readings/ipsec.ts";

const SELECTOR =
  /^(?<protocol>\d{1,3}):(?<addresses>[0-9a-fA-F.:]{2,45}(?:[-/][0-9a-fA-F.:]{1,45})?):(?<port>\d{1,5})$/;

/** The selector; undefined for one that is no network and no range that is one. */
export function readSelector(text: string): Selector | undefined {
  const groups = SELECTOR.exec(text.trim())?.groups;
  const network = networkFromText(groups?.["addresses"] ?? "");
  if (!groups || !network) return undefined;
  return { network, protocol: Number(groups["protocol"]), port: Number(groups["port"]) };
}
