/** `show nat [detail]`: the rules in the order in which they are tried, with their hits; in detail with their addresses. */
import { networkFromPrefix } from "../../domain/network.ts";
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { Statement } from "../cisco-ios/configuration/statements.ts";
import { isFiller } from "../cisco-ios/ike-output.ts";
import { newCollected } from "./configuration/collected.ts";
import { natOf } from "./configuration/nat.ts";

const SECTION = /^\s*(?:(?:Manual|Auto) NAT Policies(?: Implicit)?|Manual NAT Policies) \(Section \d\)/;
const RULE =
  /^\s{0,4}\d{1,6} \((?<real>[^()\s]{1,60})\) to \((?<mapped>[^()\s]{1,60})\) source (?<rest>(?:static|dynamic) .{1,400})$/;
const HITS = /^\s*translate_hits = (?<there>\d{1,15}), untranslate_hits = (?<back>\d{1,15})/;
const ADDRESSES = /^\s*(?<side>Source|Destination) - Origin: (?<origin>\d.{2,300}?), Translated/;
const ASIDE = /^\s*Service - /;

interface Draft {
  readonly statement: Statement;
  readonly source: string;
  readonly destination: string | undefined;
}

export const showNat: Command = {
  run: "show nat [detail] [INTERFACE]",
  looksLike: [SECTION, RULE, HITS],
  parse(output: Output): Parsed {
    const collected = newCollected();
    const unread: Line[] = [];
    let open: Draft | undefined;
    let section = "";
    const counted = new Map<number, { readonly line: number; readonly hits: number }>();
    for (const line of output.lines) {
      const rule = draftOf(line, section);
      const hits = HITS.exec(line.text)?.groups;
      const addresses = ADDRESSES.exec(line.text)?.groups;
      if (SECTION.test(line.text)) section = /Section (\d)/.exec(line.text)?.[1] ?? "";
      else if (rule) {
        open = rule;
        collected.nat.push(rule.statement);
      } else if (addresses && open) {
        const name = addresses["side"] === "Source" ? open.source : open.destination;
        if (name !== undefined) takeNetworks(collected, name, addresses["origin"] ?? "");
      } else if (hits && open) {
        counted.set(open.statement.line, { line: line.number, hits: Number(hits["there"]) + Number(hits["back"]) });
      } else if (!hits && !ASIDE.test(line.text) && !isFiller(line.text)) unread.push(line);
    }
    const { rules, lists, exempt } = natOf(collected);
    const exemptions = exempt.flatMap((rule) => {
      const count = counted.get(rule.line);
      return count ? [{ ...rule, hits: count.hits, hitsLine: count.line }] : [];
    });
    if (collected.nat.length === 0) return { values: [], unread };
    return {
      values: [
        ...(lists.length > 0 ? [{ kind: "access-lists" as const, lists, complete: false }] : []),
        { kind: "nat-rules", rules, ...(exemptions.length > 0 && { exemptions }), routeMaps: {}, complete: false },
      ],
      unread,
    };
  },
};

/** The rule as a configuration writes it. */
function draftOf({ text, number }: Line, section: string): Draft | undefined {
  const groups = RULE.exec(text)?.groups;
  if (groups === undefined) return undefined;
  const rest = (groups["rest"] ?? "").replace(/\s{2,}/g, " ").trim();
  const late = section === "3" ? "after-auto " : "";
  const words = rest.split(" ");
  const destination = / destination static (\S+)/.exec(` ${rest}`)?.[1];
  return {
    statement: {
      line: number,
      text: `nat (${groups["real"]},${groups["mapped"]}) ${late}source ${rest}`,
      indent: 0,
      lines: [{ number, text }],
    },
    source: words[1] ?? "",
    destination,
  };
}

/** "10.20.0.0/16, 10.21.0.0/16": what a name stands for. */
function takeNetworks(collected: ReturnType<typeof newCollected>, name: string, origin: string): void {
  collected.objects.open(name);
  for (const word of origin.split(/[\s,]+/)) {
    const [address = "", length = "32"] = word.split("/");
    if (networkFromPrefix(address, Number(length))) collected.objects.take(name, `subnet ${address}/${length} 0`);
  }
}
