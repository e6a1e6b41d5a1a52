/** Everything that can be explained, from every part of knowledge/, in one shape. */
import { ROOT_CAUSE_IDS } from "../domain/ids.ts";
import type { Signature } from "../domain/signature.ts";
import { bare, type Entry } from "./explain-entry.ts";
import { signatureEntries } from "./explain-signatures.ts";
import type { FindingFile } from "./finding-schema.ts";
import { readFindings, readSignatures, readYaml, yamlFiles } from "./read.ts";
import { readSymptoms } from "./symptoms.ts";
import { type State, StateFile, type Topic, TopicFile } from "./topic-schema.ts";

export interface Entries {
  /** Where two have a name in common, the earlier one is meant. */
  readonly entries: readonly Entry[];
  readonly signatures: readonly Signature[];
}

/** A root cause can be behind many states; so many are named. */
const MOST_POINTING = 6;

/** Reads knowledge/ whole. @throws Error naming file and line where a file is not as it must be. */
export function readEntries(): Entries {
  const states = yamlFiles("states").flatMap((file) => {
    const { printedBy, states } = readYaml(file, StateFile);
    return states.map((state) => stateEntry(state, printedBy));
  });
  const topics = yamlFiles("topics").flatMap((file) => readYaml(file, TopicFile).topics.map(topicEntry));
  const findings = readFindings();
  return {
    entries: [
      ...states,
      ...topics,
      ...rootCauseEntries(findings, [...topics, ...states]),
      ...symptomEntries(),
      ...signatureEntries(findings),
    ],
    signatures: readSignatures(),
  };
}

function stateEntry(state: State, printedBy: string): Entry {
  const said = [
    ["Sent", state.sent],
    ["Waiting for", state.awaits],
    ["Stuck as initiator", state.stuckInitiator],
    ["Stuck as responder", state.stuckResponder],
  ];
  const paragraphs = said.flatMap(([label, text]) => (text === undefined ? [] : [`${label}: ${text}`]));
  return {
    ...state,
    about: "state",
    paragraphs: [...paragraphs, ...state.text, `Printed by ${printedBy}.`],
    names: [state.title, ...state.also, state.id],
    commands: [],
    examples: [],
  };
}

function topicEntry(topic: Topic): Entry {
  return {
    ...topic,
    about: "topic",
    paragraphs: topic.text,
    next: [],
    causes: [],
    names: [topic.title, ...topic.also, ...topic.commands, topic.id],
    examples: [],
  };
}

/** Every root cause, with the topics and states that point to it; one whose finding is not written yet as well. */
function rootCauseEntries(findings: readonly FindingFile[], written: readonly Entry[]): Entry[] {
  const byId = new Map<string, FindingFile>(findings.map((finding) => [finding.id, finding]));
  return ROOT_CAUSE_IDS.map((id) => {
    const finding = byId.get(id);
    const pointing = written.filter(({ causes, see }) => causes.includes(id) || see.includes(id));
    const title = finding?.title ?? id.replaceAll("-", " ");
    return {
      ...bare("finding", id, title, finding?.why ?? "One of the root causes that TunnelMedic tells apart."),
      next: finding?.settle.map(({ why }) => why) ?? [],
      see: pointing.slice(0, MOST_POINTING).map((entry) => entry.id),
      sources: finding?.sources ?? [],
    };
  });
}

function symptomEntries(): Entry[] {
  return readSymptoms().map((symptom) => ({
    ...bare("symptom", symptom.id, symptom.title, symptom.short),
    see: symptom.see,
  }));
}
