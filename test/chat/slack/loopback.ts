/** Slack and the bot beside each other, for a test file; and the ways in which a case is begun there. */
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { type SlackPeer, startSlackPeer } from "./peer/slack-peer.ts";
import { type SlackBot, type SlackBotOptions, startSlackBot } from "./slack-bot.ts";

export const ASHA = "UASHA";
export const BEN = "UBEN";
export const NET = "C0NET";
export const OPS = "C0OPS";
export const ESCALATIONS = "C0ESC";
export const SECRET_ROOM = "C0PRIV";

const CHANNELS = [
  { id: NET, name: "netops" },
  { id: OPS, name: "ops" },
  { id: ESCALATIONS, name: "escalations" },
  { id: SECRET_ROOM, name: "secret", isPrivate: true },
  ...Array.from({ length: 80 }, (_, number) => ({ id: `C0R${number}`, name: `room-${number}` })),
];

let rooms = 0;
/** A channel that no other test of the file has talked in: the bot keeps to a message a second in each. */
export function newRoom(): string {
  rooms += 1;
  return `C0R${(rooms - 1) % 80}`;
}

export interface Loopback {
  readonly peer: SlackPeer;
  readonly bot: SlackBot;
}

/** Starts both before the tests of a file or a block, and holds each test to what people must never see. */
export function loopback(mode: "socket" | "events", options: Partial<SlackBotOptions> = {}): Loopback {
  let peer: SlackPeer | undefined;
  let bot: SlackBot | undefined;
  beforeAll(async () => {
    peer = await startSlackPeer({ mode, users: [ASHA, BEN], channels: CHANNELS });
    const settings = { escalationChannel: ESCALATIONS, ...options.settings };
    bot = await startSlackBot({ ...options, apiUrl: peer.apiUrl, mode, settings });
    if (bot.requestUrl !== undefined) peer.requestUrls.push(bot.requestUrl);
  });
  afterAll(async () => {
    await bot?.stop();
    await peer?.close();
  });
  afterEach(() => {
    if (peer === undefined) return;
    const failures = [...peer.web.refusals, ...peer.seenFailing, ...peer.lost];
    peer.web.rules.length = 0;
    for (const list of [peer.web.refusals, peer.seenFailing, peer.lost]) list.length = 0;
    expect(failures).toEqual([]);
  });
  const there = <T>(one: T | undefined): T => {
    if (one === undefined) throw new Error("not started");
    return one;
  };
  return {
    get peer() {
      return there(peer);
    },
    get bot() {
      return there(bot);
    },
  };
}

/** A form's field, filled in as Slack sends it. */
export const chose = (id: string, value: string) => ({ [id]: { [id]: { selected_option: { value } } } });
export const wrote = (id: string, value: string) => ({ [id]: { [id]: { value } } });

/** Begins a case by the command and its form. @returns its thread */
export async function beginCase(
  { peer }: Loopback,
  { channel = newRoom(), user = ASHA, peerAddress = "198.51.100.7" } = {},
): Promise<{ readonly channel: string; readonly thread: string }> {
  const { people, web } = peer;
  const before = new Set((await people.messages(channel)).map(({ ts }) => ts));
  await people.command(channel, user, "");
  const fields = {
    ...chose("symptom", "tunnel-down"),
    ...chose("platform", "cisco-ios"),
    ...wrote("peer", peerAddress),
  };
  expect(await people.submit(user, fields)).toBeUndefined();
  for (let tried = 0; tried < 300; tried += 1) {
    const asked = (await people.messages(channel)).find(
      ({ ts, blocks }) => !before.has(ts) && JSON.stringify(blocks).includes("show crypto isakmp sa"),
    );
    if (asked?.thread_ts !== undefined) return { channel, thread: asked.thread_ts };
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`no case was begun; the last calls: ${web.calls.slice(-5).map(({ method }) => method)}`);
}

export const STUCK = `HUB#show crypto isakmp sa
IPv4 Crypto ISAKMP SA
dst             src             state          conn-id status
198.51.100.7    203.0.113.1     MM_NO_STATE          0 ACTIVE (deleted)

IPv6 Crypto ISAKMP SA

HUB#`;

export const REFUSED = `PUNE#show logging
*Nov 26 02:40:01.100: ISAKMP:(0):Checking ISAKMP transform 1 against priority 10 policy
*Nov 26 02:40:01.100: ISAKMP:      encryption AES-CBC
*Nov 26 02:40:01.100: ISAKMP:      keylength of 128
*Nov 26 02:40:01.100: ISAKMP:      hash SHA
*Nov 26 02:40:01.100: ISAKMP:      default group 2
*Nov 26 02:40:01.100: ISAKMP:      auth pre-share
*Nov 26 02:40:01.104: ISAKMP:(0):Encryption algorithm offered does not match policy!
*Nov 26 02:40:01.104: ISAKMP:(0):atts are not acceptable. Next payload is 0
*Nov 26 02:40:01.108: ISAKMP:(0):no offers accepted!
*Nov 26 02:40:01.108: ISAKMP:(0): phase 1 SA policy not acceptable! (local 198.51.100.7 remote 203.0.113.1)
PUNE#`;

export const WITH_KEY = `HUB#show running-config | section crypto
crypto isakmp policy 10
 encr aes
 authentication pre-share
 group 2
crypto isakmp key Sup3rS3cret! address 198.51.100.7
HUB#`;
