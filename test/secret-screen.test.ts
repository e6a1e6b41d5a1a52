/** The quick look at all lines before the gate: it may let a line through for nothing, but holds back none that the gate wants. */
import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ALONE } from "../src/paste/redact/context.ts";
import { findSecrets } from "../src/paste/redact/find-secrets.ts";
import { GATE, mayHoldSecret } from "../src/paste/redact/gate.ts";
import { suspects } from "../src/paste/redact/screen.ts";
import { HARMLESS_LINES } from "./harmless-lines.ts";
import { PLANTED_SECRETS } from "./planted-secrets.ts";

const src = new URL("../src", import.meta.url).pathname;
const SAMPLES = readdirSync(src, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".txt"))
  .flatMap((file) => readFileSync(`${src}/${file}`, "utf8").split(/\r?\n/));
const PLANTED = PLANTED_SECRETS.flatMap(({ text }) => text.split("\n"));

function isSuspected(text: string): boolean {
  return suspects([{ number: 1, text }])[0] === 1;
}

/** Lines that one of the gate's patterns wants but the quick look holds back. */
function missed(texts: readonly string[]): string[] {
  return texts.filter((text) => GATE.some((pattern) => pattern.test(text)) && !isSuspected(text));
}

/** A text for each of the gate's patterns, letters in any case where the pattern does not mind; each is worked out once. */
const inAnyCase = fc.oneof(
  ...GATE.map((pattern) => {
    const matching = fc.stringMatching(new RegExp(pattern.source.replaceAll("\\b", "").replace(/^\^/, "")), {
      maxLength: 60,
    });
    if (!pattern.ignoreCase) return matching;
    return fc
      .tuple(matching, fc.infiniteStream(fc.boolean()))
      .map(([text, upper]) =>
        [...text].map((sign) => (upper.next().value ? sign.toUpperCase() : sign.toLowerCase())).join(""),
      );
  }),
);

describe("the screen", () => {
  it("holds back no line of the samples, of planted secrets and of harmless lines that the gate wants", () => {
    expect(SAMPLES.length).toBeGreaterThan(1000);
    expect(missed([...SAMPLES, ...PLANTED, ...HARMLESS_LINES])).toEqual([]);
  });

  it("holds back no line that holds a secret by itself", () => {
    const found = PLANTED.filter((text) => findSecrets(text, ALONE).spans.length > 0);
    expect(found.length).toBeGreaterThan(200);
    expect(found.filter((text) => !mayHoldSecret(text) || !isSuspected(text))).toEqual([]);
  });

  it.each(GATE.map((pattern) => [pattern]))("lets through each alternative of %s", (pattern) => {
    const plain = new RegExp(pattern.source.replaceAll("\\b", ""));
    fc.assert(
      fc.property(fc.stringMatching(plain), fc.boolean(), (text, upper) => {
        const written = pattern.ignoreCase && upper ? text.toUpperCase() : text;
        expect(missed([written])).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  it("holds back no text that the gate wants, wherever its words stand", () => {
    const around = fc.oneof(
      fc.string(),
      fc.string({ unit: "binary" }),
      fc.constantFrom("", " ", "-", "*Mar  1 11:06:40.351: "),
    );
    fc.assert(
      fc.property(around, inAnyCase, around, (before, wanted, after) => {
        expect(missed([before + wanted + after])).toEqual([]);
      }),
      { numRuns: 5000 },
    );
  });

  it("sees the same in many lines as in each alone, however long they are", () => {
    const texts = [...PLANTED, ...HARMLESS_LINES, "x ".repeat(40_000), `${"x ".repeat(40_000)}key abc`, ...SAMPLES];
    const flags = suspects(texts.map((text, index) => ({ number: index + 1, text })));
    expect([...flags].map((flag) => flag === 1)).toEqual(texts.map(isSuspected));
  });
});

describe("the lines that the gate knows", () => {
  it("hold nothing although they have such a word", () => {
    const stamp = fc.constantFrom("", "*Mar  1 11:06:40.351: ", "Jan 12 01:02:03.004: ", ".Nov  3 23:59:59: ");
    const address = fc.ipV4();
    const line = fc.oneof(
      fc.constantFrom("ISAKMP:      auth pre-share", "ISAKMP: auth pre-share"),
      fc
        .tuple(fc.nat(), fc.constantFrom("", " "), address)
        .map(([id, blank, peer]) => `ISAKMP:(${id}):${blank}found peer pre-shared key matching ${peer}`),
      fc.constant("  sa timing: remaining key lifetime (k/sec): (4607999/3599)"),
    );
    fc.assert(
      fc.property(stamp, line, (time, text) => {
        const whole = text.startsWith("ISAKMP") ? time + text : text;
        expect(mayHoldSecret(whole)).toBe(false);
        expect(findSecrets(whole, ALONE)).toEqual({ spans: [], awaits: undefined });
      }),
    );
  });

  it.each([
    "ISAKMP:(0):found peer pre-shared key matching 192.0.2.1 Kq7words9",
    "ISAKMP:(0):found peer pre-shared key matching Kq7words9",
    "ISAKMP:(0):found peer pre-shared key matching 1234567890",
    "ISAKMP:      auth pre-share Kq7words9",
    "key Kq7words9 ISAKMP:      auth pre-share",
  ])("but not with anything more: %s", (text) => {
    expect(mayHoldSecret(text) && isSuspected(text)).toBe(true);
  });
});
