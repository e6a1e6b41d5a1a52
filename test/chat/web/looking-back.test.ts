/** Cases that are looked for on the page, their figures, what a peer had before, and what a word means. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { inbound, placeNamed } from "../../bot/assembled.ts";
import { asking } from "./asking.ts";
import { appOnly } from "./served.ts";
import { shape, wordsOf } from "./shape.ts";

const { app, bot, store, close } = await appOnly();
const browser = asking(app);
const ids: string[] = [];
beforeAll(async () => {
  for (const [thread, peer] of [
    ["one", "198.51.100.7"],
    ["two", "203.0.113.9"],
  ] as const) {
    const heard = await bot.hear(
      inbound(placeNamed(thread), { type: "opened", symptom: "one-way", peer, text: "<b>Oslo</b>" }),
    );
    if (heard.outcome === "taken") ids.push(heard.caseId);
  }
  const place = { chat: "slack", workspace: "T1", thread: "C/1" };
  await bot.hear(inbound(place, { type: "opened", peer: "198.51.100.7" }));
});
afterAll(close);

async function page(path: string, status = 200): Promise<string> {
  const response = await browser.get(path);
  expect(response.status).toBe(status);
  const text = await response.text();
  expect(shape(text).unclosed).toEqual([]);
  return text;
}

it("by address, words and standing; those of other chats are not seen", async () => {
  const [one = "", two = ""] = ids;
  const all = await page("/cases");
  expect(all).toContain(one);
  expect(all).toContain(two);
  const peers = wordsOf(await page("/cases?q=198.51.100.7"));
  expect(peers).toContain("Case of 198.51.100.7");
  expect(peers).toContain(one);
  expect(peers).not.toContain(two);
  expect(wordsOf(await page("/cases?q=one-wya+203.0.113.9"))).toContain(two);
  expect(wordsOf(await page("/cases?q=closed"))).toContain("There is no closed case.");
  expect(await page("/cases?q=since+sometimes", 400)).toContain("since 7d");
  expect(wordsOf(await page("/cases?q=mine"))).toContain("There is no open case of yours.");
});

it("what is typed comes back as words, never as markup", async () => {
  const found = await page(`/cases?q=${encodeURIComponent('"><script>alert(1)</script>')}`);
  expect(found).not.toContain("<script>alert");
  expect(wordsOf(found)).toContain("There is no case about");
});

it("what can be explained stands beside the cases, and is explained", async () => {
  const found = await page("/cases?q=agressive+mode");
  const href = /href="(\/explain\?words=[^"]+)"/.exec(found)?.[1] ?? "";
  expect(wordsOf(await page(href))).toMatch(/aggressive/i);
  const suggested = await page("/explain?words=mm+no");
  const next = /<li dir="auto"><a href="(\/explain\?words=mm-no-state)">/.exec(suggested)?.[1] ?? "";
  const state = await page(next);
  expect(wordsOf(state)).toContain("Main mode has begun");
  expect(state).toMatch(/<a href="\/explain\?words=[a-z-]+">/);
  expect(await (await browser.get("/explain?words=")).text()).toContain("Nothing here");
});

it("figures, as a page and as JSON, of the page's own cases", async () => {
  expect(wordsOf(await page("/cases/stats"))).toContain("2 cases, 2 open");
  const json = await (await browser.get("/cases/stats?since=2026-01-01", { accept: "application/json" })).json();
  expect(json).toMatchObject({ schema: 1, cases: 2, open: 2, causes: [] });
  await page("/cases/stats?since=whenever", 400);
});

it("a case shows what its peer had before, as long as that is kept", async () => {
  const [one = ""] = ids;
  await store.take(
    {
      deliveries: ["earlier"],
      place: placeNamed("one"),
      person: { id: "U1" },
      at: 1_790_000_000_000,
      opens: false,
    },
    ({ head }) => ({ status: "closed", summary: { ...head.summary, cause: "replay-drops", title: "Replay <drops>" } }),
  );
  const later = await bot.hear(
    inbound(placeNamed("three"), { type: "opened", symptom: "one-way", peer: "198.51.100.7" }),
  );
  const at = later.outcome === "taken" ? `/case/${later.caseId}` : "";
  const shown = await page(at);
  expect(wordsOf(shown)).toMatch(new RegExp(`This peer had a case before: ?${one}, .*Replay <drops>`));
  expect(shown).not.toContain("<drops>");
  await store.purge({ closedBefore: Date.now() + 1_000, seenBefore: 0 });
  expect(await page(at)).not.toContain("had a case before");
});

it("a line of a paste is explained by the link beside it, as a page and over one", async () => {
  const place = placeNamed("lines");
  const opened = await bot.hear(
    inbound(place, {
      type: "opened",
      text: `HUB#show crypto isakmp sa
IPv4 Crypto ISAKMP SA
dst             src             state          conn-id status
198.51.100.7    203.0.113.1     MM_KEY_EXCH          1017 ACTIVE
198.51.100.8    <b>203.0.113.1  ???  no table has such a row

HUB#`,
    }),
  );
  const at = opened.outcome === "taken" ? `/case/${opened.caseId}` : "";
  const paste = await page(`${at}/paste/paste%201`);
  const links = [...paste.matchAll(/class="ask" href="([^"]+)"/g)].map(([, href = ""]) => href);
  expect(links).toContain(`${at}/paste/paste%201/explain?line=4`);
  const explained = wordsOf(await page(`${at}/paste/paste%201/explain?line=4`));
  expect(explained).toContain("It matches a state");
  expect(explained).toContain("What it is not");
  const unread = await page(`${at}/paste/paste%201/explain?line=5`);
  expect(wordsOf(unread)).toContain("I could not read this line");
  expect(unread).not.toContain("<b>203");
  const json = await (
    await browser.get(`${at}/paste/paste%201/explain?line=900`, { accept: "application/json" })
  ).json();
  expect(json).toMatchObject({ name: "paste 1, line 900", html: expect.stringContaining("is not kept") });
  expect((await browser.get(`${at}/paste/nothing/explain?line=1`)).status).toBe(404);
});
