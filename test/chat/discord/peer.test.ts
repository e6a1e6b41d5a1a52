import { Client, Events, GatewayIntentBits, Partials, REST, Routes } from "discord.js";
import { afterEach, describe, expect, it } from "vitest";
import { type DiscordPeer, type PeerOptions, startDiscordPeer } from "./peer/peer.ts";
import { until } from "./until.ts";

const INTENTS = [
  GatewayIntentBits.Guilds,
  GatewayIntentBits.GuildMessages,
  GatewayIntentBits.DirectMessages,
  GatewayIntentBits.MessageContent,
];
const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

async function start(options: PeerOptions = {}): Promise<DiscordPeer> {
  const peer = await startDiscordPeer(options);
  open.push(() => peer.close());
  return peer;
}

async function connect(peer: DiscordPeer, intents = INTENTS, shards: "auto" | number = "auto"): Promise<Client> {
  const client = new Client({
    intents,
    shards,
    partials: [Partials.Channel, Partials.Message],
    rest: { api: peer.apiUrl, retries: 1, timeout: 5_000 },
    enforceNonce: true,
  });
  client.on(Events.Error, () => {});
  open.push(() => client.destroy());
  const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(peer.token);
  await ready;
  return client;
}

function rest(peer: DiscordPeer): REST {
  return new REST({ api: peer.apiUrl, retries: 1 }).setToken(peer.token);
}

describe("discord.js takes the peer for Discord", () => {
  it("logs in, hears and answers; nothing is out of the schemas", async () => {
    const peer = await start();
    const asha = peer.person("Asha");
    const client = await connect(peer);
    client.on(Events.MessageCreate, (message) => {
      if (!message.author.bot) void message.reply("pong");
    });
    asha.say(peer.channel.id, "ping");
    await until(() => peer.shown(peer.channel.id).at(-1)?.content === "pong");
    expect(client.guilds.cache.first()?.name).toBe("netops");
    expect(peer.problems()).toEqual([]);
  });

  it("notices an unknown route, and text that is too long", async () => {
    const peer = await start();
    await expect(rest(peer).get("/nowhere")).rejects.toThrow("404");
    const post = rest(peer).post(Routes.channelMessages(peer.channel.id), { body: { content: "x".repeat(2001) } });
    await expect(post).rejects.toThrow("Invalid Form Body");
    expect(peer.problems()).toEqual([
      "unknown route: GET /nowhere",
      "the bot sends what Discord refuses: content is longer than 2000",
    ]);
  });

  it("says the same message once when its nonce is enforced", async () => {
    const peer = await start();
    const body = { content: "once", nonce: "n1", enforce_nonce: true };
    for (let i = 0; i < 3; i += 1) await rest(peer).post(Routes.channelMessages(peer.channel.id), { body });
    expect(peer.shown(peer.channel.id)).toHaveLength(1);
    peer.world.clock.pass(10 * 60_000);
    await rest(peer).post(Routes.channelMessages(peer.channel.id), { body });
    expect(peer.shown(peer.channel.id)).toHaveLength(2);
  });

  it.each([
    ["429 for this bot", { type: "429", scope: "user", afterMs: 300 }, 300],
    ["429 for everything", { type: "429", scope: "global", afterMs: 500 }, 1000],
  ] as const)("waits out a %s", async (_, does, atLeast) => {
    const peer = await start();
    peer.rest.faults.push({ path: /messages$/, does });
    const began = Date.now();
    await rest(peer).post(Routes.channelMessages(peer.channel.id), { body: { content: "later" } });
    expect(Date.now() - began).toBeGreaterThanOrEqual(atLeast - 20);
    expect(peer.shown(peer.channel.id)).toHaveLength(1);
  });

  it.each(["reconnect", "cut", "close-4000", "invalid-resumable"] as const)(
    "resumes after %s, and gets what happened meanwhile",
    async (how) => {
      const peer = await start();
      const asha = peer.person("Asha");
      const client = await connect(peer);
      const heard: string[] = [];
      client.on(Events.MessageCreate, ({ content }) => void heard.push(content));
      peer.gateway.interrupt(how);
      asha.say(peer.channel.id, "meanwhile");
      await until(() => heard.length > 0 && peer.gateway.resumed === 1, 15_000);
      expect(heard).toEqual(["meanwhile"]);
    },
  );

  it("identifies anew after op 9 false, and what happened between is lost", async () => {
    const peer = await start();
    const asha = peer.person("Asha");
    const client = await connect(peer);
    const heard: string[] = [];
    client.on(Events.MessageCreate, ({ content }) => void heard.push(content));
    peer.gateway.interrupt("invalid");
    asha.say(peer.channel.id, "lost");
    await until(() => peer.gateway.identified.length === 2 && peer.gateway.isConnected(), 15_000);
    asha.say(peer.channel.id, "heard");
    await until(() => heard.length > 0);
    expect(heard).toEqual(["heard"]);
  });

  it("withholds what the bot may not read, unless it is mentioned", async () => {
    const peer = await start({ mayReadAll: false });
    const asha = peer.person("Asha");
    const client = await connect(peer, INTENTS.slice(0, 3));
    const heard: string[] = [];
    client.on(Events.MessageCreate, ({ content }) => void heard.push(content));
    asha.say(peer.channel.id, "for all");
    asha.say(peer.channel.id, `<@${client.user?.id}> for you`);
    await until(() => heard.length === 2);
    expect(heard).toEqual(["", `<@${client.user?.id}> for you`]);
  });

  it("refuses an intent that is not on, a wrong token and too few shards", async () => {
    const peer = await start({ mayReadAll: false, shards: 2 });
    await expect(connect(peer)).rejects.toThrow("disallowed intents");
    await expect(connect(peer, INTENTS.slice(0, 3), 1)).rejects.toThrow();
    const client = new Client({ intents: [], rest: { api: peer.apiUrl } });
    await expect(client.login("wrong.token.of-nobody")).rejects.toThrow("token");
  });

  it("runs in two shards where Discord asks for two", async () => {
    const peer = await start({ shards: 2 });
    const client = await connect(peer);
    expect(client.ws.shards.size).toBe(2);
    expect(peer.gateway.identified.map(({ shard }) => shard)).toEqual([
      [0, 2],
      [1, 2],
    ]);
  });

  it("archives a thread that is quiet for too long; writing reopens it, unless it is locked", async () => {
    const peer = await start();
    const asha = peer.person("Asha");
    const message = asha.say(peer.channel.id, "a case");
    const api = rest(peer);
    await api.post(Routes.threads(peer.channel.id, message.id), { body: { name: "t", auto_archive_duration: 60 } });
    const again = api.post(Routes.threads(peer.channel.id, message.id), { body: { name: "t" } });
    await expect(again).rejects.toMatchObject({ code: 160004 });
    peer.world.clock.pass(61 * 60_000);
    peer.world.archiveQuietThreads();
    const thread = peer.world.thread(message.id);
    expect(thread?.thread_metadata?.archived).toBe(true);
    await api.post(Routes.channelMessages(message.id), { body: { content: "still there?" } });
    expect(thread?.thread_metadata?.archived).toBe(false);
    if (thread) peer.world.changeThread(thread, { archived: true, locked: true });
    const locked = api.post(Routes.channelMessages(message.id), { body: { content: "and now?" } });
    await expect(locked).rejects.toMatchObject({ code: 50083 });
  });

  it("lets an attachment's URL run out, and gives a new one with the message", async () => {
    const peer = await start();
    const asha = peer.person("Asha");
    const message = asha.say(peer.channel.id, "x".repeat(3000));
    expect(message.content).toBe("");
    const url = message.attachments[0]?.url ?? "";
    expect(await (await fetch(url)).text()).toBe("x".repeat(3000));
    peer.world.clock.pass(25 * 3_600_000);
    expect((await fetch(url)).status).toBe(404);
    await rest(peer).get(Routes.channelMessage(peer.channel.id, message.id));
    expect((await fetch(url)).status).toBe(200);
  });
});

