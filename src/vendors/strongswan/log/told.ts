/** What single messages of charon's tell besides their meaning: who talks with whom, in which version, what was offered. */
import { canonicalAddress } from "../../../domain/network.ts";

export interface Told {
  readonly exchange?: string | undefined;
  readonly peer?: string | undefined;
  readonly local?: string | undefined;
  readonly version?: 1 | 2 | undefined;
  readonly proposals?: { readonly are: "received" | "configured"; readonly text: string } | undefined;
  /** Traffic selectors that were refused, from this end's point of view. */
  readonly connectionName?: string | undefined;
  readonly childName?: string | undefined;
  readonly selectors?: { readonly local: string; readonly remote: string } | undefined;
}

// Most lines of a log are packets, messages and proposals: their groups have no names, since those take long to collect.
const PACKET =
  /^(?:sending|received) packet: from ([0-9a-fA-F.:]{2,45})\[\d{1,5}\] to ([0-9a-fA-F.:]{2,45})\[\d{1,5}\]/;
const MESSAGE =
  /^(?:generating|parsed) (?:(IKE_SA_INIT|IKE_AUTH|CREATE_CHILD_SA)|ID_PROT|AGGRESSIVE|QUICK_MODE|INFORMATIONAL_V1) /;
const BEGINS = /^initiating (?<mode>Main Mode |Aggressive Mode )?IKE_SA (?<name>\S{1,120})\[(?<id>\d{1,10})\] to /;
const SA = /IKE_SA (?<name>\S{1,120})\[(?<id>\d{1,10})\]/;
const CHILD = /^(?:establishing )?CHILD_SA (\S{1,120})\{\d{1,10}\}/;
const BETWEEN = / between (?<local>[0-9a-fA-F.:]{2,45})\[[^\]]{0,250}\]\.\.\.(?<peer>[0-9a-fA-F.:]{2,45})\[/;
const PROPOSALS = /^(?:received|configured) proposals: ((?:IKE|ESP|AH):.{1,4000})$/;
const REFUSED = /^traffic selectors (?<local>[^=]{1,1000}) === (?<remote>[^=]{1,1000}) unacceptable/;
const NO_CHILD = /^no matching CHILD_SA config found for (?<remote>[^=]{1,1000}) === (?<local>[^=]{1,1000})$/;

export function readTold(text: string): Told | undefined {
  switch (text.charCodeAt(0)) {
    // s, r, c: packets and proposals
    case 115:
    case 114:
    case 99:
      return packet(text) ?? proposals(text) ?? saIn(text);
    // g, p
    case 103:
    case 112:
      return message(text);
    // i
    case 105:
      return begins(text);
    // t, n
    case 116:
    case 110:
      return refused(text);
    // C, e: "establishing CHILD_SA lans{9}", "CHILD_SA lans{9} established with …"
    case 67:
    case 101:
      return child(text);
    // I, d: "IKE_SA branch[1] established between …", "deleting IKE_SA branch[1] between …"
    case 73:
    case 100:
      return saIn(text);
    default:
      return undefined;
  }
}

function packet(text: string): Told | undefined {
  const match = PACKET.exec(text);
  if (!match) return undefined;
  const from = canonicalAddress(match[1] ?? "");
  const to = canonicalAddress(match[2] ?? "");
  return text.startsWith("s") ? { local: from, peer: to } : { local: to, peer: from };
}

function proposals(text: string): Told | undefined {
  const listed = PROPOSALS.exec(text)?.[1];
  return listed === undefined
    ? undefined
    : { proposals: { are: text.startsWith("r") ? "received" : "configured", text: listed } };
}

function message(text: string): Told | undefined {
  const match = MESSAGE.exec(text);
  return match ? { version: match[1] === undefined ? 1 : 2 } : undefined;
}

function begins(text: string): Told | undefined {
  const groups = BEGINS.exec(text)?.groups;
  if (!groups) return undefined;
  return {
    exchange: groups["id"],
    version: groups["mode"] === undefined ? 2 : 1,
    connectionName: named(groups["name"]),
  };
}

function child(text: string): Told | undefined {
  const childName = CHILD.exec(text)?.[1];
  return childName === undefined ? undefined : { childName };
}

/** What charon has not found the connection of yet has none. */
function named(name: string | undefined): string | undefined {
  return name === "(unnamed)" ? undefined : name;
}

function refused(text: string): Told | undefined {
  const groups = (REFUSED.exec(text) ?? NO_CHILD.exec(text))?.groups;
  if (!groups) return undefined;
  return { selectors: { local: groups["local"]?.trim() ?? "", remote: groups["remote"]?.trim() ?? "" } };
}

/** A line about an IKE SA by its number; while one is renewed, lines about the old and the new one stand in one thread. */
function saIn(text: string): Told | undefined {
  const sa = SA.exec(text)?.groups;
  if (!sa) return undefined;
  const groups = BETWEEN.exec(text)?.groups;
  return {
    exchange: sa["id"],
    connectionName: named(sa["name"]),
    local: canonicalAddress(groups?.["local"] ?? ""),
    peer: canonicalAddress(groups?.["peer"] ?? ""),
  };
}
