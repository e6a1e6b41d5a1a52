/** VyOS's `set` lines as words; what `delete` takes out is left out. */
import type { Line } from "../../../domain/output.ts";
import { SECRET_PLACEHOLDER } from "../../../domain/secret.ts";

export interface Statement {
  readonly line: number;
  readonly words: readonly string[];
}

const WORD = new RegExp(`'([^']{0,500})'|"([^"]{0,500})"|(${SECRET_PLACEHOLDER})|(\\S{1,500})`, "g");
const ASIDE = /^\s*(?:$|\[edit|#|commit|save|exit|run |show |top$|up$|configure$|compare)/;

export function statementsOf(lines: readonly Line[]): { statements: Statement[]; unread: Line[] } {
  let statements: Statement[] = [];
  const unread: Line[] = [];
  for (const line of lines) {
    const [verb, ...words] = [...line.text.trim().matchAll(WORD)].map(
      ([, single, quoted, secret, bare]) => single ?? quoted ?? secret ?? bare ?? "",
    );
    if (verb === "set" && words.length > 1) statements.push({ line: line.number, words });
    else if (verb === "delete")
      statements = statements.filter((item) => !words.every((word, index) => item.words[index] === word));
    else if (!ASIDE.test(line.text)) unread.push(line);
  }
  return { statements, unread };
}

/** What is set below these words: the word after them by name, with all that follows. */
export interface Settings {
  readonly name: string;
  readonly line: number;
  /** The value behind these words, set last; its line goes into `at` under `field`. */
  value(path: string, at?: Record<string, number>, field?: string): string | undefined;
  has(path: string): boolean;
  /** The names below these words. */
  below(path: string): Settings[];
}

export function below(statements: readonly Statement[], path: string): Settings[] {
  const start = path.split(" ");
  const found = new Map<string, Statement[]>();
  for (const { line, words } of statements) {
    const name = words[start.length];
    if (name === undefined || !start.every((word, index) => words[index] === word)) continue;
    found.set(name, [...(found.get(name) ?? []), { line, words: words.slice(start.length + 1) }]);
  }
  return [...found].map(([name, own]) => settings(name, own));
}

function settings(name: string, own: readonly Statement[]): Settings {
  const behind = (path: string) => {
    const start = path.split(" ");
    return own.filter(({ words }) => start.every((word, index) => words[index] === word));
  };
  return {
    name,
    line: own[0]?.line ?? 1,
    value(path, at, field) {
      const last = behind(path).at(-1);
      if (last && at && field !== undefined) at[field] = last.line;
      return last?.words[path.split(" ").length];
    },
    has: (path) => behind(path).length > 0,
    below: (path) => below(own, path),
  };
}
