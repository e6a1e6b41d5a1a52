/** The flows of `show crypto session [detail]`: `IPSEC FLOW:`, `Active SAs:`, `Inbound:` and `Outbound:`. */
import { ANY_IPV4, hostNetwork, type Network, networkFromNetmask, networkFromPrefix } from "../../../domain/network.ts";
import type { Line } from "../../../domain/output.ts";
import type { Selector } from "../../../domain/readings/ipsec.ts";
import type { SessionFlow } from "../../../domain/readings/session.ts";

export interface FlowDraft {
  readonly flow: { -readonly [K in keyof SessionFlow]: SessionFlow[K] };
  readonly at: Record<string, number>;
}

const FLOW = /^\s*IP[Ss][Ee][Cc] FLOW: *(?<text>\S.*)$/;
const ACTIVE = /^\s*Active SAs: ?(?<count>\d{1,6})(?:,? *origin: ?(?<origin>\S.*))?$/;
const ORIGIN = /^\s*origin: ?(?<origin>\S.*)$/;
const COUNTERS =
  /^\s*(?<way>In|Out)bound: *#{1,2}pkts (?:dec|enc).{0,3}ed:? (?<packets>\d{1,20}) drop:? (?<drops>\d{1,20})(?<rest>\D.*)?$/;
const LIFE = /life \(KB\/Sec\):? ?(?<kilobytes>[^/]{1,40})\/(?<seconds>\d{1,10})/i;
const WRAPPED_LIFE = /^\s*(?:life )?(?:\(KB\/Sec\) )?(?:\d{1,15}|KB Vol Rekey Disabled)\/\d{1,10}$/;

const PROTOCOLS: Readonly<Record<string, number>> = {
  ip: 0,
  ipv6: 0,
  icmp: 1,
  igmp: 2,
  ipinip: 4,
  tcp: 6,
  udp: 17,
  gre: 47,
  esp: 50,
  ahp: 51,
  eigrp: 88,
  ospf: 89,
  pim: 103,
};

/** The flow that this line begins, or undefined. */
export function startFlow(line: Line): FlowDraft | undefined {
  const text = FLOW.exec(line.text)?.groups?.["text"]?.trim();
  if (text === undefined) return undefined;
  return { flow: { line: line.number, text, ...selectorsOf(text), at: {} }, at: {} };
}

/** Reads a line below `IPSEC FLOW:`; false if it is none. */
export function readFlowLine(draft: FlowDraft, line: Line): boolean {
  const { flow, at } = draft;
  const active = ACTIVE.exec(line.text)?.groups;
  if (active) {
    flow.activeSas = Number(active["count"]);
    at["activeSas"] = line.number;
    const origin = active["origin"]?.trim();
    if (origin !== undefined) flow.origin = origin;
    return true;
  }
  const origin = ORIGIN.exec(line.text)?.groups?.["origin"]?.trim();
  if (origin !== undefined) {
    flow.origin = origin;
    return true;
  }
  if (readCounters(draft, line)) return true;
  if (WRAPPED_LIFE.test(line.text)) {
    readLife(draft, `life (KB/Sec) ${line.text.trim().replace(/^(?:life )?(?:\(KB\/Sec\) )?/, "")}`, isOutbound(draft));
    return true;
  }
  return flow.local === undefined && at["activeSas"] === undefined && extendText(draft, line.text);
}

export function toFlow(draft: FlowDraft): SessionFlow {
  return { ...draft.flow, at: draft.at };
}

function readCounters(draft: FlowDraft, line: Line): boolean {
  const counters = COUNTERS.exec(line.text)?.groups;
  if (!counters) return false;
  const { flow, at } = draft;
  const outbound = counters["way"] === "Out";
  const packets = Number(counters["packets"]);
  const drops = Number(counters["drops"]);
  if (outbound) {
    flow.encrypted = packets;
    flow.encryptDrops = drops;
    at["encrypted"] = line.number;
    at["encryptDrops"] = line.number;
  } else {
    flow.decrypted = packets;
    flow.decryptDrops = drops;
    at["decrypted"] = line.number;
    at["decryptDrops"] = line.number;
  }
  readLife(draft, counters["rest"] ?? "", outbound);
  return true;
}

function isOutbound(draft: FlowDraft): boolean {
  return draft.flow.encrypted !== undefined;
}

function readLife(draft: FlowDraft, text: string, outbound: boolean): void {
  const life = LIFE.exec(text)?.groups;
  if (!life) return;
  const printed = life["kilobytes"] ?? "";
  const kilobytes = /^\d{1,15}$/.test(printed) ? Number(printed) : undefined;
  const seconds = Number(life["seconds"]);
  const { flow } = draft;
  if (outbound) {
    flow.outboundKilobytesLeft = kilobytes;
    flow.outboundSecondsLeft = seconds;
  } else {
    flow.inboundKilobytesLeft = kilobytes;
    flow.inboundSecondsLeft = seconds;
  }
}

/** A flow of long IPv6 prefixes goes on in the next line. */
function extendText(draft: FlowDraft, text: string): boolean {
  const whole = `${draft.flow.text} ${text.trim()}`;
  const selectors = selectorsOf(whole);
  if (!selectors.local) return false;
  draft.flow.text = whole;
  draft.flow.local = selectors.local;
  draft.flow.remote = selectors.remote;
  return true;
}

/** Both ends of "permit ip A/M B/M", "permit 47 host A host B", "permit 6 host A port 80 B/M"; empty if unreadable. */
function selectorsOf(text: string): { local?: Selector; remote?: Selector } {
  const [action = "", protocolName = "", ...rest] = text.slice(0, 400).split(/\s+/);
  const name = protocolName.toLowerCase();
  const protocol = /^\d{1,3}$/.test(name) ? Number(name) : PROTOCOLS[name];
  if (!/^(?:permit|deny)$/i.test(action) || protocol === undefined) return {};
  const local = readEnd(rest, 0, protocol);
  const remote = local && readEnd(rest, local.next, protocol);
  if (!local || !remote || remote.next !== rest.length) return {};
  return { local: local.selector, remote: remote.selector };
}

function readEnd(words: readonly string[], from: number, protocol: number) {
  const isHost = words[from] === "host";
  const at = isHost ? from + 1 : from;
  const network = isHost ? hostNetwork(words[at] ?? "") : networkOf(words[at] ?? "");
  if (!network) return undefined;
  const hasPort = /^(?:port|eq)$/.test(words[at + 1] ?? "") && /^\d{1,5}$/.test(words[at + 2] ?? "");
  const port = hasPort ? Number(words[at + 2]) : 0;
  return { selector: { network, protocol, port } satisfies Selector, next: hasPort ? at + 3 : at + 1 };
}

function networkOf(word: string): Network | undefined {
  if (word === "any") return ANY_IPV4;
  const [address = "", mask = ""] = word.split("/");
  if (mask.includes(".")) return networkFromNetmask(address, mask);
  return /^\d{1,3}$/.test(mask) ? networkFromPrefix(address, Number(mask)) : undefined;
}
