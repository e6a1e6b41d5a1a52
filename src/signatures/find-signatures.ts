/** Finds the signatures in log lines in one walk over each line, however many signatures there are. */
import type { Signature } from "../domain/signature.ts";
import { requiredLiterals } from "./required-literals.ts";

export interface SignatureHit {
  readonly signature: Signature;
  /** The named groups that caught something. */
  readonly captures: Readonly<Record<string, string>>;
  /** Where in the text the match begins. */
  readonly at: number;
}
export type SignatureFinder = (text: string) => readonly SignatureHit[];

const NONE: readonly SignatureHit[] = [];
/** Literals are ASCII. */
const CODES = 128;
/** By the list, and by its first member for lists that only have the same members. */
const finders = new WeakMap<readonly Signature[], SignatureFinder>();
const alike = new WeakMap<Signature, { readonly signatures: readonly Signature[]; readonly find: SignatureFinder }[]>();

/** A finder for these signatures; made once for lists with the same members. */
export function signatureFinder(signatures: readonly Signature[]): SignatureFinder {
  const [first] = signatures;
  if (first === undefined) return () => NONE;
  const known = finders.get(signatures);
  if (known) return known;
  const others = alike.get(first) ?? [];
  let found = others.find((other) => sameMembers(other.signatures, signatures))?.find;
  if (!found) {
    found = createFinder(signatures);
    alike.set(first, [...others, { signatures, find: found }]);
  }
  finders.set(signatures, found);
  return found;
}

function sameMembers(one: readonly Signature[], other: readonly Signature[]): boolean {
  return one.length === other.length && one.every((signature, index) => signature === other[index]);
}

function createFinder(signatures: readonly Signature[]): SignatureFinder {
  const literals = signatures.map(({ pattern, literals: known }) => known ?? requiredLiterals(pattern.source));
  const always = signatures.filter((_, index) => literals[index] === undefined);
  const machine = createMachine(literals.map((texts) => texts ?? []));
  return (text) => {
    const at = machine.walk(text);
    if (at.length === 0 && always.length === 0) return NONE;
    const hits: SignatureHit[] = [];
    for (const signature of always) tryOne(signature, text, hits);
    for (const index of at) tryOne(signatures[index], text, hits);
    return hits;
  };
}

function tryOne(signature: Signature | undefined, text: string, hits: SignatureHit[]): void {
  const match = signature?.pattern.exec(text);
  if (!signature || !match) return;
  const captures: Record<string, string> = {};
  const { groups = {} } = match;
  for (const name of Object.keys(groups)) {
    const value = groups[name];
    if (value !== undefined) captures[name] = value.trim();
  }
  hits.push({ signature, captures, at: match.index });
}

const EMPTY: readonly number[] = [];

/** Aho and Corasick's automaton over all the literals: states in one table, a row for each. */
function createMachine(literals: readonly (readonly string[])[]) {
  const pieces = literals.map((texts) => texts.map(middleOf));
  const { classOf, width } = classesOf(pieces.flat());
  const size = 1 + pieces.flat().reduce((sum, text) => sum + text.length, 0);
  const next = new Int32Array(size * width).fill(-1);
  const found: number[][] = [[]];
  for (const [index, texts] of pieces.entries()) {
    for (const text of texts) {
      let state = 0;
      for (let at = 0; at < text.length; at += 1) {
        const cell = state * width + (classOf[text.charCodeAt(at)] ?? 0);
        if (next[cell] === -1) next[cell] = found.push([]) - 1;
        state = next[cell] ?? 0;
      }
      found[state]?.push(index);
    }
  }
  link(next, found, width);
  // For the walk: where a row begins instead of its number, and the sign bit where a literal ends.
  const rows = next.subarray(0, found.length * width).map((state) => {
    const row = state * width;
    return (found[state]?.length ?? 0) > 0 ? ~row : row;
  });
  return {
    /** The numbers of those of whose literals one stands in the text, rising. */
    walk(text: string): readonly number[] {
      let row = 0;
      let seen: number[] | undefined;
      for (let at = 0; at < text.length; at += 1) {
        const code = text.charCodeAt(at);
        row = rows[row + (code < CODES ? (classOf[code] as number) : 0)] as number;
        if (row >= 0) continue;
        row = ~row;
        seen ??= [];
        for (const index of found[row / width] ?? []) if (!seen.includes(index)) seen.push(index);
      }
      return seen?.sort((one, other) => one - other) ?? EMPTY;
    },
  };
}

/** So much of a literal is looked for: a small table is a fast one, and what is found is tried on the pattern anyway. */
const LONGEST = 12;

/** Many literals begin or end alike. */
function middleOf(text: string): string {
  const from = Math.max(0, (text.length - LONGEST) >> 1);
  return text.slice(from, from + LONGEST);
}

/** Numbers for the characters that the literals use, upper-case letters like lower-case ones; 0 for all others. */
function classesOf(texts: readonly string[]): { classOf: Uint8Array; width: number } {
  const classOf = new Uint8Array(CODES);
  let width = 1;
  for (const text of texts) {
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (classOf[code] === 0) classOf[code] = width++;
    }
  }
  for (let code = 65; code <= 90; code += 1) classOf[code] = classOf[code + 32] ?? 0;
  return { classOf, width };
}

/** Fills in where to go on where a literal breaks off, breadth first. */
function link(next: Int32Array, found: readonly number[][], width: number): void {
  const fallback = new Int32Array(found.length);
  const queue: number[] = [0];
  for (const state of queue) {
    const back = fallback[state] ?? 0;
    for (let column = 0; column < width; column += 1) {
      const cell = state * width + column;
      const onward = state === 0 ? 0 : (next[back * width + column] ?? 0);
      const child = next[cell] ?? -1;
      if (child === -1) {
        next[cell] = onward;
        continue;
      }
      fallback[child] = onward;
      found[child]?.push(...(found[onward] ?? []));
      queue.push(child);
    }
  }
}
