import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { readPaste } from "../src/paste/read.ts";
import { createSecretTagger } from "../src/paste/redact.ts";
import { VENDORS } from "../src/vendors/index.ts";
import { DAMAGES, seeded } from "./mess.ts";

/** Lines of all samples, with marks of chats and terminals among them. */
const lines = [
  ...sampleLines(),
  "```",
  "[...]",
  "### HUB",
  "remote side:",
  "R1(config)#",
  "--More-- \b\b",
  "> quoted",
  "",
  "\ufffd\u0000",
];

function sampleLines(): string[] {
  const found = new Set<string>();
  for (const vendor of VENDORS) {
    const folder = new URL(`../src/vendors/${vendor.id}/samples/`, import.meta.url).pathname;
    for (const command of readdirSync(folder))
      for (const file of readdirSync(join(folder, command)))
        if (file.endsWith(".txt"))
          for (const line of readFileSync(join(folder, command, file), "utf8").split("\n")) found.add(line);
  }
  return [...found];
}

function check(text: string): void {
  const paste = readPaste("any", text, { vendors: VENDORS, signatures: [], tagger: createSecretTagger() });
  const last = text.split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/).length;
  for (const numbered of [paste.lines, ...paste.outputs.map(({ unread }) => unread)]) {
    let before = 0;
    for (const { number } of numbered) {
      expect(number).toBeGreaterThan(before);
      before = number;
    }
    expect(before).toBeLessThanOrEqual(last);
  }
  for (const { firstLine, lastLine, fault } of paste.outputs) {
    expect(fault).toBeUndefined();
    expect(firstLine).toBeGreaterThan(0);
    expect(lastLine).toBeGreaterThanOrEqual(firstLine);
    expect(lastLine).toBeLessThanOrEqual(last);
  }
}

it("reads any text at all without breaking", () => {
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 400 }), check), { numRuns: 300 });
});

it("reads any mixture of lines that devices print without breaking", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...lines), { maxLength: 40 }), (some) => check(some.join("\n"))),
    { numRuns: 400 },
  );
});

it("reads any mixture with any damage without breaking", () => {
  const mixture = fc.array(fc.constantFrom(...lines), { maxLength: 25 });
  fc.assert(
    fc.property(mixture, fc.constantFrom(...DAMAGES), fc.nat(), (some, damage, seed) =>
      check(damage.apply(some.join("\n"), seeded(seed))),
    ),
    { numRuns: 300 },
  );
});
