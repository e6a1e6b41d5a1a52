/** What would tell a single finding from the others. */
import type { Ask } from "../domain/verdict.ts";
import type { AskEntry } from "../knowledge/finding-schema.ts";
import { refusingEnd } from "../tunnel/status/role.ts";
import type { Tunnel } from "../tunnel/tunnel.ts";
import { chooseAsks } from "./asks.ts";
import type { WeighedFinding } from "./weigh.ts";

/** Of what settles it, the first that can still be asked for: the reason of the end that refused, else a look rather than a debug. */
export function whatWouldTell(
  tunnel: Tunnel,
  item: WeighedFinding | undefined,
  asks: ReadonlyMap<string, AskEntry>,
): Ask | undefined {
  const isRefused = refusingEnd(tunnel) !== undefined;
  const effortOf = (id: string) =>
    isRefused && id.startsWith("debug-") ? 0 : (asks.get(id)?.effort ?? Number.POSITIVE_INFINITY);
  const settle = [...(item?.settle ?? [])].sort((one, other) => effortOf(one.ask) - effortOf(other.ask));
  for (const wish of settle) {
    if (!item) break;
    const one = { ...item, settle: [wish] };
    const [ask] = chooseAsks(tunnel, { first: [], last: [] }, [one], asks);
    if (ask) return ask;
  }
  return undefined;
}
