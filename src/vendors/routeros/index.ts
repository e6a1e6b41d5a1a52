/** MikroTik RouterOS 6 and 7. */
import type { Vendor } from "../../domain/output.ts";
import { activePeers } from "./active-peers.ts";
import { configuration } from "./configuration.ts";
import { firewallFilter, firewallNat } from "./firewall-print.ts";
import { installedSa } from "./installed-sa.ts";
import { ipRoutePrint } from "./ip-route.ts";
import { log } from "./log.ts";
import { ping } from "./ping.ts";
import { policy } from "./policy.ts";
import { statistics } from "./statistics.ts";

export const routeros: Vendor = {
  id: "routeros",
  name: "MikroTik RouterOS",
  prompt: /^\[[^\]@]{1,60}@(?<host>[^\]]{1,60})\] (?:\/?[a-z][\w /-]{0,60})?> ?/,
  commands: [
    configuration,
    activePeers,
    installedSa,
    policy,
    statistics,
    firewallNat,
    firewallFilter,
    log,
    ipRoutePrint,
    ping,
  ],
};
