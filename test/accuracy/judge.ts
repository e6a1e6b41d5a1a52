/** Runs labelled cases through the whole pipeline and says how the verdict differs from the label. */

import type { Finding } from "../../src/domain/verdict.ts";
import { readAsks, readFindings, readSignatures } from "../../src/knowledge/read.ts";
import { readPaste } from "../../src/paste/read.ts";
import { createSecretTagger } from "../../src/paste/redact.ts";
import { VENDORS } from "../../src/vendors/index.ts";
import { type Diagnosis, diagnose } from "../../src/verdict/diagnose.ts";
import type { LabelledCase } from "./case.ts";

const signatures = readSignatures();
const knowledge = { findings: readFindings(), asks: readAsks() };

export function run(item: Pick<LabelledCase, "pastes" | "symptom" | "peer" | "platforms" | "cannot">): Diagnosis {
  const tools = { vendors: VENDORS, signatures, tagger: createSecretTagger() };
  const pastes = item.pastes.map(({ name, end, text }) => ({ paste: readPaste(name, text, tools), saidSide: end }));
  const { symptom, peer, platforms, cannot } = item;
  return diagnose({ pastes, symptom, peer, platforms, cannot }, knowledge);
}

export interface Judged {
  readonly item: LabelledCase;
  readonly diagnosis: Diagnosis;
  /** What differs from the label; empty: all right. */
  readonly faults: readonly string[];
  /** A confirmed first finding that is not the one of the label. */
  readonly wrongConfirmed: boolean;
}

export function judge(item: LabelledCase): Judged {
  const diagnosis = run(item);
  const { verdict } = diagnosis;
  const { expect } = item;
  const [top] = verdict.findings;
  const faults: string[] = [];
  const compare = (what: string, wanted: unknown, got: unknown) => {
    if (wanted !== undefined && wanted !== got) faults.push(`${what} is ${String(got)}, not ${String(wanted)}`);
  };
  compare("verdict", expect.verdict, verdict.verdict);
  compare("finding", expect.id, top?.id);
  compare("certainty", expect.certainty, top?.certainty);
  compare("side", expect.side, top?.side);
  if (expect.line !== undefined && !top?.evidence.some(({ text }) => text.includes(expect.line ?? "")))
    faults.push(`no evidence has "${expect.line}": ${top?.evidence.map(({ text }) => text).join(" | ")}`);
  if (expect.differs !== undefined) compare("differs", expect.differs.join("; "), differences(top));
  const ids = verdict.findings.map(({ id }) => id);
  for (const id of expect.also) if (!ids.includes(id)) faults.push(`${id} is not listed: ${ids.join(", ")}`);
  for (const id of expect.never) if (ids.includes(id)) faults.push(`${id} is listed`);
  for (const id of expect.ruledOut)
    if (!verdict.ruledOut.some((out) => out.id === id && out.evidence.length > 0))
      faults.push(`${id} is not ruled out`);
  const [ask] = verdict.asks;
  const asked = ask && `${ask.side}: ${ask.command.replaceAll("\n", "; ")}`;
  for (const part of expect.notAsk)
    if (verdict.asks.some(({ command }) => command.includes(part))) faults.push(`asks for "${part}"`);
  if (expect.ask !== undefined && asked?.startsWith(expect.ask) !== true)
    faults.push(`first ask is "${asked}", not "${expect.ask}"`);
  const commands = (top?.fix ?? []).flatMap(({ side, commands: lines }) =>
    lines.map((line) => `${side}: ${line.trim()}`),
  );
  for (const line of expect.fix) if (!commands.includes(line)) faults.push(`no fix "${line}": ${commands.join(" | ")}`);
  for (const line of expect.notFix) if (commands.includes(line)) faults.push(`the fix has "${line}"`);
  const said = [
    ...(top?.fix ?? []).map(({ note, risk }) => `${risk}: ${note}`),
    ...(top?.verify ?? []).flatMap(checkWords),
    ...verdict.asks.map(({ why }) => why),
  ];
  for (const part of expect.says)
    if (!said.some((text) => text.includes(part))) faults.push(`nothing says "${part}": ${said.join(" | ")}`);
  faults.push(...generalFaults(diagnosis));
  const wrongConfirmed = verdict.findings.some(
    ({ id, certainty }) => certainty === "confirmed" && id !== expect.id && !expect.also.includes(id),
  );
  if (wrongConfirmed)
    faults.push(
      `wrongly confirmed: ${verdict.findings
        .filter(({ certainty }) => certainty === "confirmed")
        .map(({ id }) => id)
        .join(", ")}`,
    );
  return { item, diagnosis, faults, wrongConfirmed };
}

function checkWords({ command, expect }: Finding["verify"][number]): string[] {
  return [command, expect];
}

/** Names and numbers that the device shows, where a fix could not be filled with them. */
const TO_LOOK_UP =
  /<(?:transform set|crypto access list|crypto map|entry number|the policy in use|the proposal in use|a free number)>/;

/** What must hold for every verdict. */
function generalFaults({ verdict }: Diagnosis): string[] {
  const faults: string[] = [];
  for (const { id, evidence } of verdict.ruledOut)
    if (evidence.length === 0) faults.push(`${id} is ruled out without a line`);
  for (const finding of verdict.findings) {
    if (finding.certainty === "confirmed" && finding.evidence.length === 0)
      faults.push(`${finding.id} is confirmed without a line`);
    const texts = finding.fix.flatMap(({ commands, note }) => [...commands, note]);
    if (texts.some((text) => /\{[a-z0-9-]+\}|undefined/.test(text)))
      faults.push(`${finding.id} has an unfilled blank: ${texts.join(" | ")}`);
    for (const { platform, commands, note } of finding.fix)
      if (platform === "cisco-ios" && commands.some((line) => TO_LOOK_UP.test(line)) && !/"show /.test(note))
        faults.push(`${finding.id} leaves a blank and does not say where to look: ${commands.join(" | ")}`);
  }
  const possible = verdict.findings.filter(({ certainty }) => certainty === "possible");
  if (possible.length > 6) faults.push(`${possible.length} possible findings`);
  const atRekey = verdict.findings.filter(({ why, certainty }) => certainty === "likely" && /next rekey/.test(why));
  if (verdict.verdict === "healthy" && verdict.findings.length > atRekey.length) faults.push("healthy with findings");
  return faults;
}

function differences(finding: Finding | undefined): string {
  return (finding?.differs ?? [])
    .map(({ attribute, local, remote }) => `${attribute}: ${local} / ${remote}`)
    .join("; ");
}
