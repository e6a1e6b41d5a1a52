/** How a debug is switched off again, at each end that is known. */
import { type PlatformId, SIDES } from "../domain/ids.ts";
import type { Block, Reply } from "../domain/reply.ts";
import { text } from "./blocks.ts";
import { nameOf } from "./names.ts";
import { stillWaiting } from "./next-step.ts";
import type { Standing } from "./standing.ts";

/**
 * Sources: Cisco IOS Debug Command Reference, "undebug"; Cisco ASA command reference, "undebug"; FortiOS CLI reference,
 * "diagnose debug reset"; Junos CLI reference, "traceoptions (Security IKE)"; PAN-OS CLI, "debug ike global".
 */
const STOPS: Readonly<Partial<Record<PlatformId, readonly string[]>>> = {
  "cisco-ios": ["undebug all", "no debug crypto condition"],
  "cisco-asa": ["undebug all"],
  fortios: ["diagnose debug disable", "diagnose debug reset"],
  junos: ["configure", "delete security ike traceoptions", "commit"],
  panos: ["debug ike global on normal"],
};

export function howToStopDebug(standing: Standing): Reply {
  const { ends } = standing.diagnosis;
  const blocks = SIDES.flatMap((side): Block[] => {
    const { platform } = ends[side];
    const lines = platform === "unknown" ? undefined : STOPS[platform];
    return lines === undefined ? [] : [{ type: "code", label: `Debug off, on ${nameOf(side, ends)}`, lines }];
  });
  const words =
    "Take back what switched it on: undebug all on a Cisco, diagnose debug reset on a FortiGate. Where the log itself was read, there is nothing to stop.";
  return { blocks: [...(blocks.length > 0 ? blocks : [text(words)]), ...stillWaiting(standing)] };
}
