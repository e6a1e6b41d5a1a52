/**
 * The lines of `show crypto ipsec sa`, one at a time. Each is told by its first character and read by position, not by
 * regular expressions, since a hub prints a million of them.
 */
import { type Blocks, closeFlow, type FlowDraft, openFlow, storeCounter } from "./blocks.ts";
import { readCounters } from "./counters.ts";
import { numberAfter, readAddress, readDecimal, readFlags, readSpi, wordsAfter } from "./fields.ts";
import { readSelector } from "./ident.ts";
import { readSaLine } from "./of-sa.ts";

/** The shortest line that a terminal of 80 columns may have cut. */
const CUT_FROM = 79;
const MAY_BE_CUT = /^\s{0,20}(?:Crypto map tag:|local crypto endpt\.:|plaintext mtu|path mtu|conn id:)/;

/**
 * Reads one line into `blocks`.
 * @returns false where the line is none of this output or a value in it could not be read
 */
export function readBlockLine(blocks: Blocks, text: string, line: number): boolean {
  let from = 0;
  let code = text.charCodeAt(0);
  while (code === 32 || code === 9) code = text.charCodeAt(++from);
  if (from >= text.length) return true;
  if (blocks.pending !== undefined && readPending(blocks, text, from, line)) return true;
  const cut = blocks.cut;
  blocks.cut = text.length >= CUT_FROM && text.length < 400 ? text : undefined;
  if (readLine(blocks, text, from, code, line)) return true;
  // The rest of a cut line: read the two as the one that the device printed.
  return cut !== undefined && MAY_BE_CUT.test(cut) && readCutLine(blocks, cut, text.slice(from), line);
}

function readCutLine(blocks: Blocks, cut: string, rest: string, line: number): boolean {
  const whole = cut.trimStart() + rest;
  return rest.length < 80 && readLine(blocks, whole, 0, whole.charCodeAt(0), line - 1);
}

function readPending(blocks: Blocks, text: string, from: number, line: number): boolean {
  const name = blocks.pending;
  blocks.pending = undefined;
  const count = readDecimal(text.slice(from, from + 16).trim());
  if (name === undefined || count === undefined) return false;
  storeCounter(blocks, name, count, line);
  return true;
}

function readLine(blocks: Blocks, text: string, from: number, code: number, line: number): boolean {
  switch (code) {
    case 35: // #
      return readCounterLine(blocks, text, from, line);
    case 67: // C
      return text.startsWith("Crypto map tag:", from) && readMapTag(blocks, text, from + 15, line);
    case 68: // D
    case 80: // P
      if (text.startsWith("PFS (Y/N):", from)) return readPfs(flowOf(blocks, line), text, from + 10, line);
      return readPermit(blocks, text, from, line);
    case 73: // I
      return text.startsWith("IV size:", from) || text.startsWith("IPsecv6 policy name:", from);
    case 99: // c
      if (text.startsWith("current_peer", from)) return readPeer(blocks, text, from + 12, line);
      if (text.startsWith("current outbound spi:", from))
        return readOutboundSpi(flowOf(blocks, line), text, from + 21, line);
      return readSaLine(blocks, text, from, code, line);
    case 101: // e
      return text.startsWith("ecn bit support:", from) || readSaLine(blocks, text, from, code, line);
    case 105: // i
      if (text.startsWith("interface:", from)) return readInterface(blocks, text, from + 10, line);
      if (text.startsWith("inbound ", from)) return readHeading(blocks, text, from + 8, "inbound", line);
      return readSaLine(blocks, text, from, code, line);
    case 108: // l
      if (text.startsWith("local crypto endpt", from))
        return readEndpoints(flowOf(blocks, line), blocks, text, from, line);
      return text.startsWith("local ", from) && readLocalIdent(blocks, text, from, line);
    case 111: // o
      return text.startsWith("outbound ", from) && readHeading(blocks, text, from + 9, "outbound", line);
    case 112: // p
      if (text.startsWith("protected vrf:", from)) return readVrf(blocks, text, from + 14, line);
      return readMtu(blocks, text, from, line);
    case 114: // r
      if (text.startsWith("remote crypto endpt", from))
        return readEndpoints(flowOf(blocks, line), blocks, text, from, line);
      if (text.startsWith("remote ", from)) return readRemoteIdent(blocks, text, from, line);
      return readSaLine(blocks, text, from, code, line);
    default:
      return readSaLine(blocks, text, from, code, line);
  }
}

