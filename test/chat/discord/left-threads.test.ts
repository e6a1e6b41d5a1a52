/** Threads that their case has left: whoever says something there is told where it goes on. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { createResumeCodes } from "../../../src/bot/resume-code.ts";
import { caseInName } from "../../../src/chat/discord/left-threads.ts";
import { inbound } from "../../bot/assembled.ts";
import { type Here, hereWith, prepare } from "./here.ts";
import { answer, quiet, readable, Stage, saidBy, threadAfter } from "./running.ts";
import { CONFIGURED, LOG, STUCK } from "./samples.ts";
import { until } from "./until.ts";

const stage = new Stage();
const folders: string[] = [];
afterEach(async () => {
  await stage.clear();
  for (const dir of folders.splice(0)) rmSync(dir, { recursive: true, force: true });
});
let here: Here;

/** A case that was resumed elsewhere. @returns where it was, and where it is */
async function moved(options?: Parameters<typeof prepare>[1]) {
  here = await prepare(stage, options);
  const old = await here.begin(here.asha, { symptom: "tunnel-down" });
  const id = await here.caseIn(old);
  await here.after(old, "took case", () => here.ravi.command(here.channel, "ipsec", "resume", { case: id }));
  const now = await threadAfter(here.peer, 1);
  await answer(here.peer, now, 0, "goes on here");
  await quiet(here.bot.here.store);
  return { old, now, id };
}

it("the farewell and the old status link to where the case went", async () => {
  const { old, now } = await moved();
  expect(saidBy(here.peer, old).map(readable).at(-1)).toContain(`<#${now}>`);
  const status = here.peer.shown(here.channel).find(({ id }) => id === old);
  expect(status && readable(status)).toContain(`<#${now}>`);
});

it("output, mentions, commands and Read this output there are answered with where it goes on", async () => {
  const { old, now, id } = await moved();
  const words = `Case ${id} goes on in <#${now}>`;
  const me = `<@${here.peer.world.bot.id}>`;
  for (const said of [LOG, me, `${me} so far`, `${me} close`, `${me} the peer is 198.51.100.7`])
    await here.after(old, words, () => here.asha.say(old, said));
  for (const sub of ["close", "handoff"]) {
    const asked = here.asha.command(old, "ipsec", sub);
    await until(() => asked.text().includes(words));
  }
  const read = here.asha.readWith("Read this output", here.asha.say(old, "MM_NO_STATE"));
  await until(() => read.text().includes(words));
  const before = saidBy(here.peer, old).length;
  here.asha.say(old, "is it up again?");
  await here.after(old, "What do you see?", () => here.asha.say(old, `${me} start`));
  await quiet(here.bot.here.store);
  expect(saidBy(here.peer, old).slice(before).map(readable)).toEqual([expect.stringContaining("What do you see?")]);
  expect(here.peer.world.threadMembers.size).toBe(2);
  expect(here.peer.problems()).toEqual([]);
});

it("so they are after a restart, and not in threads that were never ours", async () => {
  const dir = mkdtempSync(join(tmpdir(), "tunnelmedic-"));
  folders.push(dir);
  const { old, now, id } = await moved({ bot: { dir } });
  await here.bot.stop();
  const next = await stage.bot(here.peer, { dir });
  here = hereWith(here.peer, next, here.asha, here.ravi);
  await here.after(old, `Case ${id} goes on in <#${now}>`, () => here.asha.say(old, STUCK));
  const { world, guild } = here.peer;
  const theirs = {
    id: world.clock.id(),
    guildId: guild.id,
    parentId: here.channel,
    name: `${id} · our own notes`,
    ownerId: here.asha.user.id,
    isPrivate: false,
    archiveAfter: 1440,
  };
  const notes = world.addThread(theirs).id;
  here.asha.say(notes, STUCK);
  await here.after(old, `Case ${id} goes on`, () => here.asha.say(old, STUCK));
  expect(saidBy(here.peer, notes)).toEqual([]);
});

it("who may not see where it went is not told where", async () => {
  const codes = createResumeCodes(new Uint8Array(32).fill(9));
  here = await prepare(stage, { bot: { codes } });
  const { bot, store } = here.bot.here;
  const old = await here.begin(here.asha, { symptom: "one-way" });
  const id = await here.caseIn(old);
  const place = (await store.caseById(id))?.place ?? { chat: "", workspace: "", thread: "" };
  const page = { chat: "web", workspace: "", thread: "of another page" };
  await bot.hear(inbound(page, { type: "resumed", caseId: id, code: codes.codeFor(id, place) }));
  await answer(here.peer, old, 0, "took case");
  await here.after(old, `Case ${id} goes on in another chat`, () => here.ravi.say(old, LOG));
});

it("what was read before it left is forgotten when its message is deleted", async () => {
  here = await prepare(stage);
  const old = await here.begin(here.asha, { symptom: "tunnel-down" });
  const id = await here.caseIn(old);
  let message = here.asha.say(old, "");
  await here.after(old, "Read", () => {
    message = here.asha.say(old, CONFIGURED);
  });
  here.ravi.command(here.channel, "ipsec", "resume", { case: id });
  const now = await threadAfter(here.peer, 1);
  await answer(here.peer, now, 0, "goes on here");
  await quiet(here.bot.here.store);
  await here.after(now, "Forgotten", () => here.asha.delete(message));
  const look = await here.bot.here.bot.look(id);
  expect(look?.situation.diagnosis.verdict.pastes).toEqual([]);
});

it("a case's id is read off a thread's name", () => {
  expect(caseInName("7F3K · tunnel down · 198.51.100.7")).toBe("7F3K");
  expect(caseInName("what to do about Pune")).toBeUndefined();
});
