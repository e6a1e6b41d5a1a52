/** Differences that are right on our side, with the reason; data in explained.yaml. */
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import { isSame } from "./compare.ts";
import type { Fact } from "./facts.ts";

const explanation = z.strictObject({
  /** The fixture's path; `*` stands for any part of a name. */
  fixture: z.string(),
  field: z.string(),
  /** Left out: any value. */
  expected: z.unknown().optional(),
  ours: z.unknown().optional(),
  /** Only where it was pasted in this way. */
  way: z.enum(["by its shape", "after a prompt", "as it is"]).optional(),
  why: z.string().min(20),
});
export type Explanation = z.infer<typeof explanation>;

export function readExplained(): readonly Explanation[] {
  const text = readFileSync(new URL("./explained.yaml", import.meta.url), "utf8");
  return z.array(explanation).parse(parse(text) ?? []);
}

/** The first explanation that fits, or undefined. A value that an explanation names must be the one that differs. */
export function explanationOf(
  fixture: string,
  fact: Fact & { readonly ways: readonly string[] },
  explained: readonly Explanation[],
): Explanation | undefined {
  return explained.find(
    (one) =>
      fits(one.fixture, fixture) &&
      (one.way === undefined || fact.ways.every((way) => way === one.way)) &&
      fits(one.field, fact.field) &&
      (!Object.hasOwn(one, "expected") || isSame(one.expected, fact.expected)) &&
      (!Object.hasOwn(one, "ours") || isSame(one.ours, fact.ours)),
  );
}

function fits(pattern: string, name: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(name);
}
