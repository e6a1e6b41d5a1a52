/** The application itself: its flags, where the gateway is, its commands. */
import type { APIApplicationCommand } from "discord.js";
import { z } from "zod";
import { accept } from "./accept.ts";
import type { Gateway } from "./gateway.ts";
import { Refusal, type Route } from "./rest.ts";
import type { World } from "./world.ts";

/** GATEWAY_MESSAGE_CONTENT_LIMITED: the intent is on in the developer portal, for a bot in few servers. */
const MAY_READ_ALL = 1 << 19;
/** Characters of names, descriptions and values of one command. */
const MOST_IN_COMMAND = 8000;

export class Commands {
  /** By server, "" for everywhere. */
  readonly registered = new Map<string, readonly APIApplicationCommand[]>();

  for(guildId: string | undefined): readonly APIApplicationCommand[] {
    const everywhere = this.registered.get("") ?? [];
    return guildId === undefined ? everywhere : [...(this.registered.get(guildId) ?? []), ...everywhere];
  }
}

export function applicationRoutes(world: World, gateway: Gateway, commands: Commands, mayReadAll: boolean): Route[] {
  const register = (guildId: string, body: unknown): readonly APIApplicationCommand[] => {
    const list = z.array(z.record(z.string(), z.unknown())).parse(body);
    const made = list.map((command) => {
      accept(world, "ApplicationCommandUpdateRequestSchema", command);
      if (textOf(command) > MOST_IN_COMMAND) throw new Refusal(400, 50035, "Invalid Form Body: command is too large");
      const shape = {
        description: "",
        type: 1,
        default_member_permissions: null,
        ...command,
        id: world.clock.id(),
        application_id: world.bot.id,
        version: world.clock.id(),
        ...(guildId !== "" && { guild_id: guildId }),
      };
      return world.honesty.sends("ApplicationCommandResponseSchema", shape) as unknown as APIApplicationCommand;
    });
    commands.registered.set(guildId, made);
    return made;
  };
  return [
    {
      method: "GET",
      path: /^\/gateway\/bot$/,
      needsToken: true,
      answer: () =>
        world.honesty.sends("GatewayBotResponseSchema", {
          url: gateway.url,
          shards: gateway.rules.shards,
          session_start_limit: gateway.rules.startLimit,
        }),
    },
    {
      method: "GET",
      path: /^\/applications\/@me$/,
      needsToken: true,
      answer: () => world.honesty.sends("PrivateApplicationResponseSchema", application(world, mayReadAll)),
    },
    {
      method: "PUT",
      path: /^\/applications\/(\d+)\/commands$/,
      needsToken: true,
      answer: ({ params: [id], body }) => register(own(world, id, ""), body) as unknown as object,
    },
    {
      method: "PUT",
      path: /^\/applications\/(\d+)\/guilds\/(\d+)\/commands$/,
      needsToken: true,
      answer({ params: [id, guildId = ""], body }) {
        if (!world.guilds.has(guildId)) throw new Refusal(403, 50001, "Missing Access");
        return register(own(world, id, guildId), body) as unknown as object;
      },
    },
  ];
}

function own<T>(world: World, id: string | undefined, value: T): T {
  if (id !== world.bot.id)
    throw new Refusal(403, 20012, "You are not authorized to perform this action on this application");
  return value;
}

function textOf(value: unknown, key = ""): number {
  if (typeof value === "string") return ["name", "description", "value"].includes(key) ? value.length : 0;
  if (typeof value !== "object" || value === null) return 0;
  return Object.entries(value).reduce((sum, [name, item]) => sum + textOf(item, name), 0);
}

function application(world: World, mayReadAll: boolean): object {
  return {
    id: world.bot.id,
    name: "TunnelMedic",
    icon: null,
    description: "",
    type: null,
    flags: mayReadAll ? MAY_READ_ALL : 0,
    flags_new: mayReadAll ? String(MAY_READ_ALL) : "0",
    verify_key: "0".repeat(64),
    bot: world.bot,
    bot_public: false,
    bot_require_code_grant: false,
    redirect_uris: [],
    interactions_endpoint_url: null,
    role_connections_verification_url: null,
    owner: { ...world.bot, bot: false },
    approximate_guild_count: world.guilds.size,
    approximate_user_install_count: 0,
    approximate_user_authorization_count: 0,
    explicit_content_filter: 0,
    team: null,
    eligible_oauth2_scopes: ["bot", "applications.commands"],
  };
}
