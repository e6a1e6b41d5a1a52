/** "This peer had this before, and what fixed it": told once, in its workspace only, and never of a case that is gone. */
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { startDelivering } from "../../src/bot/deliver.ts";
import { renderTerminal } from "../../src/chat/terminal/render.ts";
import type { Outgoing, Sender } from "../../src/domain/chat.ts";
import type { Content, Inbound, Place } from "../../src/domain/inbound.ts";
import { type Assembled, assemble, inbound } from "./assembled.ts";

const CONFIGURATION = (own: string, peer: string, encryption: string, host: string) => `${host}#show running-config
hostname ${host}
crypto isakmp policy 10
 encr ${encryption}
 authentication pre-share
 group 14
crypto isakmp key SAME-ON-BOTH address ${peer}
crypto ipsec transform-set TS esp-aes esp-sha-hmac
crypto map CM 10 ipsec-isakmp
 set peer ${peer}
 set transform-set TS
 match address VPN
interface GigabitEthernet0/0
 ip address ${own} 255.255.255.0
 crypto map CM
${host}#`;
const HUB = CONFIGURATION("203.0.113.1", "198.51.100.7", "aes 256", "HUB");
const PUNE = CONFIGURATION("198.51.100.7", "203.0.113.1", "3des", "PUNE");
const IKE_UP = `HUB#show crypto isakmp sa
IPv4 Crypto ISAKMP SA
dst             src             state          conn-id status
198.51.100.7    203.0.113.1     QM_IDLE           1019 ACTIVE

IPv6 Crypto ISAKMP SA

HUB#`;
const COUNTING = `HUB#show crypto ipsec sa peer 198.51.100.7

interface: GigabitEthernet0/0
    Crypto map tag: CM, local addr 203.0.113.1

   protected vrf: (none)
   local  ident (addr/mask/prot/port): (10.1.0.0/255.255.0.0/0/0)
   remote ident (addr/mask/prot/port): (10.9.0.0/255.255.0.0/0/0)
   current_peer 198.51.100.7 port 500
     PERMIT, flags={origin_is_acl,}
    #pkts encaps: 1180, #pkts encrypt: 1180, #pkts digest: 1180
    #pkts decaps: 1175, #pkts decrypt: 1175, #pkts verify: 1175
    #pkts compressed: 0, #pkts decompressed: 0
    #pkts not compressed: 0, #pkts compr. failed: 0
    #pkts not decompressed: 0, #pkts decompress failed: 0
    #send errors 0, #recv errors 0

     local crypto endpt.: 203.0.113.1, remote crypto endpt.: 198.51.100.7
     path mtu 1500, ip mtu 1500, ip mtu idb GigabitEthernet0/0
     current outbound spi: 0x8BDBBA86(2346433158)
     PFS (Y/N): N, DH group: none

     inbound esp sas:
      spi: 0x3A1B2C4D(974859341)
        transform: esp-aes esp-sha-hmac ,
        in use settings ={Tunnel, }
        conn id: 1, flow_id: SW:1, sibling_flags 80000046, crypto map: CM
        sa timing: remaining key lifetime (k/sec): (4608000/3500)
        Status: ACTIVE(ACTIVE)

     outbound esp sas:
      spi: 0x8BDBBA86(2346433158)
        transform: esp-aes esp-sha-hmac ,
        in use settings ={Tunnel, }
        conn id: 2, flow_id: SW:2, sibling_flags 80000046, crypto map: CM
        sa timing: remaining key lifetime (k/sec): (4608000/3500)
        Status: ACTIVE(ACTIVE)
HUB#`;

let here: Assembled;
beforeEach(async () => {
  here = await assemble({ sends: (chat) => chat === "slack" });
});
afterEach(() => here.close());

const at = (thread: string, workspace = "T1"): Place => ({ chat: "slack", workspace, thread });
async function say(place: Place, content: Content, more: Partial<Inbound> = {}) {
  const heard = await here.bot.hear(inbound(place, content, more));
  if (heard.outcome !== "taken") throw new Error(heard.outcome);
  return heard;
}
const pasted = (text: string, message?: string): Content => ({ type: "said", text, message });

/** A case from its first word to the tunnel that works. */
async function mended(place: Place): Promise<string> {
  await say(place, { type: "opened", symptom: "tunnel-down" });
  await say(place, pasted(HUB));
  const { caseId } = await say(place, pasted(PUNE));
  await say(place, { type: "chose", choice: "done" });
  await say(place, pasted(IKE_UP));
  await say(place, pasted(COUNTING));
  return caseId;
}

/** What was sent, as it was sent. */
async function sent(isOpenTo?: Sender["isOpenTo"]): Promise<string[]> {
  const all: Outgoing[] = [];
  const sender: Sender = {
    chat: "slack",
    send: async (outgoing) => {
      all.push(outgoing);
      return `${all.length}`;
    },
    ...(isOpenTo && { isOpenTo }),
  };
  const deliverer = startDelivering({ store: here.store, senders: [sender], owner: "me" });
  await vi.waitFor(async () => expect((await here.store.outbox()).waiting).toBe(0), { timeout: 10_000 });
  await deliverer.stop(5_000);
  await sleep(1);
  return all.flatMap(({ body }) =>
    body.type === "reply" ? [renderTerminal(body.reply, { colours: false, width: 400 })] : [],
  );
}

