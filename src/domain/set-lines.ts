/**
 * Configurations of `set` lines or braces (Junos, VyOS): statements, each with all its words from the root, and settings of
 * named things, which is all that statements below one level say of each name.
 */

export interface Statement {
  readonly line: number;
  readonly words: readonly string[];
}

/** More is no configuration. */
const DEEPEST = 40;

/** The levels that are open where a configuration in braces is read line by line. */
export class BraceLevels {
  readonly #open: { readonly words: readonly string[]; readonly isOff: boolean }[];
  #wasClosedTooOften = false;

  /** `base` is the level at which the text begins. */
  constructor(base: readonly string[] = []) {
    this.#open = [{ words: base, isOff: false }];
  }

  /** All words from the root down to where the reader is. */
  get words(): readonly string[] {
    return this.#open.at(-1)?.words ?? [];
  }

  /** Whether this level, or one above it, has no effect. */
  get isOff(): boolean {
    return this.#open.at(-1)?.isOff === true;
  }

  /** How many braces are open. */
  get depth(): number {
    return this.#open.length - 1;
  }

  /** All braces that were opened were closed, and no more. */
  get isBalanced(): boolean {
    return this.depth === 0 && !this.#wasClosedTooOften;
  }

  /** False where levels are nested too deeply to be a configuration's. */
  enter(words: readonly string[], isOff = false): boolean {
    if (this.#open.length >= DEEPEST) return false;
    this.#open.push({ words: [...this.words, ...words], isOff: isOff || this.isOff });
    return true;
  }

  leave(): void {
    if (this.depth > 0) this.#open.pop();
    else this.#wasClosedTooOften = true;
  }
}

/** What is set for one name; later values of one setting go before earlier ones. */
export class Settings {
  readonly name: string;
  readonly line: number;
  readonly #settings: Statement[] = [];

  constructor(name: string, line: number) {
    this.name = name;
    this.line = line;
  }

  add(setting: Statement): void {
    this.#settings.push(setting);
  }

  /** Whether there is a setting that begins with these words. */
  has(...words: readonly string[]): boolean {
    return this.all(...words).length > 0;
  }

  /** What follows these words, of every setting that begins with them. */
  all(...words: readonly string[]): Statement[] {
    return this.#settings.flatMap(({ line, words: own }) =>
      words.every((word, at) => own[at] === word) ? [{ line, words: own.slice(words.length) }] : [],
    );
  }

  /** The word after these, of the last setting that begins with them; its line goes into `at` under `field`. */
  value(words: readonly string[], at?: Record<string, number>, field?: string): string | undefined {
    const last = this.all(...words).at(-1);
    if (last && at && field !== undefined) at[field] = last.line;
    return last?.words[0];
  }

  /** The things named below these words. */
  below(...words: readonly string[]): Settings[] {
    return [...settingsBelow(this.#settings, ...words).values()];
  }

  /** The words after these, of every setting that begins with them. */
  values(...words: readonly string[]): string[] {
    return this.all(...words).flatMap(({ words: own }) => own[0] ?? []);
  }
}

/** The things named below a level, in the order in which they are first named. */
export function settingsBelow(statements: readonly Statement[], ...level: readonly string[]): Map<string, Settings> {
  const found = new Map<string, Settings>();
  for (const { line, words } of statements) {
    if (!level.every((word, at) => words[at] === word)) continue;
    const name = words[level.length];
    if (name === undefined) continue;
    const settings = found.get(name) ?? new Settings(name, line);
    found.set(name, settings);
    settings.add({ line, words: words.slice(level.length + 1) });
  }
  return found;
}
