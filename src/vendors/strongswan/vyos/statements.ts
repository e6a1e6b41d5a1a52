/** VyOS's `set` lines as words; what `delete` takes out is left out. */
import type { Line } from "../../../domain/output.ts";
import { SECRET_PLACEHOLDER } from "../../../domain/secret.ts";
import type { Statement } from "../../../domain/set-lines.ts";

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
