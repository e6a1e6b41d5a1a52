import { readFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { StoreUnavailable } from "../../../src/domain/chat.ts";
import type { Reply } from "../../../src/domain/reply.ts";
import { asking, bodyOf, type Parts, startCase } from "./asking.ts";
import { appOnly } from "./served.ts";
import { shape, wordsOf } from "./shape.ts";

const HUB = readFileSync(new URL("../../../docs/examples/hub.txt", import.meta.url), "utf8");
const SPOKE = readFileSync(new URL("../../../docs/examples/spoke.txt", import.meta.url), "utf8");
const { app, store, bot, close } = await appOnly();
afterAll(close);

const json = { accept: "application/json" };

describe("the start page", () => {
  it("offers what people see, and a box to paste into", async () => {
    const page = await (await asking(app).get("/")).text();
    expect(wordsOf(page)).toContain("The tunnel is down");
    expect(page).toContain('<textarea id="text"');
    expect(shape(page).unclosed).toEqual([]);
  });

  it("starts a case with what is seen, and leads to it", async () => {
    const browser = asking(app);
    const response = await browser.post("/cases", { symptom: "one-way" });
    expect(response.status).toBe(303);
    expect(response.headers.get("location")).toMatch(/^\/case\/[0-9A-Z]{4,}#turn-1$/);
    const page = wordsOf(
      await (await browser.get((response.headers.get("location") ?? "").split("#")[0] ?? "")).text(),
    );
    expect(page).toContain("Traffic passes one way only");
    expect(page).toContain("Which box are you on?");
  });

  it("starts a case with all there is, and shows the verdict with both ends", async () => {
    const browser = asking(app);
    const at = await startCase(browser, { text: `${HUB}\n${SPOKE}` });
    const page = await (await browser.get(at)).text();
    expect(shape(page).unclosed).toEqual([]);
    const words = wordsOf(page);
    for (const expected of ["The crypto ACLs are not mirrors", "confirmed", "HUB", "PUNE", "Both ends compared"])
      expect(words).toContain(expected);
    expect(page).toMatch(new RegExp(`href="${at}/paste/paste%201\\?line=\\d+#L\\d+"`));
  });

  it("lists cases with what each came to", async () => {
    const browser = asking(app);
    const at = await startCase(browser, { text: `${HUB}\n${SPOKE}` });
    const list = await (await browser.get("/")).text();
    expect(list).toContain(`href="${at}"`);
    expect(wordsOf(list)).toContain("The crypto ACLs are not mirrors");
  });
});

describe("a case", () => {
  it("hears words, a choice, and files from a side, without any script", async () => {
    const browser = asking(app);
    const at = await startCase(browser, { symptom: "tunnel-down" });
    const chose = await browser.post(`${at}/choose`, { choice: "platform:cisco-ios" });
    expect([chose.status, chose.headers.get("location")]).toEqual([303, `${at}#turn-2`]);
    const file = new File([SPOKE], "C:\\temp\\spoke.txt", { type: "text/plain" });
    const said = await browser.post(`${at}/say`, { text: "", side: "remote", files: file });
    expect(said.status).toBe(303);
    const page = wordsOf(await (await browser.get(at)).text());
    expect(page).toContain("spoke.txt");
    expect(page).toContain("Cisco IOS or IOS-XE");
    expect((await bot.look(at.slice(6)))?.situation.diagnosis.verdict.pastes[0]?.side).toBe("remote");
  });

  it("reads a file that Windows saved as UTF-16", async () => {
    const browser = asking(app);
    const at = await startCase(browser, { symptom: "tunnel-down" });
    const bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(HUB, "utf16le")]);
    await browser.post(`${at}/say`, { files: new File([new Uint8Array(bytes)], "hub.txt") });
    expect(wordsOf(await (await browser.get(at)).text())).toContain("show crypto ipsec sa");
  });

  it("takes the same send once, however often it comes", async () => {
    const browser = asking(app);
    const at = await startCase(browser, { symptom: "tunnel-down" });
    const fields = { ...(await browser.hidden(at)), text: "so far" };
    const first = await browser.post(`${at}/say`, fields, json);
    const again = await browser.post(`${at}/say`, fields, json);
    expect(await first.json()).toMatchObject({ outcome: "taken", turn: 2 });
    expect(await again.json()).toMatchObject({ outcome: "repeat" });
    expect(await store.turns(at.slice(6))).toHaveLength(2);
  });

  it("takes a start that comes twice once", async () => {
    const browser = asking(app);
    const fields = { ...(await browser.hidden("/")), text: HUB };
    const [one, other] = [await startCase(browser, fields), await startCase(browser, fields)];
    expect(one).toBe(other);
  });

  it("takes an old form that was filled in anew as something new", async () => {
    const browser = asking(app);
    const at = await startCase(browser, { symptom: "tunnel-down" });
    const hidden = await browser.hidden(at);
    await browser.post(`${at}/say`, { ...hidden, text: "so far" });
    const changed = await browser.post(`${at}/say`, { ...hidden, text: "help" }, json);
    expect(await changed.json()).toMatchObject({ outcome: "taken", turn: 3 });
  });

  it("says so when there is nothing in a form", async () => {
    const browser = asking(app);
    const at = await startCase(browser, { symptom: "tunnel-down" });
    const response = await browser.post(`${at}/say`, { text: " \r\n " }, json);
    expect(response.status).toBe(400);
    expect((await bodyOf<{ problem: string }>(response)).problem).toContain("nothing in it");
  });

  it("closes and opens again; closed, it hears nothing", async () => {
    const browser = asking(app);
    const at = await startCase(browser, { symptom: "tunnel-down" });
    await browser.post(`${at}/close`, {});
    const page = await (await browser.get(at)).text();
    expect(page).not.toContain("<textarea");
    expect(page).not.toContain("data-choices");
    const late = await browser.post(`${at}/say`, { text: "so far" }, json);
    expect(late.status).toBe(409);
    await browser.post(`${at}/reopen`, {});
    expect(await (await browser.get(at)).text()).toContain("<textarea");
  });

  it("answers a script with the reply itself", async () => {
    const browser = asking(app);
    const at = await startCase(browser, { symptom: "tunnel-down" });
    const response = await browser.post(`${at}/say`, { text: "help" }, json);
    expect((await bodyOf<{ reply: Reply }>(response)).reply.blocks.length).toBeGreaterThan(0);
  });

  it("gives only the parts that a page does not have, and only the new turns", async () => {
    const browser = asking(app);
    const at = await startCase(browser, { symptom: "tunnel-down" });
    const all = await bodyOf<Parts>(browser.get(`${at}/parts?after=0`, json));
    const have = Object.entries(all.parts).map(([name, { key }]) => `${name}:${key}`);
    const none = await bodyOf<Parts>(browser.get(`${at}/parts?after=${all.last}&have=${have.join(",")}`, json));
    expect(none).toMatchObject({ parts: {}, turns: "", version: all.version });
    await browser.post(`${at}/say`, { text: HUB });
    const some = await bodyOf<Parts>(browser.get(`${at}/parts?after=${all.last}&have=${have.join(",")}`, json));
    expect(shape(some.turns).elements.filter((name) => name.startsWith("li[class,id,data-turn"))).toHaveLength(1);
    expect(Object.keys(some.parts)).toContain("standing");
    expect(Object.keys(some.parts)).not.toContain("composer");
  });

  it("offers only the latest choices", async () => {
    const browser = asking(app);
    const at = await startCase(browser, { symptom: "tunnel-down" });
    await browser.post(`${at}/choose`, { choice: "platform:unknown" });
    const page = await (await browser.get(at)).text();
    expect(page.match(/data-choices/g)).toHaveLength(1);
  });

  it("is found by its id as people type it", async () => {
    const browser = asking(app);
    const at = await startCase(browser, { symptom: "slow" });
    expect((await browser.get(at.toLowerCase().replace("/case/", "/case/"))).status).toBe(200);
  });
});

