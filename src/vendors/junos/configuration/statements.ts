/**
 * A configuration as statements, each with all of its words from the root: "security ike proposal P dh-group group14". Read
 * from `set` lines (`display set`, or typed under `edit`), and from braces; values in brackets become one statement each.
 * Sources: Junos OS CLI user guide.
 */
import type { Line } from "../../../domain/output.ts";
import { SECRET_PLACEHOLDER } from "../../../domain/secret.ts";
import { BraceLevels, type Statement } from "../../../domain/set-lines.ts";
import { isMark } from "../marks.ts";

export interface ReadStatements {
  readonly statements: readonly Statement[];
  readonly unread: readonly Line[];
  /** All braces that were opened were closed, and no more. */
  readonly isBalanced: boolean;
}

const WORD = new RegExp(`"(?:[^"\\\\]|\\\\.){0,2000}"|${SECRET_PLACEHOLDER}|[^\\s"]{1,500}`, "g");
const COMMENT = /^\s*(?:#|\/\*|\*)/;
/** What may be typed in configuration mode and changes nothing that is read here. */
const ACTION =
  /^(?:commit|rollback|show|run|exit|quit|save|load|status|annotate|protect|insert|rename|copy|wildcard|unprotect|configuration check succeeds|load complete)(?: |$)/;

/** Statements of an output; `base` is the level that its command asked for ("security ike"). */
export function readStatements(lines: readonly Line[], base: readonly string[]): ReadStatements {
  const reader = new Reader(base);
  const unread = lines.filter((line) => !isMark(line.text) && !COMMENT.test(line.text) && !reader.take(line));
  return { statements: reader.finish(), unread, isBalanced: reader.isBalanced };
}

class Reader {
  #statements: Statement[] = [];
  readonly #levels: BraceLevels;
  #edited: readonly string[] = [];

  constructor(base: readonly string[]) {
    this.#levels = new BraceLevels(base);
  }

  get isBalanced(): boolean {
    return this.#levels.isBalanced;
  }

  finish(): Statement[] {
    return this.#statements;
  }

  take({ text, number }: Line): boolean {
    const line = text.trim();
    const words = line.match(WORD) ?? [];
    const [verb = ""] = words;
    if (verb === "set" || verb === "activate") return verb === "activate" || this.#set(words.slice(1), number);
    if (verb === "deactivate" || verb === "delete")
      return this.#takeOut([...this.#edited, ...words.slice(1).map(unquoted)]);
    if (verb === "edit" || verb === "top" || verb === "up") return this.#edit(words);
    return this.#brace(line, number) || ACTION.test(line);
  }

  #set(words: readonly string[], line: number): boolean {
    this.#add([...this.#edited, ...words], line);
    return words.length > 1;
  }

  #takeOut(off: readonly string[]): boolean {
    this.#statements = this.#statements.filter(({ words }) => !off.every((word, at) => words[at] === word));
    return true;
  }

  #edit([verb, ...words]: readonly string[]): boolean {
    if (verb === "edit") this.#edited = [...this.#edited, ...words.map(unquoted)];
    else
      this.#edited =
        verb === "top" && words[0] === "edit" ? words.slice(1) : verb === "top" ? [] : this.#edited.slice(0, -1);
    return true;
  }

  #brace(line: string, number: number): boolean {
    const plain = withoutRemark(line);
    if (/^\}+$/.test(plain.replace(/\s/g, ""))) {
      for (const brace of plain) if (brace === "}") this.#levels.leave();
      return true;
    }
    const isInactive = plain.startsWith("inactive: ");
    const body = isInactive
      ? plain.slice("inactive: ".length)
      : plain.replace(/^(?:protect|replace|nonexistent): /, "");
    if (body.endsWith("{")) {
      const words = (body.slice(0, -1).match(WORD) ?? []).map(unquoted);
      return this.#levels.enter(words, isInactive) && words.length > 0;
    }
    if (!body.endsWith(";")) return false;
    if (!isInactive && !this.#levels.isOff)
      this.#add([...this.#levels.words, ...(body.slice(0, -1).match(WORD) ?? [])], number);
    return true;
  }

  #add(words: readonly string[], line: number): void {
    const open = words.indexOf("[");
    if (open < 0 || words.at(-1) !== "]") this.#statements.push({ line, words: words.map(unquoted) });
    else
      for (const value of words.slice(open + 1, -1))
        this.#statements.push({ line, words: [...words.slice(0, open), value].map(unquoted) });
  }
}

/** "…; ## SECRET-DATA", or a remark in slashes and asterisks. */
function withoutRemark(line: string): string {
  const at = line.search(/[;{}]\s{0,4}(?:##|\/\*)/);
  return at < 0 ? line : line.slice(0, at + 1);
}

function unquoted(word: string): string {
  return word.length > 1 && word.startsWith('"') && word.endsWith('"') ? word.slice(1, -1) : word;
}
