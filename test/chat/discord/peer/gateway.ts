/** The gateway: HELLO, IDENTIFY, RESUME, heartbeats, dispatches to each session, and all the ways it breaks off. */
import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { type APIMessage, type APIThreadChannel, ChannelType, GatewayIntentBits, GatewayOpcodes } from "discord.js";
import { type WebSocket, WebSocketServer } from "ws";
import { z } from "zod";
import { asSeen } from "./messages.ts";
import { isThread, type World } from "./world.ts";

export interface GatewayRules {
  readonly token: string;
  /** Whether the message-content intent is on in the developer portal. */
  readonly mayReadAll: boolean;
  readonly shards: number;
  readonly heartbeatMs: number;
  /** Acknowledges heartbeats. */
  acks: boolean;
  startLimit: { total: number; remaining: number; reset_after: number; max_concurrency: number };
}

interface Session {
  readonly id: string;
  readonly intents: number;
  readonly shard: readonly [number, number];
  readonly sent: { readonly s: number; readonly text: string }[];
  seq: number;
  socket: WebSocket | undefined;
  /** Nothing reaches it any more, and it can't be resumed. */
  gone: boolean;
}

const Identify = z.object({
  token: z.string(),
  intents: z.int(),
  shard: z.tuple([z.int(), z.int()]).default([0, 1]),
  properties: z.object({ os: z.string(), browser: z.string(), device: z.string() }),
});
const Resume = z.object({ token: z.string(), session_id: z.string(), seq: z.int() });
const Frame = z.object({ op: z.int(), d: z.unknown() });
/** Bytes of one frame to the gateway; frames a minute. */
const MOST_BYTES = 4096;
const MOST_A_MINUTE = 120;

export class Gateway {
  readonly sessions: Session[] = [];
  /** Every IDENTIFY, with its intents and its shard. */
  readonly identified: { readonly intents: number; readonly shard: readonly [number, number] }[] = [];
  resumed = 0;
  private readonly sockets = new WebSocketServer({ noServer: true });
  private readonly world: World;
  readonly rules: GatewayRules;
  url = "";

  constructor(world: World, rules: GatewayRules) {
    this.world = world;
    this.rules = rules;
    world.dispatch = (type, data, guildId) => this.dispatch(type, data, guildId);
  }

