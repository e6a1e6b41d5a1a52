/** A Discord of our own on loopback: gateway, REST, attachments, and people. Every payload is checked. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { APIMessage, APITextChannel } from "discord.js";
import { Gateway } from "./gateway.ts";
import { Honesty } from "./honesty.ts";
import { Interactions } from "./interactions.ts";
import { Person } from "./people.ts";
import { Rest } from "./rest.ts";
import { applicationRoutes, Commands } from "./routes-application.ts";
import { channelRoutes } from "./routes-channels.ts";
import { interactionRoutes } from "./routes-interactions.ts";
import { messageRoutes } from "./routes-messages.ts";
import { type Guild, World } from "./world.ts";

export interface PeerOptions {
  /** Whether the message-content intent is on; yes where not said. */
  readonly mayReadAll?: boolean;
  /** Whether the developer portal says so; as it is where not said. */
  readonly saysItMayReadAll?: boolean;
  readonly shards?: number;
  readonly heartbeatMs?: number;
  /** Sessions that may still be begun today, of 1000. */
  readonly startsLeft?: number;
}

export interface DiscordPeer {
  /** For DISCORD_API_URL and DISCORD_TOKEN. */
  readonly apiUrl: string;
  readonly token: string;
  readonly world: World;
  readonly gateway: Gateway;
  readonly rest: Rest;
  readonly interactions: Interactions;
  readonly commands: Commands;
  /** One server with one channel, to begin with. */
  readonly guild: Guild;
  readonly channel: APITextChannel;
  person(name: string, roles?: readonly string[], guild?: Guild): Person;
  /** What people see in a channel, oldest first. */
  shown(channelId: string): readonly APIMessage[];
  problems(): readonly string[];
  close(): Promise<void>;
}

export async function startDiscordPeer(options: PeerOptions = {}): Promise<DiscordPeer> {
  const {
    mayReadAll = true,
    saysItMayReadAll = mayReadAll,
    shards = 1,
    heartbeatMs = 41_250,
    startsLeft = 1000,
  } = options;
  const token = `MTA0.${"x".repeat(6)}.${"peer-token-of-no-account-at-all"}`;
  const honesty = new Honesty();
  const world = new World(honesty);
  const startLimit = { total: 1000, remaining: startsLeft, reset_after: 3_600_000, max_concurrency: 1 };
  const gateway = new Gateway(world, { token, mayReadAll, shards, heartbeatMs, acks: true, startLimit });
  const interactions = new Interactions(world);
  const commands = new Commands();
  const rest = new Rest(world, token, [
    ...applicationRoutes(world, gateway, commands, saysItMayReadAll),
    ...channelRoutes(world),
    ...messageRoutes(world, mayReadAll),
    ...interactionRoutes(interactions),
  ]);
  const server = createServer((request, response) => void rest.handle(request, response));
  gateway.attach(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  world.origin = `http://127.0.0.1:${port}`;
  gateway.url = `ws://127.0.0.1:${port}`;
  const guild = world.addGuild("netops");
  const channel = world.addChannel(guild, "vpn");
  return {
    apiUrl: `${world.origin}/api`,
    token,
    world,
    gateway,
    rest,
    interactions,
    commands,
    guild,
    channel,
    person(name, roles = [], of = guild) {
      const user = world.addUser(name);
      world.join(of, user, roles);
      return new Person(user, world, interactions, commands);
    },
    shown: (channelId) => world.messagesIn(channelId),
    problems: () => honesty.problems,
    async close() {
      gateway.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
