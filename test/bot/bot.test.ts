import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { renderTerminal } from "../../src/chat/terminal/render.ts";
import type { Heard } from "../../src/domain/chat.ts";
import type { Content, Inbound } from "../../src/domain/inbound.ts";
import type { Reply } from "../../src/domain/reply.ts";
import { type Assembled, assemble, inbound, placeNamed } from "./assembled.ts";

const HERE = placeNamed("thread-1");
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

let here: Assembled;
beforeEach(async () => {
  here = await assemble();
});
afterEach(() => here.close());

const hear = (content: Content, more: Partial<Inbound> = {}) => here.bot.hear(inbound(HERE, content, more));
const said = (text: string, more: Partial<Extract<Content, { type: "said" }>> = {}): Content => ({
  type: "said",
  text,
  ...more,
});

function words(heard: Heard): string {
  return heard.outcome === "taken" ? spoken(heard.reply) : heard.outcome;
}
function spoken(reply: Reply | undefined): string {
  return reply === undefined ? "(nothing)" : renderTerminal(reply, { colours: false, width: 200 });
}

describe("a case", () => {
  it("is led from its first word to the verdict, and stands in the store turn by turn", async () => {
    expect(words(await hear({ type: "opened" }))).toContain("What do you see?");
    expect(words(await hear({ type: "chose", choice: "symptom:tunnel-down" }))).toContain("Which box are you on?");
    expect(words(await hear({ type: "chose", choice: "platform:cisco-ios" }))).toContain("show crypto isakmp sa");
    expect(words(await hear(said(STUCK)))).toContain("Read from HUB");
    expect(words(await hear(said(LOG, { side: "remote" })))).toContain("confirmed");
    const head = await here.store.caseAt(HERE);
    expect(head).toMatchObject({
      version: 5,
      status: "open",
      summary: { symptom: "tunnel-down", verdict: "found", cause: "ike-policy-mismatch" },
    });
    const turns = await here.store.turns(head?.id ?? "");
    expect(turns.map(({ echo }) => echo)).toEqual([
      "a new case",
      "The tunnel is down",
      "Cisco IOS or IOS-XE",
      "HUB#show crypto isakmp sa … (6 lines)",
      "PUNE#show logging … (12 lines)",
    ]);
  });

  it("offers, once a fix is in, what can be said of it; a fix that did not help is asked about by what is printed now", async () => {
    const offered = (heard: Heard) =>
      heard.outcome === "taken"
        ? (heard.reply?.blocks ?? []).flatMap((block) => (block.type === "choices" ? block.choices : []))
        : [];
    const open = { type: "opened", symptom: "tunnel-down", platform: "cisco-ios" } as const;
    await hear(open);
    await hear(said(STUCK));
    const found = await hear(said(LOG, { side: "remote" }));
    expect(offered(found).map(({ id }) => id)).toContain("done");
    const done = await hear({ type: "chose", choice: "done" });
    expect(offered(done).map(({ label }) => label)).toEqual([
      "It did not help",
      "Can't run that",
      "So far",
      "Write it up",
    ]);
    expect(spoken(done.outcome === "taken" ? done.reply : undefined)).toContain("Send some traffic");
    const pressed = words(await hear({ type: "chose", choice: "not-helped" }));
    expect(pressed).toMatch(/what it prints now tells why.*show crypto isakmp sa.*It did not help/s);
    for (const typed of ["it did not help", "Doesn't work", "still the same"])
      expect(words(await hear(said(typed)))).toContain("what it prints now tells why");
    // Said at once, it says both: that the fix is in, and that it did not help.
    const other = placeNamed("thread-2");
    await here.bot.hear(inbound(other, open));
    expect(words(await here.bot.hear(inbound(other, said("it did not help"))))).toContain("no fix to check yet");
    await here.bot.hear(inbound(other, said(STUCK)));
    await here.bot.hear(inbound(other, said(LOG, { side: "remote" })));
    expect(words(await here.bot.hear(inbound(other, said("it did not help"))))).toContain(
      "what it prints now tells why",
    );
    expect(words(await here.bot.hear(inbound(other, said(STUCK.replace("#show", "#sh")))))).toContain(
      "the same as before",
    );
  });

  it("is begun by what a form told, and asks for what comes next", async () => {
    const opened = await hear({ type: "opened", symptom: "one-way", platform: "cisco-ios", peer: "198.51.100.7" });
    expect(words(opened)).toContain("Noted: traffic passes one way only; your end is Cisco IOS");
    expect(words(opened)).toContain("On your");
    expect(words(opened)).not.toContain("Which box");
  });

  it("hears what was said along with its opening, and does not hide the first question for it", async () => {
    expect(words(await hear({ type: "opened", text: "the tunnel is down since two" }))).toContain("Which box");
    const other = placeNamed("thread-2");
    expect(words(await here.bot.hear(inbound(other, { type: "opened", text: "hello there" })))).toContain(
      "What do you see?",
    );
  });

  it("that is begun with something that is no output is told so, and asked the first question all the same", async () => {
    const prose = await hear({ type: "opened", text: "hello there\nnothing works\nplease help" });
    expect(words(prose)).toMatch(/could not recognise any output in that.*What do you see\?/s);
    // A remark beside a form's fields is one.
    const other = placeNamed("thread-2");
    const filled = { type: "opened", symptom: "tunnel-down", text: "since the firewall change" } as const;
    expect(words(await here.bot.hear(inbound(other, filled)))).not.toMatch(/recognise|understand/);
  });

  it("that is closed can still be looked at and written up, and a paste that is forgotten asks for nothing", async () => {
    await hear({ type: "opened", symptom: "tunnel-down", platform: "cisco-ios" });
    await hear(said(STUCK, { message: "m1" }));
    expect(words(await hear(said("quit")))).toMatch(/Case \w+ is closed; it can be reopened/);
    expect(words(await hear({ type: "chose", choice: "so-far" }))).toContain("show crypto isakmp sa, HUB");
    expect(words(await hear({ type: "chose", choice: "hand-over" }))).toContain("Hand-over");
    expect(await hear({ type: "chose", choice: "cannot" })).toMatchObject({ outcome: "closed" });
    const gone = words(await hear({ type: "deleted", message: "m1" }));
    expect(gone).toContain("Forgotten: paste 1");
    expect(gone).not.toContain("show crypto");
    expect(await here.store.caseAt(HERE)).toMatchObject({ status: "closed" });
  });

  it("comes out the same in another process that never saw it", async () => {
    await hear({ type: "opened", symptom: "tunnel-down", platform: "cisco-ios" });
    await hear(said(STUCK));
    const other = await assemble({ dir: here.dir });
    const answer = await other.bot.hear(inbound(HERE, said(LOG, { side: "remote" })));
    expect(words(answer)).toContain("confirmed");
    // And the first process takes up what the other one did.
    expect(words(await hear(said("so far")))).toContain("(confirmed)");
    await other.close();
  });

  it("is closed by word or button, speaks no more, and can be opened again", async () => {
    await hear({ type: "opened" });
    expect(words(await hear({ type: "closed" }))).toContain("closed");
    expect(await hear(said(STUCK))).toMatchObject({ outcome: "closed" });
    expect(words(await hear({ type: "reopened" }))).toContain("Open again");
    expect(words(await hear(said(STUCK)))).toContain("Read from HUB");
  });
});

