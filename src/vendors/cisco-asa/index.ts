/** Cisco ASA, and FTD in its diagnostic CLI. What it prints as IOS does is read by IOS's readers. */
import type { Vendor } from "../../domain/output.ts";
import { showClock } from "../cisco-ios/show-clock.ts";
import { ciscoTraceroute } from "../linux/traceroute.ts";
import { configuration } from "./configuration.ts";
import { showLogging } from "./log.ts";
import { packetTracer } from "./packet-tracer.ts";
import { ping } from "./ping.ts";
import { showAccessList } from "./show-access-list.ts";
import { showAspDrop } from "./show-asp-drop.ts";
import { showCapture } from "./show-capture.ts";
import { showCryptoCaCertificates } from "./show-crypto-ca-certificates.ts";
import { showCryptoIkev1Sa } from "./show-crypto-ikev1-sa.ts";
import { showCryptoIkev2Sa } from "./show-crypto-ikev2-sa.ts";
import { showCryptoIpsecSa } from "./show-crypto-ipsec-sa.ts";
import { showInterfaceIpBrief } from "./show-interface-ip-brief.ts";
import { showNat } from "./show-nat.ts";
import { showRoute } from "./show-route.ts";
import { showVpnSessiondb } from "./show-vpn-sessiondb.ts";

export const ciscoAsa: Vendor = {
  id: "cisco-asa",
  name: "Cisco ASA and FTD",
  prompt: /^(?<host>[A-Za-z][\w.-]{0,62})(?:\/[\w-]{1,32}){0,3}(?:\([\w-]{1,30}\))?[#>]\s*/,
  commands: [
    configuration,
    showCryptoIkev1Sa,
    showCryptoIkev2Sa,
    showCryptoIpsecSa,
    showVpnSessiondb,
    showRoute,
    showAccessList,
    showNat,
    packetTracer,
    showAspDrop,
    showCapture,
    ping,
    ciscoTraceroute,
    showInterfaceIpBrief,
    showLogging,
    showClock,
    showCryptoCaCertificates,
  ],
};
