import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { intentOf } from "../src/case/intent.ts";
import { type PhraseIntent, phraseIntent } from "../src/case/phrases.ts";
import { readSymptoms, symptomFromWords } from "../src/knowledge/symptoms.ts";
import { FLAPS, NIGHT_WORDS } from "./night-words.ts";

const SAID: Readonly<Partial<Record<PhraseIntent, readonly string[]>>> = {
  ack: ["ok", "Yes!", "yep", "alright then", "got it", "I see", "ok, will do"],
  thanks: ["thanks", "Thank you so much!", "many thanks", "thx a lot", "ok thanks"],
  wait: [
    "wait",
    "hold on a second",
    "give me a minute",
    "one moment please",
    "I'll try that later",
    "brb",
    "need a few minutes",
    "wait i'll get it",
    "let me ask them",
    "one sec",
    "he is checking",
    "we will continue tomorrow",
    "I will check with them",
  ],
  help: ["what can you do?", "how does this work", "who are you?"],
  "so-far": [
    "is it up or not",
    "whats the status",
    "where do we stand",
    "what did i paste so far",
    "summarize",
    "recap please",
    "what happened so far?",
    "tldr",
  ],
  why: [
    "are you sure?",
    "are you really sure about that",
    "why do you need that",
    "how do you know?",
    "why do you think so?",
    "which line?",
    "in which output",
    "where do you see that?",
    "show me the evidence",
    "prove it",
  ],
  "show-fix": [
    "what's the fix?",
    "show me the fix again",
    "give me the commands",
    "how do I fix that?",
    "how do I apply it on the ASA",
    "what do I have to change?",
    "how to fix it",
  ],
  whose: [
    "who is wrong, us or them?",
    "which side is wrong?",
    "on which end do I do that",
    "whose fault is it?",
    "is it our fault?",
    "is it on their side?",
    "us or them?",
    "who do i call",
  ],
  "is-it-safe": [
    "what's the risk?",
    "any risks?",
    "is it safe?",
    "is that dangerous in production",
    "can I do it without downtime?",
    "will it drop other tunnels?",
    "does that interrupt traffic",
    "do I need a maintenance window?",
  ],
  done: [
    "I applied it",
    "i did that already",
    "already tried that",
    "ok done",
    "I have changed the key on both ends",
    "we've fixed that",
    "it's in",
    "the change is live",
    "done!",
    "applied the fix",
  ],
  "not-helped": [
    "still down",
    "it's still the same",
    "still not working",
    "but its not working",
    "same problem",
    "same error again",
    "that did not help",
    "didn't change anything",
    "nothing changed",
    "no luck",
    "that wasn't it",
    "it still doesn't work",
  ],
  works: [
    "the tunnel came up",
    "ping works now",
    "it's up again",
    "traffic flows again",
    "problem solved",
    "everything is fine now",
    "we're back",
  ],
  "hand-over-far": [
    "what should I tell them?",
    "what do I tell the other side",
    "can you write an email to the customer?",
    "draft a message for the provider",
  ],
  leave: ["close", "close the case", "that's all"],
};

/** Lines of samples and of labelled cases, as they are printed. */
function deviceLines(): string[] {
  const files = ["../src/vendors/", "./accuracy/cases/"].flatMap((name) => {
    const folder = new URL(name, import.meta.url);
    const inIt = readdirSync(folder, { recursive: true, encoding: "utf8" });
    return inIt.filter((file) => /\.txt$|^[\w-]+\.yaml$/.test(file)).map((file) => new URL(file, folder));
  });
  const lines = new Set(files.flatMap((file) => readFileSync(file, "utf8").split("\n")).map((line) => line.trim()));
  // Remarks of whoever wrote the case, and of the people in it.
  const ofPeople = new Set(["it was fine until Monday"]);
  const printed = [...lines].filter((line) => line !== "" && !line.startsWith("#") && !ofPeople.has(line));
  expect(printed.length).toBeGreaterThan(10_000);
  return printed;
}

describe("what people say while they work", () => {
  const all = [...Object.entries(SAID), ...Object.entries(NIGHT_WORDS)].flatMap(([intent, texts]) =>
    texts.map((text) => [text, intent] as const),
  );
  it.each(all)("%s: %s", (text, intent) => {
    expect(intentOf(text)?.type).toBe(intent);
  });

  it.each([
    "the tunnel is down and ping does not work",
    "is it possible that the lifetime differs",
    "it is up but no traffic",
    "show crypto isakmp sa",
    "will it rain",
    "can you ping the peer",
    "who",
    "what is a transform set",
  ])("%s: means none of these", (text) => {
    expect(phraseIntent(text.toLowerCase())).toBeUndefined();
  });

  it("no symptom in the words that people use for it is taken for one of them", () => {
    const taken = readSymptoms().flatMap(({ title, short }) =>
      [title, short].filter((text) => intentOf(text)?.type !== undefined),
    );
    expect(taken).toEqual([]);
  });

  it("no line that a device prints is taken for one of them", () => {
    const taken = deviceLines().filter((line) => phraseIntent(line.toLowerCase().replace(/ ?[.!?]{1,3}$/, "")));
    expect(taken).toEqual([]);
  });

  it.each(FLAPS)("%s: a tunnel that flaps", (text) => {
    expect(intentOf(text)).toBeUndefined();
    expect(symptomFromWords(text)).toBe("flapping");
  });

  it.each(["explain isakpm", "can you explain MM_NO_STATE", "what does QM_IDLE mean", "what is dpd"])(
    "%s: asks for a word",
    (text) => {
      expect(intentOf(text)?.type).toBe("explain");
    },
  );

  it("a change that was made before the trouble is no fix that was made", () => {
    for (const text of ["we changed the firewall last night", "we changed the key on Monday", "we changed nothing"])
      expect(intentOf(text)?.type).not.toBe("done");
    expect(intentOf("we changed the key")?.type).toBe("done");
  });

  it.each([
    "what if we use IKEv2 instead",
    "they run an asa 5516",
    "how many tunnels can an ASA have",
    "nobody uses that VLAN",
    "is there a way to see the key",
    "the other side is 198.51.100.7",
  ])("%s: means none of these, slips of the finger or not", (text) => {
    expect(intentOf(text)).toBeUndefined();
  });

  it("any words at all are looked at in no time", () => {
    const word = fc.constantFrom(
      "i",
      "we",
      "is",
      "it",
      "that",
      "the",
      "fix",
      "still",
      "not",
      "what",
      "do",
      "to",
      "you",
      "up",
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 40 }), (words) => {
        phraseIntent(words.join(" "));
      }),
    );
  });
});
