/** One of several processes on one PostgreSQL: plays its conversations when told to, prints how many messages it heard. */
import { readFileSync } from "node:fs";
import { openBot } from "./bot.ts";
import { anew, type Conversations, play } from "./play.ts";

const [file = "", databaseUrl = "", name = ""] = process.argv.slice(2);
const conversations = JSON.parse(readFileSync(file, "utf8")) as Conversations;
const { bot, store } = await openBot({ databaseUrl, dataDir: "unused" });
// The engine is compiled for what is to come.
for (const round of [1, 2]) await play(anew(conversations, `${name} warm ${round}`), 8, bot.hear);
process.stdout.write("ready\n");
let round = 0;
for await (const _ of process.stdin) {
  round += 1;
  const heard = await play(anew(conversations, `${name} ${round}`), 8, bot.hear);
  process.stdout.write(`${heard}\n`);
}
await store.close();