  attach(server: Server): void {
    server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      const url = new URL(request.url ?? "/", "http://peer");
      if (url.searchParams.get("v") !== "10" || url.searchParams.get("encoding") !== "json")
        this.world.honesty.note(`the bot connects to ${request.url}; v=10 and encoding=json are spoken here`);
      this.sockets.handleUpgrade(request, socket, head, (ws) => this.greet(ws));
    });
  }

  /** What `break` names happens to every open session. */
  interrupt(how: "reconnect" | "invalid" | "invalid-resumable" | "cut" | "close-4000"): void {
    for (const session of this.sessions) {
      const { socket } = session;
      if (!socket) continue;
      if (how === "invalid") session.gone = true;
      if (how === "reconnect") socket.send(JSON.stringify({ op: 7, d: null, s: null, t: null }));
      else if (how === "cut") socket.terminate();
      else if (how === "close-4000") socket.close(4000);
      else socket.send(JSON.stringify({ op: 9, d: how === "invalid-resumable", s: null, t: null }));
      if (how !== "reconnect") session.socket = undefined;
    }
  }

  /** No session can be resumed any more: what happens until the next IDENTIFY is lost. */
  forgetSessions(): void {
    for (const session of this.sessions) session.gone = true;
  }

  isConnected(): boolean {
    return this.sessions.some(({ socket, gone }) => socket !== undefined && !gone);
  }

  close(): void {
    for (const socket of this.sockets.clients) socket.terminate();
    this.sockets.close();
  }

  private greet(ws: WebSocket): void {
    let session: Session | undefined;
    let frames = 0;
    const minute = setInterval(() => {
      frames = 0;
    }, 60_000);
    ws.send(JSON.stringify({ op: 10, d: { heartbeat_interval: this.rules.heartbeatMs }, s: null, t: null }));
    ws.on("close", () => {
      clearInterval(minute);
      if (session?.socket === ws) session.socket = undefined;
    });
    ws.on("message", (raw) => {
      const text = String(raw);
      frames += 1;
      if (text.length > MOST_BYTES || frames > MOST_A_MINUTE) {
        this.world.honesty.note("the bot sends too much to the gateway");
        return ws.close(4008);
      }
      const { op, d } = Frame.parse(JSON.parse(text));
      if (op === GatewayOpcodes.Heartbeat) {
        if (this.rules.acks) ws.send(JSON.stringify({ op: 11, d: null, s: null, t: null }));
      } else if (op === GatewayOpcodes.Identify) session = this.identify(ws, Identify.parse(d));
      else if (op === GatewayOpcodes.Resume) session = this.resume(ws, Resume.parse(d));
      else if (op !== GatewayOpcodes.PresenceUpdate) this.world.honesty.note(`the bot sends op ${op} to the gateway`);
    });
  }

  private identify(ws: WebSocket, { token, intents, shard }: z.infer<typeof Identify>): Session | undefined {
    this.identified.push({ intents, shard });
    this.rules.startLimit.remaining -= 1;
    if (token !== this.rules.token) return closed(ws, 4004, "Authentication failed.");
    if (!this.rules.mayReadAll && (intents & GatewayIntentBits.MessageContent) !== 0)
      return closed(ws, 4014, "Disallowed intent(s).");
    if (shard[1] < this.rules.shards) return closed(ws, 4011, "Sharding required.");
    const { bot, clock } = this.world;
    const session: Session = { id: `s${clock.id()}`, intents, shard, sent: [], seq: 0, socket: ws, gone: false };
    this.sessions.push(session);
    const guilds = [...this.world.guilds.values()].filter(({ id }) => isOf(session, id));
    this.send(session, "READY", {
      v: 10,
      user: { ...bot, verified: true, mfa_enabled: true, email: null },
      guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
      session_id: session.id,
      session_type: "normal",
      resume_gateway_url: this.url,
      application: { id: bot.id, flags: this.rules.mayReadAll ? 1 << 19 : 0 },
      shard,
    });
    for (const { id } of guilds) this.send(session, "GUILD_CREATE", this.guildCreate(id));
    return session;
  }

  private resume(ws: WebSocket, { token, session_id, seq }: z.infer<typeof Resume>): Session | undefined {
    if (token !== this.rules.token) return closed(ws, 4004, "Authentication failed.");
    const session = this.sessions.find(({ id, gone }) => id === session_id && !gone);
    if (!session || seq > session.seq) {
      ws.send(JSON.stringify({ op: 9, d: false, s: null, t: null }));
      return undefined;
    }
    session.socket = ws;
    this.resumed += 1;
    for (const { s, text } of session.sent) if (s > seq) ws.send(text);
    this.send(session, "RESUMED", { _trace: [] });
    return session;
  }

  private dispatch(type: string, data: object, guildId: string | undefined): void {
    for (const session of this.sessions) {
      if (session.gone || !isOf(session, guildId)) continue;
      if (!hears(session.intents, type, guildId)) continue;
      const isMessage = type === "MESSAGE_CREATE" || type === "MESSAGE_UPDATE";
      const mayReadAll = (session.intents & GatewayIntentBits.MessageContent) !== 0;
      this.send(session, type, isMessage ? asSeen(this.world, data as APIMessage, mayReadAll) : data);
    }
  }

  private send(session: Session, t: string, d: object): void {
    session.seq += 1;
    const text = JSON.stringify({ op: 0, s: session.seq, t, d });
    session.sent.push({ s: session.seq, text });
    session.socket?.send(text);
  }

  private guildCreate(id: string): object {
    const guild = this.world.guilds.get(id);
    if (!guild) throw new Error(`no server ${id}`);
    const channels = [...this.world.channels.values()].filter(
      (channel) => "guild_id" in channel && channel.guild_id === id,
    );
    const isActive = (thread: APIThreadChannel) => thread.thread_metadata?.archived !== true;
    const joined = (thread: APIThreadChannel) =>
      thread.type !== ChannelType.PrivateThread || this.world.threadMembers.get(thread.id)?.has(this.world.bot.id);
    const bot = this.world.honesty.sends("GuildMemberResponseSchema", guild.members.get(this.world.bot.id));
    for (const role of guild.roles) this.world.honesty.sends("GuildRoleResponseSchema", role);
    return {
      id,
      name: guild.name,
      owner_id: "1",
      roles: guild.roles,
      emojis: [],
      stickers: [],
      features: [],
      channels: channels.filter((channel) => !isThread(channel)),
      threads: channels.filter(isThread).filter(isActive).filter(joined),
      members: [bot],
      member_count: guild.members.size,
      joined_at: bot?.joined_at,
      large: false,
      unavailable: false,
      presences: [],
      voice_states: [],
      stage_instances: [],
      guild_scheduled_events: [],
      soundboard_sounds: [],
      preferred_locale: "en-US",
      afk_timeout: 300,
      premium_tier: 0,
      nsfw_level: 0,
      mfa_level: 0,
      verification_level: 0,
      default_message_notifications: 0,
      explicit_content_filter: 0,
      system_channel_flags: 0,
      premium_progress_bar_enabled: false,
    };
  }
}

function closed(ws: WebSocket, code: number, reason: string): undefined {
  ws.close(code, reason);
  return undefined;
}

/** Direct messages go to shard 0. */
function isOf({ shard: [shard, count] }: Session, guildId: string | undefined): boolean {
  return guildId === undefined ? shard === 0 : Number((BigInt(guildId) >> 22n) % BigInt(count)) === shard;
}

function hears(intents: number, type: string, guildId: string | undefined): boolean {
  if (type === "INTERACTION_CREATE") return true;
  if (type.startsWith("MESSAGE_"))
    return (
      (intents & (guildId === undefined ? GatewayIntentBits.DirectMessages : GatewayIntentBits.GuildMessages)) !== 0
    );
  return (intents & GatewayIntentBits.Guilds) !== 0;
}
