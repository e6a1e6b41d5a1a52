/** Junos on SRX firewalls, with kmd and with iked. */
import type { Vendor } from "../../domain/output.ts";
import { configuration } from "./configuration.ts";
import { log } from "./log.ts";
import { ping } from "./ping.ts";
import { showFlowSession } from "./show-flow-session.ts";
import { showIkeActivePeer } from "./show-ike-active-peer.ts";
import { showIkeSas } from "./show-ike-sas.ts";
import { showInterfacesTerse } from "./show-interfaces-terse.ts";
import { showIpsecSas } from "./show-ipsec-sas.ts";
import { showIpsecStatistics } from "./show-ipsec-statistics.ts";
import { showNextHopTunnels } from "./show-next-hop-tunnels.ts";
import { showRoute } from "./show-route.ts";

export const junos: Vendor = {
  id: "junos",
  name: "Junos",
  prompt: /^[\w.-]{1,32}@(?<host>[A-Za-z0-9][\w.-]{0,62})>(?: |$)/,
  commands: [
    configuration,
    showIkeSas,
    showIpsecSas,
    showIpsecStatistics,
    showIkeActivePeer,
    showNextHopTunnels,
    log,
    showRoute,
    showInterfacesTerse,
    showFlowSession,
    ping,
  ],
};
