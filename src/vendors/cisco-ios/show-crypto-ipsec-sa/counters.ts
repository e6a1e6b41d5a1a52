/** The `#pkts …` lines of `show crypto ipsec sa`: up to three counters a line, with or without a colon before the number. */
import type { FlowCounters } from "../../../domain/readings/ipsec.ts";

export type CounterName = keyof FlowCounters;
/** Every field is there, in one fixed order: objects of one shape are what keeps 10,000 tunnels fast. */
export type CountersDraft = Record<CounterName, number | undefined>;

const HASH = 35;
const COLON = 58;
const COMMA = 44;
const BLANK = 32;

/** Labels without the leading "#"; null: printed, but says nothing about a fault. */
const LABELS: readonly (readonly [label: string, name: CounterName | null])[] = [
  ["pkts encaps", "encaps"],
  ["pkts encrypt", "encrypt"],
  ["pkts digest", "digest"],
  ["pkts decaps", "decaps"],
  ["pkts decrypt", "decrypt"],
  ["pkts verify", "verify"],
  ["pkts compressed", "compressed"],
  ["pkts decompressed", "decompressed"],
  ["pkts not compressed", null],
  ["pkts compr. failed", null],
  ["pkts not decompressed", null],
  ["pkts decompress failed", null],
  ["pkts tagged (send)", null],
  ["pkts untagged (rcv)", null],
  ["pkts not tagged (send)", null],
  ["pkts not untagged (rcv)", null],
  ["send errors", "sendErrors"],
  ["recv errors", "recvErrors"],
  ["rcv errors", "recvErrors"],
  ["pkts no sa (send)", "noSaSend"],
  ["pkts invalid sa (rcv)", "invalidSaReceive"],
  ["pkts encaps failed (send)", "encapsFailed"],
  ["pkts decaps failed (rcv)", "decapsFailed"],
  ["pkts invalid prot (rcv)", "invalidProtocol"],
  ["pkts verify failed", "verifyFailed"],
  ["pkts verify failed (rcv)", "verifyFailed"],
  ["pkts invalid identity (rcv)", "invalidIdentity"],
  ["pkts invalid len (rcv)", "invalidLength"],
  ["pkts replay rollover (send)", "replayRolloverSend"],
  ["pkts replay rollover (rcv)", "replayRolloverReceive"],
  ["pkts replay failed (rcv)", "replayFailed"],
  ["pkts internal err (send)", "internalErrorSend"],
  ["pkts internal err (rcv)", "internalErrorReceive"],
  // What the ASA counts besides.
  ["pre-frag successes", null],
  ["post-frag successes", null],
  ["post-frag failures", null],
  ["pre-frag failures", null],
  ["fragments created", null],
  ["PMTUs sent", null],
  ["PMTUs rcvd", null],
  ["decapsulated frgs needing reassembly", null],
  ["TFC rcvd", null],
  ["TFC sent", null],
  ["Valid ICMP Errors rcvd", null],
  ["Invalid ICMP Errors rcvd", null],
  ["pkts invalid pad (rcv)", null],
  ["pkts invalid ip version (rcv)", null],
  ["pkts min mtu frag failed (send)", null],
  ["pkts bad frag offset (rcv)", null],
  ["pkts comp failed", null],
  ["pkts decomp failed", null],
];

interface Label {
  readonly text: string;
  readonly name: CounterName | null;
}
/** By the hash that `readCounters` computes on its way over a label, so that no label is cut out of its line. */
const BY_HASH = labelsByHash();

function labelsByHash(): ReadonlyMap<number, Label> {
  const map = new Map<number, Label>();
  for (const [label, name] of LABELS) {
    // Both spellings stand on neighbouring lines of one output.
    for (const text of new Set([label, label.replace("(rcv)", "(recv)")])) map.set(hashOf(text), { text, name });
  }
  return map;
}

function hashOf(text: string): number {
  let hash = 0;
  for (let at = 0; at < text.length; at += 1) hash = addToHash(hash, text.charCodeAt(at));
  return hash;
}

/** Blanks do not count: one may stand before the colon or the number. */
function addToHash(hash: number, code: number): number {
  return code === BLANK ? hash : (Math.imul(hash, 31) + code) | 0;
}

export function emptyCounters(): CountersDraft {
  return {
    encaps: undefined,
    encrypt: undefined,
    digest: undefined,
    decaps: undefined,
    decrypt: undefined,
    verify: undefined,
    compressed: undefined,
    decompressed: undefined,
    sendErrors: undefined,
    recvErrors: undefined,
    noSaSend: undefined,
    invalidSaReceive: undefined,
    encapsFailed: undefined,
    decapsFailed: undefined,
    invalidProtocol: undefined,
    verifyFailed: undefined,
    invalidIdentity: undefined,
    invalidLength: undefined,
    replayRolloverSend: undefined,
    replayRolloverReceive: undefined,
    replayFailed: undefined,
    internalErrorSend: undefined,
    internalErrorReceive: undefined,
  };
}

/** Whether the counter is one of those that only the detailed form has. */
export function isDetailCounter(name: CounterName): boolean {
  return name === "noSaSend" || name === "encapsFailed" || name === "verifyFailed" || name === "replayFailed";
}

/**
 * Reads the counters of one line, from the first "#" on.
 * @param store called for every counter that has a number
 * @returns the counter whose number must be on the next line, `true` where all was read, `false` where something was not
 */
export function readCounters(
  text: string,
  from: number,
  store: (name: CounterName, count: number) => void,
): boolean | CounterName {
  // These four lines hold nothing that is kept.
  if (text.startsWith("#pkts not ", from)) return true;
  let at = from;
  let allRead = true;
  while (at >= 0 && at < text.length) {
    while (text.charCodeAt(at) === HASH) at += 1;
    let hash = 0;
    let end = at;
    let code = text.charCodeAt(end);
    while (end < text.length && code !== COLON && code !== HASH && code !== COMMA && !isDigit(code)) {
      hash = addToHash(hash, code);
      code = text.charCodeAt(++end);
    }
    const label = BY_HASH.get(hash);
    const name = label !== undefined && text.startsWith(label.text, at) ? label.name : undefined;
    while (code === COLON || code === BLANK) code = text.charCodeAt(++end);
    if (isDigit(code)) {
      let count = 0;
      do {
        count = count * 10 + code - 48;
        code = text.charCodeAt(++end);
      } while (isDigit(code));
      if (name) store(name, count);
      else if (name === undefined) allRead = false;
    } else if (end >= text.length && name) return name;
    else allRead = false;
    at = text.indexOf("#", end);
  }
  return allRead;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
