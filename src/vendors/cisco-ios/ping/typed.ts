/** What the command line of a `ping` says before anything is printed. */
import { canonicalAddress } from "../../../domain/network.ts";
import type { Output } from "../../../domain/output.ts";
import { wordAfter } from "../path-command.ts";

/** A ping while it is being read. */
export interface OpenPing {
  line?: number;
  target?: string;
  source?: string | undefined;
  sourceTyped?: string;
  vrf?: string;
  sent?: number;
  received?: number;
  bytes?: number;
  dfBit?: boolean;
  readonly marks: string[];
  successLine?: number;
  /** The "Sending …" line was seen: the next one starts another ping. */
  isSending: boolean;
}

/** Words of `ping` that take the next word, so that it is not the target. */
const TAKES_VALUE = new Set(["vrf", "source", "repeat", "size", "timeout", "data", "tos", "dscp"]);
const FLAGS = new Set(["ping", "ip", "ipv6", "df-bit", "validate", "verbose"]);

/** Reads target, source, size, repeat count, DF bit and VRF from the command line, where there was one. */
export function openTypedPing(output: Output): OpenPing {
  const open: OpenPing = { marks: [], isSending: false };
  const words = output.command.trim().split(/\s+/);
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? "";
    if (TAKES_VALUE.has(word)) index += 1;
    else if (!FLAGS.has(word) && open.target === undefined) open.target = canonicalAddress(word) ?? word;
  }
  const vrf = wordAfter(output.command, "vrf");
  if (vrf !== undefined) open.vrf = vrf;
  setSource(open, wordAfter(output.command, "source"));
  const size = Number(wordAfter(output.command, "size"));
  if (size > 0) open.bytes = size;
  if (words.includes("df-bit")) open.dfBit = true;
  return open;
}

/** Keeps the source as typed, and as an address where it is one (it may be an interface name). */
export function setSource(open: OpenPing, typed: string | undefined): void {
  if (typed === undefined || typed === "") return;
  open.sourceTyped = typed;
  const address = canonicalAddress(typed);
  if (address !== undefined) open.source = address;
}
