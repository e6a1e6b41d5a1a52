/**
 * Zones, security rules and NAT rules. Source: PAN-OS administrator's guide, "Security Policy", "NAT Policy Rules".
 * Rules that Panorama pushes are not in a firewall's own configuration.
 */
import type { AclAddress } from "../../../domain/readings/ipsec.ts";
import type { SecurityPolicies, SecurityPolicy, SecurityZone, SecurityZones } from "../../../domain/readings/policy.ts";
import { type Objects, objectsOf } from "./objects.ts";
import { after, listOf, type Path } from "./paths.ts";

/** A rule of a rulebase, with the values of each of its settings. */
export interface Rule {
  readonly name: string;
  readonly line: number;
  readonly settings: ReadonlyMap<string, { readonly line: number; readonly values: readonly string[] }>;
}

/** The rules of a rulebase that are in use, in the order in which they stand. */
export function rulesOf(paths: readonly Path[], kind: "security" | "nat"): Rule[] {
  const found = new Map<string, { line: number; settings: Map<string, { line: number; values: string[] }> }>();
  for (const path of paths) {
    const [name, setting, ...values] = after(path, "rulebase", kind, "rules") ?? [];
    if (name === undefined || setting === undefined) continue;
    const rule = found.get(name) ?? { line: path.line, settings: new Map() };
    found.set(name, rule);
    const known = rule.settings.get(setting) ?? { line: path.line, values: [] };
    rule.settings.set(setting, known);
    known.values.push(...listOf(values));
  }
  return [...found]
    .map(([name, { line, settings }]) => ({ name, line, settings }))
    .filter(({ settings }) => settings.get("disabled")?.values.includes("yes") !== true);
}

export function valuesOf({ settings }: Rule, name: string): readonly string[] {
  return settings.get(name)?.values ?? [];
}

/** The addresses that a rule names; without any, or negated, they are not known. */
export function addressesOf(rule: Rule, side: "source" | "destination", find: Objects): readonly AclAddress[] {
  const names = valuesOf(rule, side);
  if (names.length === 0 || valuesOf(rule, `negate-${side}`).includes("yes")) return [{ objectGroup: side }];
  return names.flatMap((name) => find(name));
}

export function zonesOf(paths: readonly Path[], isWhole: boolean): SecurityZones | undefined {
  const zones = new Map<string, SecurityZone>();
  for (const { line, words } of paths) {
    const [table, name = "", network, kind = "", ...members] = words;
    if (table !== "zone" || network !== "network" || !/^(?:layer3|layer2|tap|virtual-wire|external)$/.test(kind))
      continue;
    const known = zones.get(name) ?? { line, name, interfaces: [], at: {} };
    const more = listOf(members).map((member) => ({ line, name: member }));
    zones.set(name, { ...known, interfaces: [...known.interfaces, ...more] });
  }
  if (zones.size === 0 && !isWhole) return undefined;
  return { kind: "security-zones", zones: [...zones.values()], neededFor: "traffic", complete: isWhole };
}

export function policiesOf(paths: readonly Path[], isWhole: boolean): SecurityPolicies | undefined {
  const find = objectsOf(paths);
  const policies = rulesOf(paths, "security").flatMap((rule): SecurityPolicy[] => {
    const [action] = valuesOf(rule, "action");
    const [from, to] = [valuesOf(rule, "from"), valuesOf(rule, "to")];
    if (action === undefined || from.length === 0 || to.length === 0) return [];
    return [
      {
        line: rule.line,
        name: rule.name,
        from,
        to,
        source: addressesOf(rule, "source", find),
        destination: addressesOf(rule, "destination", find),
        action: action === "allow" ? "permit" : "deny",
        at: { action: rule.settings.get("action")?.line ?? rule.line },
      },
    ];
  });
  if (policies.length === 0 && !isWhole) return undefined;
  const isOpen = paths.some((path) => {
    const [name, setting, value] = after(path, "default-security-rules", "rules") ?? [];
    return name === "interzone-default" && setting === "action" && value === "allow";
  });
  return { kind: "security-policies", policies, ...(isOpen && { permitsTheRest: true }), complete: isWhole };
}
