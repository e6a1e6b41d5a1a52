/** Labelled cases of different sites put together at random: what a stranger's device shows must make nothing sure. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { tieOf } from "../src/tunnel/ties.ts";
import type { Diagnosis } from "../src/verdict/diagnose.ts";
import { type LabelledCase, readCases } from "./accuracy/case.ts";
import { run } from "./accuracy/judge.ts";

const cases = readCases().filter(({ pastes, peer }) => pastes.length > 0 && peer === undefined);

/** Other networks than those of all samples, for what is not a mask. */
const MOVED: Readonly<Record<string, string>> = {
  "10": "44",
  "100": "49",
  "169": "50",
  "172": "48",
  "192": "45",
  "198": "46",
  "203": "47",
};
const ADDRESS = /(?<![\d.])(10|100|169|172|192|198|203)(?=\.\d{1,3}\.\d{1,3}\.\d{1,3}(?![\d.]))/g;

function moved(text: string): string {
  return text.replace(ADDRESS, (octet) => MOVED[octet] ?? octet).replaceAll("2001:db8", "2001:abcd");
}

function unlabelled({ pastes }: LabelledCase, prefix: string, change = (text: string) => text): LabelledCase["pastes"] {
  return pastes.map(({ name, text }) => ({ name: `${prefix}${name}`, end: undefined, text: change(text) }));
}

/** One device of a case, at another site. */
function elsewhere(one: LabelledCase): LabelledCase["pastes"] {
  const [first] = one.pastes;
  return unlabelled({ ...one, pastes: one.pastes.filter(({ end }) => end === first?.end) }, "other ", moved);
}

function sureOf({ verdict }: Diagnosis): string[] {
  return verdict.findings.flatMap(({ id, certainty }) => (certainty === "confirmed" ? [id] : []));
}

function hostsOf({ tunnel: { local, remote } }: Diagnosis): string[] {
  return [local.host, remote.host].flatMap((host) => host?.toLowerCase() ?? []);
}

it("a device of another site that was pasted along makes nothing sure that was not sure without it", {
  timeout: 180_000,
}, () => {
  let mixed = 0;
  const pick = fc.constantFrom(...cases);
  fc.assert(
    fc.property(pick, pick, (ours, theirs) => {
      const [here, there] = [unlabelled(ours, ""), elsewhere(theirs)];
      const alone = [run({ ...ours, pastes: here }), run({ ...ours, pastes: there })];
      const [hosts = [], others = []] = alone.map(hostsOf);
      // Samples share names and keys: then they may well be one tunnel's.
      if (hosts.some((host) => others.includes(host))) return;
      const both = run({ ...ours, pastes: [...here, ...there] });
      if (tieOf(both.tunnel) !== undefined) return;
      mixed += 1;
      const sureBefore = new Set(alone.flatMap(sureOf));
      expect(sureOf(both).filter((id) => !sureBefore.has(id))).toEqual([]);
    }),
    { numRuns: 400 },
  );
  expect(mixed).toBeGreaterThan(100);
});
