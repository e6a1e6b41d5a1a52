/** docs/discord.md: its five steps, tried with `npm start` against the peer. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { COMMANDS } from "../../../src/chat/discord/commands.ts";
import { startProcess } from "../../main/started.ts";
import { INVITED_WITH } from "./peer/world.ts";
import { answer, readable, Stage, saidBy, threadAfter } from "./running.ts";
import { LOG, STUCK } from "./samples.ts";

const docs = readFileSync(new URL("../../../docs/discord.md", import.meta.url), "utf8");
const stage = new Stage();
afterEach(() => stage.clear());

it("stands in the README with the same invitation and the same line to start", () => {
  const readme = readFileSync(new URL("../../../README.md", import.meta.url), "utf8");
  for (const pattern of [/scope=\S+?&permissions=\d+/, /DISCORD_TOKEN=.* npm start/])
    expect(pattern.exec(readme)?.[0], String(pattern)).toBe(pattern.exec(docs)?.[0] ?? "not in docs/discord.md");
});

it("invites the bot with the permissions that every test here runs with", () => {
  expect(/permissions=(\d+)/.exec(docs)?.[1]).toBe(String(INVITED_WITH));
});

it("names every subcommand", () => {
  const [ipsec] = COMMANDS;
  for (const { name } of ipsec && "options" in ipsec ? (ipsec.options ?? []) : []) expect(docs).toContain(name);
});

it("starts the bot by its one line, and /ipsec start leads to a case in a thread", async () => {
  const line = /^ {3}(DISCORD_TOKEN=.* npm start)$/m.exec(docs)?.[1] ?? "";
  const names = [...line.matchAll(/([A-Z_]+)=/g)].map(([, name = ""]) => name);
  expect(names).toEqual(["DISCORD_TOKEN", "DISCORD_GUILD_ID"]);
  const peer = await stage.peer();
  const dir = mkdtempSync(join(tmpdir(), "tunnelmedic-"));
  const env = { DISCORD_TOKEN: peer.token, DISCORD_GUILD_ID: peer.guild.id, DISCORD_API_URL: peer.apiUrl };
  const bot = await startProcess(dir, { ...env, DATA_DIR: dir, LOG_LEVEL: "info" });
  try {
    expect(bot.out()).not.toContain("Discord is off");
    const asha = peer.person("Asha");
    asha.command(peer.channel.id, "ipsec", "start", { symptom: "tunnel-down" });
    const thread = await threadAfter(peer, 0);
    await answer(peer, thread, 0, "Which box are you on?");
    asha.say(thread, STUCK);
    await answer(peer, thread, 1, "Read from HUB");
    peer.world.clock.pass(30_000);
    asha.say(thread, LOG);
    const said = await answer(peer, thread, 2, "confirmed");
    expect(readable(said.at(-1) ?? saidBy(peer, thread)[0] ?? ({} as never))).toContain("Fix on");
    expect(bot.err()).not.toContain("MM_NO_STATE");
    expect(peer.problems()).toEqual([]);
  } finally {
    expect(await bot.end("SIGTERM")).toBe(0);
    rmSync(dir, { recursive: true, force: true });
  }
}, 60_000);
