/** Findings that share evidence can be told apart: by an ask of one of them, on every platform that is read. */
import { describe, expect, it } from "vitest";
import { PLATFORM_IDS, type PlatformId } from "../src/domain/ids.ts";
import type { Evidence } from "../src/domain/verdict.ts";
import type { FindingRule, KnownFault } from "../src/knowledge/finding-schema.ts";
import { readAsks, readFindings, readSignatures } from "../src/knowledge/read.ts";
import { answering, QUESTIONS } from "../src/tunnel/questions.ts";
import type { Tunnel } from "../src/tunnel/tunnel.ts";
import { readCases } from "./accuracy/case.ts";
import { run } from "./accuracy/judge.ts";

/** Platforms on which an engineer can run commands that show more than whether the tunnel is up. */
const PLATFORMS: readonly PlatformId[] = PLATFORM_IDS.filter((platform) => platform !== "aws");

const findings = readFindings();
const asks = readAsks();
const logged = new Set(readSignatures().map(({ id, platform }) => `${platform} ${id}`));
const restsOn = kindsByQuestion();

/** The kinds of reading that each question was answered from, in any labelled case. */
function kindsByQuestion(): ReadonlyMap<string, ReadonlySet<string>> {
  const kinds = new Map<string, Set<string>>();
  for (const item of readCases()) {
    const { tunnel } = run(item);
    const answer = answering(tunnel);
    for (const question of Object.keys(QUESTIONS)) {
      const known = kinds.get(question) ?? new Set();
      kinds.set(question, known);
      for (const line of answer(question).evidence) for (const kind of kindsAt(tunnel, line)) known.add(kind);
    }
  }
  return kinds;
}

function kindsAt({ known }: Tunnel, { paste: name, line }: Evidence): string[] {
  const paste = known.pastes.find(({ paste }) => paste.name === name)?.paste;
  const output = paste?.outputs.find(({ firstLine, lastLine }) => firstLine <= line && line <= lastLine);
  return output?.values.map(({ kind }) => kind) ?? [];
}

function conditions(rules: readonly (FindingRule & { readonly weight: string })[], weights: readonly string[]) {
  return rules.filter(({ weight }) => weights.includes(weight)).flatMap(({ when }) => when);
}

/** What speaks for both and makes neither sure. */
function shared(one: KnownFault, other: KnownFault): string[] {
  const theirs = new Set(conditions(other.for, ["weak", "strong"]));
  return [...new Set(conditions(one.for, ["weak", "strong"]))].filter(
    (condition) => theirs.has(condition) && !condition.startsWith("symptom "),
  );
}

/** What settles one of the two and says nothing, or something else, of the other. */
function telling(one: KnownFault, other: KnownFault): string[] {
  const of = ({ for: speaking, against }: KnownFault) => [
    ...conditions(speaking, ["confirms", "strong"]).map((condition) => `+${condition}`),
    ...conditions(against, ["excludes", "strong"]).map((condition) => `-${condition}`),
  ];
  const [ours, theirs] = [new Set(of(one)), new Set(of(other))];
  return [...ours].filter((item) => !theirs.has(item)).map((item) => item.slice(1));
}

function answers(ask: string, condition: string, platform: PlatformId): boolean {
  const gives = asks.get(ask)?.gives ?? [];
  if (condition.startsWith("symptom ")) return false;
  if (condition.startsWith("log "))
    return gives.includes("log") && logged.has(`${platform} ${condition.slice(4).replace(/ x\d+$/, "")}`);
  return gives.some((kind) => restsOn.get(condition.replace(/^no /, ""))?.has(kind) === true);
}

const pairs = findings.flatMap((one, index) =>
  findings.slice(index + 1).flatMap((other) => {
    const alike = shared(one, other);
    return alike.length > 0 ? [[one.id, other.id, alike, one, other] as const] : [];
  }),
);

describe("findings that look alike", () => {
  it("there are some", () => {
    expect(pairs.length).toBeGreaterThan(50);
  });

  for (const platform of PLATFORMS)
    it.each(pairs)(`${platform}: %s and %s are told apart by an ask`, (_one, _other, _alike, one, other) => {
      const conditionsThatTell = [...telling(one, other), ...telling(other, one)];
      const settling = [...one.settle, ...other.settle].filter(
        ({ ask }) =>
          asks.get(ask)?.commands[platform] !== undefined &&
          conditionsThatTell.some((condition) => answers(ask, condition, platform)),
      );
      expect(settling.map(({ ask }) => ask)).not.toEqual([]);
    });

  it.each(findings.map((finding) => [finding.id, finding] as const))(
    "%s: what settles it can be asked of every platform that is read",
    (_, { settle }) => {
      const silent = PLATFORMS.filter(
        (platform) => !settle.some(({ ask }) => asks.get(ask)?.commands[platform] !== undefined),
      );
      expect(silent).toEqual([]);
    },
  );
});
