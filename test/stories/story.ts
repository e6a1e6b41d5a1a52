/**
 * Stories: what people do around a conversation, recorded once and played through every chat as each has it: commands,
 * forms and buttons, files and pictures, other places and days that pass. What may stand in them is the schema below.
 */
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import type { CaseLook } from "../../src/case/look.ts";
import { ROOT_CAUSE_IDS } from "../../src/domain/ids.ts";
import { asNetwork, Replacements } from "../scenarios.ts";

const CHATS = ["terminal", "web", "slack", "discord"] as const;
export type ChatName = (typeof CHATS)[number];
const Phrases = z.array(z.string().min(1)).min(1);

const Step = z.strictObject({
  /** The case that it is about; it begins with its first step. In phrases "{one}" is the id of the case "one". */
  in: z.string().default("one"),
  says: z.string().optional(),
  /** Names of texts, as one paste. */
  pastes: Phrases.optional(),
  /** Replacements in this paste only. */
  with: Replacements.optional(),
  /** What is typed after the chat's command, or in the page's box, by somebody who looks around. */
  asks: z.string().optional(),
  /** Somebody takes the case along to another place by the code that was said last; to another chat, where one is named. */
  "takes-along": z.enum([...CHATS, "here"]).optional(),
  /** Hours in which nobody says anything. */
  quiet: z.number().optional(),
  /** The chats that have this step; all where not said. */
  only: z.array(z.enum(CHATS)).optional(),
  hears: Phrases.optional(),
  never: Phrases.optional(),
  /** Words for those who can't see them, of the pictures that come. */
  pictures: Phrases.optional(),
  /** What is heard at the place that the case was taken from. */
  "old-place": Phrases.optional(),
  verdict: z.enum(["need-more", "found", "healthy"]).optional(),
  finds: z.enum(ROOT_CAUSE_IDS).optional(),
  certainty: z.enum(["confirmed", "likely", "possible"]).optional(),
  status: z.enum(["open", "closed"]).optional(),
});
type Step = z.infer<typeof Step>;

const Story = z.strictObject({
  theme: z.string(),
  title: z.string(),
  /** The chat that it begins in, where it goes through several. */
  begins: z.enum(CHATS).optional(),
  never: Phrases.optional(),
  steps: z.array(Step).min(1),
});
export type Story = z.infer<typeof Story>;

const { texts, stories } = z
  .strictObject({ texts: z.record(z.string(), z.string()), stories: z.array(Story) })
  .parse(parse(readFileSync(new URL("./stories.yaml", import.meta.url), "utf8")));

/** Those that every chat plays by itself. */
export const STORIES = stories.filter(({ begins }) => begins === undefined);
export const STORIES_THROUGH_ALL = stories.filter(({ begins }) => begins !== undefined);

/** What somebody got to see: the words with those of files, and of pictures the words for those who can't see them. */
export interface Told {
  readonly words: string;
  readonly pictures: readonly string[];
}

/** A case's place in a chat. */
export interface Room {
  readonly caseId: string;
  give(text: string, isPaste: boolean): Promise<Told>;
  /** What was said here that nobody looked at yet. */
  news(): Promise<Told>;
}

export interface StoryChat {
  readonly name: ChatName;
  begin(): Promise<Room>;
  /** What somebody is told who looks around. @param room where they stand, if they stand in a case */
  ask(words: string, room: Room): Promise<Told>;
  /** By its id and code. */
  takeAlong(code: string): Promise<{ readonly room: Room; readonly told: Told }>;
  pass(ms: number): void;
  /** The service looks at its quiet cases. */
  lookAtQuiet(): Promise<void>;
  look(caseId: string): Promise<CaseLook | undefined>;
  statusOf(caseId: string): Promise<string | undefined>;
}

/** Between two steps. */
const BETWEEN_MS = 30_000;

