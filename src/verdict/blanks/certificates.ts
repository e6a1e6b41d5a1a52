/** Blanks about certificates. */
import type { Side } from "../../domain/ids.ts";
import { trustPointsOf } from "../../tunnel/status/certificates.ts";
import type { Tunnel } from "../../tunnel/tunnel.ts";
import type { Blanks } from "../fill.ts";

export function certificateBlanks(tunnel: Tunnel, side: Side): Blanks {
  const names = trustPointsOf(tunnel[side]);
  return { "trust-point": names.length === 1 ? names[0] : undefined };
}
