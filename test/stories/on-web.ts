/** Stories on the page, through its forms and links as a browser without scripts would. */
import type { Hono } from "hono";
import { asking, startCase } from "../chat/web/asking.ts";
import { shape, wordsOf } from "../chat/web/shape.ts";
import type { Room, StoryChat, Told } from "./story.ts";

export function storiesOnWeb(app: Hono, common: Omit<StoryChat, "name" | "begin" | "ask" | "takeAlong">): StoryChat {
  const browser = asking(app);

  async function page(path: string): Promise<string> {
    const response = await browser.get(path);
    if (response.status !== 200) throw new Error(`${path}: ${response.status}`);
    const text = await response.text();
    const { unclosed } = shape(text);
    if (unclosed.length > 0) throw new Error(`${path} leaves open: ${unclosed.join(" ")}`);
    return text;
  }

  /** With what is in its files, and the words of its pictures; each must be there. */
  async function seenIn(part: string): Promise<Told> {
    const files = [...part.matchAll(/class="download" href="([^"]+)"/g)].map(([, href = ""]) => href);
    const texts = await Promise.all(files.map(async (href) => (await browser.get(wordsOf(href))).text()));
    const pictures = [...part.matchAll(/<img src="([^"]+)" alt="([^"]+)"/g)];
    for (const [, href = ""] of pictures) {
      const drawn = await browser.get(wordsOf(href));
      if (!(drawn.headers.get("content-type") ?? "").includes("svg")) throw new Error(`${href} is no picture`);
    }
    return {
      words: [wordsOf(part), ...texts].join("\n"),
      pictures: pictures.map(([, , words = ""]) => wordsOf(words)),
    };
  }

  function turnsOf(text: string): string[] {
    return text
      .split(/(?=<[a-z]+[^>]{0,80} id="turn-\d+")/)
      .slice(1)
      .map((turn) => turn.slice(0, turn.indexOf("</article>")));
  }

  function roomAt(path: string): Room {
    let looked = 0;
    const room: Room = {
      caseId: path.slice(path.lastIndexOf("/") + 1),
      async give(text) {
        await room.news();
        const response = await browser.post(`${path}/say`, { text });
        if (response.status !== 303) throw new Error(`${path}: ${response.status}`);
        return room.news();
      },
      async news() {
        const text = await page(path);
        const turns = turnsOf(text);
        const news = turns.slice(looked).join("");
        looked = turns.length;
        // What the peer had before stands beside the conversation.
        return seenIn(news + (/<p class="earlier-case">.*?<\/p>/.exec(text)?.[0] ?? ""));
      },
    };
    return room;
  }

  return {
    ...common,
    name: "web",
    begin: async () => roomAt(await startCase(browser)),
    async ask(words) {
      const [, since] = /^stats(?: since (\S+))?$/.exec(words) ?? [undefined, undefined];
      const explained = /^explain (.+)$/.exec(words)?.[1];
      const looked = words.replace(/^(?:cases|search) ?/, "");
      if (words.startsWith("stats")) return seenIn(await page(`/cases/stats?since=${since ?? ""}`));
      if (explained !== undefined) return seenIn(await page(`/explain?words=${encodeURIComponent(explained)}`));
      return seenIn(await page(`/cases?q=${encodeURIComponent(looked)}`));
    },
    async takeAlong(code) {
      const path = await startCase(browser, { text: `resume ${code}` });
      const room = roomAt(path);
      return { room, told: await room.news() };
    },
  };
}
