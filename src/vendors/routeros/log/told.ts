/** What single messages tell besides their meaning: who talks with whom, in which version, which attempt it is. */
import { canonicalAddress } from "../../../domain/network.ts";
import type { LogMessage } from "../../../negotiations/message.ts";

/** "192.0.2.10[500]<=>203.0.113.2[500] 5d0a64ea0d9a8e2b:0000000000000000": this end comes first. */
const BETWEEN =
  /(?<![0-9a-fA-F.:])(?<local>[0-9a-fA-F.:]{2,45})\[\d{1,5}\](?:<=>|-)(?<peer>[0-9a-fA-F.:]{2,45})\[\d{1,5}\](?: (?:spi[:=] ?)?(?<id>[0-9a-f]{16}):[0-9a-f]{16})?/;
/** "203.0.113.2 failed to pre-process ph1 packet", "203.0.113.2 parsing packet failed". */
const PEER_FIRST = /^(?<peer>[0-9a-fA-F.:]{3,45}) (?=[a-z])/;
const VERSION_1 = /\b(?:phase ?[12]|ph[12]|ISAKMP-SA|Identity Protection|Aggressive|quick mode)\b/i;
const VERSION_2 = /\b(?:ike2|IKEv2|SA_INIT|CREATE_CHILD_SA)\b/;

/** "peer authorized: hq 192.0.2.10[500]-…", "new ike2 SA (R): hq 192.0.2.10[4500]-…": the peer by its name. */
const NAMED =
  /^(?:peer authorized|killing ike2 SA|new ike2 SA \([IR]\)): (?<name>[\w-][\w.-]{0,62}) (?=[0-9a-fA-F.:]{2,45}\[)/;

export function readTold(text: string): Pick<LogMessage, "peer" | "local" | "version" | "exchange" | "names"> {
  const between = BETWEEN.exec(text)?.groups;
  const peer = between?.["peer"] ?? PEER_FIRST.exec(text)?.groups?.["peer"];
  const version = VERSION_2.test(text) ? 2 : VERSION_1.test(text) ? 1 : undefined;
  const name = NAMED.exec(text)?.groups?.["name"];
  return {
    ...(name !== undefined && { names: { connection: name } }),
    ...(peer !== undefined && { peer: canonicalAddress(peer) }),
    ...(between && { local: canonicalAddress(between["local"] ?? "") }),
    ...(between?.["id"] !== undefined && { exchange: between["id"] }),
    ...(version && { version }),
  };
}
