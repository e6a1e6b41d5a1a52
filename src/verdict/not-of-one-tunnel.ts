/** Two devices given as the two ends that do not point at each other: branches of one hub, most likely. */
import type { NamedEnds } from "../domain/named-ends.ts";
import type { Ask } from "../domain/verdict.ts";
import type { AskEntry } from "../knowledge/finding-schema.ts";
import { areUnrelated } from "../tunnel/questions.ts";
import { networksMeet } from "../tunnel/ties.ts";
import type { Tunnel } from "../tunnel/tunnel.ts";
import { cannotRun } from "./answered.ts";
import { fillCommands } from "./fill.ts";
import { platformOfWords } from "./platform-words.ts";

/** What the two point at instead of each other. */
export interface Elsewhere {
  /** The one address that the near end points at: its tunnel's other end, which nobody has shown yet. */
  readonly far: string | undefined;
  readonly why: string;
}

/**
 * Where neither end names an address of the other, and their protected networks do not meet either; undefined where they
 * may be the two ends all the same, or the near end has several peers.
 * @param isLeftOut the second device is plainly another tunnel's, and nothing of it is looked at
 */
export function pointElsewhere(tunnel: Tunnel, isLeftOut: boolean): Elsewhere | undefined {
  const { local, remote } = tunnel.ends;
  const [far, ...others] = local.peers;
  const [near, other] = [tunnel.local.host ?? "the first", tunnel.remote.host ?? "the second"];
  if (!areUnrelated(tunnel) || networksMeet(tunnel) || far === undefined || others.length > 0)
    return isLeftOut ? { far: undefined, why: leftOut(near, other) } : undefined;
  const theirs = [...remote.peers].slice(0, 3).join(", ");
  const both = remote.peers.has(far)
    ? `both point at ${far}, so they look like two branches of one hub`
    : `${near} points at ${far}, ${other} at ${theirs}`;
  return {
    far,
    why: `These two do not point at each other: ${both}. I compare nothing between them. Run this on ${far}, the other end of ${near}'s tunnel; or, if it is ${other}'s tunnel that is broken, start over with ${other} and its other end. If one of the two is behind NAT, name its public address.`,
  };
}

function leftOut(near: string, other: string): string {
  return `I leave ${other} out: it and ${near} name no address of each other, and have no network and no key in common. If its tunnel is the broken one, start over with it.`;
}

/** The near end, and the one that it points at. */
export function endsApart({ local, ends }: Tunnel, { far }: Elsewhere): NamedEnds {
  const [own, ...more] = ends.local.own;
  return {
    local: { host: local.host, own: more.length === 0 ? own : undefined, platform: local.platform },
    remote: { host: undefined, own: far, platform: "unknown" },
  };
}

/**
 * The configuration of the end that was not shown, and what else there is to ask of the near one; what there is to ask of
 * the second device is about its own tunnel.
 */
export function asksApart(
  tunnel: Tunnel,
  { far, why }: Elsewhere,
  asks: readonly Ask[],
  entries: ReadonlyMap<string, AskEntry>,
): Ask[] {
  const near = asks.filter(({ side }) => side === "local");
  if (far !== undefined) return [...asksOfTheOther(tunnel, why, entries), ...near];
  return near.map((ask, index) => (index === 0 ? { ...ask, why: `${why} ${ask.why}` } : ask));
}

function asksOfTheOther(tunnel: Tunnel, why: string, entries: ReadonlyMap<string, AskEntry>): Ask[] {
  const text = entries.get("configuration")?.commands[platformOfWords(tunnel, "local")]?.command;
  if (text === undefined) return [];
  const command = fillCommands(text.trim(), () => undefined).join("\n");
  const ask: Ask = { side: "remote", platform: "unknown", command, why };
  return cannotRun(tunnel, "remote", command) ? [] : [ask];
}
