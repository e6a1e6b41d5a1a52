/**
 * VyOS's source NAT, which comes before IPsec, as the list by which it chooses: rules in the order of their numbers; "exclude"
 * leaves alone what it matches. A rule that chooses by more than addresses may decide for some.
 */
import { ANY_IPV4, networkFromText } from "../../../domain/network.ts";
import type { AccessList, AclAddress, AclEntry } from "../../../domain/readings/ipsec.ts";
import type { NatRule } from "../../../domain/readings/path.ts";
import { type Settings, type Statement, settingsBelow } from "../../../domain/set-lines.ts";

const LIST = "nat source";

export function natOf(statements: readonly Statement[]): { rules: NatRule[]; lists: AccessList[] } {
  const entries = [...settingsBelow(statements, "nat", "source", "rule").values()]
    .filter((rule) => !rule.has("disable"))
    .sort((one, other) => Number(one.name) - Number(other.name))
    .flatMap((rule) => entryOf(rule) ?? []);
  const [first] = entries;
  if (!first) return { rules: [], lists: [] };
  const taking = entries.find(({ action }) => action === "permit");
  const list: AccessList = { name: LIST, line: first.line, type: "extended", entries };
  if (!taking) return { rules: [], lists: [list] };
  return {
    rules: [{ line: taking.line, text: taking.text, type: "dynamic", aclName: LIST, overload: true }],
    lists: [list],
  };
}

function entryOf(rule: Settings): AclEntry | undefined {
  const at: Record<string, number> = {};
  const isExempt = rule.has("exclude");
  const translated = rule.value(["translation", "address"], at, "translation");
  if (!isExempt && translated === undefined) return undefined;
  const isNarrow =
    rule.has("source", "port") ||
    rule.has("destination", "port") ||
    rule.has("source", "group") ||
    rule.has("destination", "group") ||
    (rule.has("protocol") && rule.value(["protocol"]) !== "all");
  const address = (side: "source" | "destination"): AclAddress => {
    const text = rule.value([side, "address"]);
    if (isNarrow) return { objectGroup: "matchers" };
    if (text === undefined) return { network: ANY_IPV4 };
    const network = networkFromText(text);
    return network ? { network } : { objectGroup: text };
  };
  return {
    line: at["translation"] ?? rule.line,
    action: isExempt ? "deny" : "permit",
    protocol: "ip",
    source: address("source"),
    destination: address("destination"),
    options: [],
    text: `nat source rule ${rule.name}`,
  };
}
