/** libreswan: pluto with its own tools; the Linux tools are shared with strongSwan. */
import type { Vendor } from "../../domain/output.ts";
import { LINUX_COMMANDS, SHELL_PROMPT } from "../linux/commands.ts";
import { systemctlStatus } from "../linux/systemctl-status.ts";
import { ipsecConf } from "./ipsec-conf.ts";
import { log } from "./log.ts";
import { notRunning } from "./not-running.ts";
import { status } from "./status.ts";
import { trafficstatus } from "./trafficstatus.ts";

const UNIT = /^(?:[●○×*↻] )?(ipsec)\.service(?: - \S.{0,120})?$/;

export const libreswan: Vendor = {
  id: "libreswan",
  name: "libreswan",
  prompt: SHELL_PROMPT,
  commands: [ipsecConf, status, trafficstatus, log, notRunning, systemctlStatus(UNIT), ...LINUX_COMMANDS],
};
