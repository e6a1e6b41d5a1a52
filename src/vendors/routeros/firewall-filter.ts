/** `/ip firewall filter print`: what the chains "input" and "forward" do with the tunnel, read as an export is. */
import type { Command, Output, Parsed } from "../../domain/output.ts";
import type { ReadingValue } from "../../domain/readings/index.ts";
import { fasttrackOf } from "./configuration/fasttrack.ts";
import { filterOf } from "./configuration/filter.ts";
import { printedFromTheTop } from "./firewall-nat.ts";
import { statementOf } from "./printed-statement.ts";
import { recordsOf } from "./records.ts";

const OWN = /^\s{0,6}(?:\d{1,5}(?: {1,4}[XDI]{1,3})? {1,10})?chain=(?:input|forward|output) action=\S/;

export const firewallFilter: Command = {
  run: "ip firewall filter print [detail] [OPTIONS1] [OPTIONS2]",
  alsoRun: [
    "/ip firewall filter print [detail] [OPTIONS1] [OPTIONS2]",
    "/ip/firewall/filter/print [detail] [OPTIONS1] [OPTIONS2]",
  ],
  looksLike: [OWN],
  mayStartWith: [
    /^\s*Flags: X - disabled, I - invalid[,;] D - dynamic\s*$/i,
    /^\s{0,6}\d{1,5}(?: {1,4}[XDI]{1,3})? {1,10};;; /,
  ],
  parse(output: Output): Parsed {
    const { records, unread } = recordsOf(output.lines);
    const statements = records.map((record) => statementOf(record, "ip firewall filter"));
    // The first rule that fits decides: without those above it a rule says nothing.
    if (!printedFromTheTop(output.lines)) return { values: [], unread };
    const isWhole = output.isOpenEnded !== true && output.isCut !== true;
    const values = [filterOf(statements, isWhole), fasttrackOf(statements)];
    return { values: values.flatMap((value): ReadingValue[] => (value ? [value] : [])), unread };
  },
};
