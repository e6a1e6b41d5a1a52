/** Interfaces, static routes and the name of a configuration. */
import { maskOf, networkFromText } from "../../../domain/network.ts";
import type { Device } from "../../../domain/readings/log.ts";
import type { InterfaceState, StaticRoute } from "../../../domain/readings/path.ts";
import { after, type Path } from "./paths.ts";

type Draft<T> = { -readonly [K in keyof T]: T[K] };

export function devicesName(paths: readonly Path[]): Device | undefined {
  for (const path of paths) {
    const rest = after(path, "deviceconfig", "system", "hostname") ?? after(path, "system", "hostname");
    if (rest?.[0] !== undefined) return { kind: "device", hostname: rest[0], hostnameLine: path.line };
  }
  return undefined;
}

/** Ethernet, aggregate, loopback, VLAN and tunnel interfaces, and their units, with their first address. */
export function interfacesOf(paths: readonly Path[]): InterfaceState[] {
  const found = new Map<string, Draft<InterfaceState>>();
  for (const path of paths) {
    const rest = after(path, "interface");
    const named = rest && nameIn(rest);
    if (!named) continue;
    const { name, setting } = named;
    const item = found.get(name) ?? { line: path.line, name, at: {} };
    found.set(name, item);
    if (setting[0] === "ip" && item.address === undefined) takeAddress(item, setting[1] ?? "", path.line);
    if (setting[0] === "mtu" && /^\d{3,5}$/.test(setting[1] ?? "")) item.ipMtu = Number(setting[1]);
  }
  return [...found.values()];
}

const KINDS = /^(?:ethernet|aggregate-ethernet|loopback|vlan|tunnel)$/;

/** "ethernet ethernet1/1 layer3 [units ethernet1/1.10] ip …", "tunnel units tunnel.1 ip …". */
function nameIn([kind = "", ...rest]: readonly string[]) {
  if (!KINDS.test(kind)) return undefined;
  const units = rest.indexOf("units");
  if (units >= 0) return { name: rest[units + 1] ?? "", setting: rest.slice(units + 2) };
  if (rest[1] === "layer3") return { name: rest[0] ?? "", setting: rest.slice(2) };
  return undefined;
}

function takeAddress(item: Draft<InterfaceState>, text: string, line: number): void {
  const network = networkFromText(text);
  if (!network) return;
  item.address = text.split("/", 1)[0];
  item.mask = maskOf(network);
  item.at = { ...item.at, address: line };
}

export function staticRoutesOf(paths: readonly Path[]): StaticRoute[] {
  const found = new Map<string, Draft<Partial<StaticRoute>> & { line: number }>();
  for (const path of paths) {
    const router = after(path, "virtual-router") ?? after(path, "logical-router");
    const [name = "", ...setting] = after(path, "static-route") ?? [];
    if (name === "" || setting.length === 0) continue;
    const key = `${router?.[0] ?? ""} ${name}`;
    const route = found.get(key) ?? { line: path.line };
    found.set(key, route);
    const [attribute, value = "", more = ""] = setting;
    if (attribute === "destination") {
      const network = networkFromText(value);
      if (network) Object.assign(route, { network, line: path.line });
    } else if (attribute === "interface") route.interface = value;
    else if (attribute === "nexthop" && /^ip(?:v6)?-address$/.test(value)) route.nextHop = more;
    else if (attribute === "nexthop" && value === "discard") route.interface = "Null0";
    else if (attribute === "admin-dist") route.distance = Number(value);
  }
  return [...found.values()].flatMap(({ network, ...route }) => (network ? [{ ...route, network }] : []));
}
