/** A diagnosis in words: the path, the verdict with its lines, the fix and its check, what to ask next. */
import type { FlowChange } from "../domain/change.ts";
import type { ComparedRow } from "../domain/comparison.ts";
import type { RootCauseId, Side, Stage } from "../domain/ids.ts";
import type { NamedEnds } from "../domain/named-ends.ts";
import type { Block, Reply } from "../domain/reply.ts";
import type { Ask, Evidence, Finding, Verdict } from "../domain/verdict.ts";
import { speakChanges } from "./changes.ts";
import { commandInShort } from "./command-in-short.ts";
import { comparedBriefly } from "./comparison.ts";
import { nameOf } from "./names.ts";
import { speakUnread, whyUnreadable } from "./unreadable.ts";

/** What speech needs to know beside the verdict. */
export interface Said {
  readonly verdict: Verdict;
  readonly ends: NamedEnds;
  readonly titles: ReadonlyMap<string, string>;
  readonly path: readonly { readonly stage: Stage; readonly answer: boolean | undefined }[];
  /** That a device is another tunnel's. */
  readonly leftOut?: string | undefined;
  /** What the counters did from reading to reading, oldest first. */
  readonly changes: () => readonly FlowChange[];
  /** What would tell this finding from the others. */
  readonly wouldTell: (id: RootCauseId) => Ask | undefined;
  /** Both ends side by side. */
  readonly comparison: () => readonly ComparedRow[];
}

export const STAGE_NAMES: Readonly<Record<Stage, string>> = {
  "ike-sa": "IKE SA",
  "ipsec-sa": "IPsec SA",
  routing: "routing",
  "dead-peer": "dead peer",
  replay: "replay",
};

/** The way through the tree up to where it rests; later stages were not looked at. */
export function pathBlock(said: Pick<Said, "path" | "verdict">): Block {
  return { type: "path", stages: pathStages(said).map(({ name, mark }) => ({ name, mark })) };
}

/** The same, with the ids of the stages. */
export function pathStages({ path, verdict }: Pick<Said, "path" | "verdict">) {
  let open = true;
  return path.map(({ stage, answer }) => {
    const mark = !open ? "unseen" : answer === undefined ? "open" : answer ? "yes" : "no";
    if (answer !== true) open = false;
    return { stage, name: STAGE_NAMES[stage], mark: verdict.verdict === "healthy" ? "yes" : mark } as const;
  });
}

/** The whole verdict, as `diagnose` prints it. */
export function speakVerdict(said: Said): Reply {
  const { verdict } = said;
  const blocks: Block[] = [headline(said), ...nothingRecognised(verdict), pathBlock(said)];
  blocks.push(...speakChanges(said.changes(), said.ends));
  const [best, ...others] = verdict.findings;
  if (verdict.verdict === "healthy") blocks.push(...speakHealthy(said));
  else if (verdict.verdict === "found" && best) blocks.push(...speakFinding(best, said.ends));
  else blocks.push(...speakOpen(said));
  if (verdict.verdict === "found") blocks.push(...speakOthers(others));
  blocks.push(...speakAsks(said), ...comparedBriefly(said), ...speakRuledOut(said), ...speakUnread(verdict.pastes));
  return { blocks };
}

/** Said first where there were pastes and nothing in any of them: all that follows is then only what to begin with. */
function nothingRecognised({ pastes }: Verdict): Block[] {
  if (pastes.length === 0 || pastes.some((paste) => whyUnreadable(paste) === undefined)) return [];
  const words =
    "I could not recognise any output in that. Paste it with its prompt line, so that I see which command it is from.";
  return [{ type: "text", text: words, tone: "strong" }];
}

/** Both ends and what was read, in one line. */
function headline({ verdict, ends }: Said): Block {
  const outputs = verdict.pastes.flatMap((paste) => paste.outputs).filter(({ platform }) => platform !== "unknown");
  const { secretsRemoved } = verdict;
  const keys = secretsRemoved === 0 ? "" : `, ${secretsRemoved} ${secretsRemoved === 1 ? "key" : "keys"} removed`;
  const read = `read ${outputs.length} ${outputs.length === 1 ? "output" : "outputs"}${keys}`;
  return {
    type: "text",
    text: `${introduce("local", ends)}  ⇄  ${introduce("remote", ends)}   ${read}`,
    tone: "quiet",
  };
}

function introduce(side: Side, ends: NamedEnds): string {
  const { host, own, platform } = ends[side];
  const more = [platform === "unknown" ? undefined : platform, host === undefined ? undefined : own].filter(Boolean);
  return `${nameOf(side, ends)}${more.length > 0 ? ` (${more.join(", ")})` : ""}`;
}

function speakHealthy({ verdict, ends }: Said): Block[] {
  return [
    { type: "heading", mark: "healthy", text: "The tunnel looks healthy", badge: "healthy" },
    ...speakRunning(verdict.findings, ends),
  ];
}

