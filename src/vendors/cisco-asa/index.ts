/** Cisco ASA, and FTD in its diagnostic CLI. What it prints as IOS does is read by IOS's readers. */
import type { Vendor } from "../../domain/output.ts";
import { showLogging } from "./log.ts";
import { ping } from "./ping.ts";
import { showCryptoIkev1Sa } from "./show-crypto-ikev1-sa.ts";
import { showCryptoIkev2Sa } from "./show-crypto-ikev2-sa.ts";
import { showCryptoIpsecSa } from "./show-crypto-ipsec-sa.ts";
import { showInterfaceIpBrief } from "./show-interface-ip-brief.ts";
import { showVpnSessiondb } from "./show-vpn-sessiondb.ts";

export const ciscoAsa: Vendor = {
  id: "cisco-asa",
  name: "Cisco ASA and FTD",
  prompt: /^(?<host>[A-Za-z][\w.-]{0,62})(?:\/[\w-]{1,32}){0,3}(?:\([\w-]{1,30}\))?[#>]\s*/,
  commands: [
    showCryptoIkev1Sa,
    showCryptoIkev2Sa,
    showCryptoIpsecSa,
    showVpnSessiondb,
    ping,
    showInterfaceIpBrief,
    showLogging,
  ],
};
