/** What the tree itself wants to know at each stage, whatever the findings say. */
import type { Stage } from "../domain/ids.ts";
import type { StageAsk } from "./asks.ts";

export interface StageAsks {
  /** What answers the stage's question, the best first. */
  readonly first: readonly StageAsk[];
  /** What is left to ask where no finding wants anything. */
  readonly last: readonly StageAsk[];
}

/** An ask by its id, and the end to ask. */
type Wish = readonly [ask: string, on: StageAsk["on"]];

export const STAGE_ASKS: Readonly<Record<Stage, StageAsks>> = {
  "ike-sa": {
    first: asks(["ike-sas", "near"], ["session", "near"]),
    last: asks(
      ["debug-ike", "responder"],
      ["configuration", "near"],
      ["configuration", "far"],
      ["ping-peer", "near"],
      ["log", "near"],
      ["debug-ike", "near"],
      ["ike-sas", "far"],
    ),
  },
  "ipsec-sa": {
    first: asks(["ipsec-sas", "near"], ["session", "near"]),
    last: asks(
      ["crypto-map", "near"],
      ["crypto-map", "far"],
      ["debug-ipsec", "responder"],
      ["configuration", "near"],
      ["configuration", "far"],
      ["debug-ipsec", "near"],
      ["ipsec-sas", "far"],
    ),
  },
  routing: {
    first: asks(["ipsec-sas", "near"], ["ipsec-sas-again", "near"]),
    last: asks(
      ["ipsec-sas", "far"],
      ["ping-through", "near"],
      ["route", "near"],
      ["nat-translations", "near"],
      ["route", "far"],
      ["crypto-map", "near"],
    ),
  },
  "dead-peer": {
    first: asks(["ipsec-sas-again", "near"], ["ping-peer", "near"], ["ike-sas-detail", "near"]),
    last: asks(["log", "near"], ["session", "near"], ["ipsec-sas", "far"], ["ike-sas-detail", "far"]),
  },
  replay: {
    first: asks(["ipsec-sas-detail", "near"], ["ipsec-sas-again", "near"]),
    last: asks(["ipsec-sas-detail", "far"], ["log", "near"], ["ping-large", "near"]),
  },
};

function asks(...wishes: readonly Wish[]): StageAsk[] {
  return wishes.map(([ask, on]) => ({ ask, on }));
}
