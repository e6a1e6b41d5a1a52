/** What chats do to a case beside a plain message: forms, files, edits, deletions, buttons. */
import { PLATFORM_IDS, type PlatformId, type Side, SYMPTOM_IDS, type SymptomId } from "../domain/ids.ts";
import type { NamedText } from "../domain/inbound.ts";
import { canonicalAddress } from "../domain/network.ts";
import type { ReadPaste } from "../domain/output.ts";
import type { Block, Choice } from "../domain/reply.ts";
import { holdsSecret } from "../paste/holds-secret.ts";
import * as say from "../speech/asides.ts";
import { greeting, nextStep } from "../speech/next-step.ts";
import { noted } from "../speech/noted.ts";
import { progress, whatWasRead } from "../speech/paste-reply.ts";
import { type Case, NEW_CASE, situationOf, withEvents } from "./case.ts";
import type { ConversationTools, From, Turn } from "./conversation.ts";
import { choose, hear, holdsNothing, nextPasteName } from "./converse.ts";
import { type CaseEvent, standingEvents } from "./events.ts";

/** What a form, or the words after a command, told of a new case. */
export interface Opening {
  readonly symptom?: SymptomId | undefined;
  readonly platform?: PlatformId | "unknown" | undefined;
  readonly peer?: string | undefined;
}

export function openWith({ symptom, platform, peer }: Opening, tools: ConversationTools): Turn {
  const address = peer === undefined ? undefined : canonicalAddress(peer.trim());
  const events: CaseEvent[] = [];
  if (symptom !== undefined) events.push({ type: "symptom-said", symptom });
  if (platform !== undefined) events.push({ type: "platform-said", side: "local", platform });
  if (address !== undefined) events.push({ type: "peer-said", address });
  const after = withEvents(NEW_CASE, tools.said, ...events);
  const told = symptom === undefined ? [] : noted(events);
  const next = nextStep(situationOf(after, tools.knowledge)).blocks;
  return { case: after, leaves: false, reply: { blocks: [...greeting().blocks, ...told, ...next] } };
}

/** A message as a chat gives it. */
export interface Said {
  readonly text: string;
  readonly files?: readonly NamedText[] | undefined;
  readonly side?: Side | undefined;
  readonly message?: string | undefined;
}

/** A message with files: each is a paste of its own, answered once. Words beside the files are heard first. */
export function hearWithFiles(
  before: Case,
  { text, files }: { readonly text: string; readonly files: readonly NamedText[] },
  tools: ConversationTools,
  from: From,
): Turn {
  const words = text.trim() === "" ? undefined : hear(before, text, tools, from);
  let now = words?.case ?? before;
  const read: ReadPaste[] = [];
  for (const file of files) {
    const paste = tools.read(pasteNameFor(file.name, now), file.text);
    if (!holdsNothing(paste)) now = withEvents(now, tools.said, { type: "pasted", paste, ...from });
    read.push(paste);
  }
  const situation = situationOf(now, tools.knowledge);
  const blocks: Block[] = read.flatMap((paste) => whatWasRead(paste, situation, files.length > 1));
  const progressed = progress(situationOf(before, tools.knowledge), situation);
  return { case: now, leaves: false, reply: { blocks: [...blocks, ...progressed] } };
}

/** Names that chats make up for what was typed into them; a number says more. */
const MADE_UP_NAME = /^(?:message\.txt|untitled|image\.png|-?)$/i;

function pasteNameFor(file: string, one: Case): string {
  const name = file.replaceAll(/[^\p{L}\p{N}._ -]/gu, "").slice(0, 40);
  const taken = new Set(one.events.flatMap((event) => (event.type === "pasted" ? [event.paste.name] : [])));
  return MADE_UP_NAME.test(name) || taken.has(name) || holdsSecret(file) ? nextPasteName(one) : name;
}

/** The names of the standing pastes that came in a message. */
export function pastesOf(one: Case, message: string): string[] {
  const names = standingEvents(one.events).flatMap((event) =>
    (event.type === "pasted" || event.type === "pasted-anew") && event.message === message ? [event.paste.name] : [],
  );
  // An edited one was taken twice under one name.
  return [...new Set(names)];
}

