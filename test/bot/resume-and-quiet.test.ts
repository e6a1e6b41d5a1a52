/** A case that goes on in another chat, and one in which nobody says anything. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { lookAtQuietCases } from "../../src/bot/quiet-cases.ts";
import { createResumeCodes } from "../../src/bot/resume-code.ts";
import { renderTerminal } from "../../src/chat/terminal/render.ts";
import type { Heard } from "../../src/domain/chat.ts";
import type { Reply } from "../../src/domain/reply.ts";
import { type Assembled, assemble, inbound } from "./assembled.ts";

const codes = createResumeCodes(new Uint8Array(32).fill(9));
const slack = { chat: "slack", workspace: "T1", thread: "C1/1.1" };
const discord = { chat: "discord", workspace: "811", thread: "922" };
const web = { chat: "web", workspace: "", thread: "page" };
const HOUR = 3_600_000;

let here: Assembled;
beforeEach(async () => {
  here = await assemble({ sends: (chat) => chat !== "web", codes });
});
afterEach(() => here.close());

const written = (reply: Reply | undefined) =>
  reply === undefined ? "" : renderTerminal(reply, { colours: false, width: 200 }).replace(/\s+/g, " ");
const wordsOf = (heard: Heard) => (heard.outcome === "taken" ? written(heard.reply) : heard.outcome);

/** What the outbox holds, as "chat thread type: first words"; it is empty then. */
async function sent(): Promise<string[]> {
  const lines: string[] = [];
  for (;;) {
    const rows = await here.store.claim({ owner: "me", ms: 60_000 }, ["slack", "discord"], 10);
    if (rows.length === 0) return lines;
    for (const row of rows) {
      const words = row.body.type === "reply" ? written(row.body.reply).slice(0, 80) : "";
      lines.push(`${row.place.chat} ${row.place.thread} ${row.body.type}: ${words}`);
      await here.store.sent(row, `${row.place.thread}/m`);
    }
  }
}

async function begun(at = Date.UTC(2026, 10, 27, 3)) {
  await here.bot.hear(inbound(slack, { type: "opened", symptom: "one-way", platform: "cisco-ios" }, { at }));
  const id = (await here.store.caseAt(slack))?.id ?? "";
  await sent();
  return id;
}

it("goes on in Discord and then on the page with the code that its people were shown; both places are told", async () => {
  const id = await begun();
  const shown = wordsOf(await here.bot.hear(inbound(slack, { type: "chose", choice: "take-along" })));
  const code = new RegExp(`/ipsec resume ${id}-([0-9A-Z]{10})\\b`).exec(shown)?.[1];
  await sent();
  const ben = { id: "77", name: "Ben" };
  const resumed = await here.bot.hear(inbound(discord, { type: "resumed", caseId: id, code }, { person: ben }));
  expect(wordsOf(resumed)).toContain(`Case ${id}, from Slack, goes on here; Ben took it over.`);
  const told = await sent();
  expect(told.some((line) => line.startsWith(`slack C1/1.1 reply: Ben took case ${id} along to Discord`))).toBe(true);
  expect(told.some((line) => line.startsWith("discord 922 status"))).toBe(true);
  expect(await here.store.caseById(id)).toMatchObject({ place: discord, openedBy: ben });
  // What Slack called its messages is nothing that Discord could edit.
  expect(await here.store.lastReference(id, "status")).not.toBe("C1/1.1/m");
  expect(await here.bot.hear(inbound(slack, { type: "said", text: "so far" }))).toEqual({ outcome: "no-case" });
  // The code ended with the move.
  const again = await here.bot.hear(inbound(web, { type: "resumed", caseId: id, code }));
  expect(again).toEqual({ outcome: "no-case" });
  const next = codes.codeFor(id, discord);
  expect(wordsOf(await here.bot.hear(inbound(web, { type: "resumed", caseId: id, code: next })))).toContain(
    "from Discord",
  );
  expect((await sent()).some((line) => line.includes("along to the web page"))).toBe(true);
});

