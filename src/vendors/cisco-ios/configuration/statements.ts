/** The lines of a configuration as statements: blanks squeezed, indentation counted, wrapped lines put together again. */
import type { Line } from "../../../domain/output.ts";
import { isAclContinuation } from "../acl-entry.ts";

export interface Statement {
  /** Number of its first line. */
  readonly line: number;
  readonly text: string;
  /** Blanks before it; 0 where all indentation was lost. */
  readonly indent: number;
  /** Every line it was put together from. */
  readonly lines: readonly Line[];
}

const ACL_ENTRY = /^(?:access-list \S{1,100} )?(?:\d{1,10} )?(?:permit|deny) /;
/** Statements that end in addresses, and so may be cut in front of one. */
const TAKES_ADDRESSES = /^(?:no )?(?:ip (?:route|address|nat)|match identity|pre-shared-key|crypto isakmp key) /;
const STARTS_WITH_ADDRESS = /^\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?: |$)/;
const KEYRING_KEY_WITHOUT_SECRET = /^pre-shared-key (?:address|hostname) (?!.* key )/;
const IKE_KEY_WITHOUT_ADDRESS = /^crypto isakmp key (?!.* (?:address|hostname) )/;
const TRANSFORM_SET = /^crypto ipsec transform-set /;
const TRANSFORM_WORDS = /^(?:esp|ah|comp)-[a-z0-9-]+(?: |$)/;
const LONG = 2_000;

/** Lines in, statements out, in order; blank lines are left out, comments (`!`) kept, since `!` ends a section. */
export function toStatements(lines: readonly Line[]): Statement[] {
  const statements: Statement[] = [];
  for (const line of lines) {
    const text = line.text.length > LONG ? line.text.slice(0, LONG) : line.text;
    const squeezed = text.trim().replace(/\s+/g, " ");
    if (squeezed === "") continue;
    const last = statements.at(-1);
    const joined = last && join(last.text, squeezed);
    if (last && joined !== undefined)
      statements[statements.length - 1] = { ...last, text: joined, lines: [...last.lines, line] };
    else statements.push({ line: line.number, text: squeezed, indent: indentOf(text), lines: [line] });
  }
  return statements;
}

/** The two lines as one statement where the second can only be the end of the first; undefined otherwise. */
function join(before: string, after: string): string | undefined {
  if (before.length + after.length > LONG) return undefined;
  const whole = `${before} ${after}`;
  if (ACL_ENTRY.test(before)) return isAclContinuation(after) ? whole : undefined;
  if (TRANSFORM_SET.test(before)) {
    // "esp-" / "sha-hmac": cut in the middle of a word.
    if (before.endsWith("-")) return before + after;
    return TRANSFORM_WORDS.test(after) ? whole : undefined;
  }
  if (after.startsWith("key ") && KEYRING_KEY_WITHOUT_SECRET.test(before)) return whole;
  if (/^(?:address|hostname) /.test(after) && IKE_KEY_WITHOUT_ADDRESS.test(before)) return whole;
  return STARTS_WITH_ADDRESS.test(after) && TAKES_ADDRESSES.test(before) ? whole : undefined;
}

function indentOf(text: string): number {
  return text.length - text.trimStart().length;
}
