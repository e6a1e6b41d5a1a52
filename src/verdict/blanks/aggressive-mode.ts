/** What makes an IOS end begin in aggressive mode, taken out: the profile's line, or the peer's own block. */
import type { Side } from "../../domain/ids.ts";
import type { AggressivePeer } from "../../domain/readings/ike.ts";
import { aggressiveStart } from "../../tunnel/compare/aggressive-peer.ts";
import type { Tunnel } from "../../tunnel/tunnel.ts";
import type { EndView } from "../../tunnel/view.ts";
import type { Blanks } from "../fill.ts";
import { profileName, pskLines } from "./ike.ts";
import { keyForPeer } from "./key-for-peer.ts";

export function aggressiveModeBlanks(tunnel: Tunnel, side: Side): Blanks {
  const end = tunnel[side];
  const profile = profileName(end);
  const isOfProfile = end.profiles?.items.some(
    ({ item }) => item.name === profile && item.initiateMode === "aggressive",
  );
  const start = aggressiveStart(end);
  const block = start?.is === "begins" || isOfProfile !== true ? start?.block.item : undefined;
  const lines = isOfProfile === true || !block ? profileLines(profile) : [];
  return {
    "aggressive-mode-out": [...lines, ...(block ? blockLines(end, block) : [])].join("\n"),
    "aggressive-key-note":
      block?.at["password"] === undefined
        ? undefined
        : "The password of the block goes with it: main mode takes this end's key for the peer, which must be the far end's.",
  };
}

function profileLines(profile: string | undefined): string[] {
  return [`crypto isakmp profile ${profile ?? "<profile>"}`, " no initiate mode aggressive"];
}

/** The whole block goes: alone, the line with its password could only be taken out by typing it. */
function blockLines(end: EndView, { address, hostname, vrf }: AggressivePeer): string[] {
  const family = address?.includes(":") === true ? "ipv6 " : "";
  const whose = address === undefined ? `hostname ${hostname}` : `address ${family}${address}`;
  const lacksKey = end.keys?.complete === true && keyForPeer(end, end.peer) === undefined;
  return [
    `no crypto isakmp peer ${whose}${vrf === undefined ? "" : ` vrf ${vrf}`}`,
    ...(lacksKey ? [pskLines(end)] : []),
  ];
}
