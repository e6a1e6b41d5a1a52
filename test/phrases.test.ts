import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { intentOf } from "../src/case/intent.ts";
import { type PhraseIntent, phraseIntent } from "../src/case/phrases.ts";
import { readSymptoms } from "../src/knowledge/symptoms.ts";

const SAID: Readonly<Record<PhraseIntent, readonly string[]>> = {
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
    "I will check with them",
  ],
  help: ["what can you do?", "how does this work", "who are you?"],
  "so-far": ["summarize", "recap please", "what happened so far?", "tldr"],
  why: [
    "are you sure?",
    "are you really sure about that",
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

describe("what people say while they work", () => {
  const all = Object.entries(SAID).flatMap(([intent, texts]) => texts.map((text) => [text, intent] as const));
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
    const vendors = new URL("../src/vendors/", import.meta.url);
    const samples = readdirSync(vendors, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".txt"));
    const lines = new Set(samples.flatMap((file) => readFileSync(new URL(file, vendors), "utf8").split("\n")));
    expect(lines.size).toBeGreaterThan(2_000);
    expect(
      [...lines].filter((line) => line.trim() !== "" && phraseIntent(line.trim().toLowerCase()) !== undefined),
    ).toEqual([]);
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
