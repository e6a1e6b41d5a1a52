/** `tunnelmedic export CASE`: a stored case as JSON, redacted as it is kept; or its hand-off, in one of its forms. */
import { parseArgs } from "node:util";
import { readCaseEvent } from "../case/event-schema.ts";
import { handOffOf } from "../case/hand-off-of.ts";
import type { HandOffTemplate } from "../domain/hand-off.ts";
import { loadKnowledge } from "../knowledge/load.ts";
import type { CaseHead, StoredTurn } from "../store/store.ts";
import { UsageError } from "./arguments.ts";
import { withStore } from "./stored.ts";

/** As the store makes them; the letters that look like digits are read as those. */
const CASE_ID = /^[0-9A-HJKMNP-TV-Z]{4,7}$/;

export async function runExport(args: readonly string[]): Promise<number> {
  const { id, format, template } = exportAsked(args);
  return withStore(async (store) => {
    const head = await store.caseById(id);
    if (head === undefined) throw new UsageError(`there is no case ${id} in this database`);
    const turns = (await store.turns(id)).filter(({ number }) => number <= head.version);
    if (format !== undefined) {
      process.stdout.write(await writtenUp(id, turns, template, format));
      return 0;
    }
    process.stdout.write(`{\n"schema": 1,\n"case": ${JSON.stringify(headJson(head))},\n"turns": [`);
    // What came since the head was read is the next export's. Turn by turn: one string could grow too long.
    for (const turn of turns)
      process.stdout.write(`${turn.number === 1 ? "" : ","}\n${JSON.stringify(turnJson(turn))}`);
    process.stdout.write("\n]\n}\n");
    return 0;
  });
}

const FORMATS = ["html", "md", "json"] as const;
const TEMPLATE_WORDS: Readonly<Record<string, HandOffTemplate>> = {
  next: "next-shift",
  far: "far-side",
  vendor: "vendor",
};

/** "K7QF --format md --for far"; without a format, the whole case with its turns. */
function exportAsked(args: readonly string[]) {
  const { values, positionals } = parsed(args);
  const id = (positionals[0] ?? "").trim().toUpperCase().replaceAll("O", "0").replaceAll(/[IL]/g, "1");
  if (positionals.length !== 1 || !CASE_ID.test(id))
    throw new UsageError("export wants the id of one case, as in: npx tunnelmedic export K7QF");
  const format = FORMATS.find((each) => each === values.format);
  const template = TEMPLATE_WORDS[values.for ?? "next"];
  if (values.format !== undefined && format === undefined) throw new UsageError("--format is html, md or json");
  if (template === undefined) throw new UsageError("--for is next, far or vendor");
  if (values.for !== undefined && format === undefined)
    throw new UsageError("--for goes with --format html, md or json");
  return { id, format, template };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: { format: { type: "string" }, for: { type: "string" } },
      allowPositionals: true,
    });
  } catch {
    throw new UsageError("export takes a case's id, --format html|md|json and --for next|far|vendor");
  }
}

/** The hand-off of a stored case. */
async function writtenUp(
  caseId: string,
  turns: readonly StoredTurn[],
  template: HandOffTemplate,
  format: (typeof FORMATS)[number],
): Promise<string> {
  const events = turns.flatMap((turn) => turn.events.map(readCaseEvent));
  const tools = { knowledge: await loadKnowledge(), said: { at: Date.now() } };
  return handOffOf({ caseId, events }, { template, format }, tools).text;
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
