/** TunnelMedic in Slack. */
import { App, type Receiver, webApi } from "@slack/bolt";
import { type Bot, type Chat, NotReachable } from "../../domain/chat.ts";
import { boltLog } from "./bolt-log.ts";
import { FileSchema } from "./events.ts";
import { failureFields, refusalIn, remedyFor } from "./failures.ts";
import type { Self } from "./hear.ts";
import { createHttpReceiver, HTTP_PATH, type HttpReceiver } from "./http-receiver.ts";
import { createLeftThreads } from "./left-threads.ts";
import { listen } from "./listen.ts";
import { createPace } from "./pace.ts";
import { withNames } from "./people-names.ts";
import { createQuestions } from "./questions.ts";
import { createSender } from "./send.ts";
import { createStatusSender } from "./send-status.ts";
import { SLACK_API, type SlackTools } from "./settings.ts";
import { createSocketReceiver } from "./socket-receiver.ts";
import { createWebFetch } from "./web-fetch.ts";
import { createWhoMay } from "./who-may.ts";

export type { SlackSettings, SlackTools } from "./settings.ts";

/** What stops the start: a setting that Slack refuses, or a Slack that does not answer. */
function refused(error: unknown, which: "SLACK_BOT_TOKEN" | "SLACK_APP_TOKEN"): Error {
  const line = remedyFor(error, which);
  return refusalIn(error) === undefined ? new NotReachable(line) : new Error(line);
}

/** Two: what one misses while it connects again reaches the other. */
const CONNECTIONS = 2;
/** Milliseconds for a call while somebody waits for its end, and for one of the outbox, whose limit is 10 s. */
const WHILE_WAITED_FOR = 2_000;
const FROM_OUTBOX = 9_000;

export function createSlackChat(tools: SlackTools): Chat {
  const { settings, log, now } = tools;
  const apiUrl = (settings.apiUrl ?? SLACK_API).replace(/\/?$/, "/");
  const logger = boltLog(log);
  const web = createWebFetch();
  // Nothing is tried again here: the outbox does, with what Slack says about when.
  const client = (timeout: number) =>
    new webApi.WebClient(settings.botToken, {
      slackApiUrl: apiUrl,
      logger,
      timeout,
      fetch: web.fetch,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      allowAbsoluteUrls: false,
    });
  const outboxClient = client(FROM_OUTBOX);
  const quickClient = client(WHILE_WAITED_FOR);
  const pace = createPace(now, settings.messagesPerSecond);
  let hearing = 0;
  const status = createStatusSender({
    ...tools,
    client: outboxClient,
    pace,
    isBusy: () => hearing > 0,
    closed: (caseId) => questions.over(caseId),
  });
  const leftThreads = createLeftThreads();
  const questions = createQuestions({ client: outboxClient, spare: () => status.spare(), log });
  let self: Self | undefined;
  let app: App | undefined;
  const failed = (error: unknown) => log.warn({ chat: "slack", ...failureFields(error) }, "a delivery was not taken");
  const http = settings.appToken === undefined ? httpReceiver() : undefined;

  function httpReceiver(): HttpReceiver {
    const refused = (why: string) => log.warn({ chat: "slack" }, `a request was refused: ${why}`);
    return createHttpReceiver({ signingSecret: settings.signingSecret ?? "", now, failed, refused });
  }

  function socketReceiver(appToken: string): Receiver {
    const lost = () => log.info({ chat: "slack" }, "a Socket Mode connection ended; it is made again");
    const connections = settings.connections ?? CONNECTIONS;
    return createSocketReceiver({ appToken, apiUrl, connections, logger, failed, lost });
  }

  async function whoWeAre(): Promise<Self> {
    try {
      const { team_id, user_id, bot_id, url } = await outboxClient.auth.test();
      if (team_id === undefined || user_id === undefined) throw new Error("auth.test named neither team nor user");
      return { teamId: team_id, userId: user_id, botId: bot_id, url: url ?? "https://slack.com/" };
    } catch (error) {
      throw refused(error, "SLACK_BOT_TOKEN");
    }
  }

  function counted(bot: Bot): Bot {
    return {
      async hear(inbound) {
        hearing += 1;
        try {
          return await bot.hear(inbound);
        } finally {
          hearing -= 1;
        }
      },
    };
  }

  async function start(): Promise<void> {
    const known = await whoWeAre();
    self = known;
    const { appToken, botToken } = settings;
    const receiver = appToken === undefined ? (http ?? httpReceiver()) : socketReceiver(appToken);
    app = new App({
      receiver,
      logger,
      convoStore: false,
      authorize: async () => ({
        botToken,
        botUserId: known.userId,
        teamId: known.teamId,
        ...(known.botId !== undefined && { botId: known.botId }),
      }),
    });
    const may = createWhoMay(settings.access, quickClient, now);
    const info = async (file: string) => FileSchema.parse((await quickClient.files.info({ file })).file);
    const downloads = { token: botToken, apiUrl, fetch, info };
    const bot = withNames(counted(tools.bot), { client: quickClient, now, log });
    listen(app, { tools: { ...tools, bot }, client: quickClient, self: known, may, downloads, questions, leftThreads });
    try {
      await app.start();
    } catch (error) {
      await app.stop().catch(() => undefined);
      throw refused(error, "SLACK_APP_TOKEN");
    }
  }

  return {
    sender: createSender({
      ...tools,
      client: outboxClient,
      pace,
      status,
      questions,
      leftThreads,
      workspaceUrl: () => self?.url,
    }),
    start,
    async stopHearing() {
      await app?.stop();
    },
    async close() {
      questions.stop();
      await status.stop();
      web.close();
    },
    ...(http !== undefined && { http: { path: HTTP_PATH, handle: (request: Request) => http.handle(request) } }),
  };
}
