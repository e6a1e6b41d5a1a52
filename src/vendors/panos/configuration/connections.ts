/** IKE gateways with their profiles and tunnels: one connection a gateway. */
import { ANY_IPV4, canonicalAddress, networkFromText } from "../../../domain/network.ts";
import type { Connection, ConnectionAuth, ConnectionChild } from "../../../domain/readings/connection.ts";
import type { Selector } from "../../../domain/readings/ipsec.ts";
import type { InterfaceState } from "../../../domain/readings/path.ts";
import { readSecret } from "../../../domain/secret.ts";
import { after, listOf, type Path } from "./paths.ts";
import { type Profiles, profilesOf } from "./profiles.ts";

/** Settings of one thing by their path, with the values of all lines that set it. */
interface Settings {
  readonly line: number;
  readonly values: Map<string, { readonly line: number; readonly words: string[] }>;
}

export function connectionsOf(paths: readonly Path[], interfaces: readonly InterfaceState[]): Connection[] {
  const profiles = profilesOf(paths);
  const routers = routersIn(paths);
  const gateways = collect(paths, (path) => after(path, "ike", "gateway") ?? startsWith(path, "gateway"));
  const tunnels = collect(paths, (path) => after(path, "tunnel", "ipsec") ?? startsWith(path, "ipsec"));
  return [...gateways].map(([name, settings]) => {
    const own = [...tunnels].filter(([, tunnel]) => lastOf(tunnel, "auto-key ike-gateway") === name);
    return connectionOf(name, settings, own, profiles, { interfaces, routers });
  });
}

interface Network {
  readonly interfaces: readonly InterfaceState[];
  /** The names of virtual routers by the interfaces in them. */
  readonly routers: ReadonlyMap<string, string>;
}

/** "virtual-router VR-1 interface [ ethernet1/1 tunnel.4 ]". */
function routersIn(paths: readonly Path[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const path of paths) {
    const [name, word, ...names] = after(path, "virtual-router") ?? [];
    if (name === undefined || word !== "interface") continue;
    for (const member of listOf(names)) found.set(member, name);
  }
  return found;
}

/** The router of the tunnel interface; where it is in none that is shown, the only one there is. */
function routerOf(name: string | undefined, routers: ReadonlyMap<string, string>): string | undefined {
  const [only, ...others] = new Set(routers.values());
  return (name === undefined ? undefined : routers.get(name)) ?? (others.length === 0 ? only : undefined);
}

function startsWith(path: Path, word: string): readonly string[] | undefined {
  return path.words[0] === word ? path.words.slice(1) : undefined;
}

function collect(paths: readonly Path[], find: (path: Path) => readonly string[] | undefined): Map<string, Settings> {
  const found = new Map<string, Settings>();
  for (const path of paths) {
    const [name, ...setting] = find(path) ?? [];
    if (name === undefined || setting.length === 0) continue;
    const settings = found.get(name) ?? { line: path.line, values: new Map() };
    found.set(name, settings);
    const key = setting.slice(0, -1).join(" ");
    const known = settings.values.get(key);
    if (known) known.words.push(setting.at(-1) ?? "");
    else settings.values.set(key, { line: path.line, words: [setting.at(-1) ?? ""] });
  }
  return found;
}

function lastOf(settings: Settings, key: string): string | undefined {
  return settings.values.get(key)?.words.at(-1);
}

function connectionOf(
  name: string,
  gateway: Settings,
  tunnels: readonly (readonly [string, Settings])[],
  profiles: Profiles,
  { interfaces, routers }: Network,
): Connection {
  const at: Record<string, number> = {};
  const of = (key: string, field?: string): string | undefined => {
    const found = gateway.values.get(key);
    if (found && field !== undefined) at[field] = found.line;
    return found?.words.at(-1);
  };
  const written = of("protocol version", "version");
  // Without the setting a gateway speaks IKEv1 alone.
  const version = written === undefined || written === "ikev1" ? 1 : written === "ikev2" ? 2 : "any";
  const used = version === 1 ? "ikev1" : "ikev2";
  const outside = of("local-address interface", "interface");
  const local = of("local-address ip", "local")?.split("/")[0];
  const address = local ?? interfaces.find((item) => item.name === outside)?.address ?? outside;
  const profile = of(`protocol ${used} ike-crypto-profile`, "proposals");
  const method = authOf(gateway);
  const dpd = of(`protocol ${used} dpd enable`, "dpdSeconds");
  const nat = of("protocol-common nat-traversal enable", "natTraversal");
  const fragmentation = of("protocol-common fragmentation enable", "fragmentation");
  const exchange = of("protocol ikev1 exchange-mode", "exchange");
  const [tunnel] = tunnels;
  const inner = tunnel?.[1].values.get("tunnel-interface");
  if (inner) at["tunnelInterface"] = inner.line;
  return {
    name,
    line: gateway.line,
    version,
    exchange: exchange === "main" || exchange === "aggressive" ? exchange : undefined,
    local: address === undefined ? [] : [canonicalAddress(address) ?? address],
    remote: [peerOf(of, at, gateway)],
    localAuth: withId(method, gateway, "local-id"),
    remoteAuth: withId(method, gateway, "peer-id"),
    ikeProposals: [profiles.ike(profile, gateway.line)],
    ikePolicy: profile,
    children: tunnels.flatMap(([own, settings]) => childrenOf(own, settings, profiles)),
    dpdSeconds: dpd === "no" ? 0 : dpd === "yes" ? Number(of(`protocol ${used} dpd interval`) ?? 5) : undefined,
    natTraversal: nat === undefined ? undefined : nat === "yes" ? "on" : "off",
    fragmentation: fragmentation === undefined ? undefined : fragmentation === "yes",
    responderOnly: of("protocol-common passive-mode", "responderOnly") === "yes" ? true : undefined,
    tunnelInterface: inner?.words.at(-1),
    virtualRouter: routerOf(inner?.words.at(-1), routers),
    interface: outside,
    disabled: of("disabled", "disabled") === "yes" || areDisabled(tunnels, at) ? true : undefined,
    ...(tunnels.length === 0 && { lacksChild: true }),
    at,
  };
}

