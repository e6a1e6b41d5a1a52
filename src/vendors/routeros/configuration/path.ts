/** Addresses, routes and source NAT of an export. */
import { canonicalAddress, maskOf, networkFromPrefix, networkFromText } from "../../../domain/network.ts";
import type { AccessList, AclAddress, AclEntry } from "../../../domain/readings/ipsec.ts";
import type { InterfaceState, NatRule, StaticRoute } from "../../../domain/readings/path.ts";
import type { Statement } from "./statements.ts";

const of = (statement: Statement, name: string) => statement.fields.get(name)?.value;
const isOn = (statement: Statement) => statement.action === "add" && of(statement, "disabled") !== "yes";

/** @param natsOut names of interfaces out of which source NAT translates; the others are its inside */
export function interfacesOf(statements: readonly Statement[]): InterfaceState[] {
  const outside = new Set(natStatements(statements).flatMap((rule) => of(rule, "out-interface") ?? []));
  const hasNat = natStatements(statements).length > 0;
  return statements
    .filter((item) => item.menu === "ip address" && isOn(item))
    .flatMap((item): InterfaceState[] => {
      const text = of(item, "address") ?? "";
      const name = of(item, "interface");
      const network = networkFromText(text);
      const [address = ""] = text.split("/", 1);
      if (!network || name === undefined) return [];
      const isOutside = outside.has(name) || (outside.size === 0 && !isPrivate(address));
      return [
        {
          line: item.line,
          name,
          address,
          mask: maskOf(network),
          nat: hasNat ? (isOutside ? "outside" : "inside") : undefined,
          at: { address: item.fields.get("address")?.line ?? item.line },
        },
      ];
    });
}

function isPrivate(address: string): boolean {
  return /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)/.test(address);
}

export function staticRoutesOf(statements: readonly Statement[]): StaticRoute[] {
  return statements
    .filter((item) => item.menu === "ip route" && isOn(item))
    .flatMap((item): StaticRoute[] => {
      const network = networkFromText(of(item, "dst-address") ?? "0.0.0.0/0");
      if (!network) return [];
      const gateway = of(item, "gateway")?.split(",")[0]?.split("%")[0];
      const nextHop = canonicalAddress(gateway ?? "");
      const distance = Number(of(item, "distance") ?? Number.NaN);
      const isBlackhole =
        item.fields.has("blackhole") || /\bblackhole\b|type=(?:blackhole|unreachable)/.test(item.text);
      return [
        {
          line: item.line,
          network,
          nextHop,
          interface: isBlackhole ? "Null0" : nextHop === undefined ? gateway : undefined,
          vrf:
            of(item, "routing-table") === "main" ? undefined : (of(item, "routing-table") ?? of(item, "routing-mark")),
          distance: Number.isNaN(distance) ? undefined : distance,
        },
      ];
    });
}

function natStatements(statements: readonly Statement[]): readonly Statement[] {
  return statements.filter((item) => item.menu === "ip firewall nat" && isOn(item) && of(item, "chain") === "srcnat");
}

/** What may stand in a rule beside addresses without narrowing it for traffic that leaves by the outside interface. */
const HARMLESS: ReadonlySet<string> = new Set([
  "action",
  "chain",
  "comment",
  "disabled",
  "out-interface",
  "out-interface-list",
  "src-address",
  "dst-address",
  "log",
  "log-prefix",
  "to-addresses",
  "place-before",
]);

/**
 * Source NAT as an access list: the first rule that fits decides, "accept" leaves alone, "masquerade" and "src-nat" translate.
 * A rule for packets that IPsec does not take ("ipsec-policy=out,none") leaves the tunnel's alone as well.
 */
export function natOf(statements: readonly Statement[]): { rules: NatRule[]; lists: AccessList[] } {
  const nat = natStatements(statements);
  const entries = nat.flatMap((rule) => entryOf(rule) ?? []);
  const [first] = nat;
  const translating = entries.find(({ action }) => action === "permit");
  if (!first || entries.length === 0) return { rules: [], lists: [] };
  const list: AccessList = { name: "srcnat", line: first.line, type: "extended", entries };
  if (!translating) return { rules: [], lists: [list] };
  const rule: NatRule = {
    line: translating.line,
    text: translating.text,
    type: "dynamic",
    aclName: "srcnat",
    overload: true,
  };
  return { rules: [rule], lists: [list] };
}

function entryOf(rule: Statement): AclEntry | undefined {
  const action = of(rule, "action") ?? "accept";
  const isTranslating = /^(?:masquerade|src-nat|same|netmap)$/.test(action);
  if (!isTranslating && action !== "accept") return undefined;
  if (/^out,none$/.test(of(rule, "ipsec-policy") ?? "")) return undefined;
  const narrows = [...rule.fields.keys()].some((name) => !HARMLESS.has(name) && name !== "ipsec-policy");
  const isNegated = /=!/.test(rule.text);
  const address = (name: string): AclAddress => {
    const text = of(rule, name);
    // A part of the traffic that can't be told: it may decide for some.
    if (narrows || isNegated) return { objectGroup: "matchers" };
    if (text === undefined) return { network: networkFromPrefix("0.0.0.0", 0) };
    const network = networkFromText(text);
    return network ? { network } : { objectGroup: text };
  };
  return {
    line: rule.line,
    action: isTranslating ? "permit" : "deny",
    protocol: "ip",
    source: address("src-address"),
    destination: address("dst-address"),
    options: [],
    text: rule.text,
  };
}
