/**
 * `/ip firewall nat print` and `/ip firewall filter print`: lists of which the first rule that fits decides, read as an export is.
 * Source: MikroTik RouterOS documentation, "NAT", "Filter" and "Packet Flow in RouterOS".
 */
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { ReadingValue } from "../../domain/readings/index.ts";
import { fasttrackOf } from "./configuration/fasttrack.ts";
import { filterOf } from "./configuration/filter.ts";
import { natOf } from "./configuration/path.ts";
import type { Statement } from "./configuration/statements.ts";
import { statementOf } from "./printed-statement.ts";
import { recordsOf } from "./records.ts";

const NUMBER = /^\s{0,6}(?<number>\d{1,5})(?: {1,4}[XDI]{1,3})?\s{1,10}(?:;;;|[a-z][\w-]{1,30}=)/;

type ReadRules = (statements: readonly Statement[], isWhole: boolean) => readonly (ReadingValue | undefined)[];

/** Source NAT, which comes before the policies of IPsec. */
export const firewallNat = printed(
  "nat",
  /^\s{0,6}(?:\d{1,5}(?: {1,4}[XDI]{1,3})? {1,10})?chain=(?:srcnat|dstnat) action=\S/,
  (statements, isWhole) => {
    const { rules, lists } = natOf(statements);
    if (lists.length === 0) return [];
    return [
      { kind: "access-lists", lists, complete: false },
      { kind: "nat-rules", rules, routeMaps: {}, complete: isWhole },
    ];
  },
);

/** What the chains "input" and "forward" do with the tunnel. */
export const firewallFilter = printed(
  "filter",
  /^\s{0,6}(?:\d{1,5}(?: {1,4}[XDI]{1,3})? {1,10})?chain=(?:input|forward|output) action=\S/,
  (statements, isWhole) => [filterOf(statements, isWhole), fasttrackOf(statements)],
);

function printed(table: "nat" | "filter", own: RegExp, read: ReadRules): Command {
  return {
    run: `ip firewall ${table} print [detail] [OPTIONS1] [OPTIONS2]`,
    alsoRun: [
      `/ip firewall ${table} print [detail] [OPTIONS1] [OPTIONS2]`,
      `/ip/firewall/${table}/print [detail] [OPTIONS1] [OPTIONS2]`,
    ],
    looksLike: [own],
    mayStartWith: [
      /^\s*Flags: X - disabled, I - invalid[,;] D - dynamic\s*$/i,
      /^\s{0,6}\d{1,5}(?: {1,4}[XDI]{1,3})? {1,10};;; /,
    ],
    parse(output: Output): Parsed {
      const { records, unread } = recordsOf(output.lines);
      // Without the rules above it a rule says nothing.
      if (!isFromTheTop(output.lines)) return { values: [], unread };
      const statements = records.map((record) => statementOf(record, `ip firewall ${table}`));
      const values = read(statements, output.isOpenEnded !== true && output.isCut !== true);
      return { values: values.filter((value) => value !== undefined), unread };
    },
  };
}

/** Numbered from 0 without a gap. */
function isFromTheTop(lines: readonly Line[]): boolean {
  const numbers = lines.flatMap(({ text }) => NUMBER.exec(text)?.groups?.["number"] ?? []);
  return numbers.every((number, index) => Number(number) === index);
}