describe("what a case leads to", () => {
  it("shows a line in its paste, with its neighbours, and says where lines are missing", async () => {
    const browser = asking(app);
    const many = Array.from(
      { length: 300 },
      (_, i) => `198.51.100.${i % 250}    203.0.113.1     QM_IDLE           ${i} ACTIVE`,
    );
    const at = await startCase(browser, {
      text: `${HUB}\nHUB#show version\n${many.join("\n").replaceAll("QM_IDLE", "x")}\n${SPOKE}`,
    });
    const page = await (await browser.get(`${at}/paste/paste%201?line=50`)).text();
    expect(page).toMatch(/<li id="L50" class="here" aria-current="true">/);
    expect(wordsOf(page)).toContain("blank or not kept");
  });

  it("keeps the keys of a paste out of everything that can be seen", async () => {
    const key = "correct-horse-7";
    expect(HUB).toContain(key);
    const browser = asking(app);
    const at = await startCase(browser, { text: `${HUB}\n${SPOKE}` });
    const answer = await browser.post(`${at}/say`, { text: `the key is ${key}\n${HUB}` }, json);
    await browser.post(`${at}/say`, { text: "hand over" });
    const page = await (await browser.get(at)).text();
    const file = /href="([^"]+)" download/.exec(page)?.[1] ?? "";
    const seen = [page, await answer.text()];
    for (const path of ["/", file, `${at}/parts?after=0`, `${at}/paste/paste%201?line=42`, `${at}/tree.txt`])
      seen.push(await (await browser.get(path, json)).text());
    for (const text of seen) expect(text).not.toContain(key);
    expect(seen.join()).toContain("secret #");
  });

  it("gives the write-up as a file", async () => {
    const browser = asking(app);
    const at = await startCase(browser, { text: HUB });
    await browser.post(`${at}/say`, { text: "hand over" });
    const href = /href="([^"]+)" download/.exec(await (await browser.get(at)).text())?.[1] ?? "";
    const file = await browser.get(href);
    expect(file.headers.get("content-disposition")).toMatch(/^attachment; filename="/);
    expect(file.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    expect(await file.text()).toContain("203.0.113.1");
  });

  it("draws the tree in both themes, as Mermaid source and as text", async () => {
    const browser = asking(app);
    const at = await startCase(browser, { text: `${HUB}\n${SPOKE}` });
    const sources = [...(await (await browser.get(at)).text()).matchAll(/tree\.svg\?[^"]+/g)].map(([path]) =>
      path.replaceAll("&amp;", "&"),
    );
    expect(sources).toHaveLength(2);
    for (const source of sources) {
      const svg = await browser.get(`${at}/${source}`);
      expect(svg.headers.get("content-type")).toBe("image/svg+xml");
      expect(svg.headers.get("content-security-policy")).toBe(
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
      );
      expect(await svg.text()).not.toMatch(/https?:\/\/(?!www\.w3\.org\/2000\/svg)/);
    }
    expect(await (await browser.get(`${at}/tree.mmd`)).text()).toContain("class noIpsecSa walked");
    expect(await (await browser.get(`${at}/tree.txt`)).text()).toContain("no IPsec SA");
  });

  it.each([
    "/case/ZZZZ",
    "/case/7F3K%2F..",
    "/case/%3Cscript%3E",
    "/case/ZZZZ/parts?after=0",
    "/case/ZZZZ/events",
    "/case/ZZZZ/paste/x",
    "/case/ZZZZ/file/1/0",
    "/case/ZZZZ/tree.svg?rested=%22%3E%3Cscript%3E&ended=x",
    "/assets/0000000000000000/page.css",
    "/assets/0000000000000000/..%2f..%2fpackage.json",
    "/nowhere",
  ])("has nothing at %s", async (path) => {
    expect((await asking(app).get(path)).status).toBe(404);
  });
});

