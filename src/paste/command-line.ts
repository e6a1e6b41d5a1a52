/** Writes out an abbreviated command line: "sh cry isa sa" → "show crypto isakmp sa". */
import type { Command } from "../domain/output.ts";

export interface Expanded<C = Command> {
  readonly command: C;
  /** With every keyword written out and arguments as typed. */
  readonly text: string;
  /** Every word was understood; otherwise the last ones are as typed, and the lines must say whether it is this command. */
  readonly whole: boolean;
  /** Keywords that were understood: more of them fit better. */
  readonly keywords: number;
}
/** What there is to expand against: a command of a vendor, or just its words. */
type Forms = Pick<Command, "run" | "alsoRun">;

interface Form {
  readonly required: readonly string[];
  readonly optional: readonly (readonly string[])[];
}

const LONGEST = 400;

/**
 * The commands whose words the typed words abbreviate, best first; more than one whole one where IOS would call it
 * ambiguous. Takes `do `, a pipe with its filter, and any prefix of each keyword.
 */
export function expandCommandLine<C extends Forms>(typed: string, commands: readonly C[]): Expanded<C>[] {
  const [words, filter] = splitTyped(typed);
  const found: Expanded<C>[] = [];
  if (words.length === 0) return found;
  for (const [index, candidates] of formsFor(words, commands)) {
    const command = commands[index];
    const best = bestOf(words, candidates);
    if (best && command) found.push({ ...best, command, text: best.text + filter });
  }
  return found.sort((one, other) => Number(other.whole) - Number(one.whole) || other.keywords - one.keywords);
}

/** The forms of some commands by their required words, so that a line is held against those only that begin like it. */
interface Branch {
  readonly words: Map<string, Branch>;
  readonly ends: { readonly command: number; readonly place: number; readonly form: Form }[];
}

const trees = new WeakMap<readonly Forms[], Branch>();

/** By command, in their order, the forms whose required words the typed ones can stand for. */
function formsFor(words: readonly string[], commands: readonly Forms[]): [command: number, forms: Form[]][] {
  const ends: Branch["ends"] = [];
  collect(treeOf(commands), words, 0, ends);
  ends.sort((one, other) => one.command - other.command || one.place - other.place);
  const byCommand = new Map<number, Form[]>();
  for (const { command, form } of ends) {
    const known = byCommand.get(command);
    if (known) known.push(form);
    else byCommand.set(command, [form]);
  }
  return [...byCommand];
}

function collect(branch: Branch, words: readonly string[], at: number, into: Branch["ends"]): void {
  into.push(...branch.ends);
  for (const [word, next] of branch.words)
    if (fullWord(words[at], word) !== undefined) collect(next, words, at + 1, into);
}

function treeOf(commands: readonly Forms[]): Branch {
  const known = trees.get(commands);
  if (known) return known;
  const tree: Branch = { words: new Map(), ends: [] };
  for (const [command, { run, alsoRun = [] }] of commands.entries()) {
    for (const [place, text] of [run, ...alsoRun].entries()) {
      const form = formOf(text);
      let branch = tree;
      for (const word of form.required) {
        const next = branch.words.get(word) ?? { words: new Map(), ends: [] };
        branch.words.set(word, next);
        branch = next;
      }
      branch.ends.push({ command, place, form });
    }
  }
  trees.set(commands, tree);
  return tree;
}

/** The words before a pipe, without `do`, and the filter after it with its first word written out. */
export function splitTyped(typed: string): [words: string[], filter: string] {
  const text = typed.slice(0, LONGEST);
  const pipe = text.indexOf("|");
  const before = (pipe < 0 ? text : text.slice(0, pipe)).trim();
  const words = before === "" ? [] : before.split(/\s+/);
  if (words[0]?.toLowerCase() === "do") words.shift();
  if (pipe < 0) return [words, ""];
  const filter = text.slice(pipe + 1).trim();
  const [first = "", ...rest] = filter.split(/\s+/);
  const full = FILTERS.find((name) => first !== "" && name.startsWith(first.toLowerCase())) ?? first;
  return [words, ` | ${[full, ...rest].join(" ")}`];
}

const FILTERS = ["include", "section", "begin", "exclude", "count", "redirect", "append", "tee", "format"];

function bestOf(words: readonly string[], candidates: readonly Form[]): Omit<Expanded, "command"> | undefined {
  let best: Omit<Expanded, "command"> | undefined;
  for (const form of candidates) {
    const read = expand(words, form);
    if (read && (!best || better(read, best))) best = read;
  }
  return best;
}

function better(one: Omit<Expanded, "command">, other: Omit<Expanded, "command">): boolean {
  return one.whole === other.whole ? one.keywords > other.keywords : one.whole;
}

function formOf(run: string): Form {
  const parts = run.match(/\[[^\]]*\]|\S+/g) ?? [];
  const required = parts.filter((part) => !part.startsWith("["));
  const optional = parts.filter((part) => part.startsWith("[")).map((part) => part.slice(1, -1).split(" "));
  return { required, optional };
}

function expand(words: readonly string[], form: Form): Omit<Expanded, "command"> | undefined {
  const out: string[] = [];
  let keywords = 0;
  for (const [index, word] of form.required.entries()) {
    const full = fullWord(words[index], word);
    if (full === undefined) return undefined;
    out.push(full);
    if (!isArgument(word)) keywords += 1;
  }
  const left = new Set(form.optional);
  let at = form.required.length;
  while (at < words.length) {
    const group = chooseGroup(words, at, left);
    if (group === undefined) return { text: [...out, ...words.slice(at)].join(" "), whole: false, keywords };
    left.delete(group);
    for (const word of group) {
      out.push(fullWord(words[at], word) ?? "");
      if (!isArgument(word)) keywords += 1;
      at += 1;
    }
  }
  return { text: out.join(" "), whole: true, keywords };
}

/** A keyword typed in full comes before an abbreviated one, and both before an argument that takes anything. */
function chooseGroup(words: readonly string[], at: number, groups: ReadonlySet<readonly string[]>) {
  let abbreviated: readonly string[] | undefined;
  let argument: readonly string[] | undefined;
  for (const group of groups) {
    if (!group.every((word, index) => fullWord(words[at + index], word) !== undefined)) continue;
    const first = group[0] ?? "";
    if (first === words[at]?.toLowerCase()) return group;
    if (isArgument(first)) argument ??= group;
    // "det" is "detail" where there is "detailed" too.
    else if (abbreviated === undefined || first.length < (abbreviated[0] ?? "").length) abbreviated = group;
  }
  return abbreviated ?? argument;
}

function isArgument(word: string): boolean {
  const first = word.charCodeAt(0);
  return first >= 65 && first <= 90;
}

function fullWord(typed: string | undefined, word: string): string | undefined {
  if (typed === undefined || typed === "") return undefined;
  if (isArgument(word)) return /ADDRESS|PREFIX|MASK/.test(word) && !isAddressLike(typed) ? undefined : typed;
  const lower = typed.toLowerCase();
  // An option may be a capital letter ("-L"); a word that is all capitals is an argument.
  return word.startsWith(lower) || (word.startsWith("-") && word.toLowerCase().startsWith(lower)) ? word : undefined;
}

/** An address, also one whose digits somebody masked, or a host name; not a keyword. */
function isAddressLike(typed: string): boolean {
  return /[.:]|^\d|^<|^[A-Z]/.test(typed);
}
