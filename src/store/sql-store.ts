import { caseIds } from "./case-id.ts";
import { caseAt, caseById, cases } from "./cases.ts";
import { searchCases } from "./cases-search.ts";
import type { Database } from "./database.ts";
import { caseFigures } from "./figures.ts";
import { freeFrom } from "./gone-owners.ts";
import { hold, letGo } from "./leases.ts";
import { claim, lastReference, notSent, outboxFigures, release, sent } from "./outbox.ts";
import { purge } from "./purge.ts";
import type { Store } from "./store.ts";
import { readTurns, take } from "./take.ts";

/** The store over either engine; `newCaseIds` is for tests. */
export function sqlStore(database: Database, newCaseIds = caseIds): Store {
  let closing: Promise<void> | undefined;
  return {
    take: (taking, decide) => take(database, newCaseIds, taking, decide),
    caseById: (id) => caseById(database, id),
    caseAt: (place) => caseAt(database, place),
    cases: (filter) => cases(database, filter),
    search: (filter, words) => searchCases(database, filter, words),
    figures: (filter) => caseFigures(database, filter),
    turns: (caseId, after = 0) => readTurns(database, caseId, after),
    claim: (lease, chats, limit) => claim(database, lease, chats, limit),
    sent: (claimed, reference) => sent(database, claimed, reference),
    notSent: (claimed, retry, reason) => notSent(database, claimed, retry, reason),
    release: (claimed) => release(database, claimed),
    outbox: () => outboxFigures(database),
    lastReference: (caseId, type) => lastReference(database, caseId, type),
    hold: (name, lease) => hold(database, name, lease),
    letGo: (name, owner) => letGo(database, name, owner),
    freeFrom: (isGone) => freeFrom(database, isGone),
    purge: (limits) => purge(database, limits),
    watch: (changed) => database.watch(sheltered(changed)),
    check: async () => {
      await database.write((session) => session.run("update probe set at = ?", [database.now()]));
    },
    backup: (file) => database.backup(file),
    close: () => (closing ??= database.close()),
  };
}

/** What a listener throws must not make a committed change look like one that failed. */
function sheltered(changed: (caseId: string) => void): (caseId: string) => void {
  return (caseId) => {
    try {
      changed(caseId);
    } catch {
      // Its own affair.
    }
  };
}
