/**
 * The lines of the ASA's `show crypto ipsec sa` that IOS has in another form or not at all; the others are read as IOS's.
 * By position, not by regular expressions: a hub prints a million of them.
 */
import { type Blocks, type FlowDraft, openFlow } from "../../cisco-ios/show-crypto-ipsec-sa/blocks.ts";
import { numberAfter, readAddress, readSaSettings } from "../../cisco-ios/show-crypto-ipsec-sa/fields.ts";
import { readBlockLine } from "../../cisco-ios/show-crypto-ipsec-sa/lines.ts";
import { asaTransform } from "../asa-words.ts";

/** Reads one line into `blocks`; false where it is none of this output. */
export function readAsaLine(blocks: Blocks, text: string, line: number): boolean {
  let from = 0;
  let code = text.charCodeAt(0);
  while (code === 32 || code === 9) code = text.charCodeAt(++from);
  switch (code) {
    case 48: // 0
      // The bits of the anti-replay window.
      if (text.startsWith("0x", from)) return true;
      break;
    case 65: // A
      if (text.startsWith("Anti replay bitmap", from)) return true;
      break;
    case 73: // I
      if (text.startsWith("ICMP error validation", from)) return true;
      break;
    case 80: // P
      if (text.startsWith("PMTU time remaining", from)) return true;
      break;
    case 83: // S
      if (text.startsWith("SA State:", from)) return readState(blocks, text, from + 9);
      break;
    case 97: // a
      if (text.startsWith("access-list ", from)) return true;
      break;
    case 99: // c
      if (text.startsWith("current_peer:", from)) return readPeer(blocks, text, from + 13, line);
      if (text.startsWith("current inbound spi", from)) return true;
      break;
    case 100: // d
      if (text.startsWith("dynamic allocated peer ip", from)) return true;
      break;
    case 105: // i
      if (text.startsWith("in use settings", from)) return readSettings(blocks, text, from + 15);
      break;
    case 108: // l
      if (text.startsWith("local crypto endpt.:", from)) return readEndpoints(blocks, text, from, line);
      break;
    case 112: // p
      // What stands above the answer to "show crypto ipsec sa peer A".
      if (text.startsWith("peer address:", from)) return true;
      break;
    case 115: // s
      if (text.startsWith("slot:", from)) return readConnection(blocks, text, from);
      break;
    case 116: // t
      if (text.startsWith("transform:", from)) return readTransform(blocks, text, from + 10);
      break;
  }
  return readBlockLine(blocks, text, line);
}

function readState({ sa }: Blocks, text: string, from: number): boolean {
  if (sa === undefined) return false;
  const state = text.slice(from).trim();
  if (state === "" || state.length > 60) return false;
  sa.status = state.toUpperCase();
  return true;
}

function readTransform({ sa, memory }: Blocks, text: string, from: number): boolean {
  if (sa === undefined || text.length - from > 200) return false;
  const words = text.slice(from);
  let transform = memory.transforms.get(words);
  if (transform === undefined) {
    transform = asaTransform(words);
    if (memory.transforms.size < 1000) memory.transforms.set(words, transform);
  }
  sa.transform = transform;
  return transform !== undefined;
}

/** "in use settings ={L2L, Tunnel,  NAT-T-Encaps, PFS Group 14, IKEv2, }" */
function readSettings(blocks: Blocks, text: string, from: number): boolean {
  const { sa, flow } = blocks;
  const equals = text.indexOf("=", from);
  const settings = equals < 0 ? undefined : readSaSettings(blocks.memory, text.slice(equals + 1));
  if (sa === undefined || settings === undefined) return false;
  sa.settings = settings.words;
  sa.mode = settings.mode;
  sa.udpEncapsulated = settings.words.includes("NAT-T-Encaps");
  const group = numberAfter(text, "PFS Group ", equals);
  if (flow !== undefined && group !== undefined) {
    flow.pfs = true;
    flow.pfsGroup = group;
  }
  return true;
}

function readConnection({ sa }: Blocks, text: string, from: number): boolean {
  if (sa === undefined) return false;
  sa.connectionId = numberAfter(text, "conn_id: ", from);
  return sa.connectionId !== undefined;
}

/** "current_peer: 203.0.113.1", for people who dial in "current_peer: 203.0.113.9, username: jo". */
function readPeer(blocks: Blocks, text: string, from: number, line: number): boolean {
  const flow = blocks.flow === undefined || blocks.flow.at.peer ? openFlow(blocks, line) : blocks.flow;
  let start = from;
  while (text.charCodeAt(start) === 32) start += 1;
  let end = start;
  while (end < text.length && text.charCodeAt(end) !== 44 && text.charCodeAt(end) !== 32) end += 1;
  flow.peer = readAddress(blocks.memory, text.slice(start, end));
  flow.at.peer = line;
  return flow.peer !== undefined;
}

/** "local crypto endpt.: 192.0.2.1/4500, remote crypto endpt.: 203.0.113.1/4500"; the second may stand on the next line. */
function readEndpoints(blocks: Blocks, text: string, from: number, line: number): boolean {
  const flow = blocks.flow ?? openFlow(blocks, line);
  const local = readEndpoint(blocks, text, text.indexOf(":", from) + 1);
  const second = text.indexOf("remote crypto endpt.:", from);
  if (local !== undefined) {
    flow.localEndpoint = local.address;
    flow.at.localEndpoint = line;
  }
  if (second < 0) return local !== undefined;
  return readRemote(blocks, flow, text, second, line) && local !== undefined;
}

function readRemote(blocks: Blocks, flow: FlowDraft, text: string, from: number, line: number): boolean {
  const remote = readEndpoint(blocks, text, text.indexOf(":", from) + 1);
  if (remote === undefined) return false;
  flow.remoteEndpoint = remote.address;
  flow.at.remoteEndpoint = line;
  if (remote.port) flow.peerPort = remote.port;
  return true;
}

/** "192.0.2.1/4500"; port 0 means that of ESP, which has none. */
function readEndpoint(blocks: Blocks, text: string, from: number): { address: string; port: number } | undefined {
  let start = from;
  while (text.charCodeAt(start) === 32) start += 1;
  let end = start;
  while (end < text.length && text.charCodeAt(end) !== 44 && text.charCodeAt(end) !== 32) end += 1;
  const slash = text.indexOf("/", start);
  const isPort = slash >= 0 && slash < end;
  const address = readAddress(blocks.memory, text.slice(start, isPort ? slash : end));
  return address === undefined ? undefined : { address, port: isPort ? Number(text.slice(slash + 1, end)) : 0 };
}
