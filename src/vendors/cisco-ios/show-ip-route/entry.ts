/** The answer for one destination: `Routing entry for …` with its descriptor blocks (IPv6: routing paths). */
import { canonicalAddress, networkFromPrefix } from "../../../domain/network.ts";
import type { Line } from "../../../domain/output.ts";
import { isInterfaceName } from "../path-command.ts";
import { type Answer, via } from "./answer.ts";

const ENTRY = /^\s*Routing entry for (?<address>[0-9a-fA-F.:]{2,45})\/(?<length>\d{1,3})/;
const KNOWN = /^\s*Known via "(?<source>[^"]{1,80})"(?:, distance (?<distance>\d+))?(?:, metric (?<metric>\d+))?/;
const CONNECTED = /^\s*(?:\* ?)?(?:directly connected|receive),? via (?<interface>[^\s,%]+)/;
const HOP = /^\s*(?:\* ?)?(?<hop>[0-9a-fA-F.:]{2,45})(?:%[^\s,]+)?(?<rest>[\s,(].*)?$/;
/** What else stands in an entry and does not bear on where packets go. */
const ASIDE =
  /^\s*(?:Routing (?:Descriptor Blocks|paths):|Redistributing via|Advertised by|Last update|Tag \d|Route (?:metric|tag|count)|Total delay|Reliability|Loading|Minimum|Hops|AS Hops|MPLS |Repair Path|opaque_ptr|SR Incoming|Backup|From \S|Type |Last updated)/i;

/** Takes one line of a routing entry into `answer`; false if it is none. */
export function readEntryLine(answer: Answer, line: Line): boolean {
  const entry = ENTRY.exec(line.text)?.groups;
  if (entry) return startEntry(answer, line, entry["address"] ?? "", Number(entry["length"]));
  if (!answer.isEntry) return false;
  const route = answer.routes.at(-1);
  if (route === undefined) return false;
  const known = KNOWN.exec(line.text)?.groups;
  if (known) {
    route.source = known["source"]?.toLowerCase();
    if (known["distance"] !== undefined) route.distance = Number(known["distance"]);
    if (known["metric"] !== undefined) route.metric = Number(known["metric"]);
    return true;
  }
  if (ASIDE.test(line.text)) return true;
  const connected = CONNECTED.exec(line.text)?.groups?.["interface"];
  if (connected !== undefined) {
    route.via.push(via(line.number, undefined, connected));
    return true;
  }
  const hop = HOP.exec(line.text)?.groups;
  const address = canonicalAddress(hop?.["hop"] ?? "");
  if (hop === undefined || address === undefined) return false;
  route.via.push(via(line.number, address, interfaceIn(hop["rest"] ?? "")));
  return true;
}

function startEntry(answer: Answer, line: Line, address: string, length: number): boolean {
  const network = networkFromPrefix(address, length);
  if (network === undefined) return false;
  answer.isEntry = true;
  answer.routes.push({ line: line.number, network, via: [] });
  return true;
}

/** ", from 10.0.0.1, 00:00:12 ago, via GigabitEthernet0/1" (IPv4) or ", GigabitEthernet0/1" (IPv6). */
function interfaceIn(rest: string): string | undefined {
  for (const part of rest.split(",")) {
    const text = part.trim();
    const name = text.startsWith("via ") ? text.slice(4) : text;
    const word = (name.split("%", 1)[0] ?? "").trim();
    if (isInterfaceName(word)) return word;
  }
  return undefined;
}
