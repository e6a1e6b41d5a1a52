/** Names as people type them: case, `_`, `-`, blanks and punctuation make no difference. */
import type { Entry } from "./explain-entry.ts";

/** Lower case, letters and digits only, one blank between words. */
export function plain(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/['’`]/g, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** `plain` without blanks: "NAT-T", "nat t" and "natt" are one. */
export function compact(text: string): string {
  return plain(text).replaceAll(" ", "");
}

export interface Names {
  /** By id as typed, by `plain` name, by `compact` name; a name of marks alone ("!!!!!") stands for itself. */
  readonly exact: ReadonlyMap<string, readonly Entry[]>;
  readonly compact: ReadonlyMap<string, readonly Entry[]>;
  readonly ids: ReadonlyMap<string, Entry>;
  /** Every word of every name. */
  readonly words: ReadonlySet<string>;
}

export function indexNames(entries: readonly Entry[]): Names {
  const exact = new Map<string, Entry[]>();
  const tight = new Map<string, Entry[]>();
  const ids = new Map<string, Entry>();
  for (const entry of entries) {
    if (!ids.has(entry.id)) ids.set(entry.id, entry);
    for (const name of entry.names) {
      add(exact, plain(name) || name.trim(), entry);
      add(tight, compact(name), entry);
    }
  }
  return { exact, compact: tight, ids, words: new Set([...exact.keys()].flatMap((name) => name.split(" "))) };
}

function add(index: Map<string, Entry[]>, name: string, entry: Entry): void {
  const known = index.get(name);
  if (name === "" || known?.includes(entry)) return;
  if (known) known.push(entry);
  else index.set(name, [entry]);
}

const ASKING = new Set(
  (
    "a about an and are at be can do does explain for get got have how i im in is it its keep keeps me mean meaning means " +
    "mine my of on or our please say says see shows state status stay stays stuck tell that the there this to we what " +
    "whats when where which why with you your"
  ).split(" "),
);

/** The words that carry the question: "what does it mean when it is stuck in QM_IDLE?" → ["qm", "idle"]. */
export function tellingWords(text: string): string[] {
  return plain(text)
    .split(" ")
    .filter((word) => word !== "" && !ASKING.has(word));
}

/** Entries under this very name, the one that is meant first. */
export function byName(names: Names, asked: string): readonly Entry[] {
  const id = names.ids.get(asked.trim().toLowerCase());
  const found = named(names, asked) ?? named(names, tellingWords(asked).join(" ")) ?? [];
  return id ? [id, ...found.filter((entry) => entry !== id)] : found;
}

function named(names: Names, text: string): readonly Entry[] | undefined {
  return names.exact.get(plain(text) || text.trim()) ?? names.compact.get(compact(text));
}
