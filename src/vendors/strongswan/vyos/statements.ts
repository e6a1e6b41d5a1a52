/**
 * VyOS's configuration as statements: from `set` lines, of which what `delete` takes out is left out, or from braces
 * (`show configuration`, config.boot), where a line is a setting and has no sign at its end.
 */
import type { Line } from "../../../domain/output.ts";
import { SECRET_PLACEHOLDER } from "../../../domain/secret.ts";
import { BraceLevels, type Statement } from "../../../domain/set-lines.ts";

export interface ReadStatements {
  readonly statements: Statement[];
  readonly unread: Line[];
  /** All braces that were opened were closed, and no more. */
  readonly isBalanced: boolean;
}

const WORD = new RegExp(`'([^']{0,500})'|"([^"]{0,500})"|(${SECRET_PLACEHOLDER})|(\\S{1,500})`, "g");
const ASIDE = /^\s*(?:$|\[edit|#|\/\/|\/\*|commit|save|exit|run |show |top$|up$|configure$|compare)/;
/** In braces a line begins with a setting's name. */
const SETTING = /^[a-z][a-z0-9-]{0,60}(?: |$)/;

export function statementsOf(lines: readonly Line[]): ReadStatements {
  let statements: Statement[] = [];
  const levels = new BraceLevels();
  /** The level that was opened last and holds nothing so far: "loopback lo { }" is a setting too. */
  let empty: Statement | undefined;
  const unread = lines.filter((line) => {
    const text = line.text.trim();
    if (text === "}") {
      if (empty) statements.push(empty);
      empty = undefined;
      levels.leave();
      return false;
    }
    const words = wordsOf(text.endsWith(" {") ? text.slice(0, -1) : text);
    const [verb, ...rest] = words;
    if (text.endsWith(" {") && levels.enter(words)) empty = { line: line.number, words: levels.words };
    else if (levels.depth > 0 && SETTING.test(text)) {
      statements.push({ line: line.number, words: [...levels.words, ...words] });
      empty = undefined;
    } else if (verb === "set" && rest.length > 0) statements.push({ line: line.number, words: rest });
    else if (verb === "delete")
      statements = statements.filter((item) => !rest.every((word, index) => item.words[index] === word));
    else return !ASIDE.test(text);
    return false;
  });
  return { statements: statements.map(fromTheRoot), unread, isBalanced: levels.isBalanced };
}

function wordsOf(text: string): string[] {
  return [...text.matchAll(WORD)].map(([, single, quoted, secret, bare]) => single ?? quoted ?? secret ?? bare ?? "");
}

/** First words of pieces that do not begin at the root (`show vpn ipsec` in configuration mode). */
const BELOW: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^ipsec /, ["vpn"]],
  [/^(?:esp-group|ike-group|site-to-site|ipsec-interfaces|authentication psk) /, ["vpn", "ipsec"]],
  [/^peer /, ["vpn", "ipsec", "site-to-site"]],
];

function fromTheRoot(statement: Statement): Statement {
  const [first = "", second = ""] = statement.words;
  const level = BELOW.find(([pattern]) => pattern.test(`${first} ${second}`))?.[1];
  return level ? { ...statement, words: [...level, ...statement.words] } : statement;
}