function flowOf(blocks: Blocks, line: number): FlowDraft {
  return blocks.flow ?? openFlow(blocks, line);
}

function readCounterLine(blocks: Blocks, text: string, from: number, line: number): boolean {
  const read = readCounters(text, from, (name, count) => storeCounter(blocks, name, count, line));
  if (typeof read === "boolean") return read;
  blocks.pending = read;
  return true;
}

function readInterface(blocks: Blocks, text: string, from: number, line: number): boolean {
  closeFlow(blocks);
  const name = text.slice(from).trim();
  blocks.interface = name === "" || name.length > 100 ? undefined : name;
  blocks.interfaceLine = line;
  blocks.mapTag = undefined;
  blocks.localAddress = undefined;
  blocks.mapTagLine = 0;
  return blocks.interface !== undefined;
}

function readMapTag(blocks: Blocks, text: string, from: number, line: number): boolean {
  closeFlow(blocks);
  blocks.mapTag = wordsAfter(text, ":", from - 1);
  blocks.mapTagLine = line;
  const address = wordsAfter(text, "local addr", from)?.replace(/^[.:]?\s{0,9}/, "");
  blocks.localAddress = address === undefined ? undefined : readAddress(blocks.memory, address);
  return blocks.mapTag !== undefined && blocks.localAddress !== undefined;
}

function readVrf(blocks: Blocks, text: string, from: number, line: number): boolean {
  const flow = openFlow(blocks, line);
  const name = text.slice(from).trim();
  if (name === "" || name === "(none)") return true;
  flow.vrf = name.slice(0, 100);
  flow.at.vrf = line;
  return true;
}

function readLocalIdent(blocks: Blocks, text: string, from: number, line: number): boolean {
  const identAt = text.indexOf("ident", from);
  if (identAt < 0 || identAt > from + 16) return false;
  let flow = blocks.flow;
  if (flow === undefined || flow.at.localIdent || flow.at.remoteIdent || flow.at.peer) flow = openFlow(blocks, line);
  flow.localIdent = selectorIn(text, identAt, blocks.memory.wildcards);
  flow.at.localIdent = line;
  return flow.localIdent !== undefined;
}

function readRemoteIdent(blocks: Blocks, text: string, from: number, line: number): boolean {
  const identAt = text.indexOf("ident", from);
  if (identAt < 0 || identAt > from + 16) return false;
  const flow = blocks.flow === undefined || blocks.flow.at.remoteIdent ? openFlow(blocks, line) : blocks.flow;
  flow.remoteIdent = selectorIn(text, identAt, blocks.memory.wildcards);
  flow.at.remoteIdent = line;
  return flow.remoteIdent !== undefined;
}

function selectorIn(text: string, from: number, wildcards: Map<number, string>) {
  const colon = text.indexOf(":", from);
  if (colon < 0) return undefined;
  let start = colon + 1;
  while (text.charCodeAt(start) === 32) start += 1;
  return readSelector(text, start, wildcards);
}

/** "current_peer 192.0.2.1 port 500"; older releases "current_peer: 192.0.2.1:500" and "current_peer: 192.0.2.1". */
function readPeer(blocks: Blocks, text: string, from: number, line: number): boolean {
  const flow = blocks.flow === undefined || blocks.flow.at.peer ? openFlow(blocks, line) : blocks.flow;
  let start = from;
  let code = text.charCodeAt(start);
  while (code === 58 || code === 32) code = text.charCodeAt(++start);
  const blank = text.indexOf(" ", start);
  const word = text.slice(start, blank < 0 ? text.length : blank);
  const colon = word.includes(".") ? word.indexOf(":") : -1;
  flow.peer = readAddress(blocks.memory, colon < 0 ? word : word.slice(0, colon));
  flow.peerPort = colon < 0 ? numberAfter(text, " port ", start) : readDecimal(word.slice(colon + 1));
  flow.at.peer = line;
  return flow.peer !== undefined || word === "(none)";
}

