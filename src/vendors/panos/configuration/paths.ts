/** `set` lines: each is a path of words that ends in a value. The form in braces is not read. */
import type { Line } from "../../../domain/output.ts";

export interface Path {
  readonly line: number;
  readonly words: readonly string[];
}

const QUOTED_OR_WORD = /"[^"]{0,1000}"|<secret [^<>]{1,20}>|\S+/g;
const NOTHING = /^(?:$|#|\[edit)/;
const OTHER_COMMANDS = /^(?:delete|edit|exit|commit|show|configure|up|top)\b/;

export function pathsOf(lines: readonly Line[]): { paths: Path[]; unread: Line[] } {
  const paths: Path[] = [];
  const unread: Line[] = [];
  for (const line of lines) {
    const text = line.text.trim();
    if (text.startsWith("set ")) paths.push({ line: line.number, words: withoutPlace(wordsOf(text.slice(4))) });
    else if (!NOTHING.test(text) && !OTHER_COMMANDS.test(text)) unread.push(line);
  }
  return { paths, unread };
}

function wordsOf(text: string): string[] {
  return (text.match(QUOTED_OR_WORD) ?? []).map((word) => (/^".*"$/.test(word) ? word.slice(1, -1) : word));
}

/** Panorama's template, the device and the virtual system stand before what they hold. */
function withoutPlace(words: readonly string[]): readonly string[] {
  let rest = words;
  for (;;) {
    if (rest[0] === "config") rest = rest.slice(1);
    else if (/^(?:template|devices|vsys)$/.test(rest[0] ?? "") && rest.length > 2) rest = rest.slice(2);
    else return rest;
  }
}

/** What stands behind `anchor` in a path, where it holds that word. */
export function after(path: Path, ...anchor: readonly string[]): readonly string[] | undefined {
  const { words } = path;
  const at = words.findIndex((_, index) => anchor.every((word, offset) => words[index + offset] === word));
  return at < 0 ? undefined : words.slice(at + anchor.length);
}

/** "[ group14 group19 ]" or a single value. */
export function listOf(words: readonly string[]): string[] {
  return words.filter((word) => word !== "[" && word !== "]");
}
