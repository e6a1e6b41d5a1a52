import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { HTTP_PATH } from "../../../src/chat/slack/http-receiver.ts";
import { COMMAND, HOME, MESSAGES } from "../../../src/chat/slack/listen.ts";
import { READ_OUTPUT } from "../../../src/chat/slack/on-shortcut.ts";

const ROOT = new URL("../../../", import.meta.url).pathname;
const TEXT = readFileSync(join(ROOT, "slack-manifest.yaml"), "utf8");

interface Manifest {
  readonly features: {
    readonly shortcuts: readonly { readonly callback_id: string; readonly type: string }[];
    readonly slash_commands: readonly { readonly command: string; readonly usage_hint: string }[];
    readonly app_home: Readonly<Record<string, boolean>>;
  };
  readonly oauth_config: { readonly scopes: Readonly<Record<string, readonly string[]>> };
  readonly settings: {
    readonly event_subscriptions: { readonly bot_events: readonly string[] };
    readonly interactivity: { readonly is_enabled: boolean };
  };
}
const manifest = parse(TEXT) as Manifest;

/** What Slack's reference asks for, by method; those that take any kind of channel by what we call them for. */
const SCOPES_OF_METHODS: Readonly<Record<string, readonly string[]>> = {
  "auth.test": [],
  "chat.postMessage": ["chat:write"],
  "chat.postEphemeral": ["chat:write"],
  "chat.update": ["chat:write"],
  "chat.delete": ["chat:write"],
  "conversations.info": ["channels:read", "groups:read"],
  "conversations.open": ["im:write"],
  "conversations.replies": ["channels:history", "groups:history", "im:history"],
  "files.completeUploadExternal": ["files:write"],
  "files.getUploadURLExternal": ["files:write"],
  "files.info": ["files:read"],
  "usergroups.users.list": ["usergroups:read"],
  "users.conversations": ["channels:read", "groups:read"],
  "users.info": ["users:read"],
  "views.open": [],
  "views.publish": [],
};
const SCOPES_OF_EVENTS: Readonly<Record<string, readonly string[]>> = {
  app_home_opened: [],
  app_mention: ["app_mentions:read"],
  "message.channels": ["channels:history"],
  "message.groups": ["groups:history"],
  "message.im": ["im:history"],
};

function sources(): string {
  const folder = join(ROOT, "src/chat/slack");
  return readdirSync(folder)
    .filter((name) => name.endsWith(".ts"))
    .map((name) => readFileSync(join(folder, name), "utf8"))
    .join("\n");
}

function methodsCalled(): string[] {
  const calls = sources().matchAll(/\b(?:client|outboxClient|quickClient)\s*\.((?:[a-z]\w*\.)*[a-z]\w*)\s*\(/gi);
  return [...new Set([...calls].map(([, method = ""]) => method))].filter((method) => /\.|V2$/.test(method)).sort();
}

it("asks for the scopes of what the bot calls and hears, and for no others", () => {
  const called = methodsCalled();
  expect(called).toEqual(Object.keys(SCOPES_OF_METHODS).sort());
  const events = manifest.settings.event_subscriptions.bot_events;
  const needed = [
    ...called.flatMap((method) => SCOPES_OF_METHODS[method] ?? []),
    ...events.flatMap((event) => SCOPES_OF_EVENTS[event] ?? [`? ${event}`]),
    // Files of messages are downloaded, which is no method.
    "files:read",
    "commands",
  ];
  expect(manifest.oauth_config.scopes).toEqual({ bot: [...new Set(needed)].sort() });
});

it("subscribes to what the bot listens to, and to nothing else", () => {
  const kinds = manifest.settings.event_subscriptions.bot_events.map((event) => event.split(".")[0]);
  expect([...new Set(kinds)].sort()).toEqual([...MESSAGES, HOME].sort());
});

it("has the command, the message menu, the buttons and the tabs that the bot has", () => {
  const { shortcuts, slash_commands, app_home } = manifest.features;
  expect(slash_commands.map(({ command }) => command)).toEqual([COMMAND]);
  expect(shortcuts.map(({ callback_id, type }) => [callback_id, type])).toEqual([[READ_OUTPUT, "message"]]);
  expect(manifest.settings.interactivity.is_enabled).toBe(true);
  expect(app_home).toEqual({
    home_tab_enabled: true,
    messages_tab_enabled: true,
    messages_tab_read_only_enabled: false,
  });
});

it("names the bot's HTTP address in the three places that Slack posts to, and is a manifest with them too", () => {
  expect(TEXT.match(new RegExp(`HTTP: (?:request_)?url: https://YOUR-BOT${HTTP_PATH}`, "g"))).toHaveLength(3);
  const overHttp = TEXT.replaceAll("# HTTP: ", "").replace("socket_mode_enabled: true", "socket_mode_enabled: false");
  const url = `https://YOUR-BOT${HTTP_PATH}`;
  expect(parse(overHttp)).toMatchObject({
    features: { slash_commands: [{ url }] },
    settings: {
      event_subscriptions: { request_url: url },
      interactivity: { request_url: url },
      socket_mode_enabled: false,
    },
  });
});

/** As @slack/web-api's types of a manifest tell them, by where the text stands. */
const LONGEST: readonly (readonly [RegExp, number])[] = [
  [/^display_information\.name$/, 35],
  [/^display_information\.description$/, 140],
  [/^features\.bot_user\.display_name$/, 80],
  [/^features\.shortcuts\.\d\.callback_id$/, 255],
  [/^features\.shortcuts\.\d\.description$/, 150],
  [/^features\.slash_commands\.\d\.command$/, 32],
  [/^features\.slash_commands\.\d\.description$/, 2000],
  [/^features\.slash_commands\.\d\.usage_hint$/, 1000],
];

it("holds no text that is longer than Slack takes", () => {
  const texts = textsIn(manifest, "");
  const measured = LONGEST.map(([where, most]) => {
    const text = texts.find(([path]) => where.test(path))?.[1] ?? "";
    return { where: String(where), isThere: text !== "", fits: text.length <= most };
  });
  expect(measured.filter(({ isThere, fits }) => !isThere || !fits)).toEqual([]);
  const colour = texts.find(([path]) => path === "display_information.background_color")?.[1];
  expect(colour).toMatch(/^#[0-9a-f]{6}$/);
});

/** Every text of a value, by its path. */
function textsIn(value: unknown, path: string): (readonly [string, string])[] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => textsIn(each, path === "" ? name : `${path}.${name}`));
}
