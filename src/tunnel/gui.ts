/** Firewalls that run strongSwan below pages of their own, which write the daemon's files anew. */
import type { Side } from "../domain/ids.ts";
import { oncePerEnd } from "./once-per-end.ts";
import type { Tunnel } from "./tunnel.ts";

export type Gui = "pfsense" | "opnsense";

/** By the device's name, by where its files are, or by how its connections are named; undefined for any other device. */
export function guiOf(tunnel: Tunnel, side: Side): Gui | undefined {
  return tunnel[side].platform === "strongswan" ? shownGui(tunnel, tunnel[side]) : undefined;
}

/** pfSense keeps its files under /var/etc/ipsec and names connections by their number in thousands. */
const PFSENSE = /\/var\/etc\/ipsec\b|(?:^|[\s<])con\d{1,3}000(?:\||\{|\[|: )/;
/** OPNsense names connections by a UUID. */
const OPNSENSE = /<[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\|\d{1,9}>/;
/** What is not in the first lines of an output is not further down either. */
const MOST_LINES = 300;

const shownGui = oncePerEnd((tunnel, { side }): Gui | undefined => {
  for (const { paste } of tunnel.known.pastes)
    for (const output of paste.outputs) {
      if (tunnel.ends.sideOf.get(output) !== side || output.platform !== "strongswan") continue;
      const named = /^(pfsense|opnsense)/.exec(output.host?.toLowerCase() ?? "")?.[1];
      if (named !== undefined) return named === "pfsense" ? "pfsense" : "opnsense";
      const texts = [
        output.typed ?? "",
        ...paste.lines
          .filter(({ number }) => number >= output.firstLine && number <= output.lastLine)
          .slice(0, MOST_LINES)
          .map(({ text }) => text),
      ];
      if (texts.some((text) => PFSENSE.test(text))) return "pfsense";
      if (texts.some((text) => OPNSENSE.test(text))) return "opnsense";
    }
  return undefined;
});
