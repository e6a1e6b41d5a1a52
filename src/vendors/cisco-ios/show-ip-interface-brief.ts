/** `show ip interface brief`: addresses and states of the interfaces, also through `| include`. */
import { canonicalAddress } from "../../domain/network.ts";
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { InterfaceState } from "../../domain/readings/path.ts";
import { isClockLine } from "./path-command.ts";

const HEADING = /^\s*Interface\s{1,60}IP-Address\s{1,40}OK\?\s{1,20}Method\s{1,10}Status\s{1,40}Prot/;
/** A row alone, where a filter took the heading away. */
const ROW =
  /^\s{0,20}[A-Z][A-Za-z-]{1,40}\d[\d/.:]{0,30} {1,40}(?:\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}|unassigned) {1,20}(?:YES|NO) {1,20}(?:NVRAM|DHCP|IPCP|TFTP|SLARP|BOOTP|manual|unset|other) /;
const STATUS = /^(?:up|down|administratively down|admin down|deleted|reset)$/;

export const showIpInterfaceBrief: Command = {
  run: "show ip interface brief [INTERFACE] [UNIT]",
  looksLike: [HEADING, ROW],
  parse(output: Output): Parsed {
    const unread: Line[] = [];
    const interfaces: InterfaceState[] = [];
    for (const line of output.lines) {
      if (line.text.trim() === "" || HEADING.test(line.text) || isClockLine(line.text)) continue;
      const row = readRow(line);
      if (row) interfaces.push(row);
      else unread.push(line);
    }
    const isFiltered = /\|/.test(output.command) || output.command !== "show ip interface brief";
    const complete = output.lines.some((line) => HEADING.test(line.text)) && !isFiltered && unread.length === 0;
    return { values: [{ kind: "interfaces", from: "brief", interfaces, complete }], unread };
  },
};

/** "GigabitEthernet0/1  192.0.2.1  YES NVRAM  up  up"; the status is the one column that holds a blank. */
function readRow(line: Line): InterfaceState | undefined {
  const words = line.text.trim().split(/\s+/);
  const [name = "", address = "", ok = "", method] = words;
  if (!/^[A-Za-z]/.test(name) || (ok !== "YES" && ok !== "NO") || method === undefined) return undefined;
  const printed = canonicalAddress(address);
  if (printed === undefined && address !== "unassigned") return undefined;
  const protocol = words.at(-1);
  const status = words.slice(4, -1).join(" ");
  if (words.length < 6 || !STATUS.test(status)) return undefined;
  return {
    line: line.number,
    name,
    ...(printed !== undefined && { address: printed }),
    status,
    protocol,
    at: {},
  };
}
