/** Cases that were talked about lately, rebuilt already: a turn then reads only what is new. */
import { LRUCache } from "lru-cache";
import type { Case } from "../case/case.ts";
import { readCaseEvent } from "../case/event-schema.ts";
import type { CaseEvent } from "../case/events.ts";
import type { StoredTurn } from "../store/store.ts";

/** A case rebuilt, up to a turn. */
export interface Rebuilt {
  readonly case: Case;
  readonly version: number;
  /** The last turn that changed what is known. */
  readonly changedAt: number;
}

export interface CaseMemory {
  /** The case up to `version`; `turns` reads those after a number. */
  rebuild(caseId: string, version: number, turns: (after: number) => Promise<readonly StoredTurn[]>): Promise<Rebuilt>;
  remember(caseId: string, rebuilt: Rebuilt): void;
}

/** So many lines of stored pastes are held, over all cases; a reading takes about 100 bytes a line. */
const MOST_LINES = 2_000_000;
const MOST_CASES = 20_000;
/** Of so many cases, what was concluded from their events is held as well: it takes more than they do. */
const MOST_CONCLUDED = 500;

export function createCaseMemory(): CaseMemory {
  const cases = new LRUCache<string, Rebuilt>({
    max: MOST_CASES,
    maxSize: MOST_LINES,
    sizeCalculation: (rebuilt) => Math.min(MOST_LINES, sizeOf(rebuilt.case.events)),
  });
  const concluded = new LRUCache<string, Rebuilt>({
    max: MOST_CONCLUDED,
    // Conclusions hang on the case as it is held (case.ts): an equal one has none.
    dispose: (rebuilt, caseId, reason) => {
      if (reason === "evict" && cases.peek(caseId) === rebuilt)
        cases.set(caseId, { ...rebuilt, case: { events: rebuilt.case.events } });
    },
  });
  const hold = (caseId: string, rebuilt: Rebuilt) => {
    cases.set(caseId, rebuilt);
    concluded.set(caseId, rebuilt);
  };
  return {
    async rebuild(caseId, version, turns) {
      const known = cases.get(caseId);
      if (known?.version === version) {
        concluded.set(caseId, known);
        return known;
      }
      // A transaction that never came about may have left a later version behind.
      const from = known !== undefined && known.version < version ? known : EMPTY;
      let { changedAt } = from;
      const events = [...from.case.events];
      for (const turn of await turns(from.version)) {
        if (turn.events.length > 0) changedAt = turn.number;
        for (const event of turn.events) events.push(readCaseEvent(event));
      }
      const rebuilt = { case: { events }, version, changedAt };
      hold(caseId, rebuilt);
      return rebuilt;
    },
    remember: hold,
  };
}

const EMPTY: Rebuilt = { case: { events: [] }, version: 0, changedAt: 0 };

function sizeOf(events: readonly CaseEvent[]): number {
  return events.reduce(
    (sum, event) => sum + (event.type === "pasted" || event.type === "pasted-anew" ? event.paste.lines.length : 1),
    1,
  );
}