describe("a delivery", () => {
  it("that comes again does nothing, under any of its ids", async () => {
    await hear({ type: "opened" });
    const once = inbound(HERE, said(STUCK), { deliveries: ["web:ev:1", "web:msg:1"] });
    expect((await here.bot.hear(once)).outcome).toBe("taken");
    expect((await here.bot.hear(once)).outcome).toBe("repeat");
    expect((await here.bot.hear({ ...once, deliveries: ["web:ev:2", "web:msg:1"] })).outcome).toBe("repeat");
    expect((await here.store.caseAt(HERE))?.version).toBe(2);
  });

  it("at a place without a case opens none unless it means to", async () => {
    expect(await hear(said(STUCK))).toEqual({ outcome: "no-case" });
    expect(await here.store.caseAt(HERE)).toBeUndefined();
  });

  it("that nobody meant for us is heard only if it is output or a word we know", async () => {
    await hear({ type: "opened", symptom: "tunnel-down", platform: "cisco-ios" });
    expect(words(await hear(said("anyone want coffee?", { overheard: true })))).toBe("(nothing)");
    expect(words(await hear(said(STUCK, { overheard: true })))).toContain("Read from HUB");
    expect(words(await hear(said("coffee?")))).toContain("did not understand");
  });
});

describe("messages", () => {
  const half = STUCK.split("\n");
  const first = half.slice(0, 3).join("\n");
  const rest = half.slice(3).join("\n");

  it("that are the rest of a paste are read together with its beginning", async () => {
    await hear({ type: "opened", symptom: "tunnel-down", platform: "cisco-ios" });
    const at = 1_800_000_000_000;
    await hear(said(first, { message: "m1" }), { at });
    expect(words(await hear(said(rest, { message: "m2" }), { at: at + 900 }))).toContain("IKE SA ✗");
    const head = await here.store.caseAt(HERE);
    const look = await here.bot.look(head?.id ?? "");
    expect(look?.situation.diagnosis.verdict.pastes).toHaveLength(1);
    expect(look?.situation.diagnosis.verdict.pastes[0]?.outputs[0]?.unread).toEqual([]);
  });

  it.each([
    ["too late", { at: 1_800_000_100_000 }],
    ["by somebody else", { at: 1_800_000_000_900, person: { id: "U2" } }],
  ])("that come %s are read by themselves", async (_, more) => {
    await hear({ type: "opened", symptom: "tunnel-down", platform: "cisco-ios" });
    await hear(said(first, { message: "m1" }), { at: 1_800_000_000_000 });
    await hear(said(STUCK, { message: "m2" }), more);
    const look = await here.bot.look((await here.store.caseAt(HERE))?.id ?? "");
    expect(look?.situation.diagnosis.verdict.pastes).toHaveLength(2);
  });

  it("that begin with a prompt and a command are a paste of their own, of another end", async () => {
    await hear({ type: "opened", symptom: "tunnel-down", platform: "cisco-ios", peer: "198.51.100.7" });
    await hear(said(STUCK, { message: "m1" }), { at: 1_000 });
    const other = words(await hear(said(LOG, { message: "m2" }), { at: 2_000 }));
    expect(other).toContain("Read from PUNE");
    expect(words(await hear(said("so far")))).toMatch(/show crypto isakmp sa, HUB.*PUNE/s);
    expect(words(await hear({ type: "deleted", message: "m2" }))).toContain("Forgotten: paste 2");
  });

  it("that begin with a piece in which nothing can be read yet are read together all the same", async () => {
    const pieces = [
      "HUB#show running-config | section crypto\ncrypto isakmp policy 10\n encr aes\n hash sha\n",
      " authentication pre-share\n group 2\ncrypto isakmp key Sup3rS3cret! address 198.51.100.7",
      "crypto map CM 10 ipsec-isakmp\n set peer 198.51.100.7\n match address 101\nHUB#",
    ];
    await hear({ type: "opened", symptom: "tunnel-down" });
    const [first = "", second = "", third = ""] = pieces;
    const begun = words(await hear(said(first, { message: "m1" }), { at: 1_000 }));
    expect(begun).toContain("the beginning of the configuration");
    const joined = words(await hear(said(second, { message: "m2" }), { at: 2_000 }));
    expect(joined).toContain("Read from HUB: configuration");
    expect(joined).not.toContain("could not read");
    expect(words(await hear(said(third, { message: "m3" }), { at: 3_000 }))).toContain("Read from HUB: configuration");
    expect(words(await hear(said("so far")))).toContain("configuration, HUB");
    // It is one paste, and goes with the first of its messages.
    expect(words(await hear({ type: "deleted", message: "m1" }))).toContain("Forgotten: paste 1");
  });

  it("that are edited are read again, and what they said before counts no more", async () => {
    await hear({ type: "opened", symptom: "tunnel-down", platform: "cisco-ios" });
    await hear(said(STUCK, { message: "m1" }));
    const edited = STUCK.replace("MM_NO_STATE          0 ACTIVE (deleted)", "QM_IDLE           1001 ACTIVE");
    expect(words(await hear({ type: "edited", message: "m1", text: edited }))).toContain("IKE SA ✓");
    expect(words(await hear({ type: "edited", message: "m9", text: edited }))).toBe("(nothing)");
    expect(words(await hear({ type: "deleted", message: "m1" }))).toContain("Forgotten: paste 1; the message");
  });

  it("that are deleted are forgotten, also by the store", async () => {
    await hear({ type: "opened", symptom: "tunnel-down", platform: "cisco-ios" });
    await hear(said(STUCK, { message: "m1" }));
    expect(words(await hear({ type: "deleted", message: "m1" }))).toContain("Forgotten: paste 1");
    const head = await here.store.caseAt(HERE);
    expect(JSON.stringify(await here.store.turns(head?.id ?? ""))).not.toContain("198.51.100.7");
    const other = await assemble({ dir: here.dir });
    const look = await other.bot.look(head?.id ?? "");
    expect(look?.situation.diagnosis.verdict.pastes).toEqual([]);
    await other.close();
  });

  it("with a file that holds no output are told which file it is", async () => {
    await hear({ type: "opened" });
    const files = [
      { name: "notes.txt", text: "dear diary\nnothing\nhere" },
      { name: "sa.txt", text: STUCK },
    ];
    const heard = words(await hear(said("", { files })));
    expect(heard).toContain("notes.txt: I recognise no output in it.");
    expect(heard).toContain("Read from HUB: show crypto isakmp sa.");
  });

  it("with files are answered once, each file a paste of its own name", async () => {
    await hear({ type: "opened", symptom: "tunnel-down", platform: "cisco-ios" });
    const files = [
      { name: "hub.txt", text: STUCK },
      { name: "message.txt", text: LOG },
    ];
    const answer = words(await hear(said("", { files })));
    expect(answer).toContain("Read from HUB");
    expect(answer).toContain("confirmed");
    const look = await here.bot.look((await here.store.caseAt(HERE))?.id ?? "");
    expect(look?.situation.diagnosis.verdict.pastes.map(({ name }) => name)).toEqual(["hub.txt", "paste 2"]);
  });
});

