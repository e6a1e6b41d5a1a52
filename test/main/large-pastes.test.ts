/** A large paste is read by a thread of its own: others are answered meanwhile, and the answer is the same. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ipsecSaText } from "../../bench/ipsec-sa-text.ts";
import { asideOf, LARGE } from "../../src/bot/aside.ts";
import { conversationTools } from "../../src/case/conversation-tools.ts";
import { loadKnowledge } from "../../src/knowledge/load.ts";
import { Assembly, piecesOf } from "../../src/main/in-pieces.ts";
import { createLargePastes, type LargePastes } from "../../src/main/large-pastes.ts";
import { createKeyedSecretTagger } from "../../src/paste/keyed-tagger.ts";
import { type Assembled, assemble, inbound, placeNamed } from "../bot/assembled.ts";

const KEY = new Uint8Array(32).fill(7);
const CONFIGURATION = "HUB#show running-config\ncrypto isakmp key Blaubeere7 address 198.51.100.7\n!\nend\nHUB#\n";
const text = `${CONFIGURATION}HUB#show crypto ipsec sa detail\n${ipsecSaText(1_500)}\nHUB#`;

let large: LargePastes;
let here: Assembled | undefined;
beforeEach(() => {
  large = createLargePastes(KEY);
});
afterEach(async () => {
  await large.close();
  await here?.close();
});

it("what another thread read comes as if it had been read here, with the same tags of its keys", async () => {
  expect(text.length).toBeGreaterThan(LARGE);
  const tools = conversationTools(await loadKnowledge(), createKeyedSecretTagger(KEY, "7F3K"));
  const read = await large.read("7F3K", text);
  expect(read).toEqual(structuredClone(asideOf(tools.read("", text))));
  expect(JSON.stringify(read)).not.toContain("Blaubeere7");
  expect(read.excerpt.secretsRemoved).toBe(1);
});

it("another case is answered while a large paste is read; its own case answers in order", async () => {
  const order: string[] = [];
  let isReading = () => {};
  const begun = new Promise<void>((resolve) => {
    isReading = resolve;
  });
  let goOn = () => {};
  const held = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const aside: LargePastes["read"] = async (caseId, given) => {
    isReading();
    await held;
    return large.read(caseId, given);
  };
  here = await assemble({ tagKey: KEY, aside });
  const { bot, store } = here;
  const noted = (name: string, heard: Promise<unknown>) => heard.then(() => order.push(name));
  const [mine, other] = [placeNamed("mine"), placeNamed("other")];
  const paste = noted("paste", bot.hear(inbound(mine, { type: "opened", text })));
  await begun;
  const next = noted("my next words", bot.hear(inbound(mine, { type: "said", text: "so far" })));
  await noted("other", bot.hear(inbound(other, { type: "opened" })));
  expect(order).toEqual(["other"]);
  goOn();
  await Promise.all([paste, next]);
  expect(order).toEqual(["other", "paste", "my next words"]);
  const head = await store.caseAt(mine);
  const turns = await store.turns(head?.id ?? "");
  expect(turns.map(({ echo }) => echo)).toEqual([
    expect.stringMatching(/^HUB#show running-config … \(\d+ lines\)$/),
    "so far",
  ]);
});

it("the case comes out as if its paste had been read in the transaction, also where the thread fails", async () => {
  const comesTo = async (aside: LargePastes["read"] | undefined) => {
    const one = await assemble({ tagKey: KEY, aside });
    try {
      const place = placeNamed("mine");
      await one.bot.hear(inbound(place, { type: "opened" }));
      const heard = await one.bot.hear(inbound(place, { type: "said", text }));
      const head = await one.store.caseAt(place);
      const [, turn] = await one.store.turns(head?.id ?? "");
      if (heard.outcome !== "taken") throw new Error(heard.outcome);
      // Tags are the case's own.
      const plain = JSON.stringify({ reply: heard.reply, echo: turn?.echo, events: turn?.events });
      return plain.replaceAll(/#[a-z]{6}\d{1,9}/g, "#tag").replaceAll(/"at":\d+/g, "");
    } finally {
      await one.close();
    }
  };
  const usual = await comesTo(undefined);
  expect(await comesTo(large.read)).toEqual(usual);
  expect(await comesTo(() => Promise.reject(new Error("no thread")))).toEqual(usual);
});

describe("a value in pieces", () => {
  it("is whole again, whatever is long in it", () => {
    const numbers = Array.from({ length: 2_500 }, (_, index) => index);
    const value = { a: numbers, b: [{ c: numbers, d: "x" }, { e: [] }], f: null, g: [numbers.slice(0, 3), numbers] };
    const pieces = [...piecesOf(value)];
    expect(pieces.length).toBe(1 + 3 * 3);
    const assembly = new Assembly();
    for (const piece of structuredClone(pieces)) assembly.add(piece);
    expect(assembly.value).toEqual(value);
  });
});
