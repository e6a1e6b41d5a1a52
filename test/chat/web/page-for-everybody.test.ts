/** The page in a real Chromium for everybody: by keyboard alone, on a phone, without scripts, with a screen reader. */
import axe from "axe-core";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { HUB, holdAnswers, inBrowser, PHONE, SPOKE, start } from "./in-browser.ts";

inBrowser("the page for everybody", (browser) => {
  it("is used by keyboard alone: start, choose, paste, see a line, go between both sides", async () => {
    const page = await browser.open();
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
    await browser.done(page);
  }, 180_000);

  it("leaves the focus where one has gone while a message was sent, and where a line was that the case drew anew", async () => {
    const page = await browser.open();
    await start(page, HUB);
    const letGo = await holdAnswers(page);
    await page.locator("#text").fill(SPOKE);
    await page.keyboard.press("Enter");
    await page.locator("#turn-2 .reply").waitFor();
    await page.keyboard.press("F2");
    await tabTo(page, "permit ip");
    letGo();
    await page.locator("[data-sending]").waitFor({ state: "hidden" });
    await expect.poll(() => page.locator("#text").inputValue()).toBe("");
    expect(await focused(page)).toContain("permit ip");
    await page.keyboard.press("Enter");
    await page.locator("dialog[open] .here").waitFor();
    await page.evaluate(`for (const part of document.querySelectorAll("#case [data-part]")) part.innerHTML += ""`);
    await page.keyboard.press("Escape");
    expect(await focused(page)).toContain("permit ip");
    await browser.done(page);
  }, 180_000);

  it("shows where the focus is on everything that can have it", async () => {
    const page = await browser.open();
    await start(page, `${HUB}\n${SPOKE}`);
    const without: string[] = [];
    for (let i = 0; i < 60; i += 1) {
      await page.keyboard.press("Tab");
      const bare = await page.evaluate<string>(FOCUS_IS_SHOWN);
      if (bare !== "") without.push(bare);
    }
    expect(without).toEqual([]);
    await browser.done(page);
  }, 180_000);

  it("fits a phone: one column, nothing wider than the screen, the case one tap away", async () => {
    const page = await browser.open(PHONE);
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
    await browser.done(page);
  }, 180_000);

  it("works without scripts: start, paste, choose, follow a line", async () => {
    const page = await browser.open({ javaScriptEnabled: false });
    await page.getByRole("button", { name: "The tunnel is down" }).click();
    await page.getByRole("button", { name: "Cisco IOS or IOS-XE" }).click();
    await page.locator("#text").fill(`${HUB}\n${SPOKE}`);
    await page.getByRole("button", { name: "Send" }).click();
    expect(await page.locator("#turn-3 h3").first().innerText()).toContain("The crypto ACLs are not mirrors");
    await page.locator("#turn-3 a.line").first().click();
    expect(await page.locator(".here").innerText()).toContain("permit ip");
    await browser.done(page);
  }, 180_000);

  it.each([
    ["light, on a desk", { colorScheme: "light" }],
    ["dark, on a desk", { colorScheme: "dark" }],
    ["light, on a phone", { ...PHONE, colorScheme: "light" }],
    ["dark, on a phone", { ...PHONE, colorScheme: "dark" }],
  ] as const)(
    "is accessible: %s",
    async (_, options) => {
      // The policy of the page keeps out every script but its own; the checker is one.
      const page = await browser.open({ ...options, bypassCSP: true, reducedMotion: "reduce" });
      expect(await violations(page)).toEqual([]);
      await start(page, HUB);
      expect(await violations(page)).toEqual([]);
      await page.locator("#text").fill(SPOKE);
      await page.locator("#text").press("Enter");
      await page.locator("#turn-2").waitFor();
      for (const details of await page.locator("details:not([open]) > summary").all())
        if (await details.isVisible()) await details.click();
      expect(await violations(page)).toEqual([]);
      if ("viewport" in options) await page.getByRole("link", { name: "The case" }).tap();
      expect(await violations(page)).toEqual([]);
      await page.locator("#case a.line").first().click();
      await page.locator("dialog[open] .here").waitFor();
      expect(await violations(page)).toEqual([]);
      await page.locator("dialog[open] .here .ask").click();
      await page.locator("dialog[open] .lines-explained").waitFor();
      expect(await violations(page)).toEqual([]);
      for (const path of [
        "/cases?q=crypto+policy",
        "/cases?q=closed+zebra",
        "/cases/stats",
        "/explain?words=qm-idle",
      ]) {
        await page.goto(new URL(path, page.url()).href);
        expect([path, await violations(page)]).toEqual([path, []]);
      }
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
