/** What tests of the page in a real Chromium share: the page served, the browser, and what it complains of. */
import { readFileSync } from "node:fs";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { chromiumPath, startBrowser } from "./browser.ts";
import { type Served, servePage } from "./served.ts";

export const HUB = readFileSync(new URL("../../../docs/examples/hub.txt", import.meta.url), "utf8");
export const SPOKE = readFileSync(new URL("../../../docs/examples/spoke.txt", import.meta.url), "utf8");
/** Milliseconds: a busy machine is no failure. */
const PATIENCE = 60_000;
export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

export interface InBrowser {
  readonly served: Served;
  /** The start page in a browser of its own. */
  open(options?: BrowserContextOptions): Promise<Page>;
  /** Another person's browser, with nothing open. */
  another(): Promise<Page>;
  /** Closes the page; it must have complained of nothing: errors of scripts, the policy's refusals, other servers. */
  done(page: Page): Promise<void>;
  /** Complaints that a test brought about itself. */
  forgive(expected: RegExp): void;
}

/** Describes what needs a browser; skipped, with a word about it, where there is none. */
export function inBrowser(about: string, tests: (browser: InBrowser) => void): void {
  const path = chromiumPath();
  if (path === undefined) console.warn(`SKIPPED: ${about}: no Chromium was found; CHROMIUM_PATH can name one`);
  describe.skipIf(path === undefined)(about, () => {
    let served: Served;
    let chromium: Browser;
    let complaints: string[] = [];
    beforeAll(async () => {
      served = await servePage();
      chromium = await startBrowser(path ?? "");
    }, 60_000);
    afterAll(async () => {
      await chromium?.close();
      await served?.close();
    });
    tests({
      get served() {
        return served;
      },
      async open(options = {}) {
        complaints = [];
        const page = await (await chromium.newContext(options)).newPage();
        page.setDefaultTimeout(PATIENCE);
        page.on("console", (message) => {
          if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
        });
        page.on("pageerror", (error) => complaints.push(String(error)));
        page.on("request", (request) => {
          if (!request.url().startsWith(served.url)) complaints.push(`asked another server: ${request.url()}`);
        });
        await page.goto(served.url);
        return page;
      },
      another: () => chromium.newPage(),
      async done(page) {
        expect(complaints).toEqual([]);
        await page.context().close();
      },
      forgive(expected) {
        complaints = complaints.filter((text) => !expected.test(text));
      },
    });
  });
}

/** Starts a case with a paste; the reply is there. */
export async function start(page: Page, text: string): Promise<void> {
  await page.locator("#text").fill(text);
  await page.getByRole("button", { name: "Start", exact: true }).click();
  await page.locator("#turn-1 .reply").waitFor();
}

/**
 * Holds back what the server answers to messages; it has heard them. With `instead`, they are answered so, unheard.
 * @returns what lets the answers go
 */
export async function holdAnswers(page: Page, instead?: { status: number; json: unknown }): Promise<() => void> {
  let letGo = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route("**/say", async (route) => {
    const answer = instead ?? { response: await route.fetch() };
    await held;
    await route.fulfill(answer);
  });
  return () => letGo();
}
