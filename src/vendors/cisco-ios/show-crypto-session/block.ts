/** The blocks of `show crypto session [detail]`: an interface's heading lines, then one session for each `Peer:`. */
import { canonicalAddress } from "../../../domain/network.ts";
import type { Line } from "../../../domain/output.ts";
import type { CryptoSession, SessionFlow, SessionIkeSa } from "../../../domain/readings/session.ts";
import { type FlowDraft, readFlowLine, startFlow, toFlow } from "./flow.ts";
import { type IkeSaDraft, readIkeSaLine, startIkeSa, toIkeSa } from "./ike.ts";

const HEADING =
  /^\s*(?<label>Interface|Profile|Uptime|Username|Group|Assigned address|Session status|Description): ?(?<value>\S.*)?$/;
const PEER = /^\s*Peer: ?(?<address>\S{2,50})(?: port (?<port>\d{1,5}))?(?<rest> .*)?$/;
const VRFS = /^(?:fvrf: ?(?<fvrf>\S{1,64})(?: +|$))?(?:ivrf: ?(?<ivrf>\S{1,64}))?$/;
const PHASE1_ID = /^\s*Phase1_id: ?(?<value>\S.*)?$/;
const DESCRIPTION = /^\s*Desc: ?(?<value>\S.*)?$/;
const SESSION_ID = /^\s*Session ID: ?(?<value>\d{1,10})?/;
const SYSTEM_IP = /^\s*System IP: /;

/** The fields above `Peer:`, which hold for every peer below it. */
interface Heading {
  readonly line: number;
  readonly at: Record<string, number>;
  interface?: string;
  profile?: string;
  uptime?: string;
  username?: string;
  group?: string;
  assignedAddress?: string;
  description?: string;
  status?: string;
}
type Peer = { -readonly [K in "peer" | "peerPort" | "fvrf" | "ivrf" | "phase1Id" | "description"]?: CryptoSession[K] };

interface Session {
  readonly line: number;
  readonly heading: Heading;
  readonly peer: Peer;
  readonly at: Record<string, number>;
  readonly ikeSas: IkeSaDraft[];
  readonly flows: FlowDraft[];
  /** Of the line that comes before its IKE SA. */
  sessionId: number | undefined;
}
/** What was read so far of all blocks. */
export interface Blocks {
  readonly done: Session[];
  heading: Heading | undefined;
}

export function newBlocks(): Blocks {
  return { done: [], heading: undefined };
}

/** Reads one line into the blocks; false if it is none of theirs. */
export function readBlockLine(blocks: Blocks, line: Line): boolean {
  if (readHeading(blocks, line)) return true;
  const peer = PEER.exec(line.text)?.groups;
  if (peer) {
    const session = startSession(blocks, line);
    session.peer.peer = canonicalAddress(peer["address"] ?? "") ?? peer["address"];
    if (peer["port"] !== undefined) session.peer.peerPort = Number(peer["port"]);
    session.at["peer"] = line.number;
    return peer["rest"] === undefined || readVrfs(session, peer["rest"]);
  }
  const ikeSa = startIkeSa(line, currentSession(blocks)?.sessionId);
  if (ikeSa) {
    (currentSession(blocks) ?? startSession(blocks, line)).ikeSas.push(ikeSa);
    return true;
  }
  const flow = startFlow(line);
  if (flow) {
    (currentSession(blocks) ?? startSession(blocks, line)).flows.push(flow);
    return true;
  }
  const session = currentSession(blocks);
  return session !== undefined && readSessionLine(session, line);
}

/**
 * The sessions in the order in which they were printed, and the lines of IKE SAs that lack an end. A heading without a
 * peer is a session too.
 */
export function finishBlocks(blocks: Blocks): { sessions: CryptoSession[]; unread: Line[] } {
  const { heading } = blocks;
  if (heading && blocks.done.at(-1)?.heading !== heading) blocks.done.push(newSession(heading, heading.line));
  const unread: Line[] = [];
  const sessions = blocks.done.map((session) => toSession(session, unread));
  return { sessions, unread };
}

