/** Rows of phase 1: the closest pair of policies, and the keys. */
import type { ComparedRow, ComparedValue } from "../../../domain/comparison.ts";
import type { Answer } from "../../answer.ts";
import { bothEnds, type Tunnel } from "../../tunnel.ts";
import type { EndView } from "../../view.ts";
import { closestIkePair } from "../ike-policies.ts";
import { knownSuites } from "../ike-policy-list.ts";
import {
  comparedAttributes,
  type IkeAttribute,
  type IkeSuite,
  inWords,
  type SuitePair,
  sameAttribute,
} from "../ike-suite.ts";
import { keysForPeer } from "../keys.ts";
import { linesOf } from "../lines.ts";
import { NOT_SHOWN, rowOf, shown, verdictOf } from "./row.ts";

const TOPIC = "IKE policy";
/** In the order in which people read a policy, by the words they use. */
const ATTRIBUTES: readonly (readonly [IkeAttribute, string])[] = [
  ["encryption", "encryption"],
  ["integrity", "hash"],
  ["prf", "PRF"],
  ["dhGroup", "group"],
  ["auth", "auth"],
];

type Ask = (question: string) => Answer;

export function ikeRows(tunnel: Tunnel, ask: Ask): ComparedRow[] {
  const pair = closestIkePair(tunnel);
  return pair ? pairRows(pair, ask) : policiesOfOneEnd(tunnel);
}

function pairRows(pair: SuitePair, ask: Ask): ComparedRow[] {
  const isAgreed = ask("ike-policies-have-a-pair").is === true;
  const compared = comparedAttributes(pair.local, pair.remote);
  const rows = ATTRIBUTES.filter(([attribute]) => compared.includes(attribute)).flatMap(([attribute, name]) => {
    const [local, remote] = [pair.local, pair.remote].map((suite) => shownBy(suite, attribute));
    const verdict = verdictOf({ is: sameAttribute(attribute, pair.local, pair.remote) });
    if (verdict === "differs" && isAgreed) {
      const note = "the ends agreed on a policy all the same";
      return rowOf([TOPIC, name], local ?? NOT_SHOWN, remote ?? NOT_SHOWN, "differs-no-fault", { note });
    }
    return rowOf([TOPIC, name], local ?? NOT_SHOWN, remote ?? NOT_SHOWN, verdict);
  });
  const { is } = ask("ike-lifetimes-agree");
  const lifetimes = [pair.local, pair.remote].map(lifetimeOf);
  const [local = NOT_SHOWN, remote = NOT_SHOWN] = lifetimes;
  if (is !== false) return [...rows, ...rowOf([TOPIC, "lifetime"], local, remote, verdictOf({ is }))];
  const note = "the shorter is used";
  return [...rows, ...rowOf([TOPIC, "lifetime"], local, remote, "differs-no-fault", { note })];
}

function shownBy(suite: IkeSuite, attribute: IkeAttribute): ComparedValue {
  const value = inWords(suite, attribute);
  if (value === "") return NOT_SHOWN;
  return shown(suite.assumed.has(attribute) ? `${value} (default)` : value, suite.lines([attribute]).reverse());
}

function lifetimeOf(suite: IkeSuite): ComparedValue {
  const seconds = suite.lifetimeSeconds;
  return seconds === undefined ? NOT_SHOWN : shown(`${seconds} s`, suite.lines(["lifetimeSeconds"]).reverse());
}

/** Nothing to compare with yet: what the one end has. */
function policiesOfOneEnd(tunnel: Tunnel): ComparedRow[] {
  const [local = NOT_SHOWN, remote = NOT_SHOWN] = bothEnds(tunnel).map((end) => {
    const suites = knownSuites(tunnel, end)?.suites ?? [];
    const names = suites.map(policyInWords);
    return shown(
      names.join("; "),
      suites.flatMap((suite) => suite.lines([])),
    );
  });
  return rowOf([TOPIC, "policies"], local, remote, "unknown");
}

/** "aes-256 sha256 14 psk": what a policy of its version has, "?" for what was not shown. */
function policyInWords(suite: IkeSuite): string {
  return ATTRIBUTES.filter(([attribute]) => comparedAttributes(suite, suite).includes(attribute))
    .map(([attribute]) => inWords(suite, attribute) || "?")
    .join(" ");
}

/** Keys are told to be equal, different or there; what they are is not kept. */
export function keyRows(tunnel: Tunnel, ask: Ask): ComparedRow[] {
  const { is } = ask("pre-shared-keys-are-equal");
  const missing = bothEnds(tunnel).map(({ side }) => ask(`${side}-pre-shared-key-exists-for-peer`));
  const [local = NOT_SHOWN, remote = NOT_SHOWN] = bothEnds(tunnel).map((end, index) =>
    keyOf(tunnel, end, missing[index], is),
  );
  const isMissing = missing.some((answer) => answer.is === false);
  const bothShown = local.value !== "" && remote.value !== "";
  const note =
    is === undefined && !isMissing && bothShown ? "masked, encrypted or several: can't be compared" : undefined;
  return rowOf(["pre-shared key", "key"], local, remote, isMissing ? "differs" : verdictOf({ is }), { note });
}

function keyOf(tunnel: Tunnel, end: EndView, exists: Answer | undefined, areEqual: boolean | undefined): ComparedValue {
  if (exists?.is === false) return shown("none for the peer", exists.evidence);
  const keys = keysForPeer(tunnel, end);
  if (keys.length === 0) return NOT_SHOWN;
  const lines = keys.flatMap((key) => linesOf(tunnel, key));
  return shown(areEqual === undefined ? "set" : areEqual ? "equal" : "different", lines);
}
