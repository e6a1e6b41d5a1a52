/** What is skipped for speed changes nothing: the redactor's quick looks, and what one platform costs another. */
import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { debugText } from "../bench/debug-text.ts";
import { charonText } from "../bench/swan-text.ts";
import type { Vendor } from "../src/domain/output.ts";
import type { Signature } from "../src/domain/signature.ts";
import { readSignatures } from "../src/knowledge/read.ts";
import { withTypedCharacters } from "../src/paste/clean/typography.ts";
import { readPaste } from "../src/paste/read.ts";
import { ALONE } from "../src/paste/redact/context.ts";
import { findSecrets } from "../src/paste/redact/find-secrets.ts";
import { mayHoldSecret } from "../src/paste/redact/gate.ts";
import { suspects } from "../src/paste/redact/screen.ts";
import { joinWrapped } from "../src/paste/redact/wrapped.ts";
import { createSecretTagger } from "../src/paste/redact.ts";
import { VENDORS } from "../src/vendors/index.ts";
import { HARMLESS_LINES } from "./harmless-lines.ts";
import { DAMAGES, seeded } from "./mess.ts";
import { PLANTED_SECRETS } from "./planted-secrets.ts";

const src = new URL("../src/vendors", import.meta.url).pathname;
const SAMPLES = readdirSync(src, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".txt"))
  .map((file) => readFileSync(`${src}/${file}`, "utf8"));
const PLANTED = PLANTED_SECRETS.map(({ text }) => text);
const LINES = [...SAMPLES, ...PLANTED].flatMap((text) => text.split(/\r?\n/)).concat(HARMLESS_LINES);

const BETWEEN_PEERS = /^[\d.:]{9,21}->[\d.:]{9,21},?$/;

describe("the redactor's quick looks", () => {
  /** A line, or two that ran into each other anywhere, as consoles and chats make them. */
  const line = fc.oneof(
    fc.constantFrom(...LINES),
    fc
      .tuple(fc.constantFrom(...LINES), fc.constantFrom(...LINES), fc.double({ min: 0, max: 1, noNaN: true }))
      .map(([one, other, at]) => {
        const cut = Math.floor(at * one.length);
        return one.slice(0, cut) + other + one.slice(cut);
      }),
    fc
      .tuple(fc.constantFrom(...LINES), fc.constantFrom(...LINES))
      .map(([one, other]) => `${one.slice(0, one.length >> 1)}${other.slice(other.length >> 1)}`),
  );
  const damaged = fc
    .tuple(line, fc.constantFrom(undefined, ...DAMAGES), fc.nat())
    .map(([text, damage, seed]) => damage?.apply(text, seeded(seed)) ?? text);

  it("hold back no line in which the full look finds anything, damaged and with secrets planted into it", () => {
    fc.assert(
      fc.property(damaged, (text) => {
        // The redactor is given typed characters only: see test/secrets.test.ts.
        for (const one of withTypedCharacters(text).split(/\r\n|\r|\n/)) {
          if (suspects([{ number: 1, text: one }])[0] === 1 && mayHoldSecret(one)) continue;
          if (one.endsWith(": PSK auth failed: probable pre-shared key mismatch")) continue;
          const { spans, awaits } = findSecrets(one, ALONE);
          // FortiOS' "sent IKE msg (AUTH): ADDRESS->ADDRESS" is known whole, as the line before is: what would be taken for a key there is none.
          const found = spans.filter(({ start, end }) => !BETWEEN_PEERS.test(one.slice(start, end)));
          expect({ found, awaits }, one).toEqual({ found: [], awaits: undefined });
        }
      }),
      { numRuns: 6000 },
    );
  });

  it("join the same wrapped lines", () => {
    fc.assert(
      fc.property(fc.array(damaged, { minLength: 2, maxLength: 6 }), (texts) => {
        const lines = texts
          .join("\n")
          .split("\n")
          .map((text, index) => ({ number: index + 1, text }));
        const suspected = suspects(lines);
        for (const index of lines.keys())
          expect(joinWrapped(lines, index, suspected[index] !== 0)).toEqual(joinWrapped(lines, index, true));
      }),
      { numRuns: 2000 },
    );
  });
});

/** Counts how often any of its copies is tried. */
class Counter {
  trials = 0;

  of(pattern: RegExp): RegExp {
    const counter = this;
    const copy = new RegExp(pattern.source, pattern.flags);
    copy.exec = function exec(text: string) {
      counter.trials += 1;
      return RegExp.prototype.exec.call(pattern, text);
    };
    return copy;
  }
}

describe("what a platform costs the others", () => {
  const signatures = readSignatures();
  /** Platforms that print everything that ours print, and a little differently: twenty of them. */
  const strangers = (counter: Counter, but: string): Signature[] =>
    Array.from({ length: 20 }, (_, copy) =>
      signatures
        .filter(({ platform }) => platform !== but)
        .map((signature) => ({ ...signature, id: `${signature.id}-${copy}`, pattern: counter.of(signature.pattern) })),
    ).flat();

  it.each<[string, string, string]>([
    ["IOS", "cisco-ios", debugText(30_000)],
    ["charon", "strongswan", charonText(30_000)],
  ])("reading a log of %s tries no signature of any other, however many there are", (_, platform, text) => {
    const [own, others] = [new Counter(), new Counter()];
    const ours = signatures
      .filter((signature) => signature.platform === platform)
      .map((signature) => ({ ...signature, pattern: own.of(signature.pattern) }));
    const read = (all: readonly Signature[]) =>
      readPaste("log", text, { vendors: VENDORS, signatures: all, tagger: createSecretTagger() });
    const alone = read(ours);
    const trialsAlone = own.trials;
    expect(trialsAlone).toBeGreaterThan(0);
    // Each line is tried on the few patterns whose fixed text it holds.
    expect(trialsAlone).toBeLessThan(3 * text.split("\n").length);
    expect(read([...strangers(others, platform), ...ours])).toEqual(alone);
    expect(own.trials).toBe(2 * trialsAlone);
    expect(others.trials).toBe(0);
  });

  it.each<[string, string, (bytes: number) => string]>([
    ["IOS", "cisco-ios", debugText],
    ["charon", "strongswan", charonText],
  ])("how often shapes of other platforms are tried does not grow with a log of %s", (_, platform, textOf) => {
    const counter = new Counter();
    const vendors: Vendor[] = VENDORS.map((vendor) =>
      vendor.id === platform
        ? vendor
        : {
            ...vendor,
            prompt: counter.of(vendor.prompt),
            commands: vendor.commands.map((command) => ({
              ...command,
              looksLike: command.looksLike.map((pattern) => counter.of(pattern)),
            })),
          },
    );
    const trialsFor = (bytes: number) => {
      counter.trials = 0;
      readPaste("log", textOf(bytes), { vendors, signatures, tagger: createSecretTagger() });
      return counter.trials;
    };
    trialsFor(1000);
    expect(trialsFor(80_000)).toBe(trialsFor(20_000));
  });
});
