/** The page in a real Chromium: what people do with it, by mouse and by keyboard, on a desk and on a phone. */
import { readFileSync } from "node:fs";
import axe from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pasteOf, readConversations, type Scripted } from "../../scenarios.ts";
import { HOSTILE_TEXTS } from "../replies.ts";
import { chromiumPath, startBrowser } from "./browser.ts";
import { type Served, servePage } from "./served.ts";

const path = chromiumPath();
if (path === undefined) console.warn("SKIPPED: the page in a browser, because no Chromium was found (CHROMIUM_PATH)");

const HUB = readFileSync(new URL("../../../docs/examples/hub.txt", import.meta.url), "utf8");
const SPOKE = readFileSync(new URL("../../../docs/examples/spoke.txt", import.meta.url), "utf8");
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
/** The article's scenarios, led by the hand: the first conversation of each file. */
const LED = readConversations().filter(
  ({ file }, index, all) => /^\d|^part2/.test(file) && all.findIndex((other) => other.file === file) === index,
);

describe.skipIf(path === undefined)("the page in a browser", () => {
  let served: Served;
  let browser: Browser;
  /** What a page complained of: errors of scripts, refusals of the policy, failed requests. */
  let complaints: string[];

  beforeAll(async () => {
    served = await servePage();
    browser = await startBrowser(path ?? "");
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await served?.close();
  });

  async function open(options: BrowserContextOptions = {}): Promise<Page> {
    complaints = [];
    const context = await browser.newContext(options);
    const page = await context.newPage();
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("request", (request) => {
      if (!request.url().startsWith(served.url)) complaints.push(`asked another server: ${request.url()}`);
    });
    await page.goto(served.url);
    return page;
  }

  async function done(page: Page): Promise<void> {
    expect(complaints).toEqual([]);
    await page.context().close();
  }

  it.each(LED.map((one) => [one.file, one] as const))(
    "plays the article's scenario led by the hand: %s",
    async (_, one) => {
      const page = await open();
      await page.getByRole("button", { name: "Start", exact: true }).click();
      await page.locator("#turn-1").waitFor();
      await playLed(page, one);
      await done(page);
    },
    90_000,
  );

  it.each(LED.map((one) => [one.file, one] as const))(
    "takes all of a scenario's pastes at once: %s",
    async (_, one) => {
      const page = await open();
      const pastes = one.turns.slice(0, one.turns.findIndex(({ says }) => says === "done") >>> 0);
      const text = pastes.flatMap((turn) => pasteOf(turn, one.texts) ?? []).join("\n");
      await page.locator("#text").fill(text);
      await page.locator("#text").press("Enter");
      await page.locator("#turn-2 .reply").waitFor();
      await expect.poll(() => page.locator("#case .part-standing .verdict").textContent()).toBeTruthy();
      expect(await page.locator("#turn-2 .reply").innerText()).toContain("Read");
      await done(page);
    },
    60_000,
  );

  it("reads files that are dropped anywhere, shows them first, and says which end they are from", async () => {
    const page = await open();
    const files = await page.evaluateHandle(`(() => {
      const list = new DataTransfer();
      list.items.add(new File([${JSON.stringify(HUB)}], "hub.txt", { type: "text/plain" }));
      list.items.add(new File([${JSON.stringify(SPOKE)}], "spoke.log", { type: "text/plain" }));
      return list;
    })()`);
    await page.dispatchEvent("body", "dragenter", { dataTransfer: files });
    await page.dispatchEvent("body", "drop", { dataTransfer: files });
    expect(await page.locator("[data-chips] li").count()).toBe(2);
    await page.getByRole("button", { name: "Remove spoke.log" }).click();
    expect(await page.locator("[data-chips] li").allInnerTexts()).toEqual([expect.stringContaining("hub.txt")]);
    await page.getByText("the far end", { exact: true }).click();
    await page.getByRole("button", { name: "Start", exact: true }).click();
    await page.locator("#turn-2 .reply").waitFor();
    expect(await page.locator('[aria-label="The far end"]').innerText()).toContain("HUB");
    await done(page);
  });

  it("takes a paste of several megabytes without putting it into the box, and shows how far it is", async () => {
    const page = await open();
    await page.evaluate(`(() => {
      const row = "198.51.100.7    203.0.113.1     QM_IDLE           1001 ACTIVE\\n";
      const data = new DataTransfer();
      data.setData("text/plain", "HUB#show crypto isakmp sa\\ndst src state conn-id status\\n" + row.repeat(60_000) + "HUB#");
      const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
      document.querySelector("#text").dispatchEvent(event);
    })()`);
    expect(await page.locator("[data-chips] li").innerText()).toContain("60,003 lines");
    expect(await page.locator("#text").inputValue()).toBe("");
    await page.route("**/cases", (route) => setTimeout(() => void route.continue(), 500));
    await page.getByRole("button", { name: "Start", exact: true }).click();
    await page.locator("[data-sending]:not([hidden])").waitFor();
    await page.locator("#turn-2 .reply").waitFor({ timeout: 30_000 });
    await done(page);
  }, 60_000);

  it("is used by keyboard alone: start, choose, paste, see a line, go between both sides", async () => {
    const page = await open();
    await page.keyboard.press("Tab");
    expect(await focused(page)).toBe("Skip to the message box");
    await tabTo(page, "The tunnel is down");
    await page.keyboard.press("Enter");
    await page.locator("#turn-1 [data-choices]").waitFor();
    await page.keyboard.press("Alt+1");
    await page.locator("#turn-2").waitFor();
    await page.keyboard.press("Escape");
    expect(await page.evaluate(FOCUSED_ID)).toBe("text");
    await page.keyboard.insertText(`${HUB}\n${SPOKE}`);
    await page.keyboard.press("Enter");
    await page.locator("#turn-3 .reply").waitFor();
    await page.keyboard.press("F2");
    expect(await page.evaluate(FOCUSED_ID)).toBe("case");
    await tabTo(page, "permit ip");
    await page.keyboard.press("Enter");
    await page.locator("dialog[open] .here").waitFor();
    expect(await page.locator("dialog[open] .here").innerText()).toContain("permit ip");
    await page.keyboard.press("Escape");
    expect(await page.locator("dialog[open]").count()).toBe(0);
    expect(await focused(page)).toContain("permit ip");
    await page.keyboard.press("F2");
    expect(await page.evaluate(FOCUSED_ID)).toBe("text");
    await done(page);
  }, 60_000);

  it("shows where the focus is on everything that can have it", async () => {
    const page = await open();
    await start(page, `${HUB}\n${SPOKE}`);
    const without: string[] = [];
    for (let i = 0; i < 60; i += 1) {
      await page.keyboard.press("Tab");
      const bare = await page.evaluate<string>(FOCUS_IS_SHOWN);
      if (bare !== "") without.push(bare);
    }
    expect(without).toEqual([]);
    await done(page);
  }, 60_000);

  it("shows the same case in two browsers, each with what the other does, without being asked", async () => {
    const one = await open();
    await start(one, HUB);
    const other = await browser.newPage();
    await other.goto(one.url());
    await other.locator("#text").fill("so far");
    await other.locator("#text").press("Enter");
    await one.locator("#turn-3 .reply").waitFor({ timeout: 10_000 });
    expect(await one.locator("#turn-3 .who").innerText()).toContain("Somebody else");
    expect(await other.locator("#turn-3 .who").innerText()).toContain("You");
    await one.locator("#text").fill(SPOKE);
    await one.locator("#text").press("Enter");
    await other.locator('[aria-label="The far end"] h3', { hasText: "PUNE" }).waitFor({ timeout: 10_000 });
    expect(await other.locator("#case").innerHTML()).toBe(await one.locator("#case").innerHTML());
    await other.close();
    await done(one);
  }, 60_000);

  it("keeps what is open, typed and focused while the case changes beside it", async () => {
    const page = await open();
    await start(page, HUB);
    await page.locator("#outputs-local summary").click();
    await page.locator("#text").fill("half a thought");
    await page.locator("#outputs-local summary").focus();
    const head = await served.store.caseById(/case\/(\w+)/.exec(page.url())?.[1] ?? "");
    await served.bot.hear({
      deliveries: ["test:beside"],
      place: head?.place ?? { chat: "", workspace: "", thread: "" },
      person: { id: "U9", name: "Asha" },
      at: Date.now(),
      content: { type: "said", text: `${HUB}\n${SPOKE}` },
    });
    await page.locator("#turn-3 .reply").waitFor();
    await page.locator('[aria-label="The far end"] h3', { hasText: "PUNE" }).waitFor();
    expect(await page.locator("#turn-3 .who").innerText()).toContain("Asha");
    expect(await page.locator("#text").inputValue()).toBe("half a thought");
    expect(await page.locator("#outputs-local").getAttribute("open")).toBe("");
    expect(await page.evaluate("document.activeElement?.parentElement?.id")).toBe("outputs-local");
    await done(page);
  });

  it("goes on by itself after the server was away", async () => {
    const page = await open();
    await start(page, HUB);
    await served.stop();
    await page.locator("[data-state]", { hasText: "No connection" }).waitFor({ timeout: 15_000 });
    await page.locator("#text").fill(SPOKE);
    await page.locator("#text").press("Enter");
    await page.waitForTimeout(700);
    await served.restart();
    await page.locator("#turn-3 .reply").waitFor({ timeout: 30_000 });
    await page.locator("[data-state]:empty").waitFor({ state: "attached", timeout: 15_000 });
    expect(await page.locator(".turn").count()).toBe(3);
    // Chromium says in its console that it could not reach the server; that is what this test did.
    complaints = complaints.filter((text) => !/net::ERR_|ERR_CONNECTION/.test(text));
    await done(page);
  }, 90_000);

  it("fits a phone: one column, nothing wider than the screen, the case one tap away", async () => {
    const page = await open(PHONE);
    await start(page, `${HUB}\n${SPOKE}`);
    const width = () => page.evaluate<number>("document.documentElement.scrollWidth");
    expect(await width()).toBeLessThanOrEqual(390);
    expect(await page.locator("#case").isVisible()).toBe(false);
    await page.getByRole("link", { name: "The case" }).tap();
    expect(await page.locator("#case").isVisible()).toBe(true);
    expect(await page.locator("#conversation").isVisible()).toBe(false);
    expect(await width()).toBeLessThanOrEqual(390);
    await page.locator("#case a.line").first().tap();
    await page.locator("dialog[open] .here").waitFor();
    expect(await width()).toBeLessThanOrEqual(390);
    await done(page);
  }, 60_000);

  it("works without scripts: start, paste, choose, follow a line", async () => {
    const page = await open({ javaScriptEnabled: false });
    await page.getByRole("button", { name: "The tunnel is down" }).click();
    await page.getByRole("button", { name: "Cisco IOS or IOS-XE" }).click();
    await page.locator("#text").fill(`${HUB}\n${SPOKE}`);
    await page.getByRole("button", { name: "Send" }).click();
    expect(await page.locator("#turn-3 h3").first().innerText()).toContain("The crypto ACLs are not mirrors");
    await page.locator("#turn-3 a.line").first().click();
    expect(await page.locator(".here").innerText()).toContain("permit ip");
    await done(page);
  }, 60_000);

  it("copies commands", async () => {
    const page = await open({ permissions: ["clipboard-read", "clipboard-write"] });
    await start(page, `${HUB}\n${SPOKE}`);
    await page.locator(".reply .copy").first().click();
    await page.locator(".copy.done").waitFor();
    expect(await page.evaluate("navigator.clipboard.readText()")).toContain("ip access-list extended PUNE-ACL");
    await done(page);
  });

  it("runs nothing that is pasted, typed or in a file's name", async () => {
    const page = await open();
    let ran = false;
    page.on("dialog", (dialog) => {
      ran = true;
      void dialog.dismiss();
    });
    await page.getByRole("button", { name: "Start", exact: true }).click();
    await page.locator("#turn-1").waitFor();
    for (const words of HOSTILE_TEXTS.slice(0, 4)) {
      const before = await page.locator(".turn").count();
      await page.locator('input[type="file"]').setInputFiles({
        name: `${words.replace(/[/\\]/g, "")}.txt`,
        mimeType: "text/plain",
        buffer: Buffer.from(`HUB#show crypto isakmp sa\ndst src state conn-id status\n${words}\nHUB#`),
      });
      await page.locator("#text").fill(words);
      await page.locator("#text").press("Enter");
      await page.locator(".turn").nth(before).waitFor();
    }
    expect(ran).toBe(false);
    expect(await page.locator("img:not(picture img), script:not([src])").count()).toBe(0);
    await done(page);
  }, 60_000);

  it.each([
    ["light, on a desk", { colorScheme: "light" }],
    ["dark, on a desk", { colorScheme: "dark" }],
    ["light, on a phone", { ...PHONE, colorScheme: "light" }],
    ["dark, on a phone", { ...PHONE, colorScheme: "dark" }],
  ] as const)(
    "is accessible: %s",
    async (_, options) => {
      // The policy of the page keeps out every script but its own; the checker is one.
      const page = await open({ ...options, bypassCSP: true, reducedMotion: "reduce" });
      expect(await violations(page)).toEqual([]);
      await start(page, HUB);
      expect(await violations(page)).toEqual([]);
      await page.locator("#text").fill(SPOKE);
      await page.locator("#text").press("Enter");
      await page.locator("#turn-3").waitFor();
      for (const details of await page.locator("details:not([open]) > summary").all())
        if (await details.isVisible()) await details.click();
      expect(await violations(page)).toEqual([]);
      if ("viewport" in options) await page.getByRole("link", { name: "The case" }).tap();
      expect(await violations(page)).toEqual([]);
      await page.locator("#case a.line").first().click();
      await page.locator("dialog[open] .here").waitFor();
      expect(await violations(page)).toEqual([]);
      await page.context().close();
    },
    90_000,
  );
});

