/** A `conn` of libreswan's ipsec.conf as a connection. */
import type { Connection, ConnectionAuth } from "../../../domain/readings/connection.ts";
import type { Selector } from "../../../domain/readings/ipsec.ts";
import { identity, isYes, secondsIn } from "../../strongswan/configuration/connection.ts";
import type { Value } from "../../strongswan/configuration/sections.ts";
import type { Conn } from "../../strongswan/ipsec-conf/sections.ts";
import { settingsOf } from "../../strongswan/ipsec-conf/settings.ts";
import { readAddresses } from "../../strongswan/list-conns.ts";
import { readSelectors } from "../../strongswan/selectors.ts";
import { configuredEsp, configuredIke } from "../algorithms.ts";

type Side = "left" | "right";
type Settings = ReadonlyMap<string, Value>;

/** Undefined for a conn without both ends, which others take their settings from ("also="). `host`: the device's name, where it is known. */
export function readConnection(
  conn: Conn,
  defaults: Settings,
  all: readonly Conn[],
  host?: string,
): Connection | undefined {
  const values = settingsOf(conn, defaults, all);
  if (!values.has("left") || !values.has("right")) return undefined;
  const at: Record<string, number> = {};
  const of = (field: string, ...keys: string[]): string | undefined => {
    const value = keys.map((key) => values.get(key)).find((item) => item !== undefined);
    if (value) at[field] = value.line;
    return value?.text;
  };
  const ours = ownSide(values, host);
  const theirs: Side = ours === "left" ? "right" : "left";
  const version = versionOf(of("version", "ikev2", "keyexchange"));
  const aggressive = of("exchange", "aggressive", "aggrmode");
  const ike = values.get("ike");
  const delay = of("dpdSeconds", "dpddelay");
  const auto = of("startAction", "auto");
  const encaps = of("natTraversal", "encapsulation", "forceencaps");
  const ikeProposals = ike
    ? configuredIke(ike.text, ike.line)
    : [{ line: conn.line, name: "default", isDefault: true }];
  return {
    name: conn.name,
    line: conn.line,
    version,
    exchange: version === 2 ? undefined : aggressive !== undefined && isYes(aggressive) ? "aggressive" : "main",
    local: endOf(of("local", ours)),
    remote: endOf(of("remote", theirs)),
    localAuth: authOf(values, ours),
    remoteAuth: authOf(values, theirs),
    ikeProposals,
    children: [
      withPfs(
        version,
        childOf(
          conn,
          values,
          ours,
          ikeProposals.flatMap(({ dhGroups }) => dhGroups ?? []),
        ),
      ),
    ],
    // Without a delay nobody probes.
    dpdSeconds: delay === undefined ? 0 : secondsIn(delay),
    dpdAction: of("dpdAction", "dpdaction"),
    natTraversal:
      encaps === undefined || encaps === "auto"
        ? "on"
        : isYes(encaps)
          ? "forced"
          : values.has("encapsulation")
            ? "off"
            : "on",
    disabled: auto === "ignore" ? true : undefined,
    at,
  };
}

/** In IKEv1 pluto takes whatever group the peer proposes (4.10 does), so that its own setting decides nothing by itself. */
function withPfs(
  version: Connection["version"],
  child: Connection["children"][number],
): Connection["children"][number] {
  if (version !== 1) return child;
  return { ...child, proposals: child.proposals.map(({ pfsGroups: _, ...proposal }) => proposal) };
}

/** Left by custom; right where only that can be an end of this device: pluto finds out by its addresses, which are not here. */
function ownSide(values: Settings, host: string | undefined): Side {
  const left = values.get("left")?.text ?? "";
  const right = values.get("right")?.text ?? "";
  const isOwn = (text: string) => /^%(?:defaultroute|[a-z]{2,8}\d)/.test(text) && !/^%any/.test(text);
  if (isOwn(left) !== isOwn(right)) return isOwn(right) ? "right" : "left";
  if (/^%any/.test(left) && !/^%any/.test(right)) return "right";
  const isNamed = (side: Side) => {
    const names = [values.get(`${side}id`)?.text, values.get(side)?.text].map(
      (text) => identity(text ?? "").split(".")[0],
    );
    return host !== undefined && names.includes(host.toLowerCase());
  };
  return isNamed("right") && !isNamed("left") ? "right" : "left";
}

function versionOf(text: string | undefined): Connection["version"] {
  if (text === undefined) return undefined;
  if (/^(?:insist|yes|propose|ikev2)$/i.test(text)) return 2;
  return /^(?:no|never|ikev1)$/i.test(text) ? 1 : "any";
}

function endOf(text: string | undefined): string[] {
  return text === undefined || text.startsWith("%") ? ["%any"] : readAddresses(text);
}

const METHODS: Readonly<Record<string, string>> = {
  secret: "psk",
  psk: "psk",
  rsasig: "rsa-sig",
  "rsa-sha2": "rsa-sig",
  "rsa-sha1": "rsa-sig",
  ecdsa: "ecdsa-sig",
  null: "null",
  eaponly: "eap",
};

function authOf(values: Settings, side: Side): ConnectionAuth {
  const at: Record<string, number> = {};
  const method = values.get(`${side}auth`) ?? values.get("authby");
  if (method) at["method"] = method.line;
  // Without one, the identity is the address.
  const id = values.get(`${side}id`) ?? values.get(side);
  if (id) at["id"] = id.line;
  const [first = "rsasig"] = (method?.text ?? "rsasig").toLowerCase().split(/[|,]/);
  const isOpen = id === undefined || id.text.startsWith("%");
  return { method: METHODS[first] ?? first, id: isOpen ? "%any" : identity(id.text), at };
}

function childOf(
  conn: Conn,
  values: Settings,
  ours: Side,
  ikeGroups: readonly number[],
): Connection["children"][number] {
  const theirs: Side = ours === "left" ? "right" : "left";
  const at: Record<string, number> = {};
  const of = (field: string, ...keys: string[]): Value | undefined => {
    const value = keys.map((key) => values.get(key)).find((item) => item !== undefined);
    if (value) at[field] = value.line;
    return value;
  };
  const networks = (value: Value | undefined): Selector[] | undefined =>
    value === undefined ? [] : readSelectors(value.text.replace(/[{}]/g, " "));
  const local = networks(of("local", `${ours}subnet`, `${ours}subnets`));
  const remote = networks(of("remote", `${theirs}subnet`, `${theirs}subnets`));
  const pfs = of("pfs", "pfs")?.text;
  const esp = values.get("esp") ?? values.get("phase2alg");
  const ah = values.get("ah");
  if (esp && pfs === undefined) at["pfs"] = esp.line;
  const groups = pfs !== undefined && !isYes(pfs) ? [] : ikeGroups.length > 0 ? ikeGroups : undefined;
  const life = of("lifetime", "salifetime", "lifetime", "keylife", "ipsec-lifetime");
  const replay = values.get("replay-window")?.text;
  return {
    name: conn.name,
    line: conn.line,
    mode: of("mode", "type")?.text === "transport" ? "transport" : "tunnel",
    local,
    remote,
    proposals: esp
      ? configuredEsp(esp.text, esp.line, "esp", groups)
      : ah
        ? configuredEsp(ah.text, ah.line, "ah", groups)
        : [{ line: conn.line, name: "default", protocol: "esp", isDefault: true }],
    lifetimeSeconds: life === undefined ? undefined : secondsIn(life.text),
    startAction: of("startAction", "auto")?.text ?? "ignore",
    ...(replay !== undefined && { replayWindow: Number(replay) }),
    at,
  };
}