it("a case of another chat is not seen here", async () => {
  const place = { chat: "slack", workspace: "T1", thread: "C1/1" };
  const heard = await bot.hear({
    deliveries: ["slack:1"],
    place,
    person: { id: "U1" },
    at: 1,
    content: { type: "opened" },
  });
  const id = "caseId" in heard ? heard.caseId : "";
  const browser = asking(app);
  expect((await browser.get(`/case/${id}`)).status).toBe(404);
  expect((await browser.post(`/case/${id}/say`, { text: "so far" })).status).toBe(404);
  expect(await (await browser.get("/")).text()).not.toContain(`/case/${id}`);
});

it("says that nothing was saved while the database is away, and the same send works later", async () => {
  let isAway = true;
  const {
    app: shaky,
    bot: real,
    close: end,
  } = await appOnly({
    bot: { hear: (inbound) => (isAway ? Promise.reject(new StoreUnavailable("disk full")) : bot.hear(inbound)) },
    cases: store,
    look: (id) => bot.look(id),
  });
  const browser = asking(shaky);
  const fields = { ...(await browser.hidden("/")), symptom: "slow" };
  const away = await browser.post("/cases", fields, json);
  expect(away.status).toBe(503);
  expect((await bodyOf<{ problem: string }>(away)).problem).toContain("Nothing was saved");
  isAway = false;
  expect((await browser.post("/cases", fields, json)).status).toBe(200);
  expect(real).toBeDefined();
  await end();
});
