/**
 * A configuration as paths of words, each ending in a value, whichever way it is written: `set` lines, braces (`show` in
 * configuration mode), or XML (running-config.xml and what the API gives). Source: PAN-OS CLI quick start, "Change CLI Modes".
 */
import type { Line } from "../../../domain/output.ts";
import type { Statement } from "../../../domain/set-lines.ts";
import { BracesReader } from "./braces.ts";
import { ElementsReader } from "./elements.ts";

export type Path = Statement;

export interface ReadPaths {
  readonly paths: readonly Path[];
  readonly unread: readonly Line[];
  /** What was opened, in braces or by tags, was closed. */
  readonly isBalanced: boolean;
}

const QUOTED_OR_WORD = /"[^"]{0,1000}"|<secret [^<>]{1,20}>|\S+/g;
const NOTHING = /^(?:$|#|\[edit)/;
const OTHER_COMMANDS = /^(?:delete|edit|exit|commit|show|configure|up|top)\b/;
const ELEMENT = /^<(?!secret )[A-Za-z/?!]/;
const ROOTS: ReadonlySet<string> = new Set([
  ..."config devices network deviceconfig mgt-config vsys shared template template-stack readonly predefined".split(
    " ",
  ),
]);

/** `level` is what the command asked for ("network ike gateway"): braces begin with its last word, or below it. */
export function pathsOf(lines: readonly Line[], level: readonly string[] = []): ReadPaths {
  const paths: Path[] = [];
  const unread: Line[] = [];
  const braces = new BracesReader();
  const elements = new ElementsReader();
  for (const line of lines) {
    const text = line.text.trim();
    if (text.startsWith("set ")) paths.push({ line: line.number, words: withoutPlace(wordsOf(text.slice(4))) });
    else if (ELEMENT.test(text) || elements.isOpen) {
      if (!elements.take(text, line.number)) unread.push(line);
    } else if (!NOTHING.test(text) && !braces.take(text, line.number) && !OTHER_COMMANDS.test(text)) unread.push(line);
  }
  for (const path of fromTheRoot(braces.paths, level)) paths.push(placeless(path));
  for (const path of elements.paths) paths.push(placeless(path));
  paths.sort((one, other) => one.line - other.line);
  return { paths, unread, isBalanced: braces.isBalanced && elements.isBalanced };
}

function wordsOf(text: string): string[] {
  return (text.match(QUOTED_OR_WORD) ?? []).map((word) => (/^".*"$/.test(word) ? word.slice(1, -1) : word));
}

/** "show network ike gateway" prints "gateway { … }", without what stands above it. */
function fromTheRoot(paths: readonly Path[], level: readonly string[]): readonly Path[] {
  const [first] = paths[0]?.words ?? [];
  if (first === undefined || ROOTS.has(first) || level.length === 0) return paths;
  const at = level.lastIndexOf(first);
  const above = at < 0 ? level : level.slice(0, at);
  return paths.map(({ line, words }) => ({ line, words: [...above, ...words] }));
}

function placeless({ line, words }: Path): Path {
  return { line, words: withoutPlace(words) };
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
