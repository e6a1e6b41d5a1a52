import fc from "fast-check";
import { expect, it } from "vitest";
import { excerptOf, textOf } from "../src/case/excerpt.ts";
import type { ReadPaste } from "../src/domain/output.ts";
import { loadKnowledge } from "../src/knowledge/load.ts";
import { createKeyedSecretTagger } from "../src/paste/keyed-tagger.ts";
import { readPaste } from "../src/paste/read.ts";
import { createSecretTagger } from "../src/paste/redact.ts";
import { VENDORS } from "../src/vendors/index.ts";
import { diagnose } from "../src/verdict/diagnose.ts";
import { readCases } from "./accuracy/case.ts";

const knowledge = await loadKnowledge();
const reader = () => ({ vendors: VENDORS, signatures: knowledge.signatures, tagger: createSecretTagger() });

it.each(readCases())("what is kept of the pastes gives the same verdict as all of them: $about, $name", (one) => {
  const tools = reader();
  const whole = one.pastes.map(({ name, end, text }) => ({ paste: readPaste(name, text, tools), saidSide: end }));
  const kept = whole.map(({ paste, saidSide }) => ({ paste: throughJson(excerptOf(paste)), saidSide }));
  const { symptom, platforms, peer, cannot } = one;
  const verdictOf = (pastes: typeof whole) => diagnose({ pastes, symptom, platforms, peer, cannot }, knowledge).verdict;
  expect(verdictOf(kept)).toEqual(verdictOf(whole));
});

it("lines that nothing points to are not kept", () => {
  const filler = Array.from(
    { length: 200 },
    (_, index) => `interface Vlan${index + 2}\n description floor ${index}\n!`,
  );
  const text = `HUB#show running-config\n${filler.join("\n")}\ncrypto isakmp policy 10\n encryption aes\n!\nend\nHUB#`;
  const paste = readPaste("paste 1", `hello, this is what it prints\nnobody needs to know this\n\n\n${text}`, reader());
  const texts = excerptOf(paste).lines.map((line) => line.text);
  expect(texts.join("\n")).not.toContain("hello");
  expect(texts).toContain("crypto isakmp policy 10");
});

it("the text of a paste has each line where it stood", () => {
  expect(
    textOf([
      { number: 2, text: "b" },
      { number: 4, text: "d" },
    ]),
  ).toBe("\nb\n\nd");
  expect(textOf([])).toBe("");
});

it("tags are equal for equal keys of one case, with the same key of the service and no other", () => {
  const key = (byte: number) => new Uint8Array(32).fill(byte);
  fc.assert(
    fc.property(fc.string(), fc.string(), (one, other) => {
      const tag = createKeyedSecretTagger(key(1), "7F3K").tag(one);
      expect(createKeyedSecretTagger(key(1), "7F3K").tag(one)).toBe(tag);
      expect(createKeyedSecretTagger(key(1), "7F3K").tag(other) === tag).toBe(one === other);
      expect(createKeyedSecretTagger(key(1), "7F3M").tag(one)).not.toBe(tag);
      expect(createKeyedSecretTagger(key(2), "7F3K").tag(one).replace(/\d/g, "")).not.toBe(tag.replace(/\d/g, ""));
      expect(tag).toMatch(/^#[a-z]{1,8}[0-9]{1,9}$/);
    }),
  );
});

function throughJson(paste: ReadPaste): ReadPaste {
  return JSON.parse(JSON.stringify(paste)) as ReadPaste;
}
