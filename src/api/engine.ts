/** The engine for programs: pastes in, the contract's shapes out. Knows no transport and keeps nothing. */
import type { Explanation, Suggestions } from "../domain/explanation.ts";
import { canonicalAddress } from "../domain/network.ts";
import type { Knowledge } from "../knowledge/assemble.ts";
import { explain, type GlossaryEntry, glossary } from "../knowledge/explain.ts";
import { holdsSecret } from "../paste/holds-secret.ts";
import { readPaste } from "../paste/read.ts";
import { createSecretTagger } from "../paste/redact.ts";
import type { GivenPaste } from "../tunnel/known.ts";
import { VENDORS } from "../vendors/index.ts";
import { type Diagnosis, diagnose } from "../verdict/diagnose.ts";
import type { DiagnoseOptions, PasteInput } from "./input.ts";
import { type ReportedOutput, reportOutputs } from "./reports.ts";
import { WrongInput } from "./wrong-input.ts";

export interface Engine {
  /** @throws WrongInput where a paste is not text */
  diagnose(pastes: readonly PasteInput[], options: DiagnoseOptions): Diagnosis;
  /** @throws WrongInput where a paste is not text */
  read(pastes: readonly PasteInput[]): ReportedOutput[];
  explain(words: string): Explanation | Suggestions;
  /** Everything that can be explained, under the id that explains it. */
  glossary(): readonly GlossaryEntry[];
}

/** Everything given was checked (requests.ts). */
export function createEngine(knowledge: Knowledge): Engine {
  return {
    diagnose(pastes, { symptom, platforms: { local, remote } = {}, peer, cannot = [] }) {
      const known = {
        pastes: readAll(pastes, knowledge),
        symptom,
        platforms: { ...(local && { local }), ...(remote && { remote }) },
        peer: peer === undefined ? undefined : canonicalAddress(peer.trim()),
        cannot,
      };
      return diagnose(known, knowledge);
    },
    read: (pastes) => reportOutputs(readAll(pastes, knowledge)),
    explain,
    glossary,
  };
}

/** Reads all as pastes of one case: keys are compared among them, and forgotten with them. */
function readAll(pastes: readonly PasteInput[], { signatures }: Knowledge): GivenPaste[] {
  const tools = { vendors: VENDORS, signatures, tagger: createSecretTagger() };
  const names = new Set<string>();
  return pastes.map(({ name, text, side }, index) => {
    const paste = readPaste(unused(nameOf(name, index), names), text, tools);
    if (paste.trouble === "binary")
      throw new WrongInput([
        { pointer: `/pastes/${index}/text`, detail: "is not text; send what the device prints as text" },
      ]);
    return { paste, saidSide: side };
  });
}

/** Names stand beside the evidence: one that is a line with a key in it is not used. */
function nameOf(name: string | undefined, index: number): string {
  const numbered = `paste ${index + 1}`;
  return name === undefined || holdsSecret(name) ? numbered : name;
}

function unused(name: string, names: Set<string>): string {
  let free = name;
  for (let again = 2; names.has(free); again += 1) free = `${name} (${again})`;
  names.add(free);
  return free;
}
