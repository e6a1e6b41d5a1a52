/**
 * What the far side's administrator needs, and none of our internals: no names of ours, no lines of our outputs, no people, no
 * course of the case. What remains went over the wire between the two ends anyway, or concerns their end.
 */
import type { HandOffDocument } from "../domain/hand-off.ts";
import type { NamedEnds } from "../domain/named-ends.ts";
import type { Knowledge } from "../knowledge/assemble.ts";
import { changeLine } from "../speech/changes.ts";
import { nameOfRow } from "../speech/comparison.ts";
import { type Diagnosis, diagnose } from "../verdict/diagnose.ts";
import { toCheck, toLook } from "./hand-off-next.ts";

/** Topics whose values are told on the wire, or must be agreed. */
const SHARED: ReadonlySet<string> = new Set([
  "IKE policy",
  "pre-shared key",
  "transform set",
  "PFS",
  "IPsec lifetimes",
  "protected traffic",
]);

export function forFarSide(document: HandOffDocument, diagnosis: Diagnosis, knowledge: Knowledge): HandOffDocument {
  const { tunnel } = diagnosis;
  const ends: NamedEnds = {
    local: { own: diagnosis.ends.local.own ?? "our end", platform: "unknown" },
    remote: { own: diagnosis.ends.remote.own ?? "your end", platform: diagnosis.ends.remote.platform },
  };
  const bare: HandOffDocument = {
    ...document,
    template: "far-side",
    case: document.case,
    writtenBy: null,
    reported: { ...document.reported, by: null },
    ends: document.ends.map((end) => ({
      ...end,
      name: ends[end.side].own ?? "",
      platform: end.side === "local" ? "unknown" : end.platform,
      release: null,
      host: null,
    })),
    timeline: [],
    path: document.path.map((step) => ({ ...step, evidence: [] })),
    findings: document.findings.map((finding) => ({ ...finding, evidence: [], against: [] })),
    ruledOut: document.ruledOut.map((each) => ({ ...each, evidence: [] })),
    tried: [],
    notObtained: [],
    next: theirNext(diagnosis, ends, knowledge),
    counters: diagnosis
      .changes()
      .filter(({ broken }) => broken === undefined)
      .slice(-2)
      .map((change) => changeLine(change, ends, false)),
    compared: diagnosis
      .comparison()
      .filter(({ topic, verdict }) => SHARED.has(topic) && verdict !== "unknown")
      .map((row) => ({
        attribute: nameOfRow(row, ends),
        local: row.local.value,
        remote: row.remote.value,
        verdict: row.verdict,
        note: row.note ?? null,
      })),
    outputs: [],
    support: [],
    appendix: [],
    secretsRemoved: 0,
  };
  return withoutOurName(bare, tunnel.local.host, ends.local.own ?? "our end");
}

/** What to do on their end, also where we can't: that is why it is written. */
function theirNext(diagnosis: Diagnosis, ends: NamedEnds, knowledge: Knowledge): HandOffDocument["next"] {
  const { known } = diagnosis.tunnel;
  const cannot = known.cannot.filter(({ side }) => side !== "remote");
  const asked = cannot.length === known.cannot.length ? diagnosis : diagnose({ ...known, cannot }, knowledge);
  const isFound = diagnosis.verdict.verdict === "found";
  const [best] = diagnosis.verdict.findings;
  const fixes = isFound ? (best?.fix ?? []).filter(({ side }) => side === "remote") : [];
  const checks = isFound ? (best?.verify ?? []).filter(({ side }) => side === "remote") : [];
  const looks = asked.verdict.asks.filter(({ side }) => side === "remote").map((ask) => toLook(ask, ends));
  const settled = fixes.map(({ side, commands, note, risk }) => ({
    kind: "fix" as const,
    side,
    on: ends.remote.own ?? "your end",
    commands: [...commands],
    why: note,
    risk,
  }));
  const all = [...settled, ...looks, ...checks.map((step) => toCheck(step, ends))].slice(0, 3);
  if (diagnosis.ends.remote.platform !== "unknown") return all;
  return all.map((each) => ({
    ...each,
    // What is asked of an end that nothing is known of says itself whose words it has.
    why: each.why.includes("(If that end is ")
      ? each.why
      : `${each.why.trim()} (In the words of Cisco IOS; your platform's may differ.)`.trim(),
  }));
}

/** Our host name stands in notes and in the names of lists that carry it. */
function withoutOurName(document: HandOffDocument, host: string | undefined, instead: string): HandOffDocument {
  if (host === undefined || host.length < 2) return document;
  const bare = new RegExp(`(?<![\\w.-])${host.replace(/[.\\^$*+?()[\]{}|-]/g, "\\$&")}(?![\\w-])`, "g");
  return JSON.parse(JSON.stringify(document), (_, value: unknown) =>
    typeof value === "string" ? value.replace(bare, instead) : value,
  ) as HandOffDocument;
}
