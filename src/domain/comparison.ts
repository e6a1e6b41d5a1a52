/** Both ends side by side, attribute by attribute: for people to read, and for a page to show. */
import type { Side } from "./ids.ts";
import type { Evidence } from "./verdict.ts";

/**
 * same: equal, or both in order where each end answers for itself. differs: a fault by itself, or part of one.
 * differs-no-fault: tunnels work all the same. unknown: at least one end does not show it, or it can't be compared.
 */
export type RowVerdict = "same" | "differs" | "differs-no-fault" | "unknown";

export interface ComparedValue {
  /** In the vocabulary of crypto.ts where it is an algorithm; "" where the end shows nothing. Never a key. */
  readonly value: string;
  /** The lines on this end that say so, the most telling first; none where it is a default, or shown by nothing. */
  readonly evidence: readonly Evidence[];
}

export interface ComparedRow {
  /** "IKE policy", "pre-shared key", "transform set", "PFS", "IPsec lifetimes", "peers", "protected traffic", "crypto map", "data path", "SPIs". */
  readonly topic: string;
  readonly attribute: string;
  /** The end whose statement is held against what the other end is: whose peer, whose outbound SPI. */
  readonly of?: Side | undefined;
  readonly local: ComparedValue;
  readonly remote: ComparedValue;
  readonly verdict: RowVerdict;
  /** Why a difference is no fault, or what keeps the two from being compared. */
  readonly note?: string | undefined;
}
