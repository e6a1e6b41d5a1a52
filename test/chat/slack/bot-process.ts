/** The bot in a process of its own, to be killed: `node program.mjs '{"apiUrl": …}'`. */
import { z } from "zod";
import { startSlackBot } from "./slack-bot.ts";

const Settings = z.object({
  apiUrl: z.string(),
  mode: z.enum(["socket", "events"]),
  dir: z.string().optional(),
  databaseUrl: z.string().optional(),
  messagesPerSecond: z.number().optional(),
  lease: z.number().optional(),
  /** Where it kills itself, at the first paste or at the answer to it. */
  killAt: z.enum(["after-commit", "after-send"]).optional(),
});

const { killAt, dir, databaseUrl, messagesPerSecond, ...settings } = Settings.parse(
  JSON.parse(process.argv[2] ?? "{}"),
);

const bot = await startSlackBot({
  ...settings,
  settings: { messagesPerSecond },
  store: { dir, databaseUrl },
  around: {
    bot: (inner) => ({
      async hear(inbound) {
        const heard = await inner.hear(inbound);
        if (killAt === "after-commit" && inbound.content.type === "said") process.kill(process.pid, "SIGKILL");
        return heard;
      },
    }),
    sender: (inner) => ({
      chat: inner.chat,
      async send(outgoing, signal) {
        const reference = await inner.send(outgoing, signal);
        if (killAt === "after-send" && JSON.stringify(outgoing.body).includes("Read from"))
          process.kill(process.pid, "SIGKILL");
        return reference;
      },
    }),
  },
});
console.log(bot.requestUrl ?? "connected");
process.stdin.resume();
process.stdin.on("end", () => void bot.stop().then(() => process.exit(0)));
