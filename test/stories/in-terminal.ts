/** Stories in the terminal: typed and pasted into `tunnelmedic chat --case`, as somebody with the database does. */
import { randomUUID } from "node:crypto";
import { PassThrough } from "node:stream";
import type { TheBot } from "../../src/bot/bot.ts";
import { lookAtQuietCases } from "../../src/bot/quiet-cases.ts";
import { startTerminalChat } from "../../src/chat/terminal/start.ts";
import { pastCases } from "../../src/cli/past-cases.ts";
import { takeOver } from "../../src/cli/take-over.ts";
import type { Person } from "../../src/domain/inbound.ts";
import type { Store } from "../../src/store/store.ts";
import { inbound, placeNamed } from "../bot/assembled.ts";
import type { StoryClock } from "./clock.ts";
import type { Room, StoryChat, Told } from "./story.ts";

const ASHA = { id: "terminal-asha", name: "Asha" };
const BEN = { id: "terminal-ben", name: "Ben" };
/** What readline writes while somebody types is no answer; an answer is written at once, between blank lines. */
const ANSWER = /^\n([\s\S]*)\n\n$/;

export interface TerminalStory {
  readonly chat: StoryChat;
  /** Whoever sits at the terminals goes home. */
  close(): Promise<void>;
}

export function storiesInTerminal(store: Store, bot: TheBot, clock: StoryClock): TerminalStory {
  const open: { input: PassThrough; ended: Promise<void> }[] = [];

  async function sitDown(caseId: string, person: Person): Promise<{ room: Room; told: Told }> {
    const place = { chat: "terminal", workspace: "", thread: randomUUID() };
    const { stored, tools } = await takeOver(store, caseId, place, person);
    const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => {} });
    const output = Object.assign(new PassThrough(), { isTTY: true, columns: 100, rows: 50 });
    const answers: string[] = [];
    let looked = 0;
    output.on("data", (chunk) => {
      const answer = ANSWER.exec(String(chunk))?.[1];
      if (answer !== undefined) answers.push(answer);
    });
    const streams = { input, output } as unknown as Pick<Parameters<typeof startTerminalChat>[0], "input" | "output">;
    const past = pastCases((work) => work(store), caseId);
    const style = { colours: false, width: 100 };
    const ended = startTerminalChat({ ...streams, style, tools, stored, past });
    open.push({ input, ended });
    const told = async (): Promise<Told> => {
      const end = Date.now() + 8_000;
      while (answers.length === looked && performance.now() < end) await new Promise((done) => setTimeout(done, 5));
      const words = answers.slice(looked).join("\n");
      looked = answers.length;
      // A picture is drawn in characters, with its words beside it.
      return { words, pictures: [words] };
    };
    const room: Room = {
      caseId,
      give(text, isPaste) {
        input.write(isPaste ? `\u001b[200~${text.trimEnd().replaceAll("\n", "\r")}\u001b[201~\r` : `${text}\r`);
        return told();
      },
      news: async () => ({ words: "", pictures: [] }),
    };
    return { room, told: await told() };
  }

  const chat: StoryChat = {
    name: "terminal",
    async begin() {
      const opened = inbound(
        placeNamed(randomUUID(), "terminal"),
        { type: "opened" },
        { at: clock.now(), person: ASHA },
      );
      const heard = await bot.hear(opened);
      if (heard.outcome !== "taken") throw new Error(heard.outcome);
      return (await sitDown(heard.caseId, ASHA)).room;
    },
    ask: (words, room) => room.give(words, false),
    takeAlong: (code) => sitDown(code.split("-")[0] ?? "", BEN),
    pass: clock.pass,
    lookAtQuiet: () => lookAtQuietCases({ bot, store, now: clock.now, remindAfterHours: 24, closeAfterHours: 72 }),
    look: (caseId) => bot.look(caseId),
    statusOf: async (caseId) => (await store.caseById(caseId))?.status,
  };
  return {
    chat,
    async close() {
      for (const { input } of open) input.end();
      await Promise.all(open.map(({ ended }) => ended));
    },
  };
}