function readHeading(blocks: Blocks, line: Line): boolean {
  const match = HEADING.exec(line.text)?.groups;
  if (!match) return false;
  const heading = headingFor(blocks, match["label"] ?? "", line);
  const value = printed(match["value"]);
  const field = FIELDS[match["label"] ?? ""];
  if (field === undefined) return false;
  heading.at[field] = line.number;
  if (value !== undefined) heading[field] = value;
  return true;
}

const FIELDS: Readonly<Record<string, Exclude<keyof Heading, "line" | "at">>> = {
  Interface: "interface",
  Profile: "profile",
  Uptime: "uptime",
  Username: "username",
  Group: "group",
  "Assigned address": "assignedAddress",
  Description: "description",
  "Session status": "status",
};

/** The heading a line belongs to: a new one after a session, of the same interface unless it names one. */
function headingFor(blocks: Blocks, label: string, line: Line): Heading {
  const { heading } = blocks;
  const hasSession = heading !== undefined && blocks.done.at(-1)?.heading === heading;
  if (heading && !hasSession && !(label === "Interface" && heading.interface !== undefined)) return heading;
  if (heading && !hasSession) blocks.done.push(newSession(heading, heading.line));
  const next: Heading = { line: line.number, at: {} };
  if (label !== "Interface" && heading?.interface !== undefined) {
    next.interface = heading.interface;
    next.at["interface"] = heading.at["interface"] ?? heading.line;
  }
  blocks.heading = next;
  return next;
}

function newSession(heading: Heading, line: number): Session {
  return { line, heading, peer: {}, at: {}, ikeSas: [], flows: [], sessionId: undefined };
}

function startSession(blocks: Blocks, line: Line): Session {
  blocks.heading ??= { line: line.number, at: {} };
  const { heading } = blocks;
  const isFirst = blocks.done.at(-1)?.heading !== heading;
  const session = newSession(heading, isFirst ? heading.line : line.number);
  blocks.done.push(session);
  return session;
}

function currentSession(blocks: Blocks): Session | undefined {
  const last = blocks.done.at(-1);
  return last?.heading === blocks.heading ? last : undefined;
}

function readSessionLine(session: Session, line: Line): boolean {
  const id = PHASE1_ID.exec(line.text);
  if (id) {
    session.peer.phase1Id = printed(id.groups?.["value"]);
    session.at["phase1Id"] = line.number;
    return true;
  }
  const description = DESCRIPTION.exec(line.text);
  if (description) {
    session.peer.description = printed(description.groups?.["value"]);
    return true;
  }
  const sessionId = SESSION_ID.exec(line.text);
  if (sessionId) {
    const value = sessionId.groups?.["value"];
    session.sessionId = value === undefined ? undefined : Number(value);
    return true;
  }
  if (readVrfs(session, line.text) || SYSTEM_IP.test(line.text)) return true;
  const flow = session.flows.at(-1);
  if (flow && readFlowLine(flow, line)) return true;
  const ikeSa = session.ikeSas.at(-1);
  return ikeSa !== undefined && readIkeSaLine(ikeSa, line);
}

function readVrfs(session: Session, text: string): boolean {
  const vrfs = VRFS.exec(text.trim())?.groups;
  if (!vrfs) return text.trim() === "";
  if (vrfs["fvrf"] !== undefined) session.peer.fvrf = printed(vrfs["fvrf"]);
  if (vrfs["ivrf"] !== undefined) session.peer.ivrf = printed(vrfs["ivrf"]);
  return vrfs["fvrf"] !== undefined || vrfs["ivrf"] !== undefined || text.trim() === "";
}

function toSession(session: Session, unread: Line[]): CryptoSession {
  const { line: _, at, ...heading } = session.heading;
  const { peer } = session;
  const ikeSas: SessionIkeSa[] = [];
  for (const draft of session.ikeSas) {
    const sa = toIkeSa(draft);
    if (sa) ikeSas.push(sa);
    else unread.push(draft.line);
  }
  const flows: SessionFlow[] = session.flows.map(toFlow);
  const description = peer.description ?? heading.description;
  return { line: session.line, ...heading, ...peer, description, ikeSas, flows, at: { ...at, ...session.at } };
}

function printed(text: string | undefined): string | undefined {
  const value = text?.trim();
  return value === undefined || value === "" || value === "(none)" ? undefined : value;
}
