/** Names of FortiOS' tunnels: phase 1 and its tunnel interface have one name. */
import type { TunnelNames } from "../../domain/readings/names.ts";

/** "HUB_3" may be a dial-up peer's own tunnel, made from the gateway HUB: `edit HUB_3` would make a gateway. */
const MAY_BE_MADE = /_\d{1,6}$/;

/**
 * The names of a tunnel.
 * @param phase1 as printed
 * @param phase2 its child's name, where the line tells
 */
export function namesOf(phase1: string, phase2?: string): TunnelNames | undefined {
  if (phase1 === "" || MAY_BE_MADE.test(phase1)) return undefined;
  return { connection: phase1, ...(phase2 !== undefined && phase2 !== "" && { child: phase2 }) };
}
