/** Interfaces and static routes of a configuration. */
import { maskOf, networkFromText } from "../../../domain/network.ts";
import type { Connection } from "../../../domain/readings/connection.ts";
import type { InterfaceState, StaticRoute } from "../../../domain/readings/path.ts";
import type { Statement } from "../../../domain/set-lines.ts";
import { withUnit } from "./connections.ts";

type Draft = { -readonly [K in keyof InterfaceState]: InterfaceState[K] } & { at: Record<string, number> };

/** Units by the name that the rest of the configuration uses ("ge-0/0/0.0"). */
export function interfacesOf(statements: readonly Statement[]): InterfaceState[] {
  const found = new Map<string, Draft>();
  const off = new Map<string, number>();
  const mss = statements.findLast(({ words }) => words.join(" ").startsWith("security flow tcp-mss ipsec-vpn mss "));
  for (const { line, words } of statements) {
    const [root, name = "", unit, number = "", ...rest] = words;
    if (root !== "interfaces") continue;
    if (unit === "disable") off.set(name, line);
    if (unit !== "unit") continue;
    const own = found.get(`${name}.${number}`) ?? { line, name: `${name}.${number}`, at: {} };
    found.set(own.name, own);
    takeSetting(own, rest, line);
    if (name === "st0") {
      own.tunnelMode = "ipsec";
      if (mss) {
        own.adjustMss = Number(mss.words.at(-1));
        own.at["adjustMss"] = mss.line;
      }
    }
  }
  for (const [name, line] of off)
    for (const item of found.values())
      if (item.name.startsWith(`${name}.`)) {
        item.shutdown = true;
        item.at["shutdown"] = line;
      }
  return [...found.values()];
}

function takeSetting(own: Draft, [first, family, kind, value = ""]: readonly string[], line: number): void {
  if (first === "disable") {
    own.shutdown = true;
    own.at["shutdown"] = line;
  }
  if (first !== "family" || (family !== "inet" && family !== "inet6")) return;
  if (kind === "mtu") {
    own.ipMtu = Number(value);
    own.at["ipMtu"] = line;
  }
  if (kind !== "address" || own.address !== undefined) return;
  const [address] = value.split("/");
  const network = networkFromText(value);
  if (address === undefined || !network) return;
  own.address = address;
  own.mask = maskOf(network);
  own.at["address"] = line;
}

/** `routing-options static route P next-hop H`, also of routing instances; "discard" and "reject" lead nowhere. */
export function staticRoutesOf(statements: readonly Statement[]): StaticRoute[] {
  const preferences = new Map<string, number>();
  const routes: StaticRoute[] = [];
  for (const { line, words } of statements) {
    const vrf = words[0] === "routing-instances" ? words[1] : undefined;
    const rest = words.slice(vrf === undefined ? 0 : 2);
    if (rest[0] !== "routing-options") continue;
    const at = rest.indexOf("route");
    if (rest[at - 1] !== "static") continue;
    const [prefix = "", kind, value = ""] = rest.slice(at + 1);
    const network = networkFromText(prefix);
    if (!network) continue;
    const key = `${vrf ?? ""} ${prefix}`;
    if (kind === "preference") preferences.set(key, Number(value));
    const distance = preferences.get(key);
    const base = { line, network, vrf, ...(distance !== undefined && { distance }) };
    if (kind === "discard" || kind === "reject") routes.push({ ...base, interface: kind });
    else if (kind === "next-hop" || kind === "qualified-next-hop") {
      const isAddress = /^[0-9a-fA-F.:]{2,45}$/.test(value);
      routes.push({ ...base, ...(isAddress ? { nextHop: value } : { interface: withUnit(value) }) });
    }
  }
  return routes;
}

/** Each traffic selector brings a route to its remote network while its tunnel is up (auto route insertion, ARI-TS). */
export function routesOfSelectors(connections: readonly Connection[]): StaticRoute[] {
  return connections.flatMap(({ children, tunnelInterface }) =>
    children.flatMap(({ remote = [], at, line }) =>
      tunnelInterface === undefined || at["selector"] === undefined
        ? []
        : remote.map(({ network }) => ({ line: at["remote"] ?? line, network, interface: tunnelInterface })),
    ),
  );
}
