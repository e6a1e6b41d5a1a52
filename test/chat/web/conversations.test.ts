/** Every recorded conversation, played through the page's forms as a browser without scripts would. */
import { afterAll, expect, it } from "vitest";
import { isPlayed, pasteOf, readConversations, type ScriptedTurn, waitBefore } from "../../scenarios.ts";
import { asking, startCase } from "./asking.ts";
import { appOnly } from "./served.ts";
import { shape, wordsOf } from "./shape.ts";

// People wait as long as the conversations say.
let now = 1_790_000_000_000;
const { app, bot, close } = await appOnly({ now: () => now });
afterAll(close);

const conversations = readConversations().filter(isPlayed);

it.each(conversations.map((one) => [`${one.file}: ${one.title}`, one] as const))("%s", async (_, one) => {
  const browser = asking(app);
  const at = await startCase(browser);
  for (const [index, turn] of one.turns.entries()) {
    const text = pasteOf(turn, one.texts) ?? turn.says;
    if (text === undefined || turn.leaves === true) continue;
    now += waitBefore(turn);
    const response = await browser.post(`${at}/say`, { text, side: turn.from ?? "" });
    expect(response.status, `turn ${index + 1}`).toBe(303);
    const number = /#turn-(\d+)$/.exec(response.headers.get("location") ?? "")?.[1];
    const page = await (await browser.get(at)).text();
    expect(shape(page).unclosed).toEqual([]);
    const reply = page.slice(
      page.indexOf(`id="turn-${number}"`),
      page.indexOf("</article>", page.indexOf(`id="turn-${number}"`)),
    );
    await check(turn, wordsOf(`<li ${reply}`), at, [...(turn.never ?? []), ...(one.never ?? [])]);
    for (const secret of one.never ?? []) expect(oneLine(wordsOf(page))).not.toContain(oneLine(secret));
  }
});

async function check(turn: ScriptedTurn, reply: string, at: string, never: readonly string[]): Promise<void> {
  const said = oneLine(reply);
  for (const phrase of turn.hears ?? []) expect(said).toContain(oneLine(phrase));
  for (const phrase of never) expect(said).not.toContain(oneLine(phrase));
  const verdict = (await bot.look(at.slice(6)))?.situation.diagnosis.verdict;
  if (turn.verdict !== undefined) expect(verdict?.verdict).toBe(turn.verdict);
  if (turn.finds !== undefined) expect(verdict?.findings[0]?.id).toBe(turn.finds);
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
