/** A connection of swanctl.conf. */
import { canonicalAddress } from "../../../domain/network.ts";
import type { Connection, ConnectionAuth, ConnectionChild } from "../../../domain/readings/connection.ts";
import { authMethod } from "../auth-method.ts";
import { readAddresses } from "../list-conns.ts";
import { childProposals, configuredIkeProposals } from "../proposals.ts";
import { readSelectors } from "../selectors.ts";
import { inherited, type Section, type Value } from "./sections.ts";

/** "30s", "4h", "1d" or plain seconds; undefined for anything else. */
export function secondsIn(text: string): number | undefined {
  const groups = /^(?<amount>\d{1,9})\s?(?<unit>[smhd]?)$/.exec(text.trim())?.groups;
  if (!groups) return undefined;
  const unit = { s: 1, m: 60, h: 3600, d: 86_400 }[groups["unit"] || "s"];
  return unit === undefined ? undefined : Number(groups["amount"]) * unit;
}

/** `section` of `connections`; `root` is the file, from which it may inherit. */
export function readConnection(section: Section, root: Section): Connection {
  const own = inherited(section, root);
  const at: Record<string, number> = {};
  const of = (key: string, field: string): string | undefined => take(own, key, at, field)?.text;
  const version = of("version", "version");
  const local = of("local_addrs", "local");
  const remote = of("remote_addrs", "remote");
  const proposals = take(own, "proposals", at, "proposals");
  const dpd = of("dpd_delay", "dpdSeconds");
  const encap = of("encap", "natTraversal");
  const fragmentation = of("fragmentation", "fragmentation");
  const aggressive = of("aggressive", "exchange");
  const subsections = [...own.sections.values()];
  const children = subsections.find(({ name }) => name === "children");
  const interfaceId = of("if_id_in", "tunnelInterface") ?? of("if_id_out", "tunnelInterface");
  return {
    name: section.name,
    line: section.line,
    // Without the setting both versions are taken, and IKEv2 is begun.
    version: version === "1" ? 1 : version === "2" ? 2 : "any",
    exchange: aggressive === undefined ? "main" : isYes(aggressive) ? "aggressive" : "main",
    local: local === undefined ? ["%any"] : readAddresses(local),
    remote: remote === undefined ? ["%any"] : readAddresses(remote),
    localAuth: authOf(subsections.find(({ name }) => /^local/.test(name))),
    remoteAuth: authOf(subsections.find(({ name }) => /^remote/.test(name))),
    ikeProposals: proposals ? configuredIkeProposals(proposals.text, proposals.line) : [DEFAULT_IKE(section.line)],
    children: [...(children?.sections.values() ?? [])].map((child) => readChild(inherited(child, root))),
    dpdSeconds: dpd === undefined ? 0 : secondsIn(dpd),
    natTraversal: encap !== undefined && isYes(encap) ? "forced" : "on",
    fragmentation: fragmentation === undefined ? true : fragmentation !== "no",
    tunnelInterface: interfaceId === undefined ? undefined : `if_id ${interfaceId}`,
    at,
  };
}

const DEFAULT_IKE = (line: number) => ({ line, name: "default", isDefault: true });

function readChild(section: Section): ConnectionChild {
  const at: Record<string, number> = {};
  const of = (key: string, field: string): string | undefined => take(section, key, at, field)?.text;
  const local = of("local_ts", "local");
  const remote = of("remote_ts", "remote");
  const esp = take(section, "esp_proposals", at, "proposals");
  const ah = take(section, "ah_proposals", at, "proposals");
  const mode = of("mode", "mode");
  const rekey = of("rekey_time", "lifetime") ?? of("life_time", "lifetime");
  const window = of("replay_window", "replayWindow");
  const action = of("start_action", "startAction");
  if (esp) at["pfs"] = esp.line;
  return {
    name: section.name,
    line: section.line,
    mode: mode === "transport" || mode === "transport_proxy" ? "transport" : "tunnel",
    local: local === undefined ? [] : readSelectors(local),
    remote: remote === undefined ? [] : readSelectors(remote),
    proposals: childProposals(esp, ah, section.line),
    lifetimeSeconds: rekey === undefined ? undefined : secondsIn(rekey),
    startAction: action ?? "none",
    replayWindow: window === undefined ? undefined : Number(window),
    at,
  };
}

/** `local { auth = psk  id = … }`; without "auth" it is public key. */
function authOf(section: Section | undefined): ConnectionAuth {
  if (!section) return {};
  const at: Record<string, number> = { method: section.line };
  const method = take(section, "auth", at, "method")?.text;
  const id = take(section, "id", at, "id")?.text;
  return { method: authMethod(method ?? "pubkey"), id: id === undefined ? undefined : identity(id), at };
}

/** Addresses in our spelling; "@gw.example.net" is the same as the bare name. */
export function identity(text: string): string {
  const plain = text.replace(/^(?:@@?|fqdn:|ipv4:|ipv6:|email:|keyid:)/, "");
  return canonicalAddress(plain) ?? plain;
}

function take(section: Section, key: string, at: Record<string, number>, field: string): Value | undefined {
  const value = section.values.get(key);
  if (value) at[field] = value.line;
  return value;
}

export function isYes(text: string): boolean {
  return /^(?:yes|true|1|enabled|force)$/i.test(text);
}
