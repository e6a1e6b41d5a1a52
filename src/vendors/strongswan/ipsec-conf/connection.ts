/** A `conn` of ipsec.conf as a connection: left is this end, unless only right is an address of it (nobody can tell here). */
import type { Connection, ConnectionAuth } from "../../../domain/readings/connection.ts";
import { authMethod } from "../auth-method.ts";
import { identity, isYes, secondsIn } from "../configuration/connection.ts";
import type { Value } from "../configuration/sections.ts";
import { readAddresses } from "../list-conns.ts";
import { childProposals, configuredIkeProposals } from "../proposals.ts";
import { readSelectors } from "../selectors.ts";
import type { Conn } from "./sections.ts";
import { settingsOf } from "./settings.ts";

/** Undefined for a conn without ends, which others take their settings from ("also="). */
export function readLegacyConnection(
  conn: Conn,
  defaults: ReadonlyMap<string, Value>,
  all: readonly Conn[],
): Connection | undefined {
  const values = settingsOf(conn, defaults, all);
  const at: Record<string, number> = {};
  const of = (key: string, field: string): string | undefined => {
    const value = values.get(key);
    if (value) at[field] = value.line;
    return value?.text;
  };
  const left = of("left", "local");
  const right = of("right", "remote");
  if (left === undefined && right === undefined) return undefined;
  const exchange = of("keyexchange", "version");
  const ike = values.get("ike");
  const aggressive = of("aggressive", "exchange");
  const delay = of("dpddelay", "dpdSeconds");
  const action = of("dpdaction", "dpdAction");
  const forced = of("forceencaps", "natTraversal");
  return {
    name: conn.name,
    line: conn.line,
    version: exchange === "ikev1" ? 1 : exchange === "ikev2" ? 2 : "any",
    exchange: aggressive !== undefined && isYes(aggressive) ? "aggressive" : "main",
    local: endOf(left),
    remote: endOf(right),
    localAuth: authOf(values, "left"),
    remoteAuth: authOf(values, "right"),
    ikeProposals: ike
      ? configuredIkeProposals(ike.text, ike.line)
      : [{ line: conn.line, name: "default", isDefault: true }],
    children: [childOf(conn, values)],
    // Without an action nobody probes, whatever the delay.
    dpdSeconds: action === undefined || action === "none" ? 0 : secondsIn(delay ?? "30s"),
    dpdAction: action,
    natTraversal: forced !== undefined && isYes(forced) ? "forced" : "on",
    disabled: values.get("auto")?.text === "ignore" ? true : undefined,
    at,
  };
}

function endOf(text: string | undefined): string[] {
  return text === undefined || text === "%defaultroute" ? ["%any"] : readAddresses(text);
}

function authOf(values: ReadonlyMap<string, Value>, side: "left" | "right"): ConnectionAuth {
  const at: Record<string, number> = {};
  const method = values.get(`${side}auth`) ?? values.get("authby");
  if (method) at["method"] = method.line;
  // Without one, the identity is the address.
  const id = values.get(`${side}id`) ?? values.get(side);
  if (id) at["id"] = id.line;
  const isOpen = id === undefined || id.text.startsWith("%");
  return { method: authMethod(method?.text ?? "pubkey"), id: isOpen ? "%any" : identity(id.text), at };
}

function childOf(conn: Conn, values: ReadonlyMap<string, Value>): Connection["children"][number] {
  const at: Record<string, number> = {};
  const of = (key: string, field: string): string | undefined => {
    const value = values.get(key);
    if (value) at[field] = value.line;
    return value?.text;
  };
  const local = of("leftsubnet", "local");
  const remote = of("rightsubnet", "remote");
  const mode = of("type", "mode");
  const esp = values.get("esp");
  const ah = values.get("ah");
  if (esp) at["pfs"] = esp.line;
  const life = of("lifetime", "lifetime") ?? of("keylife", "lifetime");
  return {
    name: conn.name,
    line: conn.line,
    mode: mode === "transport" ? "transport" : "tunnel",
    local: local === undefined ? [] : readSelectors(local),
    remote: remote === undefined ? [] : readSelectors(remote),
    proposals: childProposals(esp, ah, conn.line),
    lifetimeSeconds: life === undefined ? undefined : secondsIn(life),
    startAction: of("auto", "startAction") ?? "ignore",
    at,
  };
}
