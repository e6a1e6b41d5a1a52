/** The tools of Linux, on every platform that runs on it, and the prompt of its shell. */
import type { Command } from "../../domain/output.ts";
import { ipRoute } from "./ip-route.ts";
import { ipXfrmPolicy } from "./ip-xfrm-policy.ts";
import { ipXfrmState } from "./ip-xfrm-state.ts";
import { iptablesNat } from "./iptables.ts";
import { iptablesListing } from "./iptables-listing.ts";
import { nftRuleset } from "./nft-ruleset.ts";
import { linuxPing } from "./ping.ts";
import { tcpdump } from "./tcpdump.ts";
import { traceroute } from "./traceroute.ts";
import { xfrmStat } from "./xfrm-stat.ts";

export const LINUX_COMMANDS: readonly Command[] = [
  linuxPing,
  ipRoute,
  tcpdump,
  ipXfrmState,
  ipXfrmPolicy,
  iptablesNat,
  iptablesListing,
  traceroute,
  xfrmStat,
  nftRuleset,
];

export const SHELL_PROMPT = /^[\w-]{1,32}@(?<host>[A-Za-z0-9][\w.-]{0,62}):[^\s#$]{0,200}[#$] ?/;
