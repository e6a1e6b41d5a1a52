import type { APIMessage } from "discord.js";
import { afterEach, describe, expect, it } from "vitest";
import { answer, quiet, readable, Stage, saidBy, threadAfter } from "./running.ts";
import { until } from "./until.ts";

const stage = new Stage();
afterEach(() => stage.clear());

const STUCK = `HUB#show crypto isakmp sa
IPv4 Crypto ISAKMP SA
dst             src             state          conn-id status
198.51.100.7    203.0.113.1     MM_NO_STATE          0 ACTIVE (deleted)

IPv6 Crypto ISAKMP SA

HUB#`;
const LOG = `PUNE#show logging
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

function last(messages: readonly APIMessage[]): APIMessage {
  const found = messages.at(-1);
  if (!found) throw new Error("nothing was said");
  return found;
}

describe("a case in Discord", () => {
  it("begins with /ipsec start, lives in a thread, and is led by buttons to the verdict", async () => {
    const peer = await stage.peer();
    const { here } = await stage.bot(peer);
    const asha = peer.person("Asha");
    const started = asha.command(peer.channel.id, "ipsec", "start");
    await started.answered;
    const thread = await threadAfter(peer, 0);
    const [question] = await answer(peer, thread, 0, "What do you see?");
    expect(started.message?.id).toBe(thread);
    asha.choose(last([question as APIMessage]), "The tunnel is down");
    const which = await answer(peer, thread, 1, "Which box are you on?");
    asha.choose(last(which), "Cisco IOS or IOS-XE");
    await answer(peer, thread, 2, "show crypto isakmp sa");
    asha.say(thread, STUCK);
    await answer(peer, thread, 3, "Read from HUB");
    asha.say(thread, LOG);
    const verdict = await answer(peer, thread, 4, "confirmed");
    expect(readable(last(verdict))).toMatch(/```\nconfigure terminal\ncrypto isakmp policy/);
    await until(() => readable(started.message as APIMessage).includes("confirmed"));
    const status = readable(started.message as APIMessage);
    expect(status).toContain("Symptom: The tunnel is down");
    expect(status).toContain("Whose: Asha");
    expect(peer.world.thread(thread)?.name).toMatch(/^[0-9A-Z]{4,7} · /);
    await quiet(here.store);
    expect(saidBy(peer, peer.channel.id)).toHaveLength(1);
    expect(peer.problems()).toEqual([]);
  });
});
