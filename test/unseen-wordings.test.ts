/** A message whose wording no source shows printed makes a finding likely, never sure. */
import { describe, expect, it } from "vitest";
import { PLATFORM_IDS, type PlatformId } from "../src/domain/ids.ts";
import { readSignatures, readYaml, yamlFiles } from "../src/knowledge/read.ts";
import { SignatureFile } from "../src/knowledge/schema.ts";
import { readPaste } from "../src/paste/read.ts";
import { createSecretTagger } from "../src/paste/secret-tagger.ts";
import { VENDORS } from "../src/vendors/index.ts";
import { run } from "./accuracy/judge.ts";

/** What stands before a message in the logs of those who have such wordings. */
const HEADS: Partial<Record<PlatformId, string>> = {
  junos: "Nov 27 10:11:12  srx-oslo kmd[1417]: ",
  libreswan: 'Nov 27 03:33:22 gw pluto[812]: "branch" #1: ',
  panos: "2026-11-27 09:01:10.123 +0100  [PERR]: {    1:     }: ",
  routeros: "09:01:10 ipsec,error ",
};

const unseen = PLATFORM_IDS.flatMap((platform) => yamlFiles(`vendors/${platform}/signatures`)).flatMap((file) => {
  const { platform, signatures } = readYaml(file, SignatureFile);
  return signatures.flatMap(({ id, unseen: parts, matches }) =>
    parts.map((part) => [platform, id, part, matches.filter((line) => line.toLowerCase().includes(part))] as const),
  );
});

const eventsOf = (text: string) =>
  readPaste("log", text, {
    vendors: VENDORS,
    signatures: readSignatures(),
    tagger: createSecretTagger(),
  }).outputs.flatMap(({ values }) => values.flatMap((value) => (value.kind === "log" ? value.events : [])));

describe("wordings that no source shows printed", () => {
  it.each(unseen)("%s %s: what has '%s' is marked, and confirms nothing however often it comes", (...of) => {
    const [platform, id, , lines] = of;
    expect(lines).not.toEqual([]);
    for (const line of lines) {
      const text = Array.from({ length: 5 }, () => `${HEADS[platform]}${line}`)
        .join("\n")
        .concat("\n");
      const events = eventsOf(text).filter(({ signature }) => signature === id);
      expect(events.map((event) => event.unseen)).toEqual(Array.from({ length: 5 }, () => true));
      const { verdict } = run({ pastes: [{ name: "log", end: "local", text }], platforms: {}, cannot: [] } as never);
      expect(verdict.findings.filter(({ certainty }) => certainty === "confirmed")).toEqual([]);
    }
  });

  it("the same said in a known wording makes it sure, and the reason is given where it is not", () => {
    const verdictOf = (line: string) =>
      run({
        pastes: [{ name: "log", end: "local", text: `09:14:55 ipsec,info ${line}\n` }],
        platforms: {},
        cannot: [],
      } as never).verdict.findings[0];
    const doubted = verdictOf("dead peer detected 203.0.113.44");
    expect(doubted?.id).toBe("dpd-peer-dead");
    expect(doubted?.certainty).toBe("likely");
    expect(doubted?.why).toContain("from no device that printed it");
    const known = verdictOf("DPD: remote (ISAKMP-SA spi=5d0a64ea0d9a8e2b:77aa64ea0d9a8e2b) seems to be dead.");
    expect(known?.certainty).toBe("confirmed");
  });
});
