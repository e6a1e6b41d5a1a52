/** Every end is spoken to in its own platform's words, and never in another's. */
import { describe, expect, it } from "vitest";
import type { PlatformId } from "../src/domain/ids.ts";
import { readAsks, readFindings } from "../src/knowledge/read.ts";
import { blanksFor } from "../src/verdict/blanks/index.ts";
import { diagnose } from "../src/verdict/diagnose.ts";
import { fillCommands } from "../src/verdict/fill.ts";
import { inPlatformWords, platformOfWords } from "../src/verdict/platform-words.ts";
import { child, connections, type EndOf, HERE, ikeProposal, log, THERE, tunnelOf } from "./connection-ends.ts";

const knowledge = { findings: readFindings(), asks: readAsks() };

function verdictOf(local: EndOf, remote: EndOf) {
  return diagnose(tunnelOf(local, remote).known, knowledge).verdict;
}

const strong = ikeProposal("aes-256 sha384 20");
const weak = ikeProposal("aes-128 sha256 14");

/** Words that only a Cisco has. */
const CISCO = /\b(?:crypto(?!-profile)|configure terminal|isakmp|show run)/;

describe("an end whose platform has no fix for a finding", () => {
  it.each<PlatformId>(["junos", "panos", "routeros", "fortios"])(
    "%s: is told in plain words, with the other end's values",
    (platform) => {
      const verdict = verdictOf(
        { platform, values: [connections(HERE, THERE, { ikeProposals: [weak] })] },
        { platform: "aws", values: [connections(THERE, HERE, { ikeProposals: [strong] })] },
      );
      const [finding] = verdict.findings;
      expect(finding).toMatchObject({ id: "ike-policy-mismatch", certainty: "confirmed", side: "local" });
      const said = finding?.fix.map(({ commands, note }) => [...commands, note].join("\n")).join("\n") ?? "";
      expect(finding?.fix.map(({ side, platform: of }) => `${side} ${of}`)).toEqual([`local ${platform}`]);
      if (finding?.fix[0]?.commands.length === 0) expect(said).toMatch(/aes-256.*sha384.*20/);
      expect(said).not.toMatch(CISCO);
    },
  );

  it("is asked in its own words too, or not at all", () => {
    const { asks } = verdictOf({ platform: "strongswan", values: [connections(HERE, THERE)] }, {});
    expect(asks.length).toBeGreaterThan(0);
    for (const { command } of asks) expect(command).not.toMatch(CISCO);
  });
});

describe("an end of which nothing is known", () => {
  it("is asked in the words of the other end, and of IOS where both are unknown", () => {
    expect(platformOfWords(tunnelOf({ platform: "cisco-asa", values: [connections(HERE, THERE)] }, {}), "remote")).toBe(
      "cisco-asa",
    );
    expect(platformOfWords(tunnelOf({}, {}), "remote")).toBe("cisco-ios");
  });

  it("is not told to enter commands of a platform that it may not be", () => {
    const refused = log(THERE, {
      version: 2,
      role: "responder",
      ikeCompared: { configured: [strong], received: [weak] },
    });
    const [finding] = verdictOf({ platform: "strongswan", values: [refused] }, {}).findings;
    expect(finding).toMatchObject({ id: "ike-policy-mismatch", certainty: "confirmed", side: "remote" });
    expect(finding?.fix.map(({ side, platform, commands }) => [side, platform, commands])).toEqual([
      ["remote", "unknown", []],
    ]);
    expect(finding?.fix[0]?.note).toMatch(/aes-256.*sha384.*20/);
  });
});

describe("blanks for every platform", () => {
  const tunnel = tunnelOf(
    {
      platform: "cisco-ios",
      values: [connections(HERE, THERE, { ikeProposals: [weak], children: [child("10.1.0.0/16", "10.2.4.0/22")] })],
    },
    {
      platform: "strongswan",
      values: [connections(THERE, HERE, { ikeProposals: [strong], children: [child("10.2.4.0/22", "10.1.0.0/16")] })],
    },
  );

  it("name networks in the forms in which devices write them", () => {
    const text =
      "{near-cidr} {far-cidr} | {near-netmask-pair} | {far-netmask-pair} | {far-wildcard-pair} | {connection} {child}";
    expect(fillCommands(text, blanksFor(tunnel, "local"))).toEqual([
      "10.1.0.0/16 10.2.4.0/22 | 10.1.0.0 255.255.0.0 | 10.2.4.0 255.255.252.0 | 10.2.4.0 0.0.3.255 | to-peer net",
    ]);
  });

  it("say what the other end has, in the words of this one", () => {
    const text =
      "{ike-encryption-there} {ike-integrity-there} {ike-group-there} {esp-encryption-there} {esp-integrity-there}";
    const words = readFindings()[0]?.words["cisco-ios"];
    expect(fillCommands(text, blanksFor(tunnel, "local"))).toEqual(["aes-256 sha384 20 aes-256 sha256"]);
    expect(fillCommands(text, inPlatformWords(blanksFor(tunnel, "local"), words))).toEqual([
      "aes-cbc-256 sha384 20 esp-aes 256 esp-sha256-hmac",
    ]);
  });
});

describe("what an end without crypto maps has shown", () => {
  const asked = (values: NonNullable<EndOf["values"]>) =>
    verdictOf({ platform: "strongswan", values }, { platform: "strongswan", values: [] })
      .asks.filter(({ side }) => side === "local")
      .map(({ command }) => command);

  it("is not asked for again", () => {
    const before = asked([{ kind: "device" }]);
    const log1 = log(THERE, { version: 2, role: "initiator", progress: "begun" });
    const after = asked([connections(HERE, THERE), log1]);
    expect(before.length).toBeGreaterThan(0);
    for (const command of after) expect(command).not.toMatch(/conf|list-conns|journalctl/);
  });
});
