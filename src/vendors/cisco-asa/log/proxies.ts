/** The networks that a peer asked for and that this end refused, from its point of view. */
import { networkFromNetmask } from "../../../domain/network.ts";
import type { Selector } from "../../../domain/readings/ipsec.ts";
import type { AttemptDetails } from "../../../negotiations/message.ts";
import { networkFromRange } from "../address-range.ts";

const IKEV1 = /remote proxy (?<remote>[0-9./]{9,60}) local proxy (?<local>[0-9./]{9,60}) on interface/;
const IKEV2 = /remote traffic selector (?<remote>[0-9./]{9,90}) local traffic selector (?<local>[0-9./]{9,90})/;

/** "remote proxy A/M/protocol/port local proxy …" (713061), "remote traffic selector A/B/… local …" (751022). */
export function refusedProxies(text: string, line: number): AttemptDetails | undefined {
  const masked = IKEV1.exec(text)?.groups;
  const ranged = masked ? undefined : IKEV2.exec(text)?.groups;
  const groups = masked ?? ranged;
  if (groups === undefined) return undefined;
  const read = masked ? fromMask : fromRange;
  const local = read(groups["local"] ?? "");
  const remote = read(groups["remote"] ?? "");
  return local && remote && { proxies: [{ line, local, remote }] };
}

function fromMask(text: string): Selector | undefined {
  const [address = "", mask = "", protocol = "0", port = "0"] = text.split("/");
  const network = networkFromNetmask(address, mask);
  return network && { network, protocol: Number(protocol), port: Number(port) };
}

function fromRange(text: string): Selector | undefined {
  const [first = "", last = ""] = text.split("/");
  const network = networkFromRange(first, last);
  return network && { network, protocol: 0, port: 0 };
}
