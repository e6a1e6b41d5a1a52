import { readFileSync } from "node:fs";
import { afterAll, expect, it } from "vitest";
import { createResumeCodes } from "../../../src/bot/resume-code.ts";
import { HandOffSchema } from "../../../src/domain/hand-off.ts";
import { inbound } from "../../bot/assembled.ts";
import { asking, startCase } from "./asking.ts";
import { appOnly } from "./served.ts";

const HUB = readFileSync(new URL("../../../docs/examples/hub.txt", import.meta.url), "utf8");
const codes = createResumeCodes(new Uint8Array(32).fill(3));
const { app, bot, store, close } = await appOnly({}, { codes });
afterAll(close);

it("a case's hand-offs can be read, printed and taken along, for each reader and in each form", async () => {
  const browser = asking(app);
  const at = await startCase(browser, { text: HUB });
  const page = await (await browser.get(at)).text();
  for (const template of ["next-shift", "far-side", "vendor"]) {
    expect(page).toContain(`${at}/hand-off?for=${template}`);
    const shown = await browser.get(`${at}/hand-off?for=${template}`);
    expect(shown.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(shown.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(shown.headers.get("content-disposition")).toBeNull();
    const json = await browser.get(`${at}/hand-off.json?for=${template}`);
    expect(json.headers.get("content-disposition")).toContain("attachment");
    expect(HandOffSchema.parse(await json.json()).template).toBe(template);
    expect(await (await browser.get(`${at}/hand-off.md?for=${template}`)).text()).toMatch(
      /^# Hand-over [0-9A-Z]{4,7}: /,
    );
  }
  expect((await browser.get(`${at}/hand-off?for=everybody`)).status).toBe(404);
  expect((await browser.get("/case/0000/hand-off")).status).toBe(404);
});

it("the written-up case shows its pictures in light and dark, with their words", async () => {
  const browser = asking(app);
  const at = await startCase(browser, { text: HUB });
  const hidden = /name="form" value="([^"]+)"/.exec(await (await browser.get(at)).text())?.[1];
  await browser.post(`${at}/choose`, { form: hidden ?? "", delivery: crypto.randomUUID(), choice: "hand-over" });
  const page = await (await browser.get(at)).text();
  const [, source = ""] = /<img src="([^"]+\/picture\/[^"]+)" alt="The path through the tree: /.exec(page) ?? [];
  for (const theme of ["light", "dark"]) {
    const picture = await browser.get(source.replaceAll("&amp;", "&").replace("theme=light", `theme=${theme}`));
    expect(picture.headers.get("content-type")).toBe("image/svg+xml");
    expect(await picture.text()).toContain("<title>The path through the tree");
  }
});

it("a case of another chat goes on on the page, by the code that its people were shown", async () => {
  const slack = { chat: "slack", workspace: "T1", thread: "C1/7.7" };
  await bot.hear(inbound(slack, { type: "opened", symptom: "one-way" }));
  const id = (await store.caseAt(slack))?.id ?? "";
  const browser = asking(app);
  const wrong = await browser.post("/cases", { text: `resume ${id}-0000000000` });
  expect(wrong.status).toBe(404);
  const taken = await browser.post("/cases", { text: `/ipsec resume ${id}-${codes.codeFor(id, slack)}` });
  expect(taken.headers.get("location")).toMatch(new RegExp(`^/case/${id}#turn-`));
  expect(await (await browser.get(`/case/${id}`)).text()).toContain("from Slack, goes on here");
});
