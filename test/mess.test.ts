import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { ReadPaste } from "../src/domain/output.ts";
import { readSignatures } from "../src/knowledge/read.ts";
import { readPaste } from "../src/paste/read.ts";
import { createSecretTagger } from "../src/paste/redact.ts";
import { VENDORS } from "../src/vendors/index.ts";
import { DAMAGES, seeded } from "./mess.ts";

/**
 * Where what is lost can't be told from what was never there; only "reads without breaking" is asked of these.
 */
const GAPS = new Set([
  // An address of IPv6 that was wrapped, and whose second half only its indentation would join.
  "indentation lost: cisco-ios/show-crypto-ipsec-sa/cut-at-80.txt",
  // The line that says that the next hop is not attached was cut off.
  "cut in the middle: cisco-ios/show-ip-cef/article-recursive.txt",
  // Without the command nothing tells that single lines were filtered out.
  "no command line: cisco-ios/show-running-config/include-crypto.txt",
  // Without its tag "Name" the connection is called by its id.
  "lines dropped: aws/aws-ec2-describe-vpn-connections/limited.txt",
  // At the beginning of a line an entry of an access list is one of the configuration.
  "indentation lost: cisco-asa/show-crypto-ipsec-sa/ikev2-nat-t-detail.txt",
  // The identity that was looked for was cut off: what is left is noise.
  "cut by $ at 80: cisco-ios/show-logging/ikev2-identity-refused.txt",
  // The address of the interface that a tunnel starts from was lost: its name is left.
  "lines dropped: cisco-ios/show-running-config/ikev2.txt",
  // An interface whose "nameif" was lost is called by its own name.
  "lines dropped: cisco-asa/show-running-config/whole-with-the-rest.txt",
  // Which end is this one's was told by the host name alone; and an identity that is not said is the address.
  "indentation lost: libreswan/cat-ipsec-conf/same-file-at-both-ends.txt",
  "cut in the middle: libreswan/cat-ipsec-conf/same-file-at-both-ends.txt",
  "no command line: libreswan/cat-ipsec-conf/same-file-at-both-ends.txt",
  "lines dropped: libreswan/cat-ipsec-conf/same-file-at-both-ends.txt",
  "lines dropped: libreswan/cat-ipsec-conf/site-to-site.txt",
  // What the packet on UDP 4500 carried was cut off.
  "cut by $ at 80: strongswan/tcpdump/main-mode-all-forms.txt",
  // The bold marks come between a backslash and the line end that it escapes.
  "some lines bold: routeros/ip-ipsec-export/version-7.txt",
  // A log line inside a record hides the fields behind it.
  "syslog in the middle: routeros/ip-ipsec-installed-sa-print/behind-nat.txt",
  // After a log line of IOS the SPIs of a child look like the detail of a debug.
  "syslog in the middle: cisco-ios/show-crypto-ikev2-session/old.txt",
]);

const signatures = readSignatures();
const samples = allSamples();

interface Sample {
  readonly name: string;
  readonly text: string;
}

function allSamples(): Sample[] {
  const found: Sample[] = [];
  for (const vendor of VENDORS) {
    const folder = new URL(`../src/vendors/${vendor.id}/samples/`, import.meta.url).pathname;
    for (const command of readdirSync(folder))
      for (const file of readdirSync(join(folder, command)))
        if (file.endsWith(".txt"))
          found.push({
            name: `${vendor.id}/${command}/${file}`,
            text: readFileSync(join(folder, command, file), "utf8"),
          });
  }
  return found;
}

function read(text: string): ReadPaste {
  return readPaste("mess", text, { vendors: VENDORS, signatures, tagger: createSecretTagger() });
}

/** What was read, and where if that is to be compared. */
function facts(paste: ReadPaste, withLines: boolean, withLogs: boolean): string {
  return JSON.stringify(
    paste.outputs
      .map(({ command, values }) => ({ command, values: values.filter(({ kind }) => withLogs || kind !== "log") }))
      .filter(({ values }) => values.length > 0),
    (key, value: unknown) => (!withLines && (key === "at" || /^line$|Line$/.test(key)) ? undefined : value),
  );
}

function check(paste: ReadPaste, given: string): void {
  const last = given.split(/\r\r\n|\r\n|\n|\r/).length;
  expect(paste.outputs.filter(({ fault }) => fault !== undefined)).toEqual([]);
  expectRising(
    paste.lines.map(({ number }) => number),
    last,
  );
  for (const output of paste.outputs) {
    expectRising(
      output.unread.map(({ number }) => number),
      last,
    );
    expect(output.firstLine).toBeLessThanOrEqual(output.lastLine);
    expect(output.lastLine).toBeLessThanOrEqual(last);
  }
}

function expectRising(numbers: readonly number[], last: number): void {
  let before = 0;
  for (const number of numbers) {
    if (number <= before || number > last) throw new Error(`line ${number} after ${before} of ${last}`);
    before = number;
  }
}

/** Single values (addresses, states, numbers) that were read, to see whether damage invented one. */
function atoms(paste: ReadPaste): Set<string> {
  const found = new Set<string>();
  const walk = (value: unknown, key: string): void => {
    if (key === "at" || /^line$|Line$/.test(key)) return;
    if (Array.isArray(value)) for (const item of value) walk(item, key);
    else if (typeof value === "object" && value !== null)
      for (const [name, item] of Object.entries(value)) walk(item, name);
    else if (
      typeof value === "string" &&
      /[0-9]/.test(value) &&
      !/^(?:text|marks|status|options|command|tag)$/.test(key)
    )
      found.add(`${key}=${value.replace(/\s+/g, " ")}`);
  };
  for (const { values } of paste.outputs) walk(values, "");
  return found;
}

for (const { name, loses, adds, apply } of DAMAGES) {
  describe(`damage: ${name}`, () => {
    it.each(samples)("$name", ({ name: sample, text }) => {
      const damaged = apply(text, seeded(name.length * 7919 + sample.length));
      const before = read(text);
      const after = read(damaged);
      check(after, damaged);
      if (GAPS.has(`${name}: ${sample}`)) return;
      if (loses !== "some") {
        const withLines = loses === "nothing";
        expect(facts(after, withLines, adds !== "log")).toBe(facts(before, withLines, adds !== "log"));
      } else {
        const known = atoms(before);
        expect([...atoms(after)].filter((atom) => !known.has(atom))).toEqual([]);
      }
    });
  });
}
