/** Whether an ask was answered already, or can't be. */
import type { Side } from "../domain/ids.ts";
import { containsNetwork, hostNetwork } from "../domain/network.ts";
import type { ReadingKind } from "../domain/readings/index.ts";
import type { AskEntry } from "../knowledge/finding-schema.ts";
import { hasActiveSa } from "../tunnel/active-sa.ts";
import { childrenForPeer, connectionsForPeer } from "../tunnel/compare/connection.ts";
import { cryptoAcls } from "../tunnel/compare/crypto-acl.ts";
import { protectedFlows } from "../tunnel/compare/protected-flows.ts";
import { DEFAULT_COMPARISONS } from "../tunnel/compare/unwritten-defaults.ts";
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
  "debug-ike": (tunnel, end) => hasDebug(tunnel, end, [ikeTopic(tunnel, end)]) || hasOnlyLog(tunnel, end),
  // What IKEv2 refuses for the IPsec SA stands in its own debug.
  "debug-ipsec": (tunnel, end) => hasDebug(tunnel, end, phase2Topics(tunnel, end)) || hasOnlyLog(tunnel, end),
  "ike-policies-in-use": (tunnel, end) => !hangs(tunnel, end, "ike-policy-hangs-on-a-default", "ike-policies"),
  "transform-sets-in-use": (tunnel, end) => !hangs(tunnel, end, "map-entry-uses-default-sets", "crypto-maps"),
  log: (tunnel, end) => hasDebug(tunnel, end, ["syslog"]) || hasOnlyLog(tunnel, end),
  "ping-peer": (_, end) => end.pings.some(({ item }) => item.target === end.peer && (item.bytes ?? 0) <= 1000),
  "ping-through": (tunnel, end) => end.pings.some(({ item }) => isThrough(tunnel, end, item.target)),
  "trace-peer": (_, end) => end.pathTraces.some(({ item }) => item.target === end.peer),
  "peer-route": (_, end) => end.routes.some(({ item }) => item.asked === undefined || item.asked === end.peer),
  "ping-peer-large": (_, end) => end.pings.some(({ item }) => item.target === end.peer && (item.bytes ?? 0) > 1000),
  "ping-large": (_, end) => end.pings.some(({ item }) => (item.bytes ?? 0) > 1000),
};

/** A comparison hangs on what this end has shown in its configuration only. */
function hangs(tunnel: Tunnel, end: EndView, question: string, kind: ReadingKind): boolean {
  return (
    DEFAULT_COMPARISONS[`${end.side}-${question}`]?.(tunnel).is === true &&
    !wasRead(tunnel, end, ({ command, values }) => command !== "config" && values.some((value) => value.kind === kind))
  );
}

function hasConfiguration(end: EndView): boolean {
  if (end.connections !== undefined && end.mapEntries === undefined) return true;
  const ike = end.keys ?? end.policies ?? end.ikeProposals;
  return end.mapEntries !== undefined && ike !== undefined;
}

/** The debug that tells of phase 1, as a log's topic calls it. */
function ikeTopic(tunnel: Tunnel, end: EndView): string {
  if (ikeVersionAt(tunnel, end.side) === 2) return "ikev2";
  return end.platform === "cisco-asa" ? "ikev1" : "isakmp";
}

function phase2Topics(tunnel: Tunnel, end: EndView): readonly string[] {
  const topic = ikeTopic(tunnel, end);
  return topic === "isakmp" ? ["isakmp", "ipsec"] : [topic];
}

/** Only a Cisco tells in debugs what its log does not: elsewhere one log holds it all. */
function hasOnlyLog(tunnel: Tunnel, end: EndView): boolean {
  if (end.platform === "unknown" || end.platform.startsWith("cisco-")) return false;
  return wasRead(tunnel, end, ({ values }) =>
    values.some((value) => value.kind === "log" && value.topic !== "packet-trace"),
  );
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
      if (ikeVersionAt(tunnel, end.side) === 2) return end.ikeProposals !== undefined || proposalsAreShown(end);
      return end.policies !== undefined || proposalsAreShown(end);
    case "ike-keys":
      return end.keys !== undefined || hasConnectionKey(end);
    case "transform-sets":
      return end.transformSets !== undefined || childrenForPeer(end).some(({ item }) => item.proposals.length > 0);
    case "crypto-maps":
      return end.mapEntries !== undefined || connectionsForPeer(end).length > 0;
    case "access-lists":
      return end.accessLists !== undefined || end.missingAccessLists.length > 0;
    case "routes":
      return end.routes.length > 0;
    case "forwarding":
      return (
        end.forwarding.length > 0 ||
        end.packetTraces.length > 0 ||
        end.events.some(({ item }) => item.signature.startsWith("packet-trace-"))
      );
    case "admission":
      return end.admissions.length > 0;
    case "captures":
      return end.captures.length > 0;
    // The dates say nothing without a clock.
    case "certificates":
      return end.certificates.length > 0 && end.clocks.length > 0;
    case "nat-translations":
      return end.natTranslations.length > 0 || (end.natRules !== undefined && end.connections !== undefined);
    case "ike-peers":
      return end.ikePeers.length > 0;
    case "interfaces":
      return end.interfaces !== undefined;
    default:
      return false;
  }
}

function proposalsAreShown(end: EndView): boolean {
  return connectionsForPeer(end).some(({ item }) => item.ikeProposals.length > 0);
}

function hasConnectionKey(end: EndView): boolean {
  return connectionsForPeer(end).some(({ item }) => (item.localAuth.secret ?? item.remoteAuth.secret) !== undefined);
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
