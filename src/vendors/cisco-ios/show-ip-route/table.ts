/** Rows of a routing table: IPv4 (one row a path) and IPv6 (a prefix line, then its `via` lines). */
import { canonicalAddress, networkFromPrefix } from "../../../domain/network.ts";
import type { Line } from "../../../domain/output.ts";
import { isInterfaceName } from "../path-command.ts";
import { type Answer, type OpenRoute, via } from "./answer.ts";

/** Protocol by the code in front of a row (the legend that `show ip route` and `show ipv6 route` print). */
const SOURCES: Readonly<Record<string, string>> = {
  S: "static",
  C: "connected",
  L: "local",
  LC: "connected",
  R: "rip",
  B: "bgp",
  D: "eigrp",
  EX: "eigrp",
  O: "ospf",
  OI: "ospf",
  OE1: "ospf",
  OE2: "ospf",
  ON1: "ospf",
  ON2: "ospf",
  i: "isis",
  I1: "isis",
  I2: "isis",
  IA: "isis",
  IS: "isis",
  U: "static",
  P: "static",
  o: "odr",
  H: "nhrp",
  G: "nhrp",
  g: "nhrp",
  l: "lisp",
  M: "mobile",
  m: "omp",
  n: "nat",
  a: "application",
  ND: "nd",
  NDp: "nd",
};
const CODE = /^[A-Za-z*+%&][A-Za-z0-9*+%&]{0,4}$/;
const DISTANCE = /^\[(?<distance>\d{1,3})\/(?<metric>\d{1,10})\],?$/;
const PREFIX = /^(?<address>\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F]{0,4}:[0-9a-fA-F:.]{1,43})(?:\/(?<length>\d{1,3}))?$/;
const AGE = /^(?:\d+:\d+:\d+|(?:\d+[ywdh]){1,2}|never)$/;
const ASIDE = /^\s*(?:Last updated |Tag |MPLS )/;

/** Takes one line of a table into `answer`; false if it is none. */
export function readTableLine(answer: Answer, line: Line): boolean {
  const words = line.text.trim().split(/\s+/);
  if (words[0] === "via") return continuePath(answer, line, words);
  const at = words.findIndex((word) => !CODE.test(word) || PREFIX.test(word));
  const prefix = PREFIX.exec(words[at] ?? "")?.groups;
  if (at !== -1 && at <= 3 && prefix && canonicalAddress(prefix["address"] ?? "") !== undefined)
    return readRow(answer, line, words.slice(0, at), prefix, words.slice(at + 1));
  return continuePath(answer, line, words);
}

/** A line that goes on where the row above stopped; none of it may land on another route. */
function continuePath(answer: Answer, line: Line, words: readonly string[]): boolean {
  const route = answer.routes.at(-1);
  if (route === undefined || answer.isEntry || answer.isRowLost) return false;
  return readPath(route, line, words) || ASIDE.test(line.text);
}

function readRow(
  answer: Answer,
  line: Line,
  codes: readonly string[],
  prefix: Readonly<Record<string, string | undefined>>,
  rest: readonly string[],
): boolean {
  const printed = prefix["length"];
  if (rest[0] === "is" && /^(?:variably|subnetted)/.test(rest[1] ?? "")) {
    // "is subnetted": the rows below have the heading's mask and print none of their own.
    answer.subnetLength = printed !== undefined && rest[1] === "subnetted," ? Number(printed) : undefined;
    answer.seen = true;
    return true;
  }
  const length = printed === undefined ? answer.subnetLength : Number(printed);
  const network = length === undefined ? undefined : networkFromPrefix(prefix["address"] ?? "", length);
  answer.isRowLost = network === undefined || codes.length === 0;
  if (network === undefined || codes.length === 0) return false;
  const route: OpenRoute = { line: line.number, network, via: [] };
  const source = sourceOf(codes);
  if (source !== undefined) route.source = source;
  answer.routes.push(route);
  return rest.length === 0 || readPath(route, line, rest);
}

/** "S*", "O E2", "i*L1", "B   p": the protocol is what stands before the first mark or blank. */
function sourceOf(codes: readonly string[]): string | undefined {
  return SOURCES[(codes[0] ?? "").split(/[*+%&]/, 1)[0] ?? ""];
}

/** "[1/0] via 192.0.2.1, 00:01:02, GigabitEthernet0/1", "is directly connected, Tunnel0", "via Null0, receive". */
function readPath(route: OpenRoute, line: Line, words: readonly string[]): boolean {
  const distance = DISTANCE.exec(words[0] ?? "")?.groups;
  if (distance) {
    route.distance ??= Number(distance["distance"]);
    route.metric ??= Number(distance["metric"]);
    if (words.length === 1) return true;
  }
  const rest = distance ? words.slice(1) : words;
  const isSaid = rest[0] === "is" || rest[0] === "via" || rest[0] === "tag" || distance !== undefined;
  const open = route.via.at(-1);
  const name = interfaceIn(rest);
  if (!isSaid) {
    // The interface alone: the row was too long and went on below.
    if (rest.length !== 1 || name === undefined || open === undefined || open.interface !== undefined) return false;
    open.interface = name;
    return true;
  }
  if (rest[0] === "tag") return true;
  const hop = rest[0] === "via" ? canonicalAddress(beforeMark(rest[1])) : undefined;
  if (hop === undefined && name === undefined) return rest[0] === "is" || distance !== undefined;
  route.via.push(via(line.number, hop, name));
  return true;
}

function interfaceIn(words: readonly string[]): string | undefined {
  for (let index = words.length - 1; index >= 0; index -= 1) {
    const word = beforeMark(words[index]);
    if (!AGE.test(word) && canonicalAddress(word) === undefined && isInterfaceName(word)) return word;
  }
  return undefined;
}

/** The word without the comma behind it or the table it belongs to ("192.0.2.1%default"). */
function beforeMark(word: string | undefined): string {
  return word?.split(/[,%]/, 1)[0] ?? "";
}
