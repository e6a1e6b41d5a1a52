/** What the counters of a flow did between two readings, and whether a fix helped. */
import type { RootCauseId, Side, Stage } from "./ids.ts";
import type { Evidence, VerifyStep } from "./verdict.ts";

/** Why two readings can't be subtracted. */
export type Break =
  /** Somebody cleared the counters, or the SAs, in between. */
  | "counters-cleared"
  | "sas-cleared"
  /** Another SPI: the SA was made anew. */
  | "rekeyed"
  | "restarted"
  /** Counters are smaller, and nothing says why. */
  | "went-back";

export interface FlowChange {
  readonly side: Side;
  /** "10.1.0.0/16 → 10.9.0.0/16", from that end's point of view. */
  readonly flow: string;
  /** The pastes of the two readings. */
  readonly earlier: string;
  readonly later: string;
  /** Between the two; undefined where nothing tells. */
  readonly seconds?: number | undefined;
  /** By a clock of the device, not by when the messages were sent. */
  readonly isExact: boolean;
  /** Differences by counter ("encaps"); empty where the readings can't be subtracted. */
  readonly counts: Readonly<Partial<Record<Counter, number>>>;
  readonly broken?: { readonly why: Break; readonly evidence: readonly Evidence[] } | undefined;
  /** The lines of the later reading. */
  readonly evidence: readonly Evidence[];
}

export const COUNTERS = [
  "encaps",
  "decaps",
  "replayFailed",
  "verifyFailed",
  "invalidIdentity",
  "sendErrors",
  "recvErrors",
] as const;
export type Counter = (typeof COUNTERS)[number];

/** What became of a fix that was tried; `outcome` undefined: nothing read since tells. */
export interface FixCheck {
  readonly finding: RootCauseId;
  readonly outcome?: "fixed" | "better" | "same" | "worse" | undefined;
  /** The stage at which it stands now; undefined where all of them are passed. */
  readonly standsAt?: Stage | undefined;
  /** The lines read since that say so. */
  readonly evidence: readonly Evidence[];
  /** What was asked for and has not been seen since. */
  readonly missing: readonly VerifyStep[];
  /** What was read since are totals that also count what was before it: a second reading tells. */
  readonly isUndated?: boolean | undefined;
}
