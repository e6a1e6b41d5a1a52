/**
 * Security zones with what they let in to the device itself, and the policies between them.
 * Sources: Junos OS security zones and security policies user guides (host-inbound-traffic, from-zone … to-zone).
 */
import type { AclAddress } from "../../../domain/readings/ipsec.ts";
import type {
  SecurityPolicies,
  SecurityPolicy,
  SecurityZones,
  ZoneInterface,
} from "../../../domain/readings/policy.ts";
import type { Statement } from "../../../domain/set-lines.ts";
import { type Settings, settingsBelow } from "../../../domain/set-lines.ts";
import { type AddressBook, addressBook } from "./addresses.ts";
import { withUnit } from "./connections.ts";

const SERVICES = ["host-inbound-traffic", "system-services"];

/** The zones; undefined where none is shown and there may be some. */
export function zonesOf(statements: readonly Statement[], isWhole: boolean): SecurityZones | undefined {
  const found = [...settingsBelow(statements, "security", "zones", "security-zone").values()];
  if (found.length === 0 && !isWhole) return undefined;
  const zones = found.map((zone) => {
    const [first] = zone.all(...SERVICES);
    return {
      line: zone.line,
      name: zone.name,
      interfaces: [...new Set(zone.values("interfaces"))].filter(isInterface).map((name) => memberOf(zone, name)),
      services: servicesIn(zone, SERVICES),
      at: first ? { services: first.line } : {},
    };
  });
  return { kind: "security-zones", zones, neededFor: "tunnel", complete: isWhole };
}

/** Where a line with the interface's own name was lost, what stands below it is none. */
function isInterface(name: string): boolean {
  return name === "all" || /\d/.test(name);
}

function memberOf(zone: Settings, name: string): ZoneInterface {
  const own = ["interfaces", name, ...SERVICES];
  const [first] = zone.all(...own);
  const line = first?.line ?? zone.all("interfaces", name)[0]?.line ?? zone.line;
  return { line, name: withUnit(name), ...(first && { services: servicesIn(zone, own) }) };
}

/** "ike", "all"; "ike except" beside "all" takes it out again. */
function servicesIn(zone: Settings, path: readonly string[]): string[] {
  const listed = zone.all(...path).map(({ words }) => words);
  const excepted = new Set(listed.flatMap(([name = "", more]) => (more === "except" ? [name] : [])));
  const names = listed.flatMap(([name = "", more]) => (more === "except" ? [] : [name]));
  const isAll = names.some((name) => name === "all" || name === "any-service");
  if (isAll && excepted.has("ike")) return [...new Set(names.filter((name) => !/^(?:all|any-service)$/.test(name)))];
  return [...new Set(names)];
}

/** The policies of all pairs of zones and the global ones; undefined where none is shown and there may be some. */
export function policiesOf(statements: readonly Statement[], isWhole: boolean): SecurityPolicies | undefined {
  const find = addressBook(statements);
  const policies: SecurityPolicy[] = [];
  const below = statements.filter(({ words }) => words[0] === "security" && words[1] === "policies");
  const pairs = new Set(below.flatMap(({ words }) => (words[2] === "from-zone" ? [words.slice(2, 6).join("\n")] : [])));
  for (const pair of pairs) {
    const [, from = "", , to = ""] = pair.split("\n");
    const level = ["security", "policies", ...pair.split("\n"), "policy"];
    for (const policy of settingsBelow(statements, ...level).values())
      policies.push(...policyOf(policy, [from], [to], find));
  }
  for (const policy of settingsBelow(statements, "security", "policies", "global", "policy").values()) {
    const zones = (which: string) => {
      const named = policy.values("match", which);
      return named.length > 0 ? named : ["any"];
    };
    policies.push(...policyOf(policy, zones("from-zone"), zones("to-zone"), find));
  }
  if (policies.length === 0 && !isWhole) return undefined;
  const isOpen = below.some(({ words }) => words[2] === "default-policy" && words[3] === "permit-all");
  return { kind: "security-policies", policies, ...(isOpen && { permitsTheRest: true }), complete: isWhole };
}

/** None where its action is not shown. */
function policyOf(
  policy: Settings,
  from: readonly string[],
  to: readonly string[],
  find: AddressBook,
): SecurityPolicy[] {
  const action = policy.all("then").find(({ words }) => /^(?:permit|deny|reject)$/.test(words[0] ?? ""));
  if (!action) return [];
  return [
    {
      line: policy.line,
      name: policy.name,
      from,
      to,
      source: addressesOf(policy, "source", find),
      destination: addressesOf(policy, "destination", find),
      action: action.words[0] === "permit" ? "permit" : "deny",
      at: { action: action.line },
    },
  ];
}

/** Names that no address book here explains, and lists that are excluded, stay names. */
function addressesOf(policy: Settings, side: "source" | "destination", find: AddressBook): AclAddress[] {
  const names = policy.values("match", `${side}-address`);
  if (names.length === 0 || policy.has("match", `${side}-address-excluded`))
    return [{ objectGroup: `${side}-address` }];
  return names.flatMap((name): AclAddress[] => {
    const networks = find(name);
    return networks ? networks.map((network) => ({ network })) : [{ objectGroup: name }];
  });
}
