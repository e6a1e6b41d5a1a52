/**
 * How long it takes to look back over few and over many closed cases; in a process of its own, on SQLite or PostgreSQL.
 * The cases are those of the recorded conversations, copied by plain SQL, each copy with a word of its own.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import pg from "pg";
import { listCases } from "../../src/looking-back/list.ts";
import { SQLITE_FILE } from "../../src/store/open.ts";
import { medianOf } from "../measure.ts";
import { openBot } from "./bot.ts";
import { anew, type Conversations, play } from "./play.ts";

/** Milliseconds of each thing that is asked. */
export type PastResult = Readonly<Record<string, number>>;

const [file = "", dataDir = "", databaseUrl = "", number = "", rounds = "3"] = process.argv.slice(2);
const conversations = JSON.parse(readFileSync(file, "utf8")) as Conversations;
const cases = Number(number);
const settings = { dataDir, ...(databaseUrl !== "" && { databaseUrl }) };

const scope = { chat: "bench", workspace: "T1", person: "U1", now: Date.now(), pageSize: 20, maySee: () => true };
const { bot, store } = await openBot(settings);
await play(anew(conversations, "first"), 16, bot.hear);
await copyCases();
const questions: Readonly<Record<string, () => Promise<unknown>>> = {
  "cases closed": () => listCases(store, { status: "closed" }, scope),
  "cases of a peer": () => listCases(store, { status: "all", peer: "40.10.1.1" }, scope),
  "a word of one case": () =>
    listCases(store, { status: "all", words: `copy${Math.trunc(cases / conversations.length / 3)}` }, scope),
  "a word of many": () => listCases(store, { status: "all", words: "isakmp" }, scope),
  "no word of any": () => listCases(store, { status: "all", words: "xyzzyplugh" }, scope),
  "a misspelt word": () => listCases(store, { status: "all", words: "trasnform" }, scope),
  stats: () => store.figures({ chat: "bench", workspace: "T1" }),
};
const took: Record<string, number> = {};
for (const [what, ask] of Object.entries(questions)) {
  const each: number[] = [];
  for (let round = 0; round < Number(rounds); round += 1) {
    const start = performance.now();
    await ask();
    each.push(performance.now() - start);
  }
  took[what] = medianOf(each);
}
process.stdout.write(JSON.stringify(took satisfies PastResult));
await store.close();

async function copyCases(): Promise<void> {
  const copies = Math.ceil(cases / conversations.length);
  const changed: Readonly<Record<string, string>> = {
    id: "id || '-' || n",
    thread: "thread || '#' || n",
    status: "'closed'",
    opened_at: "opened_at + n * 1000",
    closed_at: "opened_at + n * 1000",
    recall: `replace(recall, '"words":"', '"words":"copy' || n || ' ')`,
  };
  const insert = (names: readonly string[], numbers: string) =>
    `insert into cases (${names.join(", ")}) select ${names.map((name) => changed[name] ?? name).join(", ")} from cases, ${numbers} where id not like '%-%'`;
  if (databaseUrl === "") {
    const database = new Sqlite(join(dataDir, SQLITE_FILE));
    const names = database.prepare("select name from pragma_table_info('cases')").pluck().all().map(String);
    database.exec(
      insert(
        names,
        `(with recursive c(n) as (select 1 union all select n + 1 from c where n < ${copies}) select n from c)`,
      ),
    );
    database.close();
    return;
  }
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    "select column_name as name from information_schema.columns where table_name = 'cases' and table_schema = current_schema()",
  );
  await client.query(
    insert(
      rows.map(({ name }) => name),
      `generate_series(1, ${copies}) n`,
    ),
  );
  await client.query("analyze cases");
  await client.end();
}
