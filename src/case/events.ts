/** What happens in a case, as facts: the log that a case is rebuilt from. */
import type { PlatformId, RootCauseId, Side, SymptomId } from "../domain/ids.ts";
import type { ReadPaste } from "../domain/output.ts";
import type { Known } from "../tunnel/known.ts";

export type CaseEvent =
  | { readonly type: "symptom-said"; readonly symptom: SymptomId }
  /** "unknown": asked, and not sure. */
  | { readonly type: "platform-said"; readonly side: Side; readonly platform: PlatformId | "unknown" }
  | { readonly type: "peer-said"; readonly address: string }
  | { readonly type: "pasted"; readonly paste: ReadPaste; readonly side?: Side | undefined }
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
    if (event.type === "undone") standing.pop();
    else if (event.type === "started-over") standing.length = 0;
    else standing.push(event);
  }
  return standing;
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
  const pastes = standing.flatMap((event) =>
    event.type === "pasted" ? [{ paste: event.paste, saidSide: saidSides.get(event.paste.name) ?? event.side }] : [],
  );
  return { pastes, symptom, platforms, peer, cannot };
}
