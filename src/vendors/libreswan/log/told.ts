/** What single messages of pluto's tell besides their meaning: of which version, what was offered, for which networks. */
import { canonicalAddress } from "../../../domain/network.ts";
import type { OfferedIkePolicy } from "../../../domain/readings/log.ts";
import type { AttemptDetails } from "../../../negotiations/message.ts";
import { readSelector } from "../../strongswan/selectors.ts";
import { espProposalsIn, ikeProposalsIn, printedSuite } from "../algorithms.ts";

const V2 = /\bIKEv2\b|IKE_SA_INIT|IKE_AUTH|STATE_V2_|CREATE_CHILD_SA/;
const V1 = /\bIKEv1\b|(?:Main|Aggressive|Quick) Mode|STATE_(?:MAIN|AGGR|QUICK)_|\bISAKMP\b|Oakley/;
const CHILD =
  /\bChild SA\b|(?:^|[ (])\d{1,3}:(?:ESP|AH)[=:]|Quick Mode|Quick I1|IPsec SA|STATE_QUICK|ESP\/AH|STATE_V2_(?:NEW|REKEY)_CHILD|in ESP|compatible Traffic Selectors|(?:Transport|Tunnel) Mode|\bESP traffic\b/;
const PARENT = /\busing (?:IKE SA )?(?:isakmp)?#(?<parent>\d{1,9})\b/;
const TO_PEER =
  /\b(?:request to|message \(ID \d{1,9}\) from|notification \w{4,40} to|initiate to) (?<peer>[0-9a-fA-F.:]{2,45}):\d{1,5}\b/;

export function versionIn(text: string): 1 | 2 | undefined {
  return V2.test(text) ? 2 : V1.test(text) ? 1 : undefined;
}

/** Whether the line is of an IPsec SA, which is negotiated under an IKE SA; `parent`: the number of that, where it says so. */
export function childIn(text: string): { readonly parent?: string | undefined } | undefined {
  const isChild = CHILD.test(text) && !/IKE SA established|established IKE SA/.test(text);
  return isChild ? { parent: PARENT.exec(text)?.groups?.["parent"] } : undefined;
}

export function peerIn(text: string): string | undefined {
  return canonicalAddress(TO_PEER.exec(text)?.groups?.["peer"] ?? "");
}

const ADDED = /^\s{0,4}\d{1,3}:(?:IKE|ESP|AH)=\S+$/;
const NO_MATCH = /^no local proposal matches remote proposals (?<list>\d.{3,4000})$/;
const OAKLEY = /^Oakley Transform \[(?<suite>[^\]]{3,120})\] refused/;
const PROPOSED = /^the peer proposed: (?<local>\S{3,60}) -<[^>]{1,20}>-> (?<remote>\S{3,60})$/;
const UNKNOWN =
  /no connection is known for (?<local>[0-9a-f.:/]{3,50})===\S{1,200}\.\.\.\S{1,200}===(?<remote>[0-9a-f.:/]{3,50})$/;

/** Lists that pluto printed when the connection was loaded, by its name. */
export type Loaded = Map<string, { readonly line: number; text: string }>;

/** What was found in the message; `loaded` keeps a connection's own proposals until a refusal tells the peer's. */
export function detailsIn(text: string, line: number, connection: string, loaded: Loaded): AttemptDetails | undefined {
  if (ADDED.test(text)) {
    const key = `${connection} ${/:IKE=/.test(text) ? "IKE" : "ESP"}`;
    const known = loaded.get(key);
    if (known) known.text += ` ${text.trim()}`;
    else loaded.set(key, { line, text: text.trim() });
    return undefined;
  }
  const list = NO_MATCH.exec(text)?.groups?.["list"];
  if (list !== undefined) return compared(list, line, connection, loaded);
  const suite = OAKLEY.exec(text)?.groups?.["suite"];
  if (suite !== undefined) return { ikeOffers: [offered(suite, line)] };
  const proxies = (PROPOSED.exec(text) ?? UNKNOWN.exec(text))?.groups;
  const local = readSelector(proxies?.["local"] ?? "");
  const remote = readSelector(proxies?.["remote"] ?? "");
  return local && remote ? { proxies: [{ line, local, remote }] } : undefined;
}

function compared(list: string, line: number, connection: string, loaded: Loaded): AttemptDetails | undefined {
  const isIke = /^\d{1,3}:IKE:/.test(list);
  const own = loaded.get(`${connection} ${isIke ? "IKE" : "ESP"}`);
  if (!own) return undefined;
  return isIke
    ? { ikeCompared: { received: ikeProposalsIn(list, line), configured: ikeProposalsIn(own.text, own.line) } }
    : { espCompared: { received: espProposalsIn(list, line), configured: espProposalsIn(own.text, own.line) } };
}

/** "AES_CBC (256), HMAC_SHA2_256, MODP2048" */
function offered(suite: string, line: number): OfferedIkePolicy {
  const { encryption, integrity, groups } = printedSuite(suite.replace(/ \((\d{2,3})\)/, "_$1").replaceAll(", ", "-"));
  return {
    line,
    encryption: encryption[0],
    integrity: integrity[0],
    dhGroup: groups[0],
    accepted: false,
    refusedLine: line,
  };
}
