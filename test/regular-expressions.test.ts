import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { LineCounter, parseDocument, visit } from "yaml";
import { keyOf, recheckAll, writeJudged } from "./recheck-verdicts.ts";
import { findPatterns, type Pattern } from "./regular-expressions.ts";
import { sourceFiles } from "./source-tree.ts";

const VENDOR_FOLDERS = new URL("../src/vendors/", import.meta.url);

/** Places that build patterns at run time, and why that is safe. File names only: lines move. */
const BUILT_AT_RUN_TIME: Readonly<Record<string, string>> = {
  "src/case/hand-off-far-side.ts": "looks for one host name, escaped, between two single characters",
  "src/knowledge/compile.ts": "compiles the patterns of the signatures, all checked below",
};

/** Patterns that recheck can't decide within its time, and why they are safe. */
const UNDECIDED: Readonly<Record<string, string>> = {};

/** `pattern:` of every signature, with its line. */
function signaturePatterns(): Pattern[] {
  const patterns: Pattern[] = [];
  const files = readdirSync(VENDOR_FOLDERS, { recursive: true, encoding: "utf8" });
  for (const file of files.filter((name) => /knowledge\/signatures\/[^/]+\.yaml$/.test(name))) {
    const lines = new LineCounter();
    const document = parseDocument(readFileSync(new URL(file, VENDOR_FOLDERS), "utf8"), { lineCounter: lines });
    visit(document, {
      Pair(_, { key, value }) {
        const isPattern = key !== null && typeof key === "object" && "value" in key && key.value === "pattern";
        if (!isPattern || value === null || typeof value !== "object" || !("value" in value)) return;
        const offset = "range" in value && Array.isArray(value.range) ? Number(value.range[0]) : 0;
        patterns.push({
          at: `src/vendors/${file}:${lines.linePos(offset).line}`,
          source: String(value.value),
          flags: "i",
        });
      },
    });
  }
  return patterns;
}

async function problemsOf(patterns: readonly Pattern[]): Promise<string[]> {
  const verdicts = await recheckAll(patterns);
  return patterns.flatMap((pattern) => {
    const verdict = verdicts.get(keyOf(pattern));
    if (verdict?.status === "safe" || UNDECIDED[keyOf(pattern)] !== undefined) return [];
    return [`${pattern.at} ${verdict?.status} (${verdict?.detail}): ${keyOf(pattern)}`];
  });
}

const { patterns, unknown } = findPatterns(sourceFiles("src", "flows"));

it("every pattern of the sources takes linear time", { timeout: 600_000 }, async () => {
  expect(patterns.length).toBeGreaterThan(100);
  expect(await problemsOf(patterns)).toEqual([]);
});

it("every pattern of the signatures takes linear time", { timeout: 600_000 }, async () => {
  const found = signaturePatterns();
  expect(found.length).toBeGreaterThan(0);
  expect(await problemsOf(found)).toEqual([]);
});

if (process.env["RECHECK"] === "write")
  it("the list of judged patterns is written anew", { timeout: 3_600_000 }, async () => {
    writeJudged(await recheckAll([...patterns, ...signaturePatterns()]));
  });

it("every assembled pattern can be worked out from constants, or is listed with a reason", () => {
  expect(unknown.filter((at) => BUILT_AT_RUN_TIME[at.replace(/:[0-9]+$/, "")] === undefined)).toEqual([]);
});

describe("the check itself", () => {
  const planted = (text: string, more = "") => [
    { path: "src/x.ts", text },
    { path: "src/parts.ts", text: more },
  ];

  it.each([
    ["a literal", "const a = 1;\nconst bad = /^(a+)+$/;"],
    ["a literal deep inside", "function f() {\n return [{ p: () => /^(a+)+$/u }]; }"],
    ["new RegExp of a string", 'const x = 1;\nconst bad = new RegExp("^(a+)+$");'],
    ["RegExp without new", 'const x = 1;\nconst bad = RegExp("^(a+)+$", "i");'],
    ["a raw template", "const x = 1;\nconst bad = new RegExp(String.raw`^(a+)+$`);"],
    ["a sum of constants", 'const PART = "(a+)+";\nconst bad = new RegExp("^" + PART + "$");'],
    ["a template of constants", `const PART = /(a+)+/;\nconst bad = new RegExp(\`^\${PART.source}$\`);`],
    ["a joined list", 'const x = 1;\nconst bad = new RegExp(["^(a+)+$", "b"].join("|"));'],
    ["a constant of another file", `import { PART } from "./parts.ts";\nconst bad = new RegExp(\`^\${PART}$\`);`],
  ])("catches ^(a+)+$ in %s", async (_, text) => {
    const found = findPatterns(planted(text, 'export const PART = "(a+)+";'));
    expect(found.unknown).toEqual([]);
    const problems = await problemsOf(found.patterns);
    expect(problems.some((problem) => problem.startsWith("src/x.ts:2 vulnerable"))).toBe(true);
  });

  it("catches polynomial time too", async () => {
    const { patterns: found } = findPatterns(planted("const bad = /^\\s+(\\S+ )*authentication-key\\s*.*\\s*$/;"));
    expect(await problemsOf(found)).toHaveLength(1);
  });

  it("says where a pattern can't be worked out", () => {
    const text = "function f(p: string) {\n  return new RegExp(p);\n}";
    expect(findPatterns(planted(text)).unknown).toEqual(["src/x.ts:2"]);
  });

  it("does not take text or divisions for patterns", () => {
    expect(findPatterns(planted('const s = "/(a+)+$/"; const d = 4 / 2 / 1; // /(a+)+$/')).patterns).toEqual([]);
  });
});