describe("a button", () => {
  it("of an earlier question is told so instead of answering the present one", async () => {
    const opened = await hear({ type: "opened", symptom: "tunnel-down", platform: "cisco-ios" });
    const turn = opened.outcome === "taken" ? opened.turn : 0;
    await hear({ type: "chose", choice: "cannot", turn });
    expect(words(await hear({ type: "chose", choice: "cannot", turn }))).toContain("earlier question");
    expect(words(await hear({ type: "chose", choice: "so-far", turn }))).toContain("IKE SA");
  });

  it("is told in its words, and not by our name for it", async () => {
    const opened = await hear({ type: "opened", symptom: "tunnel-down" });
    for (const choice of ["hand-over", "hand-over-far", "send-on", "so-far", "not-helped"])
      await hear({ type: "chose", choice });
    const turns = await here.store.turns(opened.outcome === "taken" ? opened.caseId : "");
    const echoes = turns.slice(1).map(({ echo }) => echo);
    expect(echoes[1]).toBe("Write it up for the far side");
    for (const echo of echoes) expect(echo).toMatch(/^[A-Z][a-z]+ .+$/);
  });

  it("that we do not know is answered all the same", async () => {
    await hear({ type: "opened" });
    for (const choice of ["", "constructor", "symptom:nonsense", "side:", "x".repeat(5000)])
      expect(words(await hear({ type: "chose", choice }))).toContain("earlier question");
  });
});

