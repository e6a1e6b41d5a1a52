/** The block of an IOS end that makes it begin in aggressive mode with this tunnel's peer (`crypto isakmp peer`). */
import type { AggressivePeer } from "../../domain/readings/ike.ts";
import type { Held } from "../known.ts";
import type { EndView } from "../view.ts";
import { frontDoor } from "./front-door.ts";
import { entriesForPeer } from "./map-entry.ts";

export interface AggressiveStart {
  /**
   * "begins": both lines are there, and the block is this peer's. "maybe": it can't be told; one line is missing, or the
   * block is for a name, or for a table that the peer may be reached in.
   */
  readonly is: "begins" | "maybe";
  readonly block: Held<AggressivePeer>;
}

/** Undefined: no block that could be for this peer was read. */
export function aggressiveStart(end: EndView): AggressiveStart | undefined {
  const starts = blocksOf(end).flatMap((block) => startOf(end, block) ?? []);
  return starts.find(({ is }) => is === "begins") ?? starts[0];
}

/** A key may stand in such a block instead of among the keys. */
export function hasAggressivePassword(end: EndView): boolean {
  return blocksOf(end).some(({ item }) => item.at["password"] !== undefined);
}

function blocksOf(end: EndView): Held<AggressivePeer>[] {
  const held = end.settings.findLast(({ item }) => item.aggressivePeers !== undefined || item.complete);
  return held?.item.aggressivePeers?.map((item) => ({ ...held, item })) ?? [];
}

function startOf(end: EndView, block: Held<AggressivePeer>): AggressiveStart | undefined {
  const { address, hostname, vrf, at } = block.item;
  const isWritten = at["clientEndpoint"] !== undefined || at["password"] !== undefined;
  if (!isWritten || (address !== undefined && end.peer !== undefined && address !== end.peer)) return undefined;
  const front = frontDoor(end);
  if (front && front.vrf !== vrf) return undefined;
  const isNamed =
    hostname === undefined
      ? end.peer !== undefined
      : entriesForPeer(end).some(({ item }) => item.peers.includes(hostname));
  const isBoth = at["clientEndpoint"] !== undefined && at["password"] !== undefined;
  return { is: isNamed && isBoth && (front || vrf === undefined) ? "begins" : "maybe", block };
}
