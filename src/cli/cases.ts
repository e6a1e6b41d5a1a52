/** `tunnelmedic cases …` and `tunnelmedic stats`: what the service's database holds, looked back at. */
import { parseArgs } from "node:util";
import { type CasesAsked, casesAsked, sinceIn } from "../case/cases-asked.ts";
import { renderTerminal } from "../chat/terminal/render.ts";
import { listCases, type Scope } from "../looking-back/list.ts";
import { dayOf, speakFigures } from "../speech/looking-back.ts";
import type { CaseHead } from "../store/store.ts";
import { UsageError } from "./arguments.ts";
import { caseTable } from "./case-table.ts";
import { withStore } from "./stored.ts";
import { terminalStyle } from "./style.ts";

const NOT_FOUND = 3;
const PAGE_SIZE = 20;

/** All chats and workspaces of the database, unless one is named: whoever has it may see it all. */
export async function runCases(args: readonly string[]): Promise<number> {
  const { words, json, where } = asked(args, "cases");
  const wanted = casesAsked(words);
  if ("remedy" in wanted) throw new UsageError(wanted.remedy.replaceAll("`", ""));
  return withStore(async (store) => {
    const scope: Scope = { ...where, person: "", now: Date.now(), pageSize: PAGE_SIZE, maySee: () => true };
    // Nobody here opened one.
    const listed = await listCases(store, withoutMine(wanted), scope);
    if (json) {
      const cases = listed.heads.map(headJson);
      process.stdout.write(`${JSON.stringify({ schema: 1, cases, next: listed.next ?? null }, undefined, 2)}\n`);
      return 0;
    }
    const blocks = caseTable(listed, "npx tunnelmedic cases");
    process.stdout.write(`${renderTerminal({ blocks }, terminalStyle(process.stdout))}\n`);
    return listed.heads.length === 0 ? NOT_FOUND : 0;
  });
}

export async function runStats(args: readonly string[]): Promise<number> {
  const { words, json, where } = asked(args, "stats");
  const wanted = casesAsked(words);
  if ("remedy" in wanted) throw new UsageError(wanted.remedy.replaceAll("`", ""));
  if (wanted.words !== undefined) throw new UsageError("stats takes since TIME, --chat, --workspace and --json");
  return withStore(async (store) => {
    const openedSince = wanted.since === undefined ? undefined : sinceIn(wanted.since, Date.now());
    const figures = await store.figures({ ...where, openedSince });
    if (json) process.stdout.write(`${JSON.stringify({ schema: 1, ...figures }, undefined, 2)}\n`);
    else {
      const said = speakFigures(figures, openedSince === undefined ? undefined : dayOf(openedSince));
      process.stdout.write(`${renderTerminal(said, terminalStyle(process.stdout))}\n`);
    }
    return 0;
  });
}

function asked(args: readonly string[], command: "cases" | "stats") {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { json: { type: "boolean" }, chat: { type: "string" }, workspace: { type: "string" } },
      allowPositionals: true,
    });
    const where = { chat: values.chat, workspace: values.workspace };
    return { words: positionals.flatMap((each) => each.split(/\s+/)), json: values.json === true, where };
  } catch {
    throw new UsageError(`${command} takes words, --chat NAME, --workspace ID and --json`);
  }
}

function withoutMine({ mine: _, ...others }: CasesAsked): CasesAsked {
  return others;
}

function headJson({ id, place, status, openedAt, changedAt, closedAt, summary }: CaseHead) {
  const { foundAt, fixedAt, ...told } = summary;
  const time = (at: number | undefined) => (at === undefined ? null : new Date(at).toISOString());
  return {
    case: id,
    chat: place.chat,
    workspace: place.workspace,
    status,
    openedAt: time(openedAt),
    changedAt: time(changedAt),
    closedAt: time(closedAt),
    foundAt: time(foundAt),
    fixedAt: time(fixedAt),
    ...told,
  };
}
