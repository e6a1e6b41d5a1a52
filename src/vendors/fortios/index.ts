/** FortiGate firewalls with FortiOS. */
import type { Vendor } from "../../domain/output.ts";
import { configuration } from "./configuration.ts";
import { debug } from "./debug.ts";
import { debugFlow } from "./debug-flow.ts";
import { eventLog } from "./event-log.ts";
import { ikeGateways } from "./ike-gateways.ts";
import { ping } from "./ping.ts";
import { routingTable } from "./routing-table.ts";
import { sniffer } from "./sniffer.ts";
import { tunnelDetails } from "./tunnel-details.ts";
import { tunnelList } from "./tunnel-list.ts";
import { tunnelSummary } from "./tunnel-summary.ts";

export const fortios: Vendor = {
  id: "fortios",
  name: "FortiOS",
  prompt: /^(?<host>[A-Za-z][\w.-]{0,62}) (?:\([^()]{1,60}\) )?[#$](?: |$)/,
  commands: [
    configuration,
    ikeGateways,
    tunnelList,
    tunnelSummary,
    tunnelDetails,
    debug,
    debugFlow,
    eventLog,
    routingTable,
    ping,
    sniffer,
  ],
};
