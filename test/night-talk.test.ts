/** What is answered to tired people: with what the case knows, and the open question once more. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Case, situationOf } from "../src/case/case.ts";
import { hear, open } from "../src/case/converse.ts";
import { renderTerminal } from "../src/chat/terminal/render.ts";
import { NIGHT_WORDS } from "./night-words.ts";
import { conversationTools } from "./scenarios-play.ts";

const tools = conversationTools();
const read = (file: string) => readFileSync(new URL(`../docs/examples/${file}`, import.meta.url), "utf8");
const caseAfter = (...messages: readonly string[]): Case =>
  messages.reduce((one, text) => hear(one, text, tools).case, open(tools).case);
const answered = (one: Case, text: string) => {
  const turn = hear(one, text, tools);
  const words = renderTerminal(turn.reply, { colours: false, width: 1_000 });
  return { words, events: turn.case.events.slice(one.events.length), turn };
};

const OPEN = caseAfter("vpn to berlin is down, we have a fortigate, they have an asa, peer is 203.0.113.9");
const FOUND = caseAfter("tunnel is down", read("hub.txt"), read("spoke.txt"));
const ASKED = "diagnose vpn ike gateway list";
const FIX = "ip access-list extended PUNE-ACL";

describe("while a command is asked for", () => {
  const REPEATED = [
    "show-fix",
    "roll-back",
    "urgent",
    "is-it-safe",
    "how-long",
    "read-only",
    "again",
    "wrong-paste",
    "stop-debug",
    "run-it",
    "shall-restart",
    "they-deny",
  ];
  const MORE = [
    "privacy",
    "too-long",
    "wrong-peer",
    "restarted",
    "fed-up",
    "whole-output",
    "printed-nothing",
    "you-were-wrong",
    "worked-before",
    "nothing-changed",
  ];
  const all = [...REPEATED, ...MORE, "something-changed", "other-end", "side", "why"].flatMap((kind) =>
    (NIGHT_WORDS[kind] ?? []).map((text) => [text] as const),
  );
  it.each(all)("%s: is understood, changes nothing, and the command stays in sight", (text) => {
    const { words, events } = answered(OPEN, text);
    expect(words).not.toContain("did not understand");
    expect(words).toContain(ASKED);
    expect(events).toEqual([]);
  });

  it.each(["nobody there answers the phone", "the other side is a vendor, they are asleep", "i have only our side"])(
    "%s: the far end is asked nothing more, the own end is",
    (text) => {
      const { words, events } = answered(OPEN, text);
      expect(events).toEqual([{ type: "cannot-run", side: "remote", command: "*" }]);
      expect(words).toContain("All right, without the far end.");
      expect(words).toContain(ASKED);
    },
  );

  it.each(["I don't have access to that router", "no acces to this box", "i cannot login to that box"])(
    "%s: that end is asked nothing more",
    (text) => {
      const { words, events } = answered(OPEN, text);
      expect(events).toEqual([{ type: "cannot-run", side: "local", command: "*" }]);
      expect(words).not.toContain(ASKED);
    },
  );

  it.each(["the command does not exist", "it doesnt know this command"])(
    "%s: something else is asked for, and whether it is that box at all",
    (text) => {
      const { words, events } = answered(OPEN, text);
      expect(events).toEqual([{ type: "cannot-run", side: "local", command: ASKED }]);
      expect(words).toContain("as if your end were FortiGate; if it is not, say what it is");
      expect(words).toContain("get vpn ipsec tunnel summary");
    },
  );

  it("somebody who may only look is asked for no debug", () => {
    let now = caseAfter("the tunnel is down, we have an asa, they are on ios");
    for (let turns = 0; turns < 20 && !/\bdebug crypto/.test(answered(now, "which command again").words); turns += 1)
      now = hear(now, "can't run that", tools).case;
    expect(answered(now, "which command again").words).toMatch(/\bdebug crypto/);
    const { words } = answered(now, "i only have read-only access");
    expect(words).toContain("Then without that");
    expect(words.split("Then without that")[1]).not.toMatch(/\bdebug crypto/);
  });
});

describe("while a question is open", () => {
  it.each(["i dont know", "not sure which box", "no idea", "I'm not sure"])(
    "%s: is its answer where it has one",
    (text) => {
      const { events } = answered(caseAfter("tunnel is down"), text);
      expect(events).toEqual([{ type: "platform-said", side: "local", platform: "unknown" }]);
      expect(answered(OPEN, text).events).toEqual([]);
    },
  );

  it("asap is no ASA", () => {
    const { words } = answered(caseAfter(), "s2s vpn down, need it asap");
    expect(words).toContain("Noted: the tunnel is down.");
    expect(words).toContain("Which box are you on?");
    expect(answered(caseAfter(), "vpn is down, we have an asa5516-x").words).toContain("your end is Cisco ASA");
  });

  it.each(["cisco asa", "juniper", "palo", "it is a router", "its an asa", "we have a palo alto"])(
    "%s: is the box",
    (text) => {
      expect(answered(caseAfter("tunnel is down"), text).events).toMatchObject([
        { type: "platform-said", side: "local" },
      ]);
    },
  );

  it("a debug that runs is stopped in the words of each end's box", () => {
    const { words } = answered(OPEN, "how do i stop the debug");
    expect(words).toContain("diagnose debug reset");
    expect(words).toContain("undebug all");
  });

  it.each(["why", "what does that mean?", "wat is that"])("%s: says why it is asked, and asks again", (text) => {
    expect(answered(caseAfter("tunnel is down"), text).words).toMatch(/commands of its own[\s\S]*Which box are you on/);
    expect(answered(caseAfter(), text).words).toMatch(/where I begin to look[\s\S]*What do you see/);
  });

  it("what is wrong is heard in the same sentence", () => {
    const { words } = answered(caseAfter(), "the tunnel is down since last night, it worked yesterday");
    expect(words).toContain("Noted: the tunnel is down");
    expect(answered(caseAfter(), "its urgent, the whole site is down").words).not.toContain("did not understand");
  });

  it("nobody's box counts as out of reach before one was asked", () => {
    expect(answered(caseAfter(), "I don't have access to that router").events).toEqual([]);
  });
});

describe("words that look a little like something else", () => {
  it.each(["ipsec tunnel problem", "ipsec issue since 2am", "ipsec vpn to berlin does not work"])(
    "%s: is no line of a MikroTik's log",
    (text) => {
      const { words, turn } = answered(caseAfter(), text);
      expect(words).not.toContain("Read from");
      expect(turn.case.events.some(({ type }) => type === "pasted")).toBe(false);
      expect(words).toContain("Which box are you on?");
    },
  );

  it("a vague complaint takes nothing back of what was told before", () => {
    const now = caseAfter("it is up but no traffic passes", "asa");
    const { turn } = answered(now, "but its not working");
    expect(situationOf(turn.case, tools.knowledge).diagnosis.tunnel.known.symptom).toBe("up-no-traffic");
  });

  it("where the two ends are of different makers, what one of them prints is its own", () => {
    const sas =
      "fw1 # get vpn ipsec tunnel summary\n'hq' 203.0.113.9:0  selectors(total,up): 1/0  rx(pkt,err): 0/0  tx(pkt,err): 0/0\n";
    const side = (first: string) =>
      situationOf(caseAfter(first, sas), tools.knowledge).diagnosis.verdict.pastes.at(-1)?.side;
    expect(side("the tunnel is down, we have an asa, they have a fortigate")).toBe("remote");
    expect(side("the tunnel is down, we have a fortigate, they have an asa")).toBe("local");
    expect(side("the tunnel is down, they have a fortigate")).toBe("local");
  });
});

describe("once a fix was told", () => {
  it.each(NIGHT_WORDS["roll-back"] ?? [])("%s: what to keep before, and how to go back", (text) => {
    const { words } = answered(FOUND, text);
    expect(words).toContain("Before the fix, on HUB:");
    expect(words).toContain("configure replace flash:before-fix.cfg");
    expect(words).toMatch(/What was there when I read it[\s\S]*10\.9\.0\.0\/16/);
    expect(words).toContain("A clear can't be taken back");
  });

  it.each(NIGHT_WORDS["how-long"] ?? [])("%s: it is down already, and a negotiation takes seconds", (text) => {
    expect(answered(FOUND, text).words).toMatch(/It is down already[\s\S]*takes seconds/);
  });

  it.each([...(NIGHT_WORDS["show-fix"] ?? []), "production is down", "which command was it again?"])(
    "%s: the fix, once more",
    (text) => {
      expect(answered(FOUND, text).words).toContain(FIX);
    },
  );

  it.each(NIGHT_WORDS["is-it-safe"] ?? [])("%s: what the fix takes down", (text) => {
    expect(answered(FOUND, text).words).toContain(
      "on HUB it takes this tunnel down while it renegotiates, and no other",
    );
  });

  it.each(NIGHT_WORDS["you-were-wrong"] ?? [])(
    "%s: the lines that it rests on, and nothing is taken for tried",
    (text) => {
      const { words, events } = answered(FOUND, text);
      expect(words).toContain("permit ip 10.8.0.0 0.0.255.255 10.1.0.0 0.0.255.255");
      expect(events).toEqual([]);
    },
  );

  it("who may only look is told who has to do it", () => {
    expect(answered(FOUND, "only read only here").words).toContain("changes the configuration takes somebody who may");
  });

  it("a fix that is said twice to be in was tried once", () => {
    const now = hear(FOUND, "done", tools).case;
    for (const text of ["done", "still down", "it did not help"]) expect(answered(now, text).events).toEqual([]);
  });

  it("a change from before is no fix that was made", () => {
    expect(answered(FOUND, "we changed the firewall last night").events).toEqual([]);
  });

  it("a wrong paste is forgotten, and what was said since is not", () => {
    const now = caseAfter("tunnel is down", read("hub.txt"), read("spoke.txt"), "cant reach the far end");
    const { words, turn } = answered(now, "i pasted the wrong thing");
    expect(words).toContain("Forgotten: paste 2");
    const { tunnel } = situationOf(turn.case, tools.knowledge).diagnosis;
    expect(tunnel.known.pastes.map(({ paste }) => paste.name)).toEqual(["paste 1"]);
    expect(tunnel.known.cannot).toEqual([{ side: "remote", command: "*" }]);
  });

  it("what is known to be the far end's already is not moved to the near one", () => {
    const { turn } = answered(FOUND, "that was from the far end");
    expect(situationOf(turn.case, tools.knowledge).diagnosis.verdict.pastes.at(-1)?.side).toBe("remote");
  });
});
