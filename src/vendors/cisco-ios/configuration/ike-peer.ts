/**
 * `crypto isakmp peer address A` (or `hostname N`): what this end begins in aggressive mode with (Cisco IOS Security
 * Command Reference, "crypto isakmp peer"). The password under it is a key; that there is one is all that is kept.
 */
import { canonicalAddress } from "../../../domain/network.ts";
import type { Collected, OpenAggressivePeer, Taken } from "./collected.ts";
import type { Statement } from "./statements.ts";

const HEADING =
  /^(?<no>no )?crypto isakmp peer (?:(?:address|ip-address) (?:ipv6 )?(?<address>[0-9A-Fa-f.:]{2,45})|hostname (?<hostname>[^\s<]{1,253}))(?: vrf (?<vrf>\S{1,100}))?$/;
const FIELD = /^(?<no>no )?set aggressive-mode (?<what>client-endpoint|password)\b/;

export function takeIkePeer(statement: Statement, collected: Collected): Taken {
  const groups = HEADING.exec(statement.text)?.groups;
  if (groups === undefined) return undefined;
  const address = canonicalAddress(groups["address"] ?? "");
  const { hostname, vrf } = groups;
  if (address === undefined && hostname === undefined) return undefined;
  const known = collected.settings.aggressivePeers ?? [];
  const isIt = (peer: OpenAggressivePeer) => peer.address === address && peer.hostname === hostname && peer.vrf === vrf;
  if (groups["no"] !== undefined) {
    collected.settings.aggressivePeers = known.filter((peer) => !isIt(peer));
    return "read";
  }
  const found = known.find(isIt);
  const peer: OpenAggressivePeer = found ?? {
    line: statement.line,
    ...(address !== undefined && { address }),
    ...(hostname !== undefined && { hostname }),
    ...(vrf !== undefined && { vrf }),
    at: {},
  };
  if (!found) collected.settings.aggressivePeers = [...known, peer];
  return { mode: "ike-peer", tellsUnread: true, read: (line) => readField(peer, line) };
}

function readField(peer: OpenAggressivePeer, { text, line }: Statement): boolean {
  const groups = FIELD.exec(text)?.groups;
  if (groups === undefined) return text.startsWith("description ");
  const field = groups["what"] === "password" ? "password" : "clientEndpoint";
  if (groups["no"] === undefined) peer.at[field] = line;
  else delete peer.at[field];
  return true;
}
