import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { allows, beginningOf, PLACES } from "../src/paste/beginning.ts";
import { readPrompt } from "../src/paste/prompt.ts";
import { recogniserFor } from "../src/paste/recognise.ts";
import { requiredText } from "../src/paste/required-text.ts";
import { LINE_END, NOT_ASCII } from "../src/paste/symbols.ts";
import { VENDORS } from "../src/vendors/index.ts";

const commands = VENDORS.flatMap((vendor) => vendor.commands);
const lines = new Set<string>();
for (const vendor of VENDORS) {
  const folder = new URL(`../src/vendors/${vendor.id}/samples/`, import.meta.url).pathname;
  for (const command of readdirSync(folder))
    for (const file of readdirSync(join(folder, command)))
      if (file.endsWith(".txt"))
        for (const line of readFileSync(join(folder, command, file), "utf8").split("\n")) {
          lines.add(line);
          lines.add(line.trimStart());
          lines.add(`   ${line}`);
        }
}

it("finds every shape that trying each pattern finds", () => {
  const { hasShape, shapesOf, looksLike } = recogniserFor(VENDORS);
  const differing: string[] = [];
  for (const line of lines) {
    const shapes = shapesOf(line);
    const has = hasShape(line);
    for (const command of commands) {
      const looks = command.looksLike.some((pattern) => pattern.test(line));
      const starts = command.mayStartWith?.some((pattern) => pattern.test(line)) ?? false;
      const finds = (role: string) => shapes.some((shape) => shape.command === command && shape.role === role);
      const agrees = finds("looks") === looks && finds("starts") === starts && looksLike(command, line) === looks;
      if (!agrees || ((looks || starts) && !has)) differing.push(`${command.run}: ${line}`);
    }
  }
  expect(differing).toEqual([]);
});

/** They print another platform's lines under a head of their own, so once that head was read the lines are theirs. */
const PRINTS_ANOTHERS_LINES = [
  "get router info routing-table",
  "execute ping",
  "diagnose sniffer packet",
  // Levels in braces are named as their owner likes, as strongSwan's sections are.
  "show config running",
];

it("no line that a command surely continues with is a prompt or another command's", () => {
  const { shapesOf } = recogniserFor(VENDORS);
  let checked = 0;
  for (const command of commands) {
    for (const line of lines) {
      if (command.continues?.(line) !== true) continue;
      checked += 1;
      expect(readPrompt(line, VENDORS), line).toBeUndefined();
      if (PRINTS_ANOTHERS_LINES.some((run) => command.run.startsWith(run))) continue;
      const others = shapesOf(line).filter((shape) => shape.command !== command);
      expect(others, line).toEqual([]);
    }
  }
  expect(checked).toBeGreaterThan(100);
});

/** The symbols of a line from its first character on that is no blank. */
function symbolsOf(line: string): number[] {
  const text = line.trimStart();
  return Array.from({ length: PLACES }, (_, place) => {
    const code = text.charCodeAt(place);
    return Number.isNaN(code) ? LINE_END : code < LINE_END ? code : NOT_ASCII;
  });
}

function allowsLine(pattern: RegExp, line: string): boolean {
  const beginning = beginningOf(pattern);
  if (beginning === undefined) throw new Error(`${pattern} is not known`);
  if (/^[ \t]/.test(line) && !beginning.indented) return false;
  return symbolsOf(line).every((symbol, place) => allows(beginning, place, symbol));
}

it("knows the beginnings of every pattern, and none keeps it from a line that it matches", () => {
  const patterns = [...commands.flatMap(({ looksLike, mayStartWith = [] }) => [...looksLike, ...mayStartWith])];
  for (const pattern of patterns) {
    expect(beginningOf(pattern), String(pattern)).toBeDefined();
    for (const line of lines)
      if (pattern.test(line) && !allowsLine(pattern, line)) expect.fail(`${pattern} is not tried on "${line}"`);
  }
});

it.each([
  [/^\s*(?:interface|Peer): /, ["interface: x", "  Peer: x"], ["Pear: x", "", "peer: x"]],
  [/^[\s|]*\d{0,3}x?[-a]b/, ["| | 123xab", "-b", "x-b"], ["bb", "1c"]],
  [/^(?=x)\S{0,3}#/, ["xyz#", "#"], []],
  [/^\s*foo/i, ["  FOO", "fOo"], ["fo", "bar"]],
  [/^(?:a|bc){2}d/, ["aad", "bcbcd", "abcd"], ["d", "cb"]],
  [/^ab$|^\s{0,3}$/, ["ab", "  ", ""], ["abc", "b"]],
  [/^\w{3,} up/, ["abc up", "\u00e4bc up"], ["a up"]],
  [/^[^a-c]x/i, ["dx", "Dx", "\u00e4x"], ["ax", "Bx"]],
  [/^ {2}x\b.y/, ["  x y"], ["x"]],
])("the beginnings of %s allow %j and not %j", (pattern, may, mayNot) => {
  for (const line of may) expect(allowsLine(pattern, line), line).toBe(true);
  for (const line of mayNot) expect(allowsLine(pattern, line), line).toBe(false);
});

it.each([/foo/, /^a|b/, /^\u0041/, /^(a)\1/, /a^/, /^(?:^a)/, /^a/u, /^a/m])(
  "the beginnings of %s are not known",
  (pattern) => {
    expect(beginningOf(pattern)).toBeUndefined();
  },
);

it.each([
  [/^\s*(?:a|b) peer: \d+/, "peer"],
  [/^foo{2}bars?$/, "bar"],
  [/^[abc]+def/, "def"],
  [/^foo|bar/, undefined],
  [/^foo/i, undefined],
  [/^\u0041bc/, undefined],
  [/^\d\d:\d\d/, undefined],
])("requiredText(%s) is %s", (pattern, text) => {
  expect(requiredText(pattern)).toBe(text);
});
