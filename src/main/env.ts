/** The environment, checked: what to start and with what, or what to change, one line for each thing that is wrong. */
import { z } from "zod";
import type { AccessRules, RestrictedAction } from "../domain/access.ts";

/** What the environment asks for. A chat that is absent is off. */
export interface Settings {
  readonly databaseUrl: string | undefined;
  readonly dataDir: string;
  readonly host: string;
  readonly port: number;
  readonly webToken: string | undefined;
  readonly slack: SlackSettings | undefined;
  readonly discord: DiscordSettings | undefined;
  readonly webhook: { readonly url: string; readonly secret: string } | undefined;
  /** Hours without a word until a reminder, and from there until the case closes itself; 0: never. */
  readonly quiet: { readonly remindAfterHours: number; readonly closeAfterHours: number };
  readonly retentionDays: number;
  readonly logLevel: string;
  readonly tagKey: string | undefined;
}
export interface SlackSettings {
  readonly botToken: string;
  readonly appToken: string | undefined;
  readonly signingSecret: string | undefined;
  readonly apiUrl: string | undefined;
  readonly escalationChannel: string | undefined;
  readonly access: AccessRules;
}
export interface DiscordSettings {
  readonly token: string;
  readonly guildId: string | undefined;
  readonly apiUrl: string | undefined;
  readonly escalationChannel: string | undefined;
  readonly access: AccessRules;
}

const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;

const idList = z
  .string()
  .transform((list) =>
    list
      .split(",")
      .map((id) => id.trim())
      .filter((id) => id !== ""),
  )
  .pipe(z.array(z.string().regex(/^[A-Z0-9]{1,30}$/, "must be ids, separated by commas")))
  .optional();

const hours = z.coerce
  .number("must be a number of hours")
  .min(0, "must not be below 0; 0 switches it off")
  .max(8_760, "must be 8760 at the most");

/** Each field's message is what to do; the value is never repeated, it may be a token. */
const Environment = z.object({
  DATABASE_URL: z
    .url({ protocol: /^postgres(?:ql)?$/, error: "must be postgres://USER:PASSWORD@HOST/DATABASE" })
    .optional(),
  DATA_DIR: z.string().default("./data"),
  HOST: z.string().default("127.0.0.1"),
  PORT: z.coerce
    .number("must be a number")
    .int("must be a whole number")
    .min(0, "must be 0 to 65535")
    .max(65_535, "must be 0 to 65535")
    .default(4500),
  WEB_TOKEN: z.string().min(16, "must have at least 16 characters; `openssl rand -hex 24` makes one").optional(),
  SLACK_BOT_TOKEN: z.string().startsWith("xoxb-", "must be the bot token, which begins with xoxb-").optional(),
  SLACK_APP_TOKEN: z.string().startsWith("xapp-", "must be the app-level token, which begins with xapp-").optional(),
  SLACK_SIGNING_SECRET: z.string().min(16, "must be the signing secret of the app's Basic Information page").optional(),
  SLACK_API_URL: z.url("must be a URL").optional(),
  DISCORD_TOKEN: z.string().min(20, "must be the bot's token").optional(),
  DISCORD_GUILD_ID: z
    .string()
    .regex(/^\d{1,20}$/, "must be a server's id, all digits")
    .optional(),
  DISCORD_API_URL: z.url("must be a URL").optional(),
  ESCALATION_CHANNEL_SLACK: z.string().optional(),
  ESCALATION_CHANNEL_DISCORD: z.string().optional(),
  HANDOFF_WEBHOOK_URL: z.url({ protocol: /^https?$/, error: "must be an https:// URL" }).optional(),
  HANDOFF_WEBHOOK_SECRET: z
    .string()
    .min(16, "must have at least 16 characters; `openssl rand -hex 32` makes one")
    .optional(),
  SLACK_CHANNELS: idList,
  SLACK_GROUPS_START: idList,
  SLACK_GROUPS_HANDOVER: idList,
  SLACK_GROUPS_CLOSE: idList,
  DISCORD_CHANNELS: idList,
  DISCORD_ROLES_START: idList,
  DISCORD_ROLES_HANDOVER: idList,
  DISCORD_ROLES_CLOSE: idList,
  RETENTION_DAYS: z.coerce
    .number("must be a number of days")
    .min(0, "must not be below 0")
    .max(36_500, "must be 36500 at the most")
    .default(90),
  QUIET_REMIND_HOURS: hours.default(24),
  QUIET_CLOSE_HOURS: hours.default(72),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(", ")}`).default("info"),
  TAG_KEY: z.string().min(32, "must have at least 32 characters; `openssl rand -hex 32` makes one").optional(),
});

/**
 * @param env process.env; an empty variable counts as absent
 * @throws WrongSettings with one line for each variable that must change
 */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ""),
  );
  const checked = Environment.safeParse(given);
  if (!checked.success)
    throw new WrongSettings(checked.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`));
  const read = checked.data;
  const wrong = contradictions(read);
  if (wrong.length > 0) throw new WrongSettings(wrong);
  return {
    databaseUrl: read.DATABASE_URL,
    dataDir: read.DATA_DIR,
    host: read.HOST,
    port: read.PORT,
    webToken: read.WEB_TOKEN,
    slack:
      read.SLACK_BOT_TOKEN === undefined
        ? undefined
        : {
            botToken: read.SLACK_BOT_TOKEN,
            appToken: read.SLACK_APP_TOKEN,
            signingSecret: read.SLACK_SIGNING_SECRET,
            apiUrl: read.SLACK_API_URL,
            escalationChannel: read.ESCALATION_CHANNEL_SLACK,
            access: access(read.SLACK_CHANNELS, {
              start: read.SLACK_GROUPS_START,
              "hand-over": read.SLACK_GROUPS_HANDOVER,
              close: read.SLACK_GROUPS_CLOSE,
            }),
          },
    discord:
      read.DISCORD_TOKEN === undefined
        ? undefined
        : {
            token: read.DISCORD_TOKEN,
            guildId: read.DISCORD_GUILD_ID,
            apiUrl: read.DISCORD_API_URL,
            escalationChannel: read.ESCALATION_CHANNEL_DISCORD,
            access: access(read.DISCORD_CHANNELS, {
              start: read.DISCORD_ROLES_START,
              "hand-over": read.DISCORD_ROLES_HANDOVER,
              close: read.DISCORD_ROLES_CLOSE,
            }),
          },
    webhook:
      read.HANDOFF_WEBHOOK_URL === undefined || read.HANDOFF_WEBHOOK_SECRET === undefined
        ? undefined
        : { url: read.HANDOFF_WEBHOOK_URL, secret: read.HANDOFF_WEBHOOK_SECRET },
    quiet: { remindAfterHours: read.QUIET_REMIND_HOURS, closeAfterHours: read.QUIET_CLOSE_HOURS },
    retentionDays: read.RETENTION_DAYS,
    logLevel: read.LOG_LEVEL,
    tagKey: read.TAG_KEY,
  };
}

