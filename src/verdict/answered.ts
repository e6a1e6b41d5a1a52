/** Whether an ask was answered already, or can't be. */
import type { Side } from "../domain/ids.ts";
import { containsNetwork, hostNetwork } from "../domain/network.ts";
import type { ReadingKind } from "../domain/readings/index.ts";
import type { AskEntry } from "../knowledge/finding-schema.ts";
import { hasActiveSa } from "../tunnel/active-sa.ts";
import { cryptoAcls } from "../tunnel/compare/crypto-acl.ts";
import { protectedFlows } from "../tunnel/compare/protected-flows.ts";
import { ikeVersionAt, tellingTables } from "../tunnel/ike-version.ts";
import { trafficOf } from "../tunnel/traffic.ts";
import type { Tunnel } from "../tunnel/tunnel.ts";
import type { EndView } from "../tunnel/view.ts";

/** Whether this end has already shown what the ask would give, or could not show it yet. */
export function isAnswered(tunnel: Tunnel, end: EndView, entry: AskEntry): boolean {
  const special = SPECIAL[entry.id];
  if (special) return special(tunnel, end);
  if (entry.needs === "again") return !canBeAgain(tunnel, end);
  return entry.gives.some((kind) => hasKind(tunnel, end, kind as ReadingKind, entry.needs === "detail"));
}

/** A second reading is worth nothing without a first, and nothing after one that could be compared. */
function canBeAgain(tunnel: Tunnel, end: EndView): boolean {
  const traffic = trafficOf(tunnel, end).filter(({ hasSa }) => hasSa);
  return traffic.length > 0 && !traffic.some(({ isDifference }) => isDifference);
}

/** Asks of which a reading of the right kind is not enough to be answered. */
const SPECIAL: Readonly<Record<string, (tunnel: Tunnel, end: EndView) => boolean>> = {
  configuration: (tunnel, end) => wasRead(tunnel, end, ({ command }) => command === "config") && hasConfiguration(end),
  "crypto-acl": (tunnel, end) => cryptoAcls(tunnel, end) !== undefined || end.missingAccessLists.length > 0,
  "debug-ike": (tunnel, end) => hasDebug(tunnel, end, [ikeTopic(tunnel, end)]),
  // What IKEv2 refuses for the IPsec SA stands in its own debug.
  "debug-ipsec": (tunnel, end) =>
    hasDebug(tunnel, end, ikeTopic(tunnel, end) === "ikev2" ? ["ikev2"] : ["isakmp", "ipsec"]),
  log: (tunnel, end) => hasDebug(tunnel, end, ["syslog"]),
  "ping-peer": (_, end) => end.pings.some(({ item }) => item.target === end.peer && (item.bytes ?? 0) <= 1000),
  "ping-through": (tunnel, end) => end.pings.some(({ item }) => isThrough(tunnel, end, item.target)),
  "peer-route": (_, end) => end.routes.some(({ item }) => item.asked === undefined || item.asked === end.peer),
  "ping-peer-large": (_, end) => end.pings.some(({ item }) => item.target === end.peer && (item.bytes ?? 0) > 1000),
  "ping-large": (_, end) => end.pings.some(({ item }) => (item.bytes ?? 0) > 1000),
};

function hasConfiguration(end: EndView): boolean {
  return end.mapEntries !== undefined && (end.keys !== undefined || end.policies !== undefined);
}

function ikeTopic(tunnel: Tunnel, end: EndView): string {
  return ikeVersionAt(tunnel, end.side) === 2 ? "ikev2" : "isakmp";
}

/** A debug of phase 1 alone does not answer for quick mode; a log does not answer for a debug, nor the reverse. */
function hasDebug(tunnel: Tunnel, end: EndView, topics: readonly string[]): boolean {
  return wasRead(tunnel, end, ({ values }) =>
    values.some((value) => value.kind === "log" && topics.every((topic) => value.topic.split("+").includes(topic))),
  );
}

function wasRead(
  tunnel: Tunnel,
  end: EndView,
  accepts: (output: Tunnel["known"]["pastes"][number]["paste"]["outputs"][number]) => boolean,
): boolean {
  return tunnel.known.pastes.some(({ paste }) =>
    paste.outputs.some((output) => tunnel.ends.sideOf.get(output) === end.side && accepts(output)),
  );
}

function isThrough(tunnel: Tunnel, end: EndView, target: string): boolean {
  const host = hostNetwork(target);
  return (
    host !== undefined &&
    (protectedFlows(tunnel, end) ?? []).some(({ destination }) => containsNetwork(destination, host))
  );
}

function hasKind(tunnel: Tunnel, end: EndView, kind: ReadingKind, detail: boolean): boolean {
  // A log that may be newer than every table takes their word from them.
  const isTable = kind === "ike-sas" || kind === "ipsec-sas" || kind === "crypto-sessions";
  if (isTable && end.undatedLog !== undefined) return false;
  switch (kind) {
    case "ike-sas":
      return tellingTables(tunnel, end).some(
        ({ items }) => !detail || items.length === 0 || items.some(({ item }) => item.dpd !== undefined),
      );
    case "ipsec-sas":
      return end.flows.some(({ items }) =>
        detail
          ? items.some(({ item }) => item.counters.replayFailed !== undefined)
          : // One that was cut before the SAs has to be pasted once more.
            items.length === 0 || items.some(({ item }) => hasActiveSa(item) !== undefined),
      );
    case "crypto-sessions":
      return end.sessions.length > 0;
    case "ike-policies":
      return (ikeVersionAt(tunnel, end.side) === 2 ? end.ikeProposals : end.policies) !== undefined;
    case "ike-keys":
      return end.keys !== undefined;
    case "transform-sets":
      return end.transformSets !== undefined;
    case "crypto-maps":
      return end.mapEntries !== undefined;
    case "access-lists":
      return end.accessLists !== undefined || end.missingAccessLists.length > 0;
    case "routes":
      return end.routes.length > 0;
    case "forwarding":
      return end.forwarding.length > 0;
    case "nat-translations":
      return end.natTranslations.length > 0;
    case "ike-peers":
      return end.ikePeers.length > 0;
    case "interfaces":
      return end.interfaces !== undefined;
    default:
      return false;
  }
}

/** What was named as impossible, in full or without its arguments, one line of several or all; "*" is the whole end. */
export function cannotRun(tunnel: Tunnel, side: Side, command: string): boolean {
  const asked = command.split("\n").map(words);
  return tunnel.known.cannot.some((cannot) => {
    if (cannot.side !== side) return false;
    if (cannot.command.trim() === "*") return true;
    const named = cannot.command.split("\n").map(words);
    return named.some((line) => asked.some((other) => isBegin(line, other)));
  });
}

function isBegin(named: readonly string[], asked: readonly string[]): boolean {
  return named.length > 0 && named.every((word, index) => asked[index]?.startsWith(word) === true);
}

function words(line: string): string[] {
  return line.toLowerCase().trim().split(/\s+/).filter(Boolean);
}
