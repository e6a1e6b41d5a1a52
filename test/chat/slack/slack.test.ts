import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { NOT_HERE } from "./peer/local-slack.ts";
import { type SlackPeer, startSlackPeer } from "./peer/slack-peer.ts";
import { type SlackBot, startSlackBot } from "./slack-bot.ts";

const ASHA = "UASHA";
const BEN = "UBEN";
const NET = "C0NET";
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

describe.skipIf(NOT_HERE !== undefined).each(["socket", "events"] as const)("Slack, %s", (mode) => {
  let peer: SlackPeer;
  let bot: SlackBot;
  beforeAll(async () => {
    peer = await startSlackPeer({ mode, users: [ASHA, BEN], channels: [{ id: NET, name: "netops" }] });
    bot = await startSlackBot({ apiUrl: peer.apiUrl, mode });
    if (bot.requestUrl !== undefined) peer.requestUrls.push(bot.requestUrl);
  });
  afterAll(async () => {
    await bot?.stop();
    await peer?.close();
  });
  afterEach(() => {
    expect(peer.web.refusals).toEqual([]);
    expect(peer.seenFailing).toEqual([]);
    expect(peer.lost).toEqual([]);
  });

  it("leads a case from the form to the verdict, in a thread of the channel", async () => {
    const { people } = peer;
    await people.command(NET, ASHA, "tunnel to 198.51.100.7 is down");
    expect(JSON.stringify(people.form())).toContain('"initial_value":"198.51.100.7"');
    expect(
      await people.submit(ASHA, {
        symptom: { symptom: { selected_option: { value: "tunnel-down" } } },
        peer: { peer: { value: "198.51.100.7" } },
        privately: { privately: { selected_options: [] } },
      }),
    ).toBeUndefined();
    const { thread_ts: thread = "" } = await people.sees(NET, "Which box are you on?");
    await people.press(NET, ASHA, "Cisco IOS or IOS-XE", thread);
    await people.sees(NET, "show crypto isakmp sa", { thread });
    await people.say(NET, ASHA, STUCK, thread);
    await people.sees(NET, "Read from HUB", { thread });
    await people.say(NET, ASHA, LOG, thread);
    await people.sees(NET, "confirmed", { thread });
    const root = await people.sees(NET, /Case \w{4,7}/, { thread });
    expect(root.ts).toBe(thread);
  });
});