function access(
  places: readonly string[] | undefined,
  groups: Readonly<Record<RestrictedAction, readonly string[] | undefined>>,
): AccessRules {
  return { places, groups: Object.fromEntries(Object.entries(groups).filter(([, ids]) => ids !== undefined)) };
}

export class WrongSettings extends Error {
  readonly lines: readonly string[];
  constructor(lines: readonly string[]) {
    super(lines.join("\n"));
    this.name = "WrongSettings";
    this.lines = lines;
  }
}

function contradictions(read: z.infer<typeof Environment>): string[] {
  const wrong: string[] = [];
  if (!isLoopback(read.HOST) && read.WEB_TOKEN === undefined)
    wrong.push(`WEB_TOKEN: is required where HOST is not loopback; set it, or HOST=127.0.0.1`);
  const { SLACK_BOT_TOKEN: bot, SLACK_APP_TOKEN: app, SLACK_SIGNING_SECRET: secret } = read;
  if (bot !== undefined && app === undefined && secret === undefined)
    wrong.push("SLACK_BOT_TOKEN: needs SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP) beside it");
  if (bot === undefined && (app !== undefined || secret !== undefined))
    wrong.push("SLACK_BOT_TOKEN: is missing beside SLACK_APP_TOKEN or SLACK_SIGNING_SECRET");
  const { HANDOFF_WEBHOOK_URL: hook, HANDOFF_WEBHOOK_SECRET: key } = read;
  if ((hook === undefined) !== (key === undefined))
    wrong.push("HANDOFF_WEBHOOK_URL: needs HANDOFF_WEBHOOK_SECRET beside it, and the other way round");
  if (hook?.startsWith("http:") && !isLoopback(new URL(hook).hostname))
    wrong.push("HANDOFF_WEBHOOK_URL: must be https:// on any host but this one");
  return wrong;
}

/** Whether only this machine can reach an address. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || host === "[::1]" || /^127(?:\.\d{1,3}){3}$/.test(host);
}

/** For each chat that is off, the variables that would turn it on. */
export function whatIsOff({ slack, discord }: Settings): string[] {
  return [
    ...(slack
      ? []
      : ["Slack is off: set SLACK_BOT_TOKEN with SLACK_APP_TOKEN (Socket Mode) or with SLACK_SIGNING_SECRET (HTTP)"]),
    ...(discord ? [] : ["Discord is off: set DISCORD_TOKEN"]),
  ];
}