/** @throws Error that names story, step, what was expected and what was told instead */
export async function playStory(
  story: Story,
  chats: Partial<Record<ChatName, StoryChat>>,
  network: Replacements,
  first: ChatName,
): Promise<void> {
  const rooms = new Map<string, { chat: StoryChat; room: Room }>();
  const chatNamed = (name: ChatName) => {
    const chat = chats[name];
    if (chat === undefined) throw new Error(`there is no ${name}`);
    return chat;
  };
  let code = "";
  for (const [index, written] of story.steps.entries()) {
    if (written.only?.includes(first) === false) continue;
    const at = rooms.get(written.in) ?? { chat: chatNamed(first), room: await chatNamed(first).begin() };
    rooms.set(written.in, at);
    const step = inWords(written, network, rooms);
    at.chat.pass(BETWEEN_MS);
    const { now, told, old } = await done(step, at, network, code, chatNamed);
    rooms.set(step.in, now);
    code = /resume ([0-9A-Z]{4,7}-[0-9A-Z]{10})/.exec(told.words)?.[1] ?? code;
    const wrong = [
      ...mismatches(step, told, [...(step.never ?? []), ...(story.never ?? [])]),
      ...missing("the old place does not hear", step["old-place"], old?.words),
      ...(await stateMismatches(step, now)),
    ];
    if (wrong.length === 0) continue;
    const place = `${story.theme}: "${story.title}", step ${index + 1}, ${at.chat.name}`;
    throw new Error(`${place}\n${wrong.join("\n")}\n--- told ---\n${told.words}\n${told.pictures.join("\n")}`);
  }
}

async function done(
  step: Step,
  at: { readonly chat: StoryChat; readonly room: Room },
  network: Replacements,
  code: string,
  chatNamed: (name: ChatName) => StoryChat,
) {
  const { chat, room } = at;
  const to = step["takes-along"];
  if (to !== undefined) {
    const next = to === "here" ? chat : chatNamed(to);
    const taken = await next.takeAlong(code);
    const old = step["old-place"] === undefined ? undefined : await room.news();
    return { now: { chat: next, room: taken.room }, told: taken.told, old };
  }
  if (step.quiet !== undefined) {
    chat.pass(step.quiet * 3_600_000);
    await chat.lookAtQuiet();
    return { now: at, told: await room.news() };
  }
  if (step.asks !== undefined) return { now: at, told: await chat.ask(step.asks, room) };
  const text = step.says ?? asNetwork(pasteOf(step), network);
  return { now: at, told: await room.give(text, step.says === undefined) };
}

function pasteOf({ pastes = [], with: changes = {} }: Step): string {
  const text = pastes
    .map((name) => {
      const found = texts[name];
      if (found === undefined) throw new Error(`there is no text named "${name}"`);
      return found;
    })
    .join("\n");
  for (const key of Object.keys(changes)) if (!text.includes(key)) throw new Error(`"${key}" is not in the paste`);
  return asNetwork(text, changes);
}

/** What is said and heard, with the network's names and the cases' ids; texts get theirs where they are pasted. */
function inWords(step: Step, network: Replacements, rooms: ReadonlyMap<string, { readonly room: Room }>): Step {
  return JSON.parse(JSON.stringify(step), (key, value: unknown) => {
    if (typeof value !== "string" || key === "in") return value;
    return asNetwork(value, network).replace(/\{(\w+)\}/g, (_, name) => rooms.get(name)?.room.caseId ?? `{${name}}`);
  }) as Step;
}

function mismatches(step: Step, told: Told, never: readonly string[]): string[] {
  const words = bare(told.words);
  return [
    ...missing("does not tell", step.hears, told.words),
    ...missing("no picture says", step.pictures, told.pictures.join("\n")),
    ...never.filter((phrase) => words.includes(bare(phrase))).map((phrase) => `tells "${phrase}"`),
  ];
}

function missing(what: string, phrases: readonly string[] = [], told = ""): string[] {
  const words = bare(told).toLowerCase();
  return phrases.filter((phrase) => !words.includes(bare(phrase).toLowerCase())).map((phrase) => `${what} "${phrase}"`);
}

async function stateMismatches(step: Step, { chat, room }: { readonly chat: StoryChat; readonly room: Room }) {
  const { caseId } = room;
  const verdict = (await chat.look(caseId))?.situation.diagnosis.verdict;
  const [best] = verdict?.findings ?? [];
  const compared = [
    ["verdict", step.verdict, verdict?.verdict],
    ["finds", step.finds, best?.id],
    ["certainty", step.certainty, best?.certainty],
    ["status", step.status, step.status && (await chat.statusOf(caseId))],
  ];
  return compared
    .filter(([, wanted, got]) => wanted !== undefined && wanted !== got)
    .map(([what, wanted, got]) => `${what}: expected ${wanted}, got ${got}`);
}

/** As it reads, in any chat: without marks, escapes and markup, blanks counted alike. */
function bare(text: string): string {
  return text
    .replace(/&(lt|gt|amp);/g, (_, name: string) => ({ lt: "<", gt: ">", amp: "&" })[name] ?? "")
    .replace(/\\([^0-9A-Za-z\s])/g, "$1")
    .replace(/^(?:-# |#{1,3} |- )/gm, "")
    .replace(/[*`“”"•✗❌✅✓❔?·|:]/gu, "")
    .replace(/\s+/g, " ")
    .trim();
}
