/** Blanks about where the crypto map is applied: the interface that has to have it, and the one that has it wrongly. */
import type { Side } from "../../domain/ids.ts";
import { entryInQuestion, misplacedMap } from "../../tunnel/compare/crypto-map.ts";
import { hasPeer } from "../../tunnel/compare/map-entry.ts";
import type { Tunnel } from "../../tunnel/tunnel.ts";
import type { EndView } from "../../tunnel/view.ts";
import type { Blanks } from "../fill.ts";
import { outsideInterface } from "./interfaces.ts";

export function mapPlaceBlanks(tunnel: Tunnel, side: Side): Blanks {
  const end = tunnel[side];
  const map = entryInQuestion(end)?.item.map;
  const place = map === undefined ? undefined : misplacedMap(tunnel, end, map);
  const use = end.peer?.includes(":") === true ? "ipv6 crypto map" : "crypto map";
  const removal =
    map === undefined || place === undefined || place.used.length === 0
      ? undefined
      : place.used.flatMap((name) => [`interface ${name}`, ` no ${use} ${map}`]).join("\n");
  const isShared = map !== undefined && servesOthers(end, map);
  return {
    "map-interface": place?.wanted.item.name ?? outsideInterface(end)?.name,
    "map-use": use,
    "map-removal-lines": isShared ? undefined : removal,
    "shared-map-removal-lines": isShared ? removal : undefined,
  };
}

/** Whether the map has entries for other peers, whose tunnels may run by the interface that has it. */
function servesOthers(end: EndView, map: string): boolean {
  return (end.mapEntries?.items ?? []).some(({ item }) => item.map === map && !hasPeer(item, end.peer));
}
