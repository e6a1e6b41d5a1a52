/** `ip route …` and `ipv6 route …`. */
import { canonicalAddress, type Network, networkFromNetmask, networkFromPrefix } from "../../../domain/network.ts";
import { isInterfaceName } from "../path-command.ts";
import type { Collected, Taken } from "./collected.ts";
import type { Statement } from "./statements.ts";

const ROUTE = /^(?<family>ip|ipv6) route (?:vrf (?<vrf>\S{1,100}) )?(?<rest>[0-9a-fA-F:]\S* \S.*)$/;

export function takeStaticRoute(statement: Statement, collected: Collected): Taken {
  const groups = ROUTE.exec(statement.text)?.groups;
  if (groups === undefined) return undefined;
  const words = (groups["rest"] ?? "").split(" ");
  const network = readNetwork(words);
  if (network === undefined) return undefined;
  const { vrf } = groups;
  collected.staticRoutes.push({
    line: statement.line,
    network,
    ...readVia(words),
    ...(vrf !== undefined && { vrf }),
  });
  return "read";
}

function readNetwork(words: string[]): Network | undefined {
  const first = words.shift() ?? "";
  const [address = "", length] = first.split("/");
  if (length !== undefined) return networkFromPrefix(address, Number(length));
  return networkFromNetmask(address, words.shift() ?? "");
}

/** "[IF] [NEXT-HOP] [DISTANCE] [name X] [tag N] [track N] [permanent]". */
function readVia(words: readonly string[]): { nextHop?: string; interface?: string; distance?: number } {
  const via: { nextHop?: string; interface?: string; distance?: number } = {};
  for (const word of words) {
    const nextHop = canonicalAddress(word);
    // A bare number before any option word is the distance; behind one it belongs to that word.
    if (/^\d{1,3}$/.test(word)) via.distance = Number(word);
    else if (nextHop !== undefined) via.nextHop ??= nextHop;
    else if (isInterfaceName(word) && via.interface === undefined && via.nextHop === undefined) via.interface = word;
    else if (word !== "global" && word !== "dhcp" && word !== "multicast" && word !== "unicast") break;
  }
  return via;
}