describe("a case", () => {
  const slack = (thread: string, workspace = "T1") => ({ chat: "slack", workspace, thread });
  const there = slack("C1/1");

  async function withOutbox(run: (tools: Assembled) => Promise<void>): Promise<void> {
    const tools = await assemble({ sends: (chat) => chat === "slack" });
    await run(tools).finally(() => tools.close());
  }
  const bodies = async ({ store }: Assembled) => {
    const sent: string[] = [];
    for (;;) {
      const [row] = await store.claim({ owner: "me", ms: 60_000 }, ["slack"], 1);
      if (!row) return sent;
      const text = "reply" in row.body ? spoken(row.body.reply).split("\n")[0] : "";
      sent.push(`${row.place.thread} ${row.body.type} ${text}`.trim());
      await store.sent(row, undefined);
    }
  };

  it("goes on in another thread, and the old one is told", () =>
    withOutbox(async (tools) => {
      await tools.bot.hear(inbound(there, { type: "opened", symptom: "tunnel-down", platform: "cisco-ios" }));
      const id = (await tools.store.caseAt(there))?.id ?? "";
      await bodies(tools);
      const resumed = await tools.bot.hear(inbound(slack("C2/9"), { type: "resumed", caseId: id }));
      expect(words(resumed)).toContain(`Case ${id} goes on here.`);
      expect(await bodies(tools)).toEqual([
        `C2/9 reply Case ${id} goes on here.`,
        "C2/9 status",
        `C1/1 reply Asha took case ${id} along to another thread; it goes on there.`,
      ]);
      expect(await tools.bot.hear(inbound(there, said("so far")))).toEqual({ outcome: "no-case" });
      expect(words(await tools.bot.hear(inbound(slack("C2/9"), said("so far"))))).toContain("IKE SA");
    }));

  it("is nobody's business in another workspace", () =>
    withOutbox(async (tools) => {
      await tools.bot.hear(inbound(there, { type: "opened" }));
      const caseId = (await tools.store.caseAt(there))?.id ?? "";
      const stranger = inbound(slack("C9/9", "T2"), { type: "resumed", caseId });
      expect(await tools.bot.hear(stranger)).toEqual({ outcome: "no-case" });
      expect((await tools.store.caseById(caseId))?.place).toEqual(there);
    }));

  it("can be handed to somebody, whose it is then", () =>
    withOutbox(async (tools) => {
      await tools.bot.hear(inbound(there, { type: "opened" }));
      const person = { id: "U2", name: "Ben" };
      expect(words(await tools.bot.hear(inbound(there, { type: "handed-to", person })))).toContain("Ben's now");
      expect((await tools.store.caseAt(there))?.openedBy).toEqual(person);
    }));

  it("is posted where hand-offs go, once it is asked for", () =>
    withOutbox(async (tools) => {
      await tools.bot.hear(inbound(there, { type: "opened", symptom: "tunnel-down", platform: "cisco-ios" }));
      await bodies(tools);
      await tools.bot.hear(inbound(there, { type: "chose", choice: "escalate" }));
      expect((await bodies(tools)).map((body) => body.split(" ")[1])).toEqual(["reply", "hand-off"]);
    }));
});

