/** The verdict as `diagnose --json` prints it (the contract): the one shape that every chat and program sees. */
import type { PlatformId, RootCauseId, Side } from "./ids.ts";

/** A line somebody can look at. `line` counts from 1 in the paste as given; `text` is redacted. */
export interface Evidence {
  readonly paste: string;
  readonly line: number;
  readonly text: string;
}

export type Certainty = "confirmed" | "likely" | "possible";
export type Risk = "none" | "low" | "drops-this-tunnel" | "drops-other-tunnels";

/** An attribute on which the two ends differ, in the vocabulary of crypto.ts. */
export interface Difference {
  readonly attribute: string;
  readonly local: string;
  readonly remote: string;
}

export interface FixStep {
  readonly side: Side;
  readonly platform: PlatformId | "unknown";
  readonly commands: readonly string[];
  readonly risk: Risk;
  readonly note: string;
}

export interface VerifyStep {
  readonly side: Side;
  readonly platform: PlatformId | "unknown";
  readonly command: string;
  readonly expect: string;
}

export interface Finding {
  readonly id: RootCauseId;
  readonly title: string;
  readonly why: string;
  readonly certainty: Certainty;
  readonly side: Side | "both" | null;
  readonly differs: readonly Difference[];
  readonly evidence: readonly Evidence[];
  readonly against: readonly Evidence[];
  readonly fix: readonly FixStep[];
  readonly verify: readonly VerifyStep[];
  readonly sources: readonly string[];
}

export interface RuledOut {
  readonly id: RootCauseId;
  readonly evidence: readonly Evidence[];
}

export interface Ask {
  readonly side: Side;
  readonly platform: PlatformId | "unknown";
  readonly command: string;
  readonly why: string;
}

export interface PasteReport {
  readonly name: string;
  readonly side: Side | null;
  readonly outputs: readonly {
    readonly platform: PlatformId | "unknown";
    readonly command: string;
    readonly firstLine: number;
    readonly lastLine: number;
    readonly unread: readonly string[];
  }[];
}

export interface Verdict {
  readonly schema: 1;
  readonly verdict: "found" | "healthy" | "need-more";
  readonly findings: readonly Finding[];
  readonly ruledOut: readonly RuledOut[];
  readonly asks: readonly Ask[];
  readonly pastes: readonly PasteReport[];
  readonly secretsRemoved: number;
}
