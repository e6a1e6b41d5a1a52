/** strongSwan with swanctl or with starter; pfSense, OPNsense and VyOS run it. */
import type { Vendor } from "../../domain/output.ts";
import { ipRoute } from "../linux/ip-route.ts";
import { ipXfrmState } from "../linux/ip-xfrm-state.ts";
import { iptablesNat } from "../linux/iptables.ts";
import { nftRuleset } from "../linux/nft-ruleset.ts";
import { linuxPing } from "../linux/ping.ts";
import { tcpdump } from "../linux/tcpdump.ts";
import { traceroute } from "../linux/traceroute.ts";
import { xfrmStat } from "../linux/xfrm-stat.ts";
import { configuration } from "./configuration.ts";
import { ipsecConf } from "./ipsec-conf.ts";
import { listConns } from "./list-conns.ts";
import { listSas } from "./list-sas.ts";
import { log } from "./log.ts";
import { statusall } from "./statusall.ts";
import { vyosConfiguration } from "./vyos/configuration.ts";
import { vyosIkeSa } from "./vyos/show-vpn-ike-sa.ts";
import { vyosIpsecSa } from "./vyos/show-vpn-ipsec-sa.ts";

export const strongswan: Vendor = {
  id: "strongswan",
  name: "strongSwan",
  prompt: /^[\w-]{1,32}@(?<host>[A-Za-z0-9][\w.-]{0,62}):[^\s#$]{0,200}[#$] ?/,
  commands: [
    configuration,
    ipsecConf,
    listSas,
    listConns,
    statusall,
    log,
    linuxPing,
    ipRoute,
    tcpdump,
    ipXfrmState,
    iptablesNat,
    traceroute,
    xfrmStat,
    vyosConfiguration,
    vyosIkeSa,
    vyosIpsecSa,
    nftRuleset,
  ],
};
