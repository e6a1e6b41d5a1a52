/** What messages of kmd and iked tell besides their meaning: between whom, in which version, for which networks. */
import { canonicalAddress } from "../../../domain/network.ts";
import type { Selector } from "../../../domain/readings/ipsec.ts";
import type { TunnelNames } from "../../../domain/readings/names.ts";
import { IDENTITY, readIdentity } from "../identity.ts";

export interface Told {
  readonly local?: string | undefined;
  readonly peer?: string | undefined;
  readonly version?: 1 | 2 | undefined;
  readonly names?: TunnelNames | undefined;
  /** Networks that were refused, from this end's point of view. */
  readonly proxies?: { readonly local: Selector; readonly remote: Selector } | undefined;
}

const ADDRESS = "[0-9a-fA-F.:]{3,45}?";
/** Each names the two ends in the words of one kind of message. */
const BETWEEN: readonly RegExp[] = [
  new RegExp(`Local: (?<local>${ADDRESS})/\\d{1,5}, Remote: (?<peer>${ADDRESS})/\\d{1,5}`),
  new RegExp(`Local gateway: (?<local>${ADDRESS}), Remote gateway: (?<peer>${ADDRESS}),`, "i"),
  new RegExp(`from (?<peer>${ADDRESS}) is (?:up|down)\\.(?: Local-ip: (?<local>${ADDRESS}),)?`),
  new RegExp(`\\blocal:\\s?(?<local>${ADDRESS}), remote:\\s?(?<peer>${ADDRESS})(?:[ ,:;]|$)`),
  new RegExp(
    `p1_local=ipv[46]\\([^()=]{1,40}=(?<local>${ADDRESS})\\) p1_remote=ipv[46]\\([^()=]{1,40}=(?<peer>${ADDRESS})\\)`,
  ),
  new RegExp(`for local ip: ?(?<local>${ADDRESS}), remote peer ip: ?(?<peer>${ADDRESS})(?:[ ,]|$)`),
  new RegExp(`Received from (?<peer>${ADDRESS}):\\d{1,5} to (?<local>${ADDRESS}):\\d{1,5}, `),
  new RegExp(`^(?<local>${ADDRESS}):\\d{1,5} \\((?:Initiator|Responder)\\) <-> (?<peer>${ADDRESS}):\\d{1,5} `),
  new RegExp(`local-address="(?<local>${ADDRESS})"`),
  new RegExp(`From (?<peer>${ADDRESS}) to (?<local>${ADDRESS})/\\d{1,5}, ESP`),
  new RegExp(` (?<peer>${ADDRESS})->(?<local>${ADDRESS})/\\d{1,5}, (?:ESP|AH)`),
];
const PEER = new RegExp(
  `(?:remote peer:? ?|DPD detected peer |remote-address="|remote_name = )(?<peer>${ADDRESS})(?:[ ":/]|$)`,
);
const VERSION = /IKE Version: ?(?<number>[12])\b|\bIKEv(?<short>[12])\b/;
/** "VPN: vpn-hull Gateway: gw-hull," and "gateway name: gw-hull, vpn name: vpn-hull, tunnel-id: 131073, local tunnel-if: st0.4,". */
const NAMES = [
  /\bVPN: (?<child>[^\s,]{1,80}) Gateway: (?<connection>[^\s,]{1,80}),/,
  /\bgateway name: (?<connection>[^\s,]{1,80}), vpn name: (?<child>[^\s,]{1,80})(?:, tunnel-id: (?<number>\d{1,10}))?(?:, local tunnel-if: (?<tunnelInterface>st0\.\d{1,5}))?/,
];
const PROXIES = [
  new RegExp(`p2_remote_proxy_id=(?<remote>${IDENTITY}), p2_local_proxy_id=(?<local>${IDENTITY})`),
  new RegExp(`p2_local=(?<local>${IDENTITY}) p2_remote=(?<remote>${IDENTITY})`),
];

export function readTold(text: string): Told {
  const between = firstMatch(BETWEEN, text);
  const version = VERSION.exec(text)?.groups;
  const number = version?.["number"] ?? version?.["short"];
  return {
    local: addressIn(between?.["local"]),
    peer: addressIn(between?.["peer"] ?? PEER.exec(text)?.groups?.["peer"]),
    version: number === undefined ? undefined : number === "1" ? 1 : 2,
    names: namesIn(text),
    proxies: proxiesIn(text),
  };
}

function namesIn(text: string): TunnelNames | undefined {
  const groups = firstMatch(NAMES, text);
  if (!groups) return undefined;
  return Object.fromEntries(
    Object.entries(groups).filter(([, name]) => name !== undefined && !/^not-available$/i.test(name)),
  );
}

function proxiesIn(text: string): Told["proxies"] {
  if (!text.includes("p2_")) return undefined;
  const groups = firstMatch(PROXIES, text);
  const local = readIdentity(groups?.["local"] ?? "");
  const remote = readIdentity(groups?.["remote"] ?? "");
  return local && remote ? { local, remote } : undefined;
}

function firstMatch(patterns: readonly RegExp[], text: string): Record<string, string> | undefined {
  for (const pattern of patterns) {
    const groups = pattern.exec(text)?.groups;
    if (groups) return groups;
  }
  return undefined;
}

function addressIn(text: string | undefined): string | undefined {
  return canonicalAddress(text ?? "");
}
