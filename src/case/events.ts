/** What happens in a case, as facts: the log that a case is rebuilt from. */
import type { PlatformId, RootCauseId, Side, SymptomId } from "../domain/ids.ts";
import type { ReadPaste } from "../domain/output.ts";
import type { Known } from "../tunnel/known.ts";

export type CaseEvent =
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
  | { readonly type: "fix-tried"; readonly finding: RootCauseId }
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
  const pastes = standing.flatMap((event) => {
    if (event.type !== "pasted") return [];
    const { name } = event.paste;
    return [{ paste: anew.get(name) ?? event.paste, saidSide: saidSides.get(name) ?? event.side }];
  });
  return { pastes, symptom, platforms, peer, cannot };
}
