/** How a finding is told: in the words of the platform that the ends have, else in words of none. */
import type { PlatformId, Side } from "../domain/ids.ts";
import type { KnownFault } from "../knowledge/finding-schema.ts";
import { tunnelInterfaceOf } from "../tunnel/compare/tunnel-interfaces.ts";
import { tunnelIsIkeV2 } from "../tunnel/ike-version.ts";
import { bothEnds, type Tunnel } from "../tunnel/tunnel.ts";

/** The title of a finding. */
export function titleOf(finding: KnownFault, tunnel: Tunnel): string {
  return saidAlike(finding, tunnel, "title") ?? finding.title;
}

/** What a finding means. */
export function reasonOf(finding: KnownFault, tunnel: Tunnel): string {
  return saidAlike(finding, tunnel, "why")?.trim() ?? finding.why.trim();
}

/** Why a finding wants something of an end: what is seen there, in the end's own words. */
export function askReasonOf(finding: KnownFault, ask: string, tunnel: Tunnel, side: Side): string | undefined {
  const said = sayingOf(finding, tunnel[side].platform, tunnel);
  return said?.ikev1?.asks?.[ask] ?? said?.asks?.[ask];
}

/** Said so by every platform that an end is known to have; two that call it differently have the plain words in common. */
function saidAlike(finding: KnownFault, tunnel: Tunnel, word: "title" | "why"): string | undefined {
  const [local, remote] = [tunnel.local.platform, tunnel.remote.platform];
  const one = saidBy(finding, local === "unknown" ? remote : local, tunnel, word);
  return local === remote || remote === "unknown" || saidBy(finding, remote, tunnel, word) === one ? one : undefined;
}

function saidBy(finding: KnownFault, platform: PlatformId | "unknown", tunnel: Tunnel, word: "title" | "why") {
  const said = sayingOf(finding, platform, tunnel);
  const text = said?.ikev1?.[word] ?? said?.[word];
  return text !== undefined && /crypto (?:map|ACL)/i.test(text) && isByTunnelInterface(tunnel) ? undefined : text;
}

/** Whether each end that shows how it does it has a tunnel interface: crypto maps are then nobody's. */
function isByTunnelInterface(tunnel: Tunnel): boolean {
  const ends = bothEnds(tunnel).filter(({ connections, mapEntries }) => connections ?? mapEntries);
  return ends.length > 0 && ends.every((end) => tunnelInterfaceOf(end) !== undefined);
}

function sayingOf({ sayings }: KnownFault, platform: PlatformId | "unknown", tunnel: Tunnel) {
  const said = platform === "unknown" ? undefined : sayings[platform];
  return said && tunnelIsIkeV2(tunnel).is === true ? { ...said, ikev1: undefined } : said;
}
