/** Reads every fixture in all ways and compares its facts. */
import { readSignatures } from "../../src/knowledge/read.ts";
import { type ReadTools, readPaste } from "../../src/paste/read.ts";
import { createSecretTagger } from "../../src/paste/redact.ts";
import { VENDORS } from "../../src/vendors/index.ts";
import { isSame } from "./compare.ts";
import { type Explanation, explanationOf, readExplained } from "./explained.ts";
import { MAPPINGS } from "./facts/index.ts";
import { type Fact, Facts } from "./facts.ts";
import { loadFixtures } from "./fixtures.ts";
import type { Fixture, Mapping } from "./mapping.ts";
import { type Way, waysOf } from "./ways.ts";

export interface Difference extends Fact {
  readonly fixture: string;
  readonly ways: readonly Way["name"][];
  readonly explanation: Explanation | undefined;
}

export interface Checked {
  readonly fixture: string;
  readonly source: string;
  readonly command: string;
  readonly agreed: number;
  readonly differences: readonly Difference[];
  readonly notKept: number;
  readonly unread: readonly string[];
}

export interface Conformance {
  readonly fixtures: readonly Checked[];
  /** Explanations that no difference needed: out of date. */
  readonly idle: readonly Explanation[];
}

/** @returns undefined where there are no fixtures in the folder */
export function checkFixtures(folder: string): Conformance | undefined {
  const loaded = loadFixtures(folder, MAPPINGS);
  if (loaded === undefined) return undefined;
  const explained = readExplained();
  const tools: ReadTools = { vendors: VENDORS, signatures: readSignatures(), tagger: createSecretTagger() };
  const fixtures = loaded.map(({ fixture, mapping }) => checkFixture(fixture, mapping, tools, explained));
  const used = new Set(fixtures.flatMap(({ differences }) => differences.map(({ explanation }) => explanation)));
  return { fixtures, idle: explained.filter((one) => !used.has(one)) };
}

function checkFixture(
  fixture: Fixture,
  mapping: Mapping,
  tools: ReadTools,
  explained: readonly Explanation[],
): Checked {
  const fields = new Set<string>();
  const found = new Map<string, Fact & { ways: Way["name"][] }>();
  const unread = new Set<string>();
  let notKept = 0;
  for (const way of waysOf(fixture)) {
    const facts = factsOf(fixture, mapping, way, tools, unread);
    notKept = facts.notKept;
    for (const fact of facts.list) {
      fields.add(fact.field);
      if (isSame(fact.expected, fact.ours)) continue;
      const key = JSON.stringify([fact.field, fact.expected ?? null, fact.ours ?? null]);
      const known = found.get(key);
      if (known) known.ways.push(way.name);
      else found.set(key, { ...fact, ways: [way.name] });
    }
  }
  const differences = [...found.values()].map((fact) => ({
    ...fact,
    fixture: fixture.name,
    explanation: explanationOf(fixture.name, fact, explained),
  }));
  const differing = new Set(differences.map(({ field }) => field)).size;
  const { name, source } = fixture;
  const agreed = fields.size - differing;
  return { fixture: name, source, command: mapping.command, agreed, differences, notKept, unread: [...unread] };
}

function factsOf(fixture: Fixture, mapping: Mapping, way: Way, tools: ReadTools, unread: Set<string>): Facts {
  const facts = new Facts();
  const read = readPaste("fixture", way.text, tools);
  if (mapping.isRead !== false) {
    const [first, ...more] = read.outputs;
    facts.add("platform", fixture.platform, first?.platform);
    facts.add(
      "further outputs",
      [],
      more.map(({ command }) => command),
    );
    for (const output of read.outputs) for (const line of output.unread) unread.add(line.text);
  }
  mapping.facts(facts, fixture, read);
  return facts;
}