it.each(["0000000000", "", "ZZZZZZZZZZ"])(
  "a wrong code (%j) moves nothing, and can be put right at once",
  async (code) => {
    const id = await begun();
    const wrong = inbound(discord, { type: "resumed", caseId: id, code });
    expect(await here.bot.hear(wrong)).toEqual({ outcome: "no-case" });
    expect((await here.store.caseById(id))?.place).toEqual(slack);
    expect(await sent()).toEqual([]);
    const right = { ...wrong, content: { type: "resumed", caseId: id, code: codes.codeFor(id, slack) } as const };
    expect((await here.bot.hear(right)).outcome).toBe("taken");
  },
);

it("another workspace's case is not to be had by its id alone", async () => {
  const id = await begun();
  const other = { ...slack, workspace: "T2", thread: "C9/1" };
  expect(await here.bot.hear(inbound(other, { type: "resumed", caseId: id }))).toEqual({ outcome: "no-case" });
});

it("a quiet case is reminded of once, and closes itself with a summary", async () => {
  const start = Date.UTC(2026, 10, 27, 3);
  const id = await begun(start);
  let now = start + 23 * HOUR;
  const look = () =>
    lookAtQuietCases({ bot: here.bot, store: here.store, now: () => now, remindAfterHours: 24, closeAfterHours: 72 });
  await look();
  expect(await sent()).toEqual([]);
  now = start + 25 * HOUR;
  await look();
  await look();
  const reminded = (await sent()).filter((line) => line.includes("reply"));
  expect(reminded).toEqual([expect.stringContaining("It has been quiet here.")]);
  now += 71 * HOUR;
  await look();
  expect((await here.store.caseById(id))?.status).toBe("open");
  now += 2 * HOUR;
  await Promise.all([look(), look()]);
  expect((await here.store.caseById(id))?.status).toBe("closed");
  const turns = await here.store.turns(id);
  expect(written(turns.at(-1)?.reply)).toContain("# Hand-over");
  expect(turns.filter(({ echo }) => echo.startsWith("(quiet"))).toHaveLength(2);
});

it("a word after the reminder keeps a case open; it is then reminded of again", async () => {
  const start = Date.UTC(2026, 10, 27, 3);
  const id = await begun(start);
  let now = start + 25 * HOUR;
  const look = () =>
    lookAtQuietCases({ bot: here.bot, store: here.store, now: () => now, remindAfterHours: 24, closeAfterHours: 72 });
  await look();
  await here.bot.hear(inbound(slack, { type: "said", text: "so far" }, { at: now + HOUR }));
  now += 80 * HOUR;
  await look();
  expect((await here.store.caseById(id))?.status).toBe("open");
  expect((await here.store.turns(id)).filter(({ echo }) => echo === "(quiet)")).toHaveLength(2);
});

it("a case that is due closes, however many younger ones were reminded and wait", async () => {
  let now = Date.UTC(2026, 10, 27, 3);
  const look = () =>
    lookAtQuietCases({
      bot: here.bot,
      store: here.store,
      now: () => now,
      remindAfterHours: 24,
      closeAfterHours: 72,
      atOnce: 2,
    });
  const open = (thread: string) =>
    here.bot.hear(inbound({ ...slack, thread }, { type: "opened", symptom: "one-way" }, { at: now }));
  await open("C1/old");
  now += 25 * HOUR;
  await look();
  for (const thread of ["C1/a", "C1/b", "C1/c"]) await open(thread);
  now += 25 * HOUR;
  for (let looks = 0; looks < 3; looks += 1) await look();
  now += 48 * HOUR;
  await look();
  expect((await here.store.caseAt({ ...slack, thread: "C1/old" }))?.status).toBe("closed");
  expect((await here.store.caseAt({ ...slack, thread: "C1/a" }))?.status).toBe("open");
});

it("0 switches reminders off", async () => {
  const id = await begun(0);
  await lookAtQuietCases({ bot: here.bot, store: here.store, now: Date.now, remindAfterHours: 0, closeAfterHours: 72 });
  expect((await here.store.turns(id)).length).toBe(1);
});