/** The messages that a paste came in, in order. */
export function messagesOf(one: Case, name: string): string[] {
  return one.events
    .flatMap((event) =>
      (event.type === "pasted" || event.type === "pasted-anew") &&
      event.paste.name === name &&
      event.message !== undefined
        ? [event.message]
        : [],
    )
    .filter((message, index, all) => all.indexOf(message) === index);
}

/** The same paste with another text: its message was edited, or its rest came. */
export function hearAnew(
  before: Case,
  anew: { readonly name: string; readonly text: string; readonly message?: string | undefined },
  tools: ConversationTools,
): Turn {
  const paste = tools.read(anew.name, anew.text);
  const after = withEvents(before, tools.said, { type: "pasted-anew", paste, message: anew.message });
  const now = situationOf(after, tools.knowledge);
  const blocks = [...whatWasRead(paste, now), ...progress(situationOf(before, tools.knowledge), now)];
  return { case: after, leaves: false, reply: { blocks } };
}

/** A message was deleted: its pastes are forgotten, for good. */
export function forgetPastes(
  before: Case,
  names: readonly string[],
  isClosed: boolean,
  tools: ConversationTools,
): Turn {
  const after = withEvents(before, tools.said, ...names.map((paste) => ({ type: "forgotten", paste }) as const));
  // A closed case asks for nothing.
  const next = isClosed ? [] : nextStep(situationOf(after, tools.knowledge)).blocks;
  return { case: after, leaves: false, reply: { blocks: [...say.forgotten(names), ...next] } };
}

/** Choices that are about the question they were offered with, and about no later one; in the words of their buttons. */
const OF_THEIR_QUESTION: ReadonlyMap<string, string> = new Map([
  ["cannot", "Can't run that"],
  ["cannot-reach", "Can't reach the far end"],
  ["done", "Done, check it"],
  ["not-helped", "It did not help"],
  ["side:local", "My end"],
  ["side:remote", "The far end"],
]);
const ANY_TIME: ReadonlyMap<string, string> = new Map([
  ["so-far", "What have you got so far?"],
  ["hand-over", "Write it up"],
  ["hand-over-far", "Write it up for the far side"],
  ["hand-over-vendor", "Write it up for the vendor's support"],
  ["send-on", "Send it to the webhook"],
  ["escalate", "Post it to the escalation channel"],
  ["take-along", "Take it along"],
  ["more", "Show everything"],
  ["why", "Why?"],
  ["help", "Help"],
  ["start-over", "Start over"],
  ["undo", "Undo"],
  ["other-end", "The last paste was from the other end"],
  ["compare", "Compare both ends"],
]);

/** Whether a choice answers the question that it stands below; others can be used again. */
export function answersItsQuestion(choice: string): boolean {
  return OF_THEIR_QUESTION.has(choice) || /^(?:symptom|platform|peer):/.test(choice);
}

/**
 * A button's choice by its id, whenever it is pressed.
 * @param isStale the case has moved on since the choice was offered
 */
export function takeChoice(before: Case, id: string, isStale: boolean, tools: ConversationTools): Turn {
  const situation = situationOf(before, tools.knowledge);
  const offered = nextStep(situation).blocks.flatMap((block) => (block.type === "choices" ? block.choices : []));
  const choice = offered.find((item) => item.id === id) ?? knownChoice(id);
  if (choice !== undefined && !(isStale && OF_THEIR_QUESTION.has(id))) return choose(before, choice, situation, tools);
  const { blocks } = nextStep(situation);
  return { case: before, leaves: false, isTooLate: true, reply: { blocks: [...say.choiceIsOver(), ...blocks] } };
}

/** A choice that need not be on offer now; undefined of any other id, which may be anything that somebody sent. */
export function knownChoice(id: string): Choice | undefined {
  const [kind, value = ""] = id.split(/:(.*)/s);
  const isKnown =
    (kind === "symptom" && SYMPTOM_IDS.some((item) => item === value)) ||
    (kind === "platform" && [...PLATFORM_IDS, "unknown"].some((item) => item === value)) ||
    (kind === "peer" && canonicalAddress(value) !== undefined);
  const label = OF_THEIR_QUESTION.get(id) ?? ANY_TIME.get(id) ?? (isKnown ? id : undefined);
  return label === undefined ? undefined : { id, label };
}
