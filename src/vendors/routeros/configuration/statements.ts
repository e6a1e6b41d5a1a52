/** An export as statements: the menu, what is done there, and its fields. */
import type { Line } from "../../../domain/output.ts";

export interface Statement {
  readonly line: number;
  /** "ip ipsec peer". */
  readonly menu: string;
  readonly action: "add" | "set";
  readonly fields: ReadonlyMap<string, { readonly value: string; readonly line: number }>;
  /** "[ find default=yes ]" of a `set`. */
  readonly isDefault: boolean;
  readonly text: string;
}

const MENU =
  /^\/(?<menu>[a-z][a-z0-9-]{0,40}(?:[ /][a-z][a-z0-9-]{0,40}){0,5}?)(?: (?<rest>(?:add|set)(?:\s.*)?))?\s*$/;
const ACTION = /^(?<action>add|set)(?:\s|$)/;
const FIELD = /(?<=^|\s)(?<name>[a-z][\w.-]{0,40})=(?<value>"[^"]{0,2000}"|<secret [^<>]{1,20}>|\S{0,500})/g;

/** A piece of a line that others carry on: where it begins in the whole, and its number. */
interface Piece {
  readonly from: number;
  readonly line: number;
}

/** @returns hasHeader: the line that RouterOS writes on top of an export */
export function statementsOf(lines: readonly Line[]): {
  statements: Statement[];
  menus: ReadonlySet<string>;
  unread: Line[];
  hasHeader: boolean;
} {
  const statements: Statement[] = [];
  const menus = new Set<string>();
  const unread: Line[] = [];
  let hasHeader = false;
  let menu = "";
  for (let index = 0; index < lines.length; index += 1) {
    const first = lines[index] as Line;
    if (/^\s*(?:$|#)/.test(first.text)) {
      hasHeader ||= /^\s*# .{0,60}by RouterOS /.test(first.text);
      continue;
    }
    let text = first.text.trim();
    const pieces: Piece[] = [{ from: 0, line: first.number }];
    for (let next = lines[index + 1]; text.endsWith("\\") && next; next = lines[index + 1]) {
      text = text.slice(0, -1);
      pieces.push({ from: text.length, line: next.number });
      text += next.text.trim();
      index += 1;
    }
    // Cut off where it goes on: what it does not say is not known.
    if (text.endsWith("\\")) {
      unread.push(first);
      continue;
    }
    const head = MENU.exec(text)?.groups;
    if (head) {
      menu = (head["menu"] ?? "").replaceAll("/", " ");
      menus.add(menu);
    }
    const rest = head ? head["rest"] : text;
    const action = rest === undefined ? undefined : ACTION.exec(rest)?.groups?.["action"];
    if (menu !== "" && (action === "add" || action === "set")) {
      const from = text.length - (rest ?? "").length;
      statements.push(statement({ menu, action, text, pieces, from }));
    } else if (!head) unread.push(first);
  }
  return { statements, menus, unread, hasHeader };
}

function statement(found: {
  menu: string;
  action: "add" | "set";
  text: string;
  pieces: readonly Piece[];
  from: number;
}): Statement {
  const { menu, action, text, pieces, from } = found;
  const selector = /^set \[ ?find [^\]]{1,200}\]/.exec(text.slice(from))?.[0] ?? "";
  const fields = new Map<string, { value: string; line: number }>();
  const start = from + selector.length;
  for (const { groups, index } of text.slice(start).matchAll(FIELD)) {
    const line = pieces.findLast((piece) => piece.from <= start + index)?.line ?? pieces[0]?.line ?? 1;
    fields.set(groups?.["name"] ?? "", { value: unquoted(groups?.["value"] ?? ""), line });
  }
  return { line: pieces[0]?.line ?? 1, menu, action, fields, isDefault: /default=yes/.test(selector), text };
}

function unquoted(value: string): string {
  return /^".*"$/.test(value) ? value.slice(1, -1) : value;
}
