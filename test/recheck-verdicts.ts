/** What recheck says of the regular expressions, and what it said before. */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { check } from "recheck";
import type { Pattern } from "./regular-expressions.ts";

export interface Verdict {
  readonly status: "safe" | "vulnerable" | "unknown";
  /** "exponential", "2nd degree polynomial", or why nothing is known. */
  readonly detail: string;
}

const CACHE = fileURLToPath(new URL("../node_modules/.cache/tunnelmedic/recheck.json", import.meta.url));
const VERSION = "recheck 4.5.0, by steps";
const AT_ONCE = 2;
const KEPT_EACH = 20;
const SEED = 20261123;
/** Far more than any pattern takes: each phase must end by its steps, or a busy machine would judge otherwise. */
const TIMEOUT_MS = 120_000;
const LIMITS = {
  timeout: TIMEOUT_MS,
  seedingTimeout: TIMEOUT_MS,
  incubationTimeout: TIMEOUT_MS,
  attackTimeout: TIMEOUT_MS,
  randomSeed: SEED,
};

/**
 * What recheck says about each pattern, by `keyOf`. Patterns that were judged before are known by a cache in
 * node_modules/.cache, or by the list beside this file; every run judges some of the list again, and RECHECK=all all.
 */
export async function recheckAll(patterns: readonly Pattern[]): Promise<Map<string, Verdict>> {
  const cached = new Map([...judgedBefore(patterns), ...readCache()]);
  const verdicts = new Map<string, Verdict>();
  const open = new Map<string, Pattern>();
  for (const pattern of patterns) {
    const known = cached.get(keyOf(pattern));
    if (known) verdicts.set(keyOf(pattern), known);
    else open.set(keyOf(pattern), pattern);
  }
  const queue = [...open];
  // What is known is kept as it comes: a run that is stopped has not worked for nothing.
  const keep = () =>
    writeCache(new Map([...readCache(), ...[...verdicts].filter(([, { status }]) => status !== "unknown")]));
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let next = queue.pop(); next; next = queue.pop()) {
        verdicts.set(next[0], await recheck(next[1]));
        if (queue.length % KEPT_EACH === 0) keep();
      }
    }),
  );
  if (open.size > 0) keep();
  return verdicts;
}

export function keyOf({ source, flags }: Pattern): string {
  return `/${source}/${flags}`;
}

async function recheck({ source, flags }: Pattern): Promise<Verdict> {
  // The fuzzer draws lots: with a seed of its own, a pattern is judged alike on every machine.
  const found = await check(source, flags, LIMITS);
  if (found.status === "safe") return { status: "safe", detail: found.complexity.type };
  if (found.status === "vulnerable") return { status: "vulnerable", detail: found.complexity.summary };
  return { status: "unknown", detail: found.error.kind };
}

const JUDGED = new URL("./regular-expressions-judged.txt", import.meta.url);
/** Of so many patterns of the list one is judged again in a run; which ones depends on the day. */
const AGAIN = 50;

function judgedBefore(patterns: readonly Pattern[]): Map<string, Verdict> {
  const [version, ...hashes] = readFileSync(JUDGED, "utf8").trim().split("\n");
  if (version !== VERSION || process.env["RECHECK"] === "all") return new Map();
  const judged = new Set(hashes);
  const today = Math.floor(Date.now() / 86_400_000) % AGAIN;
  const known = patterns.map(keyOf).filter((key) => judged.has(hashOf(key)) && placeOf(key) !== today);
  return new Map(known.map((key) => [key, { status: "safe", detail: "judged before" }]));
}

function hashOf(key: string): string {
  return createHash("sha256").update(key).digest("base64url").slice(0, 16);
}

function placeOf(key: string): number {
  return createHash("sha256").update(key).digest().readUInt16BE(30) % AGAIN;
}

/** Writes the list anew for these patterns, all of them judged: `RECHECK=write`, before a commit with many new patterns. */
export function writeJudged(verdicts: ReadonlyMap<string, Verdict>): void {
  const safe = [...verdicts].filter(([, { status }]) => status === "safe").map(([key]) => hashOf(key));
  writeFileSync(JUDGED, `${[VERSION, ...safe.sort()].join("\n")}\n`);
}

function readCache(): Map<string, Verdict> {
  try {
    const { version, verdicts } = JSON.parse(readFileSync(CACHE, "utf8")) as {
      version: string;
      verdicts: [string, Verdict][];
    };
    return new Map(version === VERSION ? verdicts : []);
  } catch {
    return new Map();
  }
}

function writeCache(verdicts: ReadonlyMap<string, Verdict>): void {
  mkdirSync(new URL(".", `file://${CACHE}`), { recursive: true });
  writeFileSync(CACHE, JSON.stringify({ version: VERSION, verdicts: [...verdicts] }));
}
