/** What people type at three in the morning that is neither output nor one of our own words. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Case } from "../src/case/case.ts";
import { hear, open } from "../src/case/converse.ts";
import type { Block } from "../src/domain/reply.ts";
import { conversationTools } from "./scenarios-play.ts";

const tools = conversationTools();

/** What was answered to the last of several messages, as text. */
function answerTo(...messages: readonly string[]): string {
  let now: Case = open(tools).case;
  let blocks: readonly Block[] = [];
  for (const message of messages) {
    const turn = hear(now, message, tools);
    now = turn.case;
    blocks = turn.reply.blocks;
  }
  return blocks
    .map((block) => (block.type === "text" ? block.text : block.type === "code" ? block.lines.join("\n") : ""))
    .join("\n");
}

const ALL = "vpn to berlin is down since 02:10, we have a fortigate 100F, they have an asa, peer is 203.0.113.9";

describe("a first sentence that tells everything", () => {
  it("is said back, and the first command is asked for in the words of the person's own box", () => {
    const answer = answerTo(ALL);
    expect(answer).toContain(
      "Noted: the tunnel is down; your end is FortiGate; the far end is Cisco ASA or FTD; the peer is 203.0.113.9.",
    );
    expect(answer).toContain("diagnose vpn ike gateway list");
  });

  it("may stand on several lines", () => {
    const answer = answerTo("Tunnel 12 is down\nOur box: ASA 5516\nTheir box: FortiGate\nPeer IP: 203.0.113.9");
    expect(answer).toContain("the tunnel is down; your end is Cisco ASA or FTD; the far end is FortiGate");
    expect(answer).not.toContain("Which box");
  });

  it("that tells only the far end's box still leaves the question for one's own", () => {
    expect(answerTo("tunnel is down, they have a fortigate")).toContain("the far end is FortiGate");
    expect(answerTo("the tunnel is down, the far end runs on vyos and opnsense")).toContain("Which box are you on?");
    expect(answerTo("the tunnel to their fortigate is down")).toContain("Which box are you on?");
  });

  it("no traffic through a tunnel is not a tunnel that is down", () => {
    expect(answerTo("No traffic through the tunnel to AWS from our SRX")).toContain("Noted: it is up, but no traffic");
  });
});

describe("a line of a log by itself, without a head to know it by", () => {
  it.each([
    ["received NO_PROPOSAL_CHOSEN notify error", "accepts none of the proposals"],
    ["invalid HASH_V1 payload length, decryption failed?", "could not be read after decryption"],
    ["tried 1 shared key for 'a' - 'b', but MAC mismatched", "have different keys"],
  ])("%s: it is said what it means, what to paste, and the question goes on", (line, meaning) => {
    const answer = answerTo(line);
    expect(answer).toContain(meaning);
    expect(answer).toContain("paste the log around it");
    expect(answer).toContain("What do you see?");
    expect(answer).not.toContain("did not understand");
  });

  it("words that are none of a log are not taken for one", () => {
    for (const words of ["how do I close this?", "who built this thing", "my boss is angry and asks for a report"])
      expect(answerTo(words)).toContain("did not understand");
  });
});

describe("what people ask back", () => {
  it.each(["what do you need?", "what now", "ok, what's next?", "what should I run?", "hello", "can you help me?"])(
    "%s: the question or command that is waited for, once more",
    (words) => {
      expect(answerTo(ALL, words)).toContain("diagnose vpn ike gateway list");
      expect(answerTo(ALL, words)).not.toContain("did not understand");
      expect(answerTo(words)).toBe("What do you see?\n");
    },
  );

  it.each(["is it safe?", "is it safe to run that on prod?", "is that dangerous in production", "any risk?"])(
    "%s: what the command does to the device",
    (words) => {
      expect(answerTo(ALL, words)).toMatch(/^Yes: it only shows what is there, and changes nothing\./);
    },
  );

  it("whether a debug is safe is not answered with a plain yes", () => {
    const said = ["the tunnel is down, we have an asa, they are on ios"];
    while (!/\bdebug crypto/.test(answerTo(...said)) && said.length < 20) said.push("can't run that");
    expect(answerTo(...said, "is it safe?")).toMatch(
      /^It changes nothing of the tunnel, but a debug takes processor time/,
    );
  });

  it.each(["that box is not ours", "it isn't ours", "it is managed by the provider"])(
    "%s: the other end is asked",
    (words) => {
      expect(answerTo(ALL, words)).not.toContain("diagnose vpn ike gateway list");
      expect(answerTo(ALL, words)).toContain("All right.");
    },
  );

  it.each(["it works now", "works again, thanks", "it's back up", "solved!", "the tunnel is working again"])(
    "%s: is taken for good news, with what is not known",
    (words) => {
      expect(answerTo(ALL, words)).toContain("Good. I have not seen why it failed, so it may come back");
    },
  );
});

describe("questions about a fix that was told", () => {
  const read = (file: string) => readFileSync(new URL(`../docs/examples/${file}`, import.meta.url), "utf8");
  const found = (words: string) => answerTo("tunnel is down", read("hub.txt"), read("spoke.txt"), words);

  it("what it risks is said before anybody types it", () => {
    for (const words of ["what's the risk?", "can I do it without downtime?", "will it drop other tunnels?"])
      expect(found(words)).toContain("The fix: on HUB it takes this tunnel down while it renegotiates, and no other.");
  });

  it("its commands are given once more", () => {
    expect(found("give me the commands")).toContain("ip access-list extended PUNE-ACL");
    expect(answerTo("tunnel is down", "give me the commands")).toContain("There is no fix yet");
  });

  it("at which end it is done, and that neither is wrong by itself", () => {
    expect(found("is it our fault?")).toContain("The two ends do not agree, and either could change.");
    expect(answerTo("tunnel is down", "which side is wrong?")).toContain("That is not known yet.");
  });

  it("is taken up where somebody says that it is in, or that it did not help", () => {
    expect(found("ok, I applied it")).toContain("show crypto ipsec sa peer 198.51.100.7");
    expect(found("still down")).toContain("Then what it prints now tells why");
    expect(answerTo("still down")).not.toContain("Then what it prints now tells why");
  });
});

describe("people who talk to each other", () => {
  const PASTE =
    "fw1 # get vpn ipsec tunnel summary\n'hq' 203.0.113.9:0  selectors(total,up): 1/0  rx(pkt,err): 0/0  tx(pkt,err): 0/0\n";

  it("are not noted down where what they say is known already", () => {
    expect(answerTo(ALL, PASTE, "their ASA guy says it is fine with them")).toContain("did not understand");
  });

  it("another tunnel that is mentioned does not become the one that this is about", () => {
    const now = [ALL, PASTE].reduce((one, text) => hear(one, text, tools).case, open(tools).case);
    for (const words of [
      "the vpn to 198.51.100.99 is on the same box",
      "the peer 198.51.100.99 has changed its key too",
    ])
      expect(hear(now, words, tools).case.events.slice(now.events.length)).toEqual([]);
  });

  it("a platform that an output shows is not talked away", () => {
    const now = [ALL, PASTE].reduce((one, text) => hear(one, text, tools).case, open(tools).case);
    const events = hear(now, "we have a mikrotik here", tools).case.events.slice(now.events.length);
    expect(events).toEqual([]);
  });
});
