/**
 * `/ip firewall nat print`: source NAT, which comes before the policies of IPsec, as the list by which it chooses.
 * Source: MikroTik RouterOS documentation, "NAT" and "Packet Flow in RouterOS".
 */
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import { natOf } from "./configuration/path.ts";
import { statementOf } from "./printed-statement.ts";
import { recordsOf } from "./records.ts";

const OWN = /^\s{0,6}(?:\d{1,5}(?: {1,4}[XDI]{1,3})? {1,10})?chain=(?:srcnat|dstnat) action=\S/;
const NUMBER = /^\s{0,6}(?<number>\d{1,5})(?: {1,4}[XDI]{1,3})?\s{1,10}(?:;;;|[a-z][\w-]{1,30}=)/;

export const firewallNat: Command = {
  run: "ip firewall nat print [detail] [OPTIONS1] [OPTIONS2]",
  alsoRun: [
    "/ip firewall nat print [detail] [OPTIONS1] [OPTIONS2]",
    "/ip/firewall/nat/print [detail] [OPTIONS1] [OPTIONS2]",
  ],
  looksLike: [OWN],
  mayStartWith: [
    /^\s*Flags: X - disabled, I - invalid[,;] D - dynamic\s*$/i,
    /^\s{0,6}\d{1,5}(?: {1,4}[XDI]{1,3})? {1,10};;; /,
  ],
  parse(output: Output): Parsed {
    const { records, unread } = recordsOf(output.lines);
    const statements = records.map((record) => statementOf(record, "ip firewall nat"));
    // The first rule that fits decides: without those above it a rule says nothing.
    if (!printedFromTheTop(output.lines)) return { values: [], unread };
    const { rules, lists } = natOf(statements);
    if (lists.length === 0) return { values: [], unread };
    const complete = output.isOpenEnded !== true && output.isCut !== true;
    return {
      values: [
        { kind: "access-lists", lists, complete: false },
        { kind: "nat-rules", rules, routeMaps: {}, complete },
      ],
      unread,
    };
  },
};

/** Numbered from 0 without a gap. */
export function printedFromTheTop(lines: readonly Line[]): boolean {
  const numbers = lines.flatMap(({ text }) => NUMBER.exec(text)?.groups?.["number"] ?? []);
  return numbers.every((number, index) => Number(number) === index);
}
