/** Words of a command line as a tree, and writing out what was typed short of them, as IOS does: unambiguous or not at all. */
import { SECRET_PLACEHOLDER } from "../../../domain/secret.ts";

export interface WordNode {
  readonly words: Map<string, WordNode>;
  /** What stands behind a word that is anybody's: a name, a number, an address. */
  any?: WordNode;
}

export function newNode(): WordNode {
  return { words: new Map() };
}

/**
 * Adds lines to a node: `set peer *`; `a|b` are words in one place, `*` is any word, `@name` at the end goes on as the
 * named node does.
 */
export function addLines(node: WordNode, lines: string, named: Readonly<Record<string, WordNode>> = {}): WordNode {
  for (const line of lines.split("\n")) {
    const words = line.trim().split(" ").filter(Boolean);
    if (words.length > 0) add([node], words, named);
  }
  return node;
}

function add(nodes: readonly WordNode[], words: readonly string[], named: Readonly<Record<string, WordNode>>): void {
  const [first = "", second, ...rest] = words;
  const goesOn = second?.startsWith("@") === true ? named[second.slice(1)] : undefined;
  const next = nodes.flatMap((node) => first.split("|").map((word) => child(node, word, goesOn)));
  if (second !== undefined && goesOn === undefined) add(next, [second, ...rest], named);
}

function child(node: WordNode, word: string, fresh: WordNode = newNode()): WordNode {
  if (word === "*") {
    node.any ??= fresh;
    return node.any;
  }
  const known = node.words.get(word) ?? fresh;
  node.words.set(word, known);
  return known;
}

/** A word, or a key that was taken out: `<secret #1>` is one. */
const WORD = new RegExp(`${SECRET_PLACEHOLDER}|[^ ]+`, "g");
const LONGEST = 400;

/**
 * The line with each word that is typed short of one word of the tree written out; from the first word on that is none of
 * them, or short of several, it stays as it is. `no` and `default` may stand before it.
 */
export function writtenOut(text: string, tree: WordNode): string {
  if (text.length > LONGEST) return text;
  const words = text.match(WORD) ?? [];
  const out: string[] = [];
  if (/^(?:no|default)$/i.test(words[0] ?? "")) out.push((words.shift() ?? "").toLowerCase());
  let node: WordNode | undefined = tree;
  for (const word of words) {
    const full: string | undefined = node && fullWord(word, node);
    out.push(full ?? word);
    node = full === undefined ? node?.any : node?.words.get(full);
  }
  return out.join(" ");
}

function fullWord(typed: string, { words }: WordNode): string | undefined {
  const word = typed.toLowerCase();
  if (words.has(word)) return word;
  let found: string | undefined;
  for (const candidate of words.keys()) {
    if (!candidate.startsWith(word)) continue;
    if (found !== undefined) return undefined;
    found = candidate;
  }
  return found;
}