describe("an interaction", () => {
  const command = { name: "ipsec", description: "x", options: [{ type: 1, name: "help", description: "x" }] };
  async function registered() {
    const peer = await start();
    const client = await connect(peer);
    await client.application?.commands.set([command]);
    return { peer, client, asha: peer.person("Asha") };
  }

  it("is answered within three seconds, or the person sees that it failed", async () => {
    const { peer, client, asha } = await registered();
    client.once(Events.InteractionCreate, (one) => {
      if (one.isChatInputCommand()) void one.reply("here");
    });
    const answered = asha.command(peer.channel.id, "ipsec", "help");
    await answered.answered;
    expect(answered.text()).toContain("here");
    const silent = asha.command(peer.channel.id, "ipsec", "help");
    await silent.answered;
    expect(silent.text()).toBe("The application did not respond");
  });

  it("can't be answered twice, nor after three seconds, nor edited after fifteen minutes", async () => {
    const { peer, client, asha } = await registered();
    const given: { id: string; token: string }[] = [];
    client.on(Events.InteractionCreate, ({ id, token }) => void given.push({ id, token }));
    const api = rest(peer);
    const answer = ({ id, token }: { id: string; token: string }) =>
      api.post(Routes.interactionCallback(id, token), { auth: false, body: { type: 5 } });
    asha.command(peer.channel.id, "ipsec", "help");
    await until(() => given.length === 1);
    const [first = { id: "", token: "" }] = given;
    await answer(first);
    await expect(answer(first)).rejects.toMatchObject({ code: 40060 });
    const edit = () =>
      api.patch(Routes.webhookMessage(client.user?.id ?? "", first.token), { auth: false, body: { content: "done" } });
    await edit();
    expect(peer.shown(peer.channel.id)).toMatchObject([{ content: "done", flags: 0 }]);
    peer.world.clock.pass(15 * 60_000);
    await expect(edit()).rejects.toMatchObject({ code: 50027 });
    expect(peer.problems()).toEqual([]);
  });
});
