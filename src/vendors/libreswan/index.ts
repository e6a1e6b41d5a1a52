/** libreswan: pluto with its own tools; the Linux tools are shared with strongSwan. */
import type { Vendor } from "../../domain/output.ts";
import { ipRoute } from "../linux/ip-route.ts";
import { ipXfrmState } from "../linux/ip-xfrm-state.ts";
import { iptablesNat } from "../linux/iptables.ts";
import { nftRuleset } from "../linux/nft-ruleset.ts";
import { linuxPing } from "../linux/ping.ts";
import { tcpdump } from "../linux/tcpdump.ts";
import { traceroute } from "../linux/traceroute.ts";
import { xfrmStat } from "../linux/xfrm-stat.ts";
import { ipsecConf } from "./ipsec-conf.ts";
import { log } from "./log.ts";
import { status } from "./status.ts";
import { trafficstatus } from "./trafficstatus.ts";

export const libreswan: Vendor = {
  id: "libreswan",
  name: "libreswan",
  prompt: /^[\w-]{1,32}@(?<host>[A-Za-z0-9][\w.-]{0,62}):[^\s#$]{0,200}[#$] ?/,
  commands: [
    ipsecConf,
    status,
    trafficstatus,
    log,
    linuxPing,
    ipRoute,
    tcpdump,
    ipXfrmState,
    iptablesNat,
    traceroute,
    xfrmStat,
    nftRuleset,
  ],
};