function readPermit(blocks: Blocks, text: string, from: number, line: number): boolean {
  const permit = text.startsWith("PERMIT", from);
  if (!permit && !text.startsWith("DENY", from)) return false;
  const flow = flowOf(blocks, line);
  flow.permit = permit;
  flow.flags = readFlags(blocks.memory, text.slice(from));
  flow.at.permit = line;
  return true;
}

/** Both endpoints on one line, or each on its own (IPv6). */
function readEndpoints(flow: FlowDraft, blocks: Blocks, text: string, from: number, line: number): boolean {
  const local = wordsAfter(text, "local crypto endpt.:", from);
  const remote = wordsAfter(text, "remote crypto endpt.:", from);
  if (local !== undefined) {
    flow.localEndpoint = readAddress(blocks.memory, local);
    flow.at.localEndpoint = line;
  }
  if (remote !== undefined) {
    flow.remoteEndpoint = readAddress(blocks.memory, remote);
    flow.at.remoteEndpoint = line;
  }
  const localUnread = local !== undefined && flow.localEndpoint === undefined;
  return (local ?? remote) !== undefined && !localUnread && (remote === undefined || flow.remoteEndpoint !== undefined);
}

function readMtu(blocks: Blocks, text: string, from: number, line: number): boolean {
  if (!text.startsWith("plaintext mtu ", from) && !text.startsWith("path mtu ", from)) return false;
  const flow = flowOf(blocks, line);
  flow.plaintextMtu = numberAfter(text, "plaintext mtu ", from);
  flow.pathMtu = numberAfter(text, "path mtu ", from);
  flow.ipMtu = numberAfter(text, ", ip mtu ", from) ?? numberAfter(text, "ipv6 mtu ", from);
  if (flow.plaintextMtu !== undefined) flow.at.plaintextMtu = line;
  if (flow.pathMtu !== undefined) flow.at.pathMtu = line;
  if (flow.ipMtu !== undefined) flow.at.ipMtu = line;
  return flow.pathMtu !== undefined;
}

function readOutboundSpi(flow: FlowDraft, text: string, from: number, line: number): boolean {
  let start = from;
  while (text.charCodeAt(start) === 32) start += 1;
  flow.outboundSpi = readSpi(text, start);
  flow.at.outboundSpi = line;
  return flow.outboundSpi !== undefined;
}

/** "PFS (Y/N): N, DH group: none", "PFS (Y/N): Y, DH group: group14". */
function readPfs(flow: FlowDraft, text: string, from: number, line: number): boolean {
  const yes = text.startsWith(" Y", from);
  if (!yes && !text.startsWith(" N", from)) return false;
  flow.pfs = yes;
  flow.pfsGroup = numberAfter(text, "DH group: group", from);
  flow.at.pfs = line;
  return true;
}

/** "inbound esp sas:"; some releases' IPComp heading is misspelt "pcg". The headings' lines tell that nothing was cut off. */
function readHeading(
  blocks: Blocks,
  text: string,
  from: number,
  direction: "inbound" | "outbound",
  line: number,
): boolean {
  if (!text.startsWith(" sas", from + (text.startsWith("ah", from) ? 2 : 3))) return false;
  const flow = flowOf(blocks, line);
  const inbound = direction === "inbound";
  blocks.sa = undefined;
  if (text.startsWith("esp", from)) {
    blocks.section = { direction, protocol: "esp" };
    if (inbound) flow.at.inboundEsp = line;
    else flow.at.outboundEsp = line;
  } else if (text.startsWith("ah", from)) {
    blocks.section = { direction, protocol: "ah" };
    if (inbound) flow.at.inboundAh = line;
    else flow.at.outboundAh = line;
  } else if (text.startsWith("pc", from)) blocks.section = { direction, protocol: "pcp" };
  else return false;
  return true;
}