const told = (texts: readonly string[]) => texts.join("\n").match(/This peer had a case before: .*/g) ?? [];

describe("a peer that had cases before", () => {
  it("keeps of a mended case what was found, what was changed, and when it was seen to work", async () => {
    const id = await mended(at("C1/1"));
    const { summary, openedAt } = (await here.store.caseById(id)) ?? {};
    expect(summary).toMatchObject({
      verdict: "healthy",
      cause: "ike-policy-mismatch",
      peer: "198.51.100.7",
      own: "203.0.113.1",
      fix: expect.stringMatching(/PUNE|HUB/),
      asked: undefined,
    });
    expect(summary?.title).toContain("policies");
    expect(summary?.foundAt).toBe((openedAt ?? 0) + 2 * 60_000);
    expect(summary?.fixedAt).toBe((openedAt ?? 0) + 5 * 60_000);
  });

  it("says so once, with the case, the cause, what fixed it and when; and again only for the same cause", async () => {
    const id = await mended(at("C1/1"));
    await sent();
    await say(at("C2/2"), { type: "opened", symptom: "tunnel-down", peer: "198.51.100.7" });
    await say(at("C2/2"), { type: "chose", choice: "platform:cisco-ios" });
    const texts = await sent();
    expect(told(texts)).toHaveLength(1);
    expect(told(texts)[0]).toMatch(
      new RegExp(`${id}, \\d+ Sep 2026: The IKE policies .*; what fixed it, seen to work \\d+ Sep 2026: `),
    );
    await say(at("C2/2"), pasted(HUB));
    expect(told(await sent()), "nothing new").toEqual([]);
    await say(at("C2/2"), pasted(PUNE));
    expect(told(await sent()), "the same cause again").toHaveLength(1);
  });

  it("says so of the tunnel told from its other end", async () => {
    const id = await mended(at("C1/1"));
    await sent();
    await say(at("C2/2"), { type: "opened", text: PUNE });
    expect(told(await sent()).join()).toContain(id);
  });

  it("says nothing of another workspace, of a place that is closed to this one, of a case that is gone", async () => {
    const id = await mended(at("C1/1"));
    await sent();
    await say(at("C2/2", "T2"), { type: "opened", peer: "198.51.100.7" });
    expect(told(await sent())).toEqual([]);
    await say(at("C3/3"), { type: "opened", peer: "198.51.100.7" });
    const asked: string[] = [];
    const isOpenTo = async (place: Place, where: Place) => {
      asked.push(`${place.thread} at ${where.thread}`);
      return false;
    };
    expect(told(await sent(isOpenTo))).toEqual([]);
    expect(asked).toEqual(["C1/1 at C3/3"]);
    await say(at("C4/4"), { type: "opened", peer: "198.51.100.7" });
    await say(at("C1/1"), { type: "closed" });
    await here.store.purge({ closedBefore: Date.now() + 1, seenBefore: 0 });
    expect(await here.store.caseById(id)).toBeUndefined();
    expect(told(await sent()), "it went while the reply waited").toEqual([]);
  });

  it("keeps nothing of the earlier case in the later one but its id", async () => {
    const id = await mended(at("C1/1"));
    const { caseId } = await say(at("C2/2"), { type: "opened", peer: "198.51.100.7" });
    expect(JSON.stringify(await here.store.turns(caseId))).not.toMatch(new RegExp(`${id}|had a case before`));
    const { fix } = (await here.store.caseById(id))?.summary ?? {};
    const waiting = await here.store.claim({ owner: "x", ms: 1 }, ["slack"], 100);
    const ofLater = JSON.stringify(waiting.filter((row) => row.caseId === caseId));
    expect(ofLater).not.toContain(fix);
  });

  it("forgets what it concluded from a paste that was deleted", async () => {
    const place = at("C1/1");
    await say(place, { type: "opened", symptom: "tunnel-down" });
    await say(place, pasted(HUB, "m1"));
    const { caseId } = await say(place, pasted(PUNE, "m2"));
    await say(place, { type: "chose", choice: "done" });
    expect((await here.store.caseById(caseId))?.summary.fix).toBeDefined();
    expect(await here.store.search({ chat: "slack" }, "PUNE")).toHaveLength(1);
    await say(place, { type: "deleted", message: "m2" });
    const { summary } = (await here.store.caseById(caseId)) ?? {};
    expect(summary).toMatchObject({ cause: undefined, title: undefined, fix: undefined });
    expect(await here.store.search({ chat: "slack" }, "PUNE")).toEqual([]);
    expect(await here.store.search({ chat: "slack" }, "HUB")).toHaveLength(1);
  });
});
