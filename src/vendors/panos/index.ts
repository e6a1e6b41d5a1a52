/** Palo Alto Networks firewalls (PAN-OS). */
import type { Vendor } from "../../domain/output.ts";
import { configuration } from "./configuration.ts";
import { log } from "./log.ts";
import { ping } from "./ping.ts";
import { showCounterGlobal } from "./show-counter-global.ts";
import { showRoutingRoute } from "./show-routing-route.ts";
import { showSession } from "./show-session.ts";
import { showVpnFlow } from "./show-vpn-flow.ts";
import { showVpnGateway } from "./show-vpn-gateway.ts";
import { showVpnIkeSa } from "./show-vpn-ike-sa.ts";
import { showVpnIpsecSa } from "./show-vpn-ipsec-sa.ts";
import { showVpnTunnel } from "./show-vpn-tunnel.ts";
import { testRoutingFibLookup } from "./test-routing-fib-lookup.ts";
import { testVpn } from "./test-vpn.ts";

export const panos: Vendor = {
  id: "panos",
  name: "Palo Alto (PAN-OS)",
  prompt:
    /^[\w.-]{1,32}@(?<host>[A-Za-z0-9][\w.-]{0,62})(?:\((?:active|passive|suspended|non-functional|initial|active-primary|active-secondary)\))?[>#] ?/,
  commands: [
    configuration,
    showVpnIkeSa,
    showVpnIpsecSa,
    showVpnFlow,
    showVpnGateway,
    showVpnTunnel,
    log,
    showRoutingRoute,
    testRoutingFibLookup,
    showSession,
    showCounterGlobal,
    testVpn,
    ping,
  ],
};
