import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { PLATFORM_IDS } from "../src/domain/ids.ts";
import { readSignatures } from "../src/knowledge/read.ts";
import { readPaste } from "../src/paste/read.ts";
import { createSecretTagger } from "../src/paste/redact.ts";
import { whyUnreadable } from "../src/speech/unreadable.ts";
import { VENDORS } from "../src/vendors/index.ts";

const folder = new URL("../src/vendors/", import.meta.url).pathname;
const signatures = readSignatures();

/** "show crypto ipsec sa [peer ADDRESS]" is kept under samples/show-crypto-ipsec-sa. */
function sampleFolder(run: string): string {
  return run
    .replace(/\[[^\]]*\]/g, "")
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-");
}

it("every platform folder is listed", () => {
  const folders = readdirSync(folder, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && existsSync(join(folder, entry.name, "index.ts")),
  );
  expect(folders.map((entry) => entry.name).sort()).toEqual(VENDORS.map((vendor) => vendor.id).sort());
});

it("every platform that can be named is read, and nobody is told that it can't be", () => {
  expect([...PLATFORM_IDS].sort()).toEqual(VENDORS.map(({ id }) => id).sort());
  const [output] = readPaste("p", "ciscoasa# show crypto ikev1 sa\n\nThere are no IKEv1 SAs\n", {
    vendors: VENDORS,
    signatures,
    tagger: createSecretTagger(),
  }).outputs;
  expect(output).toMatchObject({ platform: "cisco-asa" });
  for (const { id } of VENDORS) {
    const outputs = [{ platform: id, command: "x", firstLine: 1, lastLine: 1, unread: [] }];
    expect(whyUnreadable({ name: "p", side: "local", outputs })).toBeUndefined();
  }
});

for (const vendor of VENDORS) {
  describe(vendor.name, () => {
    const samples = join(folder, vendor.id, "samples");

    it("keeps samples for its commands and for nothing else", () => {
      const expected = vendor.commands.map((command) => sampleFolder(command.run));
      expect(readdirSync(samples).sort()).toEqual(expected.sort());
    });

    for (const command of vendor.commands) {
      const at = join(samples, sampleFolder(command.run));
      const texts = existsSync(at) ? readdirSync(at).filter((file) => file.endsWith(".txt")) : [];

      it(`${command.run}: has an empty sample and another`, () => {
        expect(texts).toContain("empty.txt");
        expect(texts.length).toBeGreaterThan(1);
      });

      it.each(texts)(`${command.run}: reads samples/%s as expected`, (file: string) => {
        const text = readFileSync(join(at, file), "utf8");
        const read = readPaste(file, text, { vendors: VENDORS, signatures, tagger: createSecretTagger() });
        const facts = read.outputs.map(({ platform, command: name, unread, values }) => ({
          platform,
          command: name,
          unread: unread.map((line) => line.text),
          values,
        }));
        const expectedFile = join(at, file.replace(/\.txt$/, ".json"));
        // A new sample writes what was read, for its author to check by eye; in CI a missing expectation fails.
        if (!existsSync(expectedFile) && process.env["CI"] === undefined && process.env["WRITE_SAMPLES"] === "1")
          writeFileSync(expectedFile, `${JSON.stringify(facts, null, 2)}\n`);
        expect(JSON.parse(JSON.stringify(facts))).toEqual(JSON.parse(readFileSync(expectedFile, "utf8")));
      });
    }
  });
}
