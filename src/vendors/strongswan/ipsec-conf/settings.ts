/** The settings of a `conn`: its own over those of the conns that it names with "also=", over those of `conn %default`. */
import type { Value } from "../configuration/sections.ts";
import type { Conn } from "./sections.ts";

export function settingsOf(
  conn: Conn,
  defaults: ReadonlyMap<string, Value>,
  all: readonly Conn[],
  depth = 0,
): Map<string, Value> {
  const settings = new Map(defaults);
  const also = conn.values.get("also")?.text;
  const base = depth < 4 ? all.find(({ name }) => name === also) : undefined;
  if (base) for (const [key, value] of settingsOf(base, defaults, all, depth + 1)) settings.set(key, value);
  for (const [key, value] of conn.values) settings.set(key, value);
  return settings;
}