it("a message that breaks us is answered, and the case stands as before", async () => {
  const broken: unknown[] = [];
  const tools = await assemble({ broken: (_, error) => broken.push(error) });
  await tools.bot.hear(inbound(HERE, { type: "opened" }));
  const faulty = await assemble({
    dir: tools.dir,
    broken: (_, error) => broken.push(error),
    toolsFor: () => {
      const never = () => {
        throw new Error("planted");
      };
      return {
        knowledge: { findings: [], asks: new Map(), signatures: [], support: new Map() },
        read: never,
        symptomFromWords: never,
        explain: never,
      };
    },
  });
  expect(words(await faulty.bot.hear(inbound(HERE, said(STUCK))))).toContain("my fault");
  expect(broken).toHaveLength(1);
  await faulty.close();
  await tools.close();
});

it("a choice that nobody was offered is neither kept nor repeated, and the case can still be read by the next process", async () => {
  await hear({ type: "opened" });
  await hear(said(STUCK, { message: "m1" }));
  for (const choice of [
    "side:nowhere",
    "side:",
    "peer:hunter2-secret",
    "symptom:sad",
    "platform:vms",
    "hunter2-secret",
  ])
    expect(words(await hear({ type: "chose", choice }))).toContain("belongs to an earlier question");
  const id = (await here.store.caseAt(HERE))?.id ?? "";
  const turns = await here.store.turns(id);
  expect(turns.slice(2).flatMap(({ events }) => events)).toEqual([]);
  expect(JSON.stringify(turns)).not.toContain("hunter2");
  const next = await assemble({ dir: here.dir });
  expect(words(await next.bot.hear(inbound(HERE, said("so far"))))).toContain("HUB");
  await next.close();
});

it("no key of a paste is in anything the store keeps", async () => {
  await hear({ type: "opened" });
  const key = "S3cr3t-K3y-of-Pune";
  const config = `HUB#show running-config | section crypto\ncrypto isakmp key ${key} address 198.51.100.7\nHUB#`;
  await hear(said(config, { message: "m1" }));
  await hear(said(`hmm, ${key}, could that be it`));
  const id = (await here.store.caseAt(HERE))?.id ?? "";
  expect(JSON.stringify([await here.store.turns(id), await here.store.cases({})])).not.toContain(key);
});
