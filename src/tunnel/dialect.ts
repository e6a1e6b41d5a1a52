/** In which system's own words an end's daemon is configured, where it is one that has its own. */
import type { Side } from "../domain/ids.ts";
import type { Dialect } from "../domain/readings/connection.ts";
import { oncePerEnd } from "./once-per-end.ts";
import type { Tunnel } from "./tunnel.ts";

/** VyOS, by its configuration or by the tables that only it prints. */
export function dialectOf(tunnel: Tunnel, side: Side): Dialect | undefined {
  return tunnel[side].platform === "strongswan" ? shownDialect(tunnel, tunnel[side]) : undefined;
}

const VYOS_TABLE = /^show vpn (?:ike|ipsec) sa\b/;

const shownDialect = oncePerEnd((tunnel, { side }): Dialect | undefined => {
  for (const { paste } of tunnel.known.pastes)
    for (const output of paste.outputs) {
      if (tunnel.ends.sideOf.get(output) !== side) continue;
      if (output.platform === "strongswan" && VYOS_TABLE.test(output.command)) return "vyos";
      for (const value of output.values)
        if (value.kind === "connections" && value.dialect !== undefined) return value.dialect;
    }
  return undefined;
});
