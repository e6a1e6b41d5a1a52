/**
 * Recorded conversations: YAML files that read like a chat, checked before they are played. What may stand in them is
 * the schema below; `networks.yaml` says as which other networks each of them is played again.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { LineCounter, parseDocument } from "yaml";
import { z } from "zod";
import { ROOT_CAUSE_IDS, SIDES } from "../src/domain/ids.ts";

const FOLDER = new URL("./conversations/", import.meta.url).pathname;
const NETWORKS = "networks.yaml";
/** Texts that several files use. */
const TEXTS = "texts.yaml";

export const Replacements = z.record(z.string().min(1), z.string());
export type Replacements = z.infer<typeof Replacements>;

const Phrases = z.array(z.string().min(1)).min(1);
const End = z.enum(SIDES);

const Turn = z
  .strictObject({
    /** One line typed or chosen. */
    says: z.string().min(1).optional(),
    /** A name from `texts`, several of them as one paste, or the text itself (more than one line). */
    pastes: z.union([z.string().min(1), Phrases]).optional(),
    /** Seconds since the turn before. */
    after: z.number().int().min(1).optional(),
    /** Replacements in this paste only: later counters, a mended configuration. */
    with: Replacements.optional(),
    /** The end a chat knows the paste to be from. */
    from: End.optional(),
    /** Phrases of the reply; blanks and line ends count alike. */
    hears: Phrases.optional(),
    never: Phrases.optional(),
    /** The next command, its lines joined by "; ", and the end that it is asked of. */
    asks: z.union([z.string(), z.partialRecord(End, z.string())]).optional(),
    verdict: z.enum(["need-more", "found", "healthy"]).optional(),
    /** The first finding. */
    finds: z.enum(ROOT_CAUSE_IDS).optional(),
    certainty: z.enum(["confirmed", "likely", "possible"]).optional(),
    side: z.union([End, z.literal("both"), z.null()]).optional(),
    /** Attributes that differ, as "ours / theirs". */
    differs: Replacements.optional(),
    /** Lines among the evidence of the first finding. */
    shows: Phrases.optional(),
    /** Findings that may not be listed at all. */
    "not-even": z.array(z.enum(ROOT_CAUSE_IDS)).optional(),
    leaves: z.boolean().optional(),
  })
  .refine(({ says, pastes }) => says === undefined || pastes === undefined, "says and pastes exclude each other");
export type ScriptedTurn = z.infer<typeof Turn>;

const Conversation = z.strictObject({
  title: z.string().min(1),
  /** Why it fails today; it is then expected to fail, and the test complains once it works. */
  "known-fault": z.string().min(1).optional(),
  /** What may stand in no reply and in nothing that is kept. */
  never: Phrases.optional(),
  /** Its pastes are also damaged in every way (damaged-verdicts.test.ts); are they clean to begin with? */
  damage: z.enum(["clean", "mangled"]).optional(),
  /** More networks to play it as, beside those of networks.yaml. */
  variants: z.record(z.string(), Replacements).optional(),
  turns: z.array(Turn).min(1),
});

const ConversationFile = z.strictObject({
  about: z.string().min(1),
  texts: z.record(z.string(), z.string().min(1)).default({}),
  conversations: z.array(Conversation).min(1),
});

export interface Scripted extends z.infer<typeof Conversation> {
  readonly file: string;
  readonly texts: Readonly<Record<string, string>>;
}

/** Between two turns of a recorded conversation where it does not say; longer than a paste is waited for to go on. */
const BETWEEN_TURNS_S = 30;

/** Those that are played through every chat: each has a clock that the test moves, so what people waited for counts too. */
export function isPlayed(one: Scripted): boolean {
  return one["known-fault"] === undefined;
}

/** @returns milliseconds since the turn before */
export function waitBefore({ after = BETWEEN_TURNS_S }: ScriptedTurn): number {
  return after * 1_000;
}

/** All recorded conversations, in the order of the files. @throws Error that names file, conversation and turn. */
export function readConversations(): Scripted[] {
  const shared = readChecked(TEXTS, z.record(z.string(), z.string()));
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith(".yaml") && file !== NETWORKS && file !== TEXTS)
    .sort()
    .flatMap((file) => {
      const { texts: own, conversations } = readChecked(file, ConversationFile);
      const texts = { ...shared, ...own };
      for (const one of conversations)
        for (const [index, turn] of one.turns.entries()) {
          const unknown = namesOf(turn).find((name) => !name.includes("\n") && texts[name] === undefined);
          if (unknown !== undefined)
            throw new Error(`${file}: "${one.title}", turn ${index + 1}: there is no text named "${unknown}"`);
        }
      return conversations.map((one) => ({ ...one, file, texts }));
    });
}

/** The other networks that each conversation is played as. */
export function readNetworks(): Readonly<Record<string, Replacements>> {
  return readChecked(NETWORKS, z.record(z.string(), Replacements));
}

/** The text that a turn pastes, before any replacement of a network; undefined where it pastes nothing. */
export function pasteOf(turn: ScriptedTurn, texts: Scripted["texts"]): string | undefined {
  if (turn.pastes === undefined) return undefined;
  const text = namesOf(turn)
    .map((name) => texts[name] ?? name)
    .join("\n");
  return turn.with === undefined ? text : replaceEach(text, turn.with, turn.with);
}

/**
 * Each key replaced by its value, all at once and longest first, so that two names can be swapped. A key is a whole
 * word: "3.1.1.1" is not found in "30.3.1.1", nor "HUB" in "HUB-ACL".
 */
export function asNetwork(text: string, network: Replacements): string {
  return replaceEach(text, network);
}

function replaceEach(text: string, replacements: Replacements, mustOccur: Replacements = {}): string {
  const missing = Object.keys(mustOccur).find((key) => !text.includes(key));
  if (missing !== undefined) throw new Error(`"${missing}" is to be replaced and does not stand in the paste`);
  const keys = Object.keys(replacements).sort((a, b) => b.length - a.length);
  if (keys.length === 0) return text;
  const words = keys.map((key) => key.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")).join("|");
  const pattern = new RegExp(`(?<![\\w.-])(?:${words})(?![\\w-]|\\.\\d)`, "g");
  return text.replace(pattern, (word) => replacements[word] ?? word);
}

function namesOf({ pastes }: ScriptedTurn): readonly string[] {
  return pastes === undefined ? [] : Array.isArray(pastes) ? pastes : [pastes];
}

function readChecked<T>(file: string, schema: z.ZodType<T>): T {
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(join(FOLDER, file), "utf8"), { lineCounter: lines, uniqueKeys: true });
  const [broken] = document.errors;
  if (broken) throw new Error(`${file}: ${broken.message}`);
  const checked = schema.safeParse(document.toJS());
  if (checked.success) return checked.data;
  throw new Error(checked.error.issues.map(({ path, message }) => `${file}: ${placeOf(path)}: ${message}`).join("\n"));
}

/** "conversation 2, turn 3, side" */
function placeOf(path: readonly PropertyKey[]): string {
  return path
    .map((part, index) =>
      typeof part === "number" ? `${part + 1}` : (index > 0 ? ", " : "") + String(part).replace(/s$/, " "),
    )
    .join("")
    .trim();
}
