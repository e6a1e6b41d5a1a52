import { describe, expect, it } from "vitest";
import { isLoopback, readSettings, WrongSettings, whatIsOff } from "../../src/main/env.ts";

function problems(env: Record<string, string>): readonly string[] {
  try {
    readSettings(env);
  } catch (error) {
    if (error instanceof WrongSettings) return error.lines;
    throw error;
  }
  return [];
}

it("with nothing set, the web chat runs on loopback with SQLite, and says what would turn the others on", () => {
  const settings = readSettings({ PATH: "/bin", HOST: "", PORT: " " });
  expect(settings).toMatchObject({
    host: "127.0.0.1",
    port: 4500,
    dataDir: "./data",
    retentionDays: 90,
    logLevel: "info",
  });
  expect(settings).toMatchObject({ slack: undefined, discord: undefined, databaseUrl: undefined });
  expect(whatIsOff(settings).join("\n")).toMatch(
    /SLACK_BOT_TOKEN.*SLACK_APP_TOKEN.*SLACK_SIGNING_SECRET[\s\S]*DISCORD_TOKEN/,
  );
});

describe("wrong settings are one line each, with the remedy and without the value", () => {
  const secret = "hunter2-hunter2-hunter2";
  it.each([
    ["a port", { PORT: "80a" }, /^PORT: must be a number$/],
    ["a port too high", { PORT: "70000" }, /^PORT: must be 0 to 65535$/],
    ["another database", { DATABASE_URL: "mysql://u:hunter2@db/x" }, /^DATABASE_URL: must be postgres:/],
    ["an open address without a token", { HOST: "0.0.0.0" }, /^WEB_TOKEN: is required/],
    ["a short token", { WEB_TOKEN: "hunter2" }, /^WEB_TOKEN: must have at least 16/],
    ["half of Slack", { SLACK_BOT_TOKEN: `xoxb-${secret}` }, /^SLACK_BOT_TOKEN: needs SLACK_APP_TOKEN/],
    ["the other half", { SLACK_APP_TOKEN: `xapp-${secret}` }, /^SLACK_BOT_TOKEN: is missing/],
    ["Slack's tokens swapped", { SLACK_BOT_TOKEN: `xapp-${secret}` }, /^SLACK_BOT_TOKEN: must be the bot token/],
    ["a log level", { LOG_LEVEL: "loud" }, /^LOG_LEVEL: must be one of fatal, error/],
    ["retention", { RETENTION_DAYS: "-1" }, /^RETENTION_DAYS: must not be below 0$/],
    ["a short key", { TAG_KEY: "hunter2" }, /^TAG_KEY: must have at least 32/],
    ["a server's name", { DISCORD_GUILD_ID: "my server" }, /^DISCORD_GUILD_ID: must be a server's id/],
  ] as [string, Record<string, string>, RegExp][])("%s", (_, env, line) => {
    const lines = problems(env);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(line);
    expect(lines.join()).not.toContain("hunter2");
  });

  it("all at once", () => {
    expect(problems({ PORT: "x", LOG_LEVEL: "y", RETENTION_DAYS: "z" })).toHaveLength(3);
  });
});

it("who may is read from lists of ids", () => {
  const { slack, discord } = readSettings({
    SLACK_BOT_TOKEN: "xoxb-1",
    SLACK_APP_TOKEN: "xapp-1",
    SLACK_CHANNELS: "C1, C2",
    SLACK_GROUPS_CLOSE: "S1",
    DISCORD_TOKEN: "a-token-of-a-bot-long-enough",
    DISCORD_ROLES_START: "11,22,",
  });
  expect(slack?.access).toEqual({ places: ["C1", "C2"], groups: { close: ["S1"] } });
  expect(discord?.access).toEqual({ places: undefined, groups: { start: ["11", "22"] } });
});

it("knows which addresses only this machine reaches", () => {
  expect(["127.0.0.1", "127.9.9.9", "localhost", "::1"].map(isLoopback)).toEqual([true, true, true, true]);
  expect(["0.0.0.0", "::", "192.0.2.1", "127.0.0.1.example.net", "1127.0.0.1"].map(isLoopback)).toEqual(
    Array(5).fill(false),
  );
});
