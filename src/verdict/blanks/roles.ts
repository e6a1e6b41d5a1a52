/** Blanks about who begins: what lets an end that only answers start a negotiation. */
import type { Side } from "../../domain/ids.ts";
import { servingEntries } from "../../tunnel/compare/roles.ts";
import { bothEnds, type Tunnel } from "../../tunnel/tunnel.ts";
import { takesPeersUnnamed } from "../../tunnel/unnamed-peers.ts";
import type { EndView } from "../../tunnel/view.ts";
import type { Blanks } from "../fill.ts";
import { mapEntryLine } from "./ios-words.ts";

export function roleBlanks(tunnel: Tunnel, side: Side): Blanks {
  const canBeFreed = bothEnds(tunnel).some((end) => freeingLines(end).length > 0);
  const lines = freeingLines(tunnel[side]);
  return {
    "responder-only-lines": lines.length > 0 ? lines.join("\n") : undefined,
    "map-entry-before-dynamic": canBeFreed ? undefined : entryBeforeDynamic(tunnel[side]),
  };
}

function freeingLines(end: EndView): string[] {
  return servingEntries(end)
    .filter(({ item }) => item.responderOnly === true)
    .flatMap(({ item }) => [
      item.type === "profile" ? `crypto ipsec profile ${item.map}` : mapEntryLine(item.map, item.sequence, end.peer),
      " no responder-only",
    ]);
}

function entryBeforeDynamic(end: EndView): string | undefined {
  const dynamic = end.mapEntries?.items.find(({ item }) => takesPeersUnnamed(item) && item.type !== "dynamic")?.item;
  if (!dynamic || end.peer === undefined) return undefined;
  const taken = new Set(
    (end.mapEntries?.items ?? []).filter(({ item }) => item.map === dynamic.map).map(({ item }) => item.sequence),
  );
  const number = [10, 5, 1].find((candidate) => candidate < dynamic.sequence && !taken.has(candidate));
  const set = end.transformSets?.items.find(({ item }) => item.isDefault !== true)?.item.name;
  return [
    mapEntryLine(dynamic.map, number, end.peer),
    ` set peer ${end.peer}`,
    ` set transform-set ${set ?? "<transform set>"}`,
    " match address <crypto access list>",
  ].join("\n");
}
