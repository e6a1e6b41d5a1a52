/** What the counters did since the reading before, in a line for each flow. */
import type { Break, Counter, FlowChange } from "../domain/change.ts";
import type { NamedEnds } from "../domain/named-ends.ts";
import type { Block } from "../domain/reply.ts";
import { nameOf } from "./names.ts";

/** Flows beyond these are counted: a hub has hundreds. */
const SHOWN = 4;

const NAMES: Readonly<Record<Counter, string>> = {
  encaps: "encaps",
  decaps: "decaps",
  replayFailed: "replay drops",
  verifyFailed: "failed authentication",
  invalidIdentity: "wrong identities",
  sendErrors: "send errors",
  recvErrors: "receive errors",
};

const BREAKS: Readonly<Record<Break, string>> = {
  "counters-cleared": "the counters were cleared",
  "sas-cleared": "the SAs were cleared",
  rekeyed: "the SA was made anew (a rekey, or a new negotiation)",
  restarted: "the box restarted",
  "went-back": "the counters went back; they were cleared, or the SA is another",
};

/** Above what the counters did between two readings. */
export const SINCE = "Since the reading before";

/** @param changes those to speak of */
export function speakChanges(changes: readonly FlowChange[], ends: NamedEnds): Block[] {
  const several = new Set(changes.map(({ flow }) => flow)).size > 1;
  const items = changes.slice(0, SHOWN).map((change) => changeLine(change, ends, several));
  if (items.length === 0) return [];
  const more = changes.length > SHOWN ? [`… and ${changes.length - SHOWN} more flows`] : [];
  return [{ type: "list", label: SINCE, items: [...items, ...more] }];
}

/** "HUB, 42 s: encaps +1,180 (28/s), decaps +0" */
export function changeLine(change: FlowChange, ends: NamedEnds, withFlow: boolean): string {
  const where = `${nameOf(change.side, ends)}${withFlow && change.flow !== "" ? `, ${change.flow}` : ""}`;
  if (change.broken)
    return `${where}: ${BREAKS[change.broken.why]} in between (${placesOf(change.broken.evidence)}), so I subtract nothing.`;
  const told = Object.entries(change.counts).filter(([name, value]) => isTold(name as Counter, value));
  const counts = told.map(
    ([name, value]) => `${NAMES[name as Counter]} +${grouped(value)}${rate(value, change.seconds)}`,
  );
  return `${where}${time(change)}: ${counts.length > 0 ? counts.join(", ") : "no packets"}`;
}

/** Errors that did not rise are not worth a word. */
function isTold(name: Counter, value: number): boolean {
  return name === "encaps" || name === "decaps" || value > 0;
}

function time({ seconds, isExact }: FlowChange): string {
  return seconds === undefined ? "" : `, in ${isExact ? "" : "about "}${duration(seconds)}`;
}

/** "42 s", "7 min", "3 h 20 min" */
export function duration(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${minutes} min`;
  return minutes < 2_880 ? `${Math.floor(minutes / 60)} h ${minutes % 60} min` : `${Math.round(minutes / 1_440)} days`;
}

function rate(count: number, seconds: number | undefined): string {
  if (seconds === undefined || seconds < 1 || count === 0) return "";
  const each = count / seconds;
  return ` (${each >= 10 ? grouped(Math.round(each)) : each.toFixed(1)}/s)`;
}

function grouped(number: number): string {
  return number.toLocaleString("en-US");
}

function placesOf(evidence: FlowChange["evidence"]): string {
  const places = evidence.map(({ paste, line }) => `${paste}:${line}`);
  return places.length === 0 ? "no line says when" : places.join(" and ");
}
