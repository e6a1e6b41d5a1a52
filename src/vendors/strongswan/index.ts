/** strongSwan with swanctl or with starter; pfSense, OPNsense and VyOS run it. */
import type { Vendor } from "../../domain/output.ts";
import { LINUX_COMMANDS, SHELL_PROMPT } from "../linux/commands.ts";
import { systemctlStatus } from "../linux/systemctl-status.ts";
import { configuration } from "./configuration.ts";
import { ipsecConf } from "./ipsec-conf.ts";
import { listConns } from "./list-conns.ts";
import { listSas } from "./list-sas.ts";
import { log } from "./log.ts";
import { notRunning } from "./not-running.ts";
import { statusall } from "./statusall.ts";
import { vyosConfiguration } from "./vyos/configuration.ts";
import { vyosIkeSa } from "./vyos/show-vpn-ike-sa.ts";
import { vyosIpsecSa } from "./vyos/show-vpn-ipsec-sa.ts";

const UNIT =
  /^(?:[●○×*↻] )?(strongswan|strongswan-starter|strongswan-swanctl|charon-systemd)\.service(?: - \S.{0,120})?$/;

export const strongswan: Vendor = {
  id: "strongswan",
  name: "strongSwan",
  prompt: SHELL_PROMPT,
  commands: [
    configuration,
    ipsecConf,
    listSas,
    listConns,
    statusall,
    log,
    notRunning,
    systemctlStatus(UNIT, /^strongswan-starter$/),
    ...LINUX_COMMANDS,
    vyosConfiguration,
    vyosIkeSa,
    vyosIpsecSa,
  ],
};
