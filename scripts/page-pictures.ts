/**
 * `npm run page-pictures [FOLDER]`: plays a few cases through the page in Chromium and takes pictures of it; light and
 * dark, wide and on a phone. The README's picture is docs/page.png. With a folder, all pictures go there.
 */
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { chromiumPath, startBrowser } from "../test/chat/web/browser.ts";
import { type Served, servePage } from "../test/chat/web/served.ts";

const DESKTOP = { width: 1280, height: 860 };
const PHONE = { width: 390, height: 844 };
const folder = process.argv[2];

const path = chromiumPath();
if (path === undefined) throw new Error("no Chromium here; set CHROMIUM_PATH to one");
const served = await servePage();
const browser = await startBrowser(path);
try {
  await takePictures(browser, served);
} finally {
  await browser.close();
  await served.close();
}

async function takePictures(browser: Browser, { url }: Served): Promise<void> {
  const page = await browser.newPage({ viewport: DESKTOP, colorScheme: "light" });
  if (folder !== undefined) {
    mkdirSync(folder, { recursive: true });
    await page.goto(url);
    await shoot(page, "empty");
    await led(page, url);
    await shoot(page, "led");
    await sendAll(page, url, hubOfManyTunnels());
    await shoot(page, "hub");
  }
  await sendAll(page, url, `${example("hub.txt")}\n${example("spoke.txt")}`);
  await page.screenshot({ path: fileURLToPath(new URL("../docs/page.png", import.meta.url)) });
  if (folder === undefined) return;
  await shoot(page, "verdict");
  await page.locator(".reply a[data-line]").first().click();
  await page.locator("dialog[open] .here").waitFor();
  await shoot(page, "line");
  await page.keyboard.press("Escape");
  await page.goto(url);
  await shoot(page, "list");
}

/** Wide and on a phone, light and dark; a case on a phone also by its other view. */
async function shoot(page: Page, name: string): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    for (const [kind, viewport] of [
      ["desktop", DESKTOP],
      ["phone", PHONE],
    ] as const) {
      await page.setViewportSize(viewport);
      await page.waitForTimeout(150);
      await page.screenshot({ path: join(folder ?? ".", `${name}-${kind}-${colorScheme}.png`) });
      if (kind === "desktop" || !(await page.locator(".views").count()) || name === "line") continue;
      await page.locator('.views [data-view="case"]').click();
      await page.waitForTimeout(150);
      await page.screenshot({ path: join(folder ?? ".", `${name}-phone-case-${colorScheme}.png`) });
      await page.locator('.views [data-view="conversation"]').click();
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize(DESKTOP);
}

async function led(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.getByRole("button", { name: "The tunnel is down" }).click();
  await page.getByRole("button", { name: "Cisco IOS or IOS-XE" }).click();
  await said(
    page,
    "HUB#sh cry isa sa\nIPv4 Crypto ISAKMP SA\ndst             src             state          conn-id status\n198.51.100.7    203.0.113.1     MM_NO_STATE          0 ACTIVE (deleted)\n\nHUB#",
  );
}

async function sendAll(page: Page, url: string, text: string): Promise<void> {
  await page.goto(url);
  await page.locator("#text").fill(text);
  await page.getByRole("button", { name: "Start", exact: true }).click();
  await page.locator(".reply").first().waitFor();
}

async function said(page: Page, text: string): Promise<void> {
  const before = await page.locator(".turn").count();
  await page.locator("#text").fill(text);
  await page.getByRole("button", { name: "Send" }).click();
  await page.locator(".turn").nth(before).waitFor();
}

function example(name: string): string {
  return readFileSync(new URL(`../docs/examples/${name}`, import.meta.url), "utf8");
}

/** What a hub with many spokes prints: two of them are down. */
function hubOfManyTunnels(): string {
  const rows = Array.from({ length: 240 }, (_, index) => {
    const peer = `198.51.100.${index + 1}`.padEnd(16);
    return index === 71 || index === 180
      ? `${peer}203.0.113.1     MM_NO_STATE          0 ACTIVE (deleted)`
      : `${peer}203.0.113.1     QM_IDLE           ${1000 + index} ACTIVE`;
  });
  const head = "IPv4 Crypto ISAKMP SA\ndst             src             state          conn-id status";
  return `HUB#show crypto isakmp sa\n${head}\n${rows.join("\n")}\n\nHUB#`;
}
