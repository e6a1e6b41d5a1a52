/**
 * `config firewall policy`, and the zones that policies may name instead of interfaces (`config system zone`, SD-WAN).
 * Source: FortiOS CLI Reference, config firewall policy, config system zone, config system sdwan.
 */
import type { AclAddress } from "../../../domain/readings/ipsec.ts";
import type { SecurityPolicies, SecurityPolicy, SecurityZone, SecurityZones } from "../../../domain/readings/policy.ts";
import type { Objects } from "./networks.ts";
import { type Entry, entriesOf, linesOf, type Sections, wordOf } from "./sections.ts";

/** Tables of rules that stand beside, or instead of, the policies that are read here. */
const OTHER_RULES = /^firewall (?:policy6|policy46|policy64|security-policy|consolidated policy|proxy-policy)$/;

/** The policies in use; undefined where the output shows no table of them (unless it is whole), or other rules as well. */
export function policiesOf(sections: Sections, objects: Objects, isWhole: boolean): SecurityPolicies | undefined {
  const entries = entriesOf(sections, ["firewall policy"], ["srcintf", "dstintf"]);
  const hasOtherRules = sections.entries.some(({ table }) => OTHER_RULES.test(table));
  if (hasOtherRules || (entries.length === 0 && !isWhole)) return undefined;
  return {
    kind: "security-policies",
    policies: entries
      .filter((entry) => !entry.isNested && wordOf(entry, "status") !== "disable")
      .flatMap((entry) => policyOf(entry, objects) ?? []),
    tunnelNeedsOne: true,
    complete: isWhole,
  };
}

/** Zones with the interfaces in them. Members of SD-WAN are in a zone of it, "virtual-wan-link" where none is named. */
export function zonesOf(sections: Sections, isWhole: boolean): SecurityZones | undefined {
  const zones = entriesOf(sections, ["system zone"], []).flatMap((entry): SecurityZone[] =>
    entry.name === undefined
      ? []
      : [zone(entry.name, entry.line, entry.settings.get("interface")?.words ?? [], lineOf(entry))],
  );
  // The members' own table stands inside the one of SD-WAN and is called "members".
  for (const entry of sections.entries.filter(({ table }) => table === "members")) {
    const member = wordOf(entry, "interface");
    if (member === undefined) continue;
    zones.push(zone(wordOf(entry, "zone") ?? "virtual-wan-link", entry.line, [member], lineOf(entry)));
  }
  if (zones.length === 0 && !isWhole) return undefined;
  return { kind: "security-zones", zones, complete: isWhole };
}

function lineOf(entry: Entry): number {
  return entry.settings.get("interface")?.line ?? entry.line;
}

function zone(name: string, line: number, members: readonly string[], memberLine: number): SecurityZone {
  return { line, name, interfaces: members.map((member) => ({ line: memberLine, name: member })), at: {} };
}

/** A policy whose interfaces were not shown, as one that is cut, says nothing. */
function policyOf(entry: Entry, objects: Objects): SecurityPolicy | undefined {
  const from = entry.settings.get("srcintf")?.words;
  const to = entry.settings.get("dstintf")?.words;
  if (!from || !to) return undefined;
  const action = wordOf(entry, "action");
  return {
    line: entry.line,
    name: entry.name ?? "",
    from,
    to,
    source: addressesOf(entry, "srcaddr", objects),
    destination: addressesOf(entry, "dstaddr", objects),
    // Without the setting a policy denies.
    action: action === "accept" || action === "ipsec" || action === "ssl-vpn" ? "permit" : "deny",
    ...(wordOf(entry, "nat") === "enable" && { translates: true }),
    at: linesOf(entry, {
      from: "srcintf",
      to: "dstintf",
      source: "srcaddr",
      destination: "dstaddr",
      translates: "nat",
    }),
  };
}

/** Objects that were not shown, and lists that are negated or of another kind, stay names. */
function addressesOf(entry: Entry, side: "srcaddr" | "dstaddr", objects: Objects): AclAddress[] {
  const names = entry.settings.get(side)?.words;
  if (!names || wordOf(entry, `${side}-negate`) === "enable") return [{ objectGroup: side }];
  return names.flatMap((name): AclAddress[] => {
    const networks = objects.get(name);
    return networks ? networks.map((network) => ({ network })) : [{ objectGroup: name }];
  });
}