const FOCUSED_ID = "document.activeElement?.id";
/** "" where what has the focus shows it; else its markup. */
const FOCUS_IS_SHOWN = `(() => {
  const element = document.activeElement;
  if (!element || element === document.body) return "";
  const marked = element.matches(".from input, .attach input") ? element.nextElementSibling : element;
  const { outlineStyle, outlineWidth } = getComputedStyle(marked);
  return outlineStyle === "none" || outlineWidth === "0px" ? element.outerHTML.slice(0, 120) : "";
})()`;

async function start(page: Page, text: string): Promise<void> {
  await page.locator("#text").fill(text);
  await page.getByRole("button", { name: "Start", exact: true }).click();
  await page.locator("#turn-2 .reply").waitFor();
}

/** Types and pastes what the conversation says, and looks that the page says what it should. */
async function playLed(page: Page, one: Scripted): Promise<void> {
  let number = 1;
  for (const turn of one.turns) {
    const text = pasteOf(turn, one.texts) ?? turn.says;
    if (text === undefined || turn.leaves === true) continue;
    number += 1;
    if (turn.from !== undefined)
      await page.getByText(turn.from === "local" ? "this end" : "the far end", { exact: true }).click();
    await page.locator("#text").fill(text);
    await page.locator("#text").press("Enter");
    const reply = page.locator(`#turn-${number} .reply`);
    await reply.waitFor();
    const said = oneLine((await reply.textContent()) ?? "");
    for (const phrase of turn.hears ?? []) expect(said).toContain(oneLine(phrase));
    if (turn.verdict === "found") await page.locator("#case .verdict.found").waitFor();
    if (turn.verdict === "healthy") await page.locator("#case .verdict.healthy").waitFor();
  }
}

async function focused(page: Page): Promise<string> {
  return page.evaluate<string>("document.activeElement?.textContent ?? ''");
}

/** Presses Tab until the focus is on something that says these words. */
async function tabTo(page: Page, words: string): Promise<void> {
  for (let i = 0; i < 80; i += 1) {
    await page.keyboard.press("Tab");
    const isLeaf = await page.evaluate<boolean>("document.activeElement?.matches('a, button, summary') === true");
    if (isLeaf && (await focused(page)).includes(words)) return;
  }
  throw new Error(`nothing that says "${words}" can be reached by Tab`);
}

/** What axe finds wrong by WCAG 2.2 A and AA and its best practices. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate<axe.Result[]>("axe.run().then(({ violations }) => violations)");
  return found.flatMap(({ id, nodes }) =>
    nodes.slice(0, 3).map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary ?? ""}`),
  );
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
