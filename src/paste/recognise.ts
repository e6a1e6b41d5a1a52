/** Tells by the shape of a line which command printed it, for all vendors in one look. */
import type { Command, Vendor } from "../domain/output.ts";
import { beginningFinder, indentOf, type PatternSet } from "./beginnings.ts";
import { knownBeginnings } from "./packed-beginnings.ts";
import { requiredText } from "./required-text.ts";

/** A shape of an output that can be read. */
export interface Recognised {
  readonly vendor: Vendor;
  readonly command: Command;
  /** Only this output has such a line, or it may begin with one. */
  readonly role: "looks" | "starts";
}
export interface Recogniser {
  /** Whether the line has a shape at all; most have none, and this is the fast way to know. */
  readonly hasShape: (text: string) => boolean;
  /** Everything the line can be. */
  readonly shapesOf: (text: string) => readonly Recognised[];
  /** Whether the line is one that this command prints. */
  readonly looksLike: (command: Command, text: string) => boolean;
}

interface Entry {
  readonly shape: Recognised;
  readonly pattern: RegExp;
  /** A text that every match holds; null: not looked for yet. */
  needs: string | undefined | null;
}

const made = new WeakMap<readonly Vendor[], Recogniser>();

/** The recogniser for these vendors, made once. */
export function recogniserFor(vendors: readonly Vendor[]): Recogniser {
  const known = made.get(vendors);
  if (known) return known;
  const recogniser = createRecogniser(vendors);
  made.set(vendors, recogniser);
  return recogniser;
}

/** The shapes of all outputs of these vendors, in the order in which the recogniser numbers them. */
export function shapePatterns(vendors: readonly Vendor[]): RegExp[] {
  return allEntries(vendors).map(({ pattern }) => pattern);
}

function createRecogniser(vendors: readonly Vendor[]): Recogniser {
  const entries = allEntries(vendors);
  const beginnings = beginningFinder(knownBeginnings(entries.map(({ pattern }) => pattern)));
  const looksOf = new Map<Command, PatternSet>();

  /** The next pattern from `from` on that matches, of those that may. */
  function next(text: string, candidates: PatternSet, from: number, among?: PatternSet): number {
    for (let word = from >> 5; word < candidates.length; word += 1) {
      let bits = (candidates[word] as number) & (among === undefined ? -1 : (among[word] as number));
      if (word === from >> 5) bits &= -1 << (from & 31);
      for (; bits !== 0; bits &= bits - 1) {
        const index = (word << 5) + 31 - Math.clz32(bits & -bits);
        const entry = entries[index] as Entry;
        const { pattern } = entry;
        if (entry.needs === null) entry.needs = requiredText(pattern);
        const { needs } = entry;
        if ((needs === undefined || text.includes(needs)) && pattern.test(text)) return index;
      }
    }
    return -1;
  }

  return {
    hasShape(text) {
      const candidates = beginnings.find(text, indentOf(text));
      return candidates !== undefined && next(text, candidates, 0) >= 0;
    },
    shapesOf(text) {
      const shapes: Recognised[] = [];
      const candidates = beginnings.find(text, indentOf(text));
      if (candidates === undefined) return shapes;
      for (let index = next(text, candidates, 0); index >= 0; index = next(text, candidates, index + 1)) {
        const { shape } = entries[index] as Entry;
        if (!isIn(shapes, shape)) shapes.push(shape);
      }
      return shapes;
    },
    looksLike(command, text) {
      let looks = looksOf.get(command);
      if (looks === undefined) {
        looks = setOfLooks(entries, command);
        looksOf.set(command, looks);
      }
      const candidates = beginnings.find(text, indentOf(text));
      return candidates !== undefined && next(text, candidates, 0, looks) >= 0;
    },
  };
}

function setOfLooks(entries: readonly Entry[], command: Command): PatternSet {
  const set = new Int32Array(Math.ceil(entries.length / 32));
  for (const [index, { shape }] of entries.entries())
    if (shape.role === "looks" && shape.command === command)
      set[index >> 5] = (set[index >> 5] ?? 0) | (1 << (index & 31));
  return set;
}

function allEntries(vendors: readonly Vendor[]): Entry[] {
  const entries: Omit<Entry, "needs">[] = [];
  for (const vendor of vendors) {
    for (const command of vendor.commands) {
      for (const pattern of command.looksLike) entries.push({ pattern, shape: { vendor, command, role: "looks" } });
      for (const pattern of command.mayStartWith ?? [])
        entries.push({ pattern, shape: { vendor, command, role: "starts" } });
    }
  }
  return entries.map((entry) => ({ ...entry, needs: null }));
}

function isIn(shapes: readonly Recognised[], shape: Recognised): boolean {
  for (const other of shapes) {
    if (other === shape) return true;
    if (other.command === shape.command && other.role === shape.role) return true;
  }
  return false;
}
