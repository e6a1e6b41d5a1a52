/** The page in a real Chromium: what people do with it. */
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { pasteOf, readConversations, type Scripted } from "../../scenarios.ts";
import { HOSTILE_TEXTS } from "../replies.ts";
import { HUB, holdAnswers, inBrowser, SPOKE, start } from "./in-browser.ts";

/** The article's scenarios, led by the hand: the first conversation of each file. */
const LED = readConversations().filter(
  ({ file }, index, all) => /^\d|^part2/.test(file) && all.findIndex((other) => other.file === file) === index,
);

inBrowser("the page in a browser", (browser) => {
  it.each(LED.map((one) => [one.file, one] as const))(
    "plays the article's scenario led by the hand: %s",
    async (_, one) => {
      const page = await browser.open();
      await page.getByRole("button", { name: "Start", exact: true }).click();
      await page.locator("#turn-1").waitFor();
      await playLed(page, one);
      await browser.done(page);
    },
    90_000,
  );

  it.each(LED.map((one) => [one.file, one] as const))(
    "takes all of a scenario's pastes at once: %s",
    async (_, one) => {
      const page = await browser.open();
      const upTo = one.turns.findIndex(({ verdict }) => verdict === "found");
      const cause = one.turns[upTo]?.finds;
      expect(cause).toBeDefined();
      const pastes = one.turns.slice(0, upTo + 1).flatMap((turn) => pasteOf(turn, one.texts) ?? []);
      await page.locator("#text").fill(pastes.join("\n"));
      await page.locator("#text").press("Enter");
      await page.locator("#turn-1 h3.verdict.found").first().waitFor();
      await page.locator("#case .part-standing .verdict.found").waitFor();
      await page.locator(`#finding-${cause}[open]`).waitFor();
      await browser.done(page);
    },
    180_000,
  );

  it("reads files that are dropped anywhere, shows them first, and says which end they are from", async () => {
    const page = await browser.open();
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
    await page.locator("#turn-1 .reply").waitFor();
    expect(await page.locator('[aria-label="The far end"]').innerText()).toContain("HUB");
    await browser.done(page);
  });

  it("takes a paste of several megabytes without putting it into the box, and shows how far it is", async () => {
    const page = await browser.open();
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
    await page.locator("#turn-1 .reply").waitFor({ timeout: 30_000 });
    await browser.done(page);
  }, 180_000);

  it("shows the same case in two browsers, each with what the other does, without being asked", async () => {
    const one = await browser.open();
    await start(one, HUB);
    const other = await browser.another();
    await other.goto(one.url());
    await other.locator("#text").fill("so far");
    await other.locator("#text").press("Enter");
    await one.locator("#turn-2 .reply").waitFor({ timeout: 10_000 });
    expect(await one.locator("#turn-2 .who").innerText()).toContain("Somebody else");
    expect(await other.locator("#turn-2 .who").innerText()).toContain("You");
    await one.locator("#text").fill(SPOKE);
    await one.locator("#text").press("Enter");
    await other.locator('[aria-label="The far end"] h3', { hasText: "PUNE" }).waitFor({ timeout: 10_000 });
    await expect
      .poll(async () => (await other.locator("#case").innerHTML()) === (await one.locator("#case").innerHTML()))
      .toBe(true);
    await other.close();
    await browser.done(one);
  }, 180_000);

  it("keeps what is open, typed and focused while the case changes beside it", async () => {
    const page = await browser.open();
    await start(page, HUB);
    await page.locator("#outputs-local summary").click();
    await page.locator("#text").fill("half a thought");
    await page.locator("#outputs-local summary").focus();
    const head = await browser.served.store.caseById(/case\/(\w+)/.exec(page.url())?.[1] ?? "");
    await browser.served.bot.hear({
      deliveries: ["test:beside"],
      place: head?.place ?? { chat: "", workspace: "", thread: "" },
      person: { id: "U9", name: "Asha" },
      at: Date.now(),
      content: { type: "said", text: `${HUB}\n${SPOKE}` },
    });
    await page.locator("#turn-2 .reply").waitFor();
    await page.locator('[aria-label="The far end"] h3', { hasText: "PUNE" }).waitFor();
    expect(await page.locator("#turn-2 .who").innerText()).toContain("Asha");
    expect(await page.locator("#text").inputValue()).toBe("half a thought");
    expect(await page.locator("#outputs-local").getAttribute("open")).toBe("");
    expect(await page.evaluate("document.activeElement?.parentElement?.id")).toBe("outputs-local");
    await browser.done(page);
  });

  it("keeps what is typed while a message is sent, and sends it after that one", async () => {
    const page = await browser.open();
    await start(page, HUB);
    const letGo = await holdAnswers(page);
    await page.getByText("the far end", { exact: true }).click();
    await page.locator("#text").fill(SPOKE);
    await page.locator("#text").press("Enter");
    await page.locator("#turn-2 .reply").waitFor();
    await page.locator("#text").fill("so far");
    await page.locator("#text").press("Enter");
    await page.locator("#text").fill("half a thought");
    letGo();
    await page.locator("#turn-3 .reply").waitFor();
    await page.locator("[data-sending]").waitFor({ state: "hidden" });
    expect(await page.locator("#text").inputValue()).toBe("half a thought");
    expect(await page.locator(".turn").count()).toBe(3);
    expect(await page.locator("#turn-3").innerText()).toContain("so far");
    await browser.done(page);
  });

  it("gives back what could not be sent, before what was typed since, and says it once when it is sent again", async () => {
    const page = await browser.open();
    await start(page, HUB);
    const letGo = await holdAnswers(page, { status: 413, json: { problem: "It is too much." } });
    await page.getByText("the far end", { exact: true }).click();
    await page.locator("#text").fill(SPOKE);
    await page.locator("#text").press("Enter");
    await page.locator("#text").fill("so far");
    letGo();
    await page.getByRole("alert").filter({ hasText: "It is too much." }).waitFor();
    expect(await page.locator("#text").inputValue()).toBe(`${SPOKE}so far`);
    expect(await page.getByRole("radio", { name: "the far end" }).isChecked()).toBe(true);
    await page.unroute("**/say");
    await page.locator("#text").fill(SPOKE);
    await page.locator("#text").press("Enter");
    await page.locator("#turn-2 .reply").waitFor();
    expect(await page.locator("#text").inputValue()).toBe("");
    expect(await page.locator(".turn").count()).toBe(2);
    browser.forgive(/413/);
    await browser.done(page);
  });

  it("goes on by itself after the server was away", async () => {
    const page = await browser.open();
    await start(page, HUB);
    await browser.served.stop();
    await page.locator("[data-state]", { hasText: "No connection" }).waitFor({ timeout: 15_000 });
    await page.locator("#text").fill(SPOKE);
    await page.locator("#text").press("Enter");
    await page.waitForTimeout(700);
    await browser.served.restart();
    await page.locator("#turn-2 .reply").waitFor({ timeout: 30_000 });
    await page.locator("[data-state]:empty").waitFor({ state: "attached", timeout: 15_000 });
    expect(await page.locator(".turn").count()).toBe(2);
    // Chromium says in its console that it could not reach the server; that is what this test did.
    browser.forgive(/net::ERR_|ERR_CONNECTION/);
    await browser.done(page);
  }, 90_000);

  it("copies commands", async () => {
    const page = await browser.open({ permissions: ["clipboard-read", "clipboard-write"] });
    await start(page, `${HUB}\n${SPOKE}`);
    await page.locator(".reply .copy").first().click();
    await page.locator(".copy.done").waitFor();
    expect(await page.evaluate("navigator.clipboard.readText()")).toContain("ip access-list extended PUNE-ACL");
    await browser.done(page);
  });

  it("runs nothing that is pasted, typed or in a file's name", async () => {
    const page = await browser.open();
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
    await browser.done(page);
  }, 180_000);
});

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

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
