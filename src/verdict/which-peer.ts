/** When several of a device's tunnels are in trouble, and nothing tells which one it is about. */
import type { Ask } from "../domain/verdict.ts";
import type { AskEntry } from "../knowledge/finding-schema.ts";
import type { Tunnel } from "../tunnel/tunnel.ts";
import { cannotRun } from "./answered.ts";
import { fillCommands } from "./fill.ts";
import { platformOfWords } from "./platform-words.ts";

/** A look at each of the first few, which also names the peers to choose from. */
const LOOKS = 3;

export function asksForEachPeer(tunnel: Tunnel, entries: ReadonlyMap<string, AskEntry>): Ask[] {
  const { platform } = tunnel.local;
  const text = entries.get("session")?.commands[platformOfWords(tunnel, "local")]?.command;
  const peers = tunnel.focus.inTrouble;
  if (text === undefined) return [];
  return peers
    .slice(0, LOOKS)
    .map((peer): Ask => {
      const command = fillCommands(text.trim(), (name) => (name === "peer" ? peer : undefined)).join("\n");
      const why = `${peers.length} tunnels of this device are in trouble, and nothing tells which one it is about. Name its peer, or show one of them in detail.`;
      return { side: "local", platform, command, why };
    })
    .filter(({ side, command }) => !cannotRun(tunnel, side, command));
}