/** All of the gateway's tunnels are switched off. */
function areDisabled(tunnels: readonly (readonly [string, Settings])[], at: Record<string, number>): boolean {
  const lines = tunnels.flatMap(([, { values }]) => {
    const disabled = values.get("disabled");
    return disabled?.words.at(-1) === "yes" ? [disabled.line] : [];
  });
  const [line] = lines;
  if (line === undefined || lines.length < tunnels.length) return false;
  at["disabled"] = line;
  return true;
}

/** "peer-address ip A", "peer-address fqdn N", "peer-address dynamic". */
function peerOf(
  of: (key: string, field?: string) => string | undefined,
  at: Record<string, number>,
  gateway: Settings,
): string {
  const named = of("peer-address ip", "remote") ?? of("peer-address fqdn", "remote");
  if (named !== undefined) return canonicalAddress(named) ?? named;
  const dynamic = gateway.values.get("peer-address");
  if (dynamic) at["remote"] = dynamic.line;
  return "%any";
}

function authOf(gateway: Settings): ConnectionAuth {
  const key = gateway.values.get("authentication pre-shared-key key");
  if (key)
    return { method: "psk", secret: readSecret(key.words.at(-1) ?? ""), at: { method: key.line, secret: key.line } };
  const certificate = [...gateway.values].find(([name]) => name.startsWith("authentication certificate"));
  return certificate ? { method: "rsa-sig", at: { method: certificate[1].line } } : {};
}

function withId(auth: ConnectionAuth, gateway: Settings, which: "local-id" | "peer-id"): ConnectionAuth {
  const id = gateway.values.get(`${which} id`);
  const text = id?.words.at(-1);
  if (!id || text === undefined) return auth;
  return { ...auth, id: canonicalAddress(text) ?? text, at: { ...auth.at, id: id.line } };
}

/** One child a proxy ID; without any the tunnel asks for everything. */
function childrenOf(name: string, tunnel: Settings, profiles: Profiles): ConnectionChild[] {
  if (lastOf(tunnel, "disabled") === "yes") return [];
  const profile = tunnel.values.get("auto-key ipsec-crypto-profile");
  const proposals = [profiles.ipsec(profile?.words.at(-1), profile?.line ?? tunnel.line)];
  const lifetimeSeconds = profiles.ipsecLifetime(profile?.words.at(-1));
  const replay = lastOf(tunnel, "anti-replay");
  const base = {
    mode: "tunnel" as const,
    policy: profile?.words.at(-1),
    proposals,
    lifetimeSeconds,
    replayWindow: replay === "no" ? 0 : undefined,
  };
  const proxies = new Set(
    [...tunnel.values.keys()].flatMap((key) => /^auto-key proxy-id(?:-v6)? (\S+)/.exec(key)?.[1] ?? []),
  );
  if (proxies.size === 0)
    return [
      {
        ...base,
        name,
        line: tunnel.line,
        local: [EVERYTHING],
        remote: [EVERYTHING],
        at: { proposals: profile?.line ?? tunnel.line },
      },
    ];
  return [...proxies].map((proxy) => {
    const of = (key: string) =>
      tunnel.values.get(`auto-key proxy-id ${proxy} ${key}`) ??
      tunnel.values.get(`auto-key proxy-id-v6 ${proxy} ${key}`);
    const local = of("local");
    const remote = of("remote");
    const protocol = protocolOf(tunnel, proxy);
    return {
      ...base,
      name: `${name}:${proxy}`,
      line: local?.line ?? remote?.line ?? tunnel.line,
      local: selectors(local?.words.at(-1), protocol, "local-port"),
      remote: selectors(remote?.words.at(-1), protocol, "remote-port"),
      at: {
        ...(local && { local: local.line }),
        ...(remote && { remote: remote.line }),
        proposals: profile?.line ?? tunnel.line,
        pfs: profile?.line ?? tunnel.line,
      },
    };
  });
}

const EVERYTHING: Selector = { network: ANY_IPV4, protocol: 0, port: 0 };

interface Protocol {
  readonly number: number;
  readonly ports: Readonly<Record<string, string>>;
}

/** "protocol any", "protocol number 47", "protocol tcp remote-port 443". */
function protocolOf(tunnel: Settings, proxy: string): Protocol {
  const found: { number: number; ports: Record<string, string> } = { number: 0, ports: {} };
  for (const [key, { words }] of tunnel.values) {
    const rest = /^auto-key proxy-id(?:-v6)? (\S+) protocol ?(.*)$/.exec(key);
    if (rest?.[1] !== proxy) continue;
    const value = words.at(-1) ?? "";
    const [kind = "", attribute = ""] = (rest[2] ?? "").split(" ");
    const name = kind === "" ? value : kind;
    if (name === "tcp") found.number = 6;
    else if (name === "udp") found.number = 17;
    else if (name === "number") found.number = Number(value) || 0;
    if (/^(?:local|remote)-port$/.test(attribute)) found.ports[attribute] = value;
  }
  return found;
}

function selectors(text: string | undefined, { number, ports }: Protocol, port: string): Selector[] | undefined {
  // An address object stands for what another part of the configuration says.
  const network = networkFromText(text ?? "0.0.0.0/0");
  return network ? [{ network, protocol: number, port: Number(ports[port] ?? 0) || 0 }] : undefined;
}
