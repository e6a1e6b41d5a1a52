/** Discord: heard over the gateway by one process at a time, sent over REST by any. */
import {
  type APIApplication,
  ApplicationFlags,
  type REST,
  type RESTPutAPIApplicationCommandsJSONBody,
  Routes,
} from "discord.js";
import { type Chat, NotReachable } from "../../domain/chat.ts";
import { createRest, meaningOf } from "./api.ts";
import { catchUp } from "./catch-up.ts";
import { COMMANDS } from "./commands.ts";
import { Desk } from "./desk.ts";
import { createGateway } from "./gateway.ts";
import type { Me } from "./hear.ts";
import { onInteraction } from "./on-interaction.ts";
import { createMessageHearing } from "./on-message.ts";
import { CHAT } from "./place.ts";
import { createQuestions } from "./questions.ts";
import { createSender } from "./send.ts";
import type { DiscordTools } from "./settings.ts";

/** @throws Error with one line that says what to change, where Discord refuses the token */
export async function createDiscordChat(tools: DiscordTools): Promise<Chat> {
  const { settings, log, cases } = tools;
  const rest = createRest(settings);
  const application = await whoWeAre(rest);
  const me: Me = { id: application.bot?.id ?? application.id, roleIn: (guildId) => gateway.roleIn(guildId) };
  const desk = new Desk({ ...tools, rest, me });
  const questions = createQuestions(rest, log);
  const hearing = createMessageHearing(desk, {
    get readsAll() {
      return gateway.readsAll;
    },
    isThread: (channelId) => gateway.isThread(channelId),
  });
  const interactions = new Set<Promise<void>>();
  const gateway = createGateway({
    ...tools,
    rest,
    mayReadAll: ((application.flags ?? 0) & READS_CONTENT) !== 0,
    hears: {
      interaction(interaction) {
        const work = onInteraction(desk, interaction).finally(() => interactions.delete(work));
        interactions.add(work);
      },
      created: (message) => hearing.created(message),
      edited: (message) => hearing.edited(message),
      deleted: (...which) => hearing.deleted(...which),
      began: ([shard, shards]) =>
        catchUp({ cases, log, rest, hearing }, (guildId) => shardOf(guildId, shards) === shard),
    },
    connected: () => register(rest, application.id, settings.guildId),
  });
  return {
    sender: createSender({ ...tools, rest, questions, leftThreads: desk.leftThreads }),
    start: () => gateway.start(),
    async stopHearing() {
      await gateway.stop();
      await Promise.all(interactions);
      await hearing.stop();
    },
    async close() {
      questions.stop();
      rest.clearHashSweeper();
      rest.clearHandlerSweeper();
      log.info({ chat: CHAT }, "Discord is off");
    },
  };
}

const READS_CONTENT = ApplicationFlags.GatewayMessageContent | ApplicationFlags.GatewayMessageContentLimited;

/** Direct messages are shard 0's; servers go by their id (events/gateway). */
function shardOf(guildId: string | undefined, shards: number): number {
  return guildId === undefined ? 0 : Number((BigInt(guildId) >> 22n) % BigInt(shards));
}

async function whoWeAre(rest: REST): Promise<APIApplication> {
  try {
    return (await rest.get(Routes.currentApplication())) as APIApplication;
  } catch (error) {
    const status = error instanceof Error && "status" in error ? error.status : undefined;
    if (status === 401)
      throw new Error(
        "DISCORD_TOKEN: Discord does not know it; copy the token of the Bot page of the developer portal",
      );
    throw new NotReachable("Discord can't be reached; check the network, and DISCORD_API_URL where it is set");
  }
}

/** Registering the same commands again changes nothing. @throws Error with what to change */
async function register(rest: REST, app: string, guildId: string | undefined): Promise<void> {
  const body: RESTPutAPIApplicationCommandsJSONBody = COMMANDS;
  try {
    if (guildId === undefined) await rest.put(Routes.applicationCommands(app), { body });
    else await rest.put(Routes.applicationGuildCommands(app, guildId), { body });
  } catch (error) {
    if (meaningOf(error) === "may not")
      throw new Error(
        "DISCORD_GUILD_ID: the bot is not in that server; invite it first, with the scopes bot and applications.commands",
      );
    throw error;
  }
}
