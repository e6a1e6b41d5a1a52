/** The lines under one CEF entry: `nexthop`, `attached to`, `via`, and what says that packets are dropped. */
import { canonicalAddress } from "../../../domain/network.ts";
import type { Line } from "../../../domain/output.ts";
import type { RouteVia } from "../../../domain/readings/path.ts";
import { isInterfaceName } from "../path-command.ts";

interface OpenEntry {
  readonly nextHops: RouteVia[];
  drops?: string | undefined;
}

const NEXT_HOP = /^(?:attached-)?nexthop (?<hop>[0-9a-fA-F.:]{2,45}) (?<interface>[^\s,]+)(?<rest>.*)$/;
const ATTACHED = /^attached to (?<interface>[^\s,]+)/;
const OLD_NEXT_HOP = /^next hop (?<hop>[0-9a-fA-F.:]{2,45})(?:, (?<interface>[^\s,]+))?/;
const RECURSIVE = /^recursive via (?<hop>[0-9a-fA-F.:]{2,45})/;
const DROPS = /^(?:drop|discard|no route|unusable|attached to Null\d|valid (?:no route|null|drop|discard) adjacency)/i;
const UNUSABLE = /unusable: no label|, unresolved|incomplete/;
const ASIDE =
  /^(?:receive|valid |\d+ packets|\d+ routes|repair:|sr |local label|tag |Special source|DefNet source|Interface source|Adj source|Covered dependent|Dependent covered|need deagg|notify cover|sourced by|Flow:|gateway of|NetFlow:|\d+ RR|RR source|ptr |path |output chain|feature space|flags|per-|Broker|MPLS|LFD|QoS|attached, |refcount|recursive-looped)/i;

/** Takes one line below a CEF entry into it; false if it can't be read. */
export function readCefDetail(entry: OpenEntry, line: Line): boolean {
  const text = line.text.trim();
  const nextHop = NEXT_HOP.exec(text)?.groups;
  if (nextHop) {
    // A repair path is taken only once the other one has failed.
    if (!/, repair$/.test(nextHop["rest"] ?? "")) push(entry, line, nextHop["hop"], nextHop["interface"]);
    if (UNUSABLE.test(nextHop["rest"] ?? "")) entry.drops = text;
    return true;
  }
  if (DROPS.test(text)) {
    entry.drops = text;
    return true;
  }
  const attached = ATTACHED.exec(text)?.groups;
  if (attached) {
    push(entry, line, undefined, attached["interface"]);
    return true;
  }
  // "recursive via" is followed by the next hops it resolves to; alone, the gateway is all there is.
  if (RECURSIVE.test(text)) {
    if (UNUSABLE.test(text)) entry.drops = text;
    return true;
  }
  const resolved = OLD_NEXT_HOP.exec(text)?.groups;
  if (resolved) {
    resolveVia(entry, line, resolved["hop"], resolved["interface"]);
    return true;
  }
  if (text.startsWith("via ")) {
    const [hop = "", ...rest] = text.slice("via ".length).split(",");
    push(entry, line, hop, interfaceIn(canonicalAddress(hop) === undefined ? [hop, ...rest] : rest));
    return true;
  }
  return ASIDE.test(text);
}

function push(entry: OpenEntry, line: Line, hop: string | undefined, name: string | undefined): void {
  const nextHop = canonicalAddress(hop ?? "");
  const isHop = nextHop !== undefined && nextHop !== "0.0.0.0";
  if (!isHop && name === undefined) return;
  entry.nextHops.push({
    line: line.number,
    ...(isHop && { nextHop }),
    ...(name !== undefined && { interface: name }),
  });
}

/**
 * `via 40.10.1.1, 0 dependencies, recursive` / `next hop 30.3.1.2, GigabitEthernet0/1 via 40.0.0.0/8`: packets leave to
 * the resolved hop, which takes the place of the gateway the route names.
 */
function resolveVia(entry: OpenEntry, line: Line, hop: string | undefined, name: string | undefined): void {
  const gateway = entry.nextHops.at(-1);
  if (gateway !== undefined && gateway.interface === undefined) entry.nextHops.pop();
  push(entry, line, hop, name);
}

function interfaceIn(parts: readonly string[]): string | undefined {
  for (const part of parts) {
    const word = part.trim().split(/\s/, 1)[0] ?? "";
    if (isInterfaceName(word)) return word;
  }
  return undefined;
}
