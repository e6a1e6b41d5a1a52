/** The lines of a configuration as tables and their entries: `config … edit … set … next end`, nested at will. */
import type { Line } from "../../../domain/output.ts";
import { SECRET_PLACEHOLDER } from "../../../domain/secret.ts";

export interface Setting {
  readonly words: readonly string[];
  readonly line: number;
}
export interface Entry {
  /** "vpn ipsec phase1-interface"; "" where the paste begins inside. */
  readonly table: string;
  /** Undefined for a table that has no entries (`config system global`). */
  readonly name: string | undefined;
  readonly line: number;
  readonly settings: Map<string, Setting>;
  /** Tables nested in it, such as `config ipv6`, hold settings of the same names. */
  readonly isNested: boolean;
}
export interface Sections {
  readonly entries: readonly Entry[];
  readonly unread: readonly Line[];
  /** Every table that was opened was closed. */
  readonly isWhole: boolean;
  /** The release, as the first line of a backup tells it. */
  readonly header: Line | undefined;
}

const HEADER = /^#config-version=\S/;
/** Empty values are printed in single quotes. */
const WORD = new RegExp(`"((?:[^"\\\\]|\\\\.){0,1000})"|'([^']{0,1000})'|(${SECRET_PLACEHOLDER})|(\\S{1,1000})`, "g");
/** What stands between without being of a table. */
const ASIDE = /^(?:#|\s*$|--More--|new entry '.{1,80}' added$)/;

interface Level {
  readonly table: string;
  entry: Entry | undefined;
}

export function readSections(lines: readonly Line[]): Sections {
  const reader = new Reader();
  const unread: Line[] = [];
  let header: Line | undefined;
  for (const line of lines) {
    if (HEADER.test(line.text)) header = line;
    else if (!reader.read(line) && !ASIDE.test(line.text)) unread.push(line);
  }
  return { entries: reader.entries, unread, isWhole: reader.depth === 0, header };
}

class Reader {
  readonly entries: Entry[] = [];
  readonly #levels: Level[] = [];

  get depth(): number {
    return this.#levels.length;
  }

  read({ text, number }: Line): boolean {
    const [verb = "", ...words] = wordsOf(text);
    switch (verb) {
      case "config":
        this.#levels.push({ table: words.join(" "), entry: undefined });
        return true;
      case "edit":
        this.#open(words[0] ?? "", number);
        return true;
      case "set":
      case "append":
        return this.#set(words, number);
      case "unset":
        return true;
      case "next":
      case "abort":
        this.#close();
        return words.length === 0;
      case "end":
        this.#levels.pop();
        return words.length === 0;
      default:
        // Text of several lines in quotes (banners, certificates).
        return this.#levels.length > 1;
    }
  }

  #open(name: string, line: number): void {
    const level = this.#levels.at(-1) ?? { table: "", entry: undefined };
    if (this.#levels.length === 0) this.#levels.push(level);
    level.entry = this.#add({ table: level.table, name, line });
  }

  #close(): void {
    const level = this.#levels.at(-1);
    if (level) level.entry = undefined;
  }

  #set([name = "", ...words]: readonly string[], line: number): boolean {
    if (name === "") return false;
    const level = this.#levels.at(-1) ?? { table: "", entry: undefined };
    if (this.#levels.length === 0) this.#levels.push(level);
    level.entry ??= this.#add({ table: level.table, name: undefined, line });
    level.entry.settings.set(name, { words, line });
    return true;
  }

  #add({ table, name, line }: Pick<Entry, "table" | "name" | "line">): Entry {
    const outer = this.#levels.slice(0, -1).some(({ entry }) => entry !== undefined);
    const entry: Entry = { table, name, line, settings: new Map(), isNested: outer };
    this.entries.push(entry);
    return entry;
  }
}

function wordsOf(text: string): string[] {
  return [...text.trim().matchAll(WORD)].map(
    ([, quoted, single, secret, bare]) => quoted ?? single ?? secret ?? bare ?? "",
  );
}

/** The entries of a table; where a paste begins inside one, those that hold a setting which only it has. */
export function entriesOf(sections: Sections, tables: readonly string[], telling: readonly string[]): Entry[] {
  return sections.entries.filter(
    ({ table, settings, isNested }) =>
      tables.includes(table) || (table === "" && !isNested && telling.some((name) => settings.has(name))),
  );
}

export function wordOf(entry: Entry, name: string): string | undefined {
  return entry.settings.get(name)?.words[0];
}

/** Lines of settings by our names of the fields. */
export function linesOf(entry: Entry, fields: Readonly<Record<string, string>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([field, name]) => {
      const line = entry.settings.get(name)?.line;
      return line === undefined ? [] : [[field, line]];
    }),
  );
}
