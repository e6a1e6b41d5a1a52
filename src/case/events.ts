/** What happens in a case, as facts: the log that a case is rebuilt from. */
import type { PlatformId, RootCauseId, Side, Stage, SymptomId } from "../domain/ids.ts";
import type { Person } from "../domain/inbound.ts";
import type { ReadPaste } from "../domain/output.ts";
import type { VerifyStep } from "../domain/verdict.ts";
import type { GivenPaste, Known, TriedFix } from "../tunnel/known.ts";

/** Who it was from and when, in milliseconds since 1970 by the chat's clock; absent where nothing tells. */
export interface Stamp {
  readonly at?: number | undefined;
  readonly by?: Person | undefined;
}

/** What happened in a case. */
export type CaseEvent = Stamp & CaseFact;

type CaseFact =
  | { readonly type: "symptom-said"; readonly symptom: SymptomId }
  /** "unknown": asked, and not sure. */
  | { readonly type: "platform-said"; readonly side: Side; readonly platform: PlatformId | "unknown" }
  | { readonly type: "peer-said"; readonly address: string }
  /** `message`: the chat's id of the message it came in, by which it can be edited and deleted. */
  | {
      readonly type: "pasted";
      readonly paste: ReadPaste;
      readonly side?: Side | undefined;
      readonly message?: string | undefined;
    }
  /** A paste of the same name, given anew: its message was edited, or its rest came in the next message. */
  | { readonly type: "pasted-anew"; readonly paste: ReadPaste; readonly message?: string | undefined }
  /** Its message was deleted. A store that erased the paste keeps this in its stead. */
  | { readonly type: "forgotten"; readonly paste: string }
  /** Where a paste is from, said afterwards. */
  | { readonly type: "side-said"; readonly paste: string; readonly side: Side }
  /** "*" as the command: nothing can be run on that end. */
  | { readonly type: "cannot-run"; readonly side: Side; readonly command: string }
  /** `stage`: where the tree had a no when the fix was advised; `checks`: what was asked for to see whether it helped. */
  | {
      readonly type: "fix-tried";
      readonly finding: RootCauseId;
      readonly stage?: Stage | undefined;
      readonly checks?: readonly VerifyStep[] | undefined;
    }
  /** Takes back the last event that is not itself an undo. */
  | { readonly type: "undone" }
  | { readonly type: "started-over" };

/** The events that count: without what was undone, and from the last start on. */
export function standingEvents(events: readonly CaseEvent[]): CaseEvent[] {
  const standing: CaseEvent[] = [];
  for (const event of events) {
    if (event.type === "undone") undo(standing);
    else if (event.type === "started-over") standing.length = 0;
    else if (event.type === "forgotten") forget(standing, event);
    else standing.push(event);
  }
  return standing;
}

function undo(standing: CaseEvent[]): void {
  const last = standing.findLastIndex(({ type }) => type !== "forgotten");
  if (last >= 0) standing.splice(last, 1);
}

/** Each trace of the paste becomes the mark that it was there, so that what was erased and what was not replay alike. */
function forget(standing: CaseEvent[], forgotten: Extract<CaseEvent, { type: "forgotten" }>): void {
  let known = false;
  for (const [index, event] of standing.entries()) {
    const name = event.type === "pasted" || event.type === "pasted-anew" ? event.paste.name : undefined;
    if (name === forgotten.paste) standing[index] = forgotten;
    known ||= name === forgotten.paste || (event.type === "forgotten" && event.paste === forgotten.paste);
  }
  if (!known) standing.push(forgotten);
}

/** What takes back the last paste and nothing that was said since; empty where there is none. */
export function withoutLastPaste(events: readonly CaseEvent[]): CaseEvent[] {
  const standing = standingEvents(events).filter(({ type }) => type !== "forgotten");
  const at = standing.findLastIndex(({ type }) => type === "pasted");
  const paste = standing[at];
  if (paste?.type !== "pasted") return [];
  const since = standing.slice(at + 1);
  const isOfIt = (event: CaseEvent) =>
    (event.type === "side-said" && event.paste === paste.paste.name) ||
    (event.type === "pasted-anew" && event.paste.name === paste.paste.name);
  const undone = standing.slice(at).map(() => ({ type: "undone" }) as const);
  return [...undone, ...since.filter((event) => !isOfIt(event))];
}

/** What a case knows, from its events. */
export function knownFrom(events: readonly CaseEvent[]): Known {
  const standing = standingEvents(events);
  const saidSides = new Map<string, Side>();
  const platforms: Partial<Record<Side, PlatformId>> = {};
  const cannot: { side: Side; command: string }[] = [];
  let symptom: SymptomId | undefined;
  let peer: string | undefined;
  for (const event of standing) {
    if (event.type === "symptom-said") symptom = event.symptom;
    else if (event.type === "peer-said") peer = event.address;
    else if (event.type === "side-said") saidSides.set(event.paste, event.side);
    else if (event.type === "cannot-run") cannot.push({ side: event.side, command: event.command });
    else if (event.type === "platform-said" && event.platform !== "unknown") platforms[event.side] = event.platform;
  }
  const anew = new Map(
    standing.flatMap((event) => (event.type === "pasted-anew" ? [[event.paste.name, event.paste] as const] : [])),
  );
  const tried: TriedFix[] = [];
  const pastes: GivenPaste[] = [];
  for (const event of standing) {
    if (event.type === "fix-tried")
      tried.push({ finding: event.finding, before: pastes.map(({ paste }) => paste.name) });
    if (event.type !== "pasted") continue;
    const { name } = event.paste;
    const paste = anew.get(name) ?? event.paste;
    pastes.push({ paste, saidSide: saidSides.get(name) ?? event.side, at: event.at });
  }
  return { pastes, symptom, platforms, peer, cannot, tried };
}
