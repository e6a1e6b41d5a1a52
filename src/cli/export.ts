/** `tunnelmedic export CASE`: a stored case as JSON, redacted as it is kept. */
import type { CaseHead, StoredTurn } from "../store/store.ts";
import { UsageError } from "./arguments.ts";
import { withStore } from "./stored.ts";

/** As the store makes them; the letters that look like digits are read as those. */
const CASE_ID = /^[0-9A-HJKMNP-TV-Z]{4,7}$/;

export async function runExport(args: readonly string[]): Promise<number> {
  const id = (args[0] ?? "").trim().toUpperCase().replaceAll("O", "0").replaceAll(/[IL]/g, "1");
  if (args.length !== 1 || !CASE_ID.test(id))
    throw new UsageError("export wants the id of one case, as in: npx tunnelmedic export K7QF");
  return withStore(async (store) => {
    const head = await store.caseById(id);
    if (head === undefined) throw new UsageError(`there is no case ${id} in this database`);
    const turns = await store.turns(id);
    process.stdout.write(`{\n"schema": 1,\n"case": ${JSON.stringify(headJson(head))},\n"turns": [`);
    // What came since the head was read is the next export's. Turn by turn: one string could grow too long.
    for (const turn of turns.filter(({ number }) => number <= head.version))
      process.stdout.write(`${turn.number === 1 ? "" : ","}\n${JSON.stringify(turnJson(turn))}`);
    process.stdout.write("\n]\n}\n");
    return 0;
  });
}

function headJson({ openedAt, changedAt, closedAt, ...head }: CaseHead) {
  return {
    ...head,
    openedAt: time(openedAt),
    changedAt: time(changedAt),
    closedAt: closedAt === undefined ? null : time(closedAt),
  };
}

function turnJson({ at, ...turn }: StoredTurn) {
  return { ...turn, at: time(at) };
}

/** @param at milliseconds since 1970 */
function time(at: number): string {
  return new Date(at).toISOString();
}
