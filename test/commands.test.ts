import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { caseIdFrom, parseCommand } from "../src/case/commands.ts";
import { refusalOf } from "../src/domain/access.ts";
import { symptomFromWords } from "../src/knowledge/symptoms.ts";

const parse = (words: string) => parseCommand(words, symptomFromWords);

describe("the words after /ipsec", () => {
  it("tell symptom, peer and platform of a new case, in any order", () => {
    expect(parse("tunnel to 198.51.100.7 is down")).toMatchObject({ symptom: "tunnel-down", peer: "198.51.100.7" });
    expect(parse("asa (203.0.113.9), flapping")).toMatchObject({
      type: "start",
      symptom: "flapping",
      platform: "cisco-asa",
      peer: "203.0.113.9",
    });
    expect(parse("tunnel to their fortigate 203.0.113.9 is down")).toMatchObject({
      platform: undefined,
      peer: "203.0.113.9",
    });
    expect(parse("our asa to 203.0.113.9 (fortigate) is down")).toMatchObject({ platform: "cisco-asa" });
    expect(parse("")).toEqual({ type: "start", symptom: undefined, platform: undefined, peer: undefined, words: "" });
    expect(parse("start 2001:DB8::1")).toMatchObject({ type: "start", peer: "2001:db8::1" });
  });

  it("name a subcommand in any case, with what it needs", () => {
    expect(parse("HELP")).toEqual({ type: "help" });
    expect(parse("explain MM_WAIT_MSG4")).toEqual({ type: "explain", words: "MM_WAIT_MSG4" });
    expect(parse("resume #7f3k")).toEqual({ type: "resume", caseId: "7F3K" });
    expect(parse("close")).toEqual({ type: "close" });
    for (const words of ["close it", "close this case please", "Close it, please.", "close now", "close that"])
      expect(parse(words), words).toEqual({ type: "close" });
    expect(parse("handoff please")).toEqual({ type: "handoff" });
    expect(parse("handoff 7F3KQ")).toEqual({ type: "handoff", caseId: "7F3KQ" });
    expect(parse("handoff far")).toEqual({ type: "handoff", template: "far-side" });
    expect(parse("handoff for the far side 7f3k")).toEqual({ type: "handoff", template: "far-side", caseId: "7F3K" });
    expect(parse("hand-off 7F3K vendor")).toEqual({ type: "handoff", template: "vendor", caseId: "7F3K" });
    expect(parse("cases closed of Pune since 7d page 2")).toEqual({
      type: "cases",
      filter: { status: "closed", words: "Pune", since: "7d", page: 2 },
    });
    expect(parse("cases since soon")).toMatchObject({ type: "incomplete" });
    expect(parse("cases stats since 2026-11-01")).toEqual({ type: "stats", since: "2026-11-01" });
    expect(parse("search agressive mode")).toEqual({ type: "search", words: "agressive mode" });
    expect(parse("cases open mine 198.51.100.7")).toEqual({
      type: "cases",
      filter: { status: "open", mine: true, peer: "198.51.100.7" },
    });
    expect(parse("cases ike-psk-mismatch closed")).toMatchObject({
      filter: { cause: "ike-psk-mismatch", status: "closed" },
    });
  });

  it("say what to type where something is missing", () => {
    for (const words of ["explain", "resume", "resume nonsense!", "close the door"])
      expect(parse(words)).toMatchObject({ type: "incomplete", remedy: expect.stringContaining("`") });
  });

  it("are never too much", () => {
    fc.assert(fc.property(fc.string(), (words) => void expect(parse(words).type).toBeTypeOf("string")));
    expect(parse("constructor __proto__ toString")).toMatchObject({ type: "start", platform: undefined });
  });
});

it("a case's id is known however it is written", () => {
  expect(["7F3K", "7f3k", "#7F3K", "case 7F3K"].map(caseIdFrom)).toEqual(["7F3K", "7F3K", "7F3K", "7F3K"]);
  expect(caseIdFrom("7FOI")).toBe("7F01");
  expect(["", "7F3", "7F3K7F3K", "7F3U", "../.."].map(caseIdFrom)).toEqual(Array(5).fill(undefined));
});

describe("who may", () => {
  const rules = { places: ["C1"], groups: { close: ["S1", "S2"] } };
  it("everyone, where nothing is restricted", () => {
    expect(refusalOf({ groups: {} }, "close", { places: [], groups: [] })).toBeUndefined();
  });
  it("only in the channels that are set up", () => {
    expect(refusalOf(rules, "start", { places: ["C1"], groups: [] })).toBeUndefined();
    expect(refusalOf(rules, "start", { places: ["C2"], groups: [] })).toContain("channel");
  });
  it("only who is in one of the groups", () => {
    expect(refusalOf(rules, "close", { places: ["C1"], groups: ["S2"] })).toBeUndefined();
    expect(refusalOf(rules, "close", { places: ["C1"], groups: ["S3"] })).toContain("close a case");
    expect(refusalOf(rules, "hand-over", { places: ["C1"], groups: [] })).toBeUndefined();
  });
});