/** What there is to say of a tunnel that runs: nothing, or what its configurations will do to it at the next rekey. */
export function speakRunning(atTheNextRekey: readonly Finding[], ends: NamedEnds): Block[] {
  if (atTheNextRekey.length === 0) return [{ type: "text", text: "Both SAs are up and nothing speaks against it." }];
  return [
    { type: "text", text: "Both SAs are up and packets pass. The configurations behind them do not match:" },
    ...atTheNextRekey.flatMap((finding): Block[] => [
      { type: "heading", mark: "open", text: finding.title, badge: "next rekey" },
      ...speakFinding(finding, ends).slice(1),
    ]),
  ];
}

/** One finding: what it is, the lines that show it, how the ends differ, the fix, its check. */
export function speakFinding(finding: Finding, ends: NamedEnds): Block[] {
  const blocks: Block[] = [{ type: "heading", mark: "found", text: finding.title, badge: finding.certainty }];
  blocks.push({ type: "text", text: finding.why });
  if (finding.differs.length > 0) blocks.push(differenceTable(finding, ends));
  blocks.push(...evidenceBlock("Shown by", finding.evidence), ...evidenceBlock("Speaks against it", finding.against));
  blocks.push(...speakFix(finding, ends));
  for (const check of finding.verify) {
    const label = `Check on ${nameOf(check.side, ends)}`;
    blocks.push({ type: "code", label, lines: check.command.split("\n"), note: check.expect });
  }
  return blocks;
}

/** Its fix, step by step, each with its risk. */
export function speakFix({ fix }: Finding, ends: NamedEnds): Block[] {
  return fix.map((step, index) => {
    const isSaid = fix.slice(index + 1).some(({ note }) => note === step.note);
    const note = isSaid ? undefined : step.note;
    return { type: "code", label: `Fix on ${nameOf(step.side, ends)}`, lines: step.commands, risk: step.risk, note };
  });
}

/** A finding that was told before: its lines, for and against. */
export function speakAgain({ title, certainty, evidence, against }: Finding): Block[] {
  return [
    { type: "heading", mark: "found", text: title, badge: certainty },
    ...evidenceBlock("Shown by", evidence),
    ...evidenceBlock("Speaks against it", against),
  ];
}

export function differenceTable(finding: Finding, ends: NamedEnds): Block {
  const rows = finding.differs.map(({ attribute, local, remote }) => [attribute, local, remote]);
  return { type: "table", rows: [["", nameOf("local", ends), nameOf("remote", ends)], ...rows] };
}

function evidenceBlock(label: string, lines: readonly Evidence[]): Block[] {
  return lines.length === 0 ? [] : [{ type: "evidence", label, lines: lines.slice(0, 6) }];
}

function speakOpen(said: Said): Block[] {
  const { verdict } = said;
  const blocks: Block[] = [{ type: "heading", mark: "open", text: "Not known yet", badge: "need more" }];
  const likely = verdict.findings.filter(({ certainty }) => certainty !== "possible");
  const listed = likely.length > 0 ? likely : verdict.findings.slice(0, 4);
  if (listed.length > 0) {
    const items = listed.map((finding) => openFinding(finding, said));
    blocks.push({ type: "list", label: "It can be one of", items });
    blocks.push(...evidenceBlock("From", listed[0]?.evidence ?? []));
  }
  return blocks;
}

/** A finding that is not sure, and the command that would tell. */
export function openFinding({ id, title, certainty }: Finding, { wouldTell, ends }: Said): string {
  const ask = certainty === "confirmed" ? undefined : wouldTell(id);
  const tells = ask ? `; ${commandInShort(ask.command)} on ${nameOf(ask.side, ends)} would tell` : "";
  return `${title} (${certainty})${tells}`;
}

function speakOthers(others: readonly Finding[]): Block[] {
  const items = others.map(({ title, certainty }) => `${title} (${certainty})`);
  return items.length === 0 ? [] : [{ type: "list", label: "Also seen", items }];
}

/** What to run next, each in a block to copy. */
export function speakAsks({ verdict, ends }: Said): Block[] {
  return verdict.asks.map((ask, index) => ({
    type: "code",
    label: `${index === 0 ? "Next, on" : "Or, on"} ${nameOf(ask.side, ends)}`,
    lines: ask.command.split("\n"),
    note: ask.why,
  }));
}

function speakRuledOut({ verdict: { ruledOut }, titles }: Said): Block[] {
  if (ruledOut.length === 0) return [];
  const items = ruledOut.map(({ id, evidence }) => {
    const [line] = evidence;
    const title = titles.get(id) ?? id;
    return line ? `${title} (${line.paste}:${line.line})` : title;
  });
  return [{ type: "list", label: "Ruled out", items }];
}
