/** The least that a Slack app can do: Bolt as it comes, every message echoed into its thread. */
import { App, HTTPReceiver, LogLevel } from "@slack/bolt";

const [, , apiUrl = "", signingSecret = "", token = ""] = process.argv;
const receiver = new HTTPReceiver({ signingSecret, logLevel: LogLevel.ERROR });
const app = new App({ token, receiver, logLevel: LogLevel.ERROR, clientOptions: { slackApiUrl: apiUrl } });
app.message(async ({ message, client }) => {
  const { channel, text, thread_ts } = message as { channel: string; text?: string; thread_ts?: string };
  await client.chat.postMessage({ channel, text: text ?? "", ...(thread_ts !== undefined && { thread_ts }) });
});
const server = (await app.start({ port: 0, host: "127.0.0.1" })) as { address(): { port: number } };
console.log(`http://127.0.0.1:${server.address().port}/slack/events`);
process.stdin.resume();
process.stdin.on("end", () => process.exit(0));
