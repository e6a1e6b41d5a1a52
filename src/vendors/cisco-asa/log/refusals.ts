/**
 * What "Failed to find a matching policy" means: four faults print it, and the lines before it tell which (trap T8).
 * "No proxy match on map" is the networks, "peer doesn't match map entry" the crypto map's peer, "is incomplete due to
 * missing ACL" an unfinished entry; without any of them it is the proposals, of ESP where they are marked so.
 */
import type { EspProposal, IkeProposal } from "../../../domain/readings/connection.ts";
import type { AttemptDetails } from "../../../negotiations/message.ts";
import { readProposal } from "./proposals.ts";

export type Refusal =
  | "ike-proposals-refused"
  | "child-proposals-refused"
  | "map-entry-has-other-peer"
  | "map-entry-incomplete";

/** A line without its head. */
interface Printed {
  readonly line: number;
  readonly text: string;
}
interface Block {
  readonly lines: number[];
  readonly reasons: ReadonlySet<string>;
  side: "received" | "configured" | undefined;
  readonly ike: { readonly received: IkeProposal[]; readonly configured: IkeProposal[] };
  readonly esp: { readonly received: EspProposal[]; readonly configured: EspProposal[] };
  lastLine: number;
}

export interface Refusals {
  /** What the line "Failed to find a matching policy" means, by its number; those that are not there mean nothing more. */
  readonly meanings: ReadonlyMap<number, Refusal>;
  /** Proposals of both ends, at the line of the last one. */
  readonly details: ReadonlyMap<number, AttemptDetails>;
}

const FAILED = /Failed to find a matching policy/;
const HEADINGS = /(?<side>Received|Expected) Policies:/;
const REASONS: readonly (readonly [string, RegExp])[] = [
  ["selectors", /No proxy match on map/],
  ["map-entry-has-other-peer", /peer doesn't match map entry/],
  ["map-entry-incomplete", /is incomplete due to missing/],
];
/** Where the lines before belong to what came before. */
const NEW_START = /Event: EV_(?:RECV_INIT|INIT_SA|RECV_AUTH)/;
const NOTHING = /^(?:IKEv2-(?:PROTO|PLAT)-\d: ?)?(?:\(\d{1,6}\): ?)?\s*$/;

/** Reads the refusals of a debug; `lines` are all of them, in order. */
export function readRefusals(lines: readonly Printed[]): Refusals {
  const meanings = new Map<number, Refusal>();
  const details = new Map<number, AttemptDetails>();
  let reasons = new Set<string>();
  let block: Block | undefined;
  const close = () => {
    if (block) conclude(block, meanings, details);
    block = undefined;
  };
  for (const { line, text } of lines) {
    const reason = REASONS.find(([, pattern]) => pattern.test(text))?.[0];
    if (reason !== undefined) {
      close();
      reasons.add(reason);
    } else if (FAILED.test(text)) {
      block ??= newBlock(reasons, line);
      block.lines.push(line);
    } else if (block) {
      if (!goesOn(block, text, line)) {
        close();
        reasons = new Set();
      }
    } else if (NEW_START.test(text)) reasons = new Set();
  }
  close();
  return { meanings, details };
}

function newBlock(reasons: ReadonlySet<string>, line: number): Block {
  return {
    lines: [],
    reasons,
    side: undefined,
    ike: { received: [], configured: [] },
    esp: { received: [], configured: [] },
    lastLine: line,
  };
}

function goesOn(block: Block, text: string, line: number): boolean {
  const heading = HEADINGS.exec(text)?.groups?.["side"];
  if (heading !== undefined) {
    block.side = heading === "Received" ? "received" : "configured";
    block.lastLine = line;
    return true;
  }
  const printed = readProposal(text, line);
  if (printed === undefined) return NOTHING.test(text);
  block.lastLine = line;
  if (block.side === undefined) return true;
  if (printed.of === "ike") block.ike[block.side].push(printed.proposal);
  else block.esp[block.side].push(printed.proposal);
  return true;
}

function conclude(block: Block, meanings: Map<number, Refusal>, details: Map<number, AttemptDetails>): void {
  const meaning = meaningOf(block);
  const [first] = block.lines;
  if (meaning !== undefined && first !== undefined) meanings.set(first, meaning);
  if (meaning === "ike-proposals-refused") details.set(block.lastLine, { ikeCompared: block.ike });
  if (meaning === "child-proposals-refused") details.set(block.lastLine, { espCompared: block.esp });
}

function meaningOf({ reasons, ike, esp }: Block): Refusal | undefined {
  if (reasons.has("selectors")) return undefined;
  const [only] = reasons;
  if (reasons.size === 1 && (only === "map-entry-has-other-peer" || only === "map-entry-incomplete")) return only;
  if (reasons.size > 0) return undefined;
  if (esp.received.length > 0) return esp.configured.length > 0 ? "child-proposals-refused" : undefined;
  return ike.received.length > 0 && ike.configured.length > 0 ? "ike-proposals-refused" : undefined;
}
