/**
 * The values of a JSON text with their lines, as the AWS CLI prints it: one a line or all in one, whole or cut off, and
 * with the placeholders of removed keys in it.
 */
import type { Line } from "../../domain/output.ts";
import { SECRET_PLACEHOLDER } from "../../domain/secret.ts";

export interface Leaf {
  /** Names and places on the way to it: "VpnConnections", 0, "Options", "TunnelOptions", 1, "OutsideIpAddress". */
  readonly path: readonly (string | number)[];
  /** As printed, without quotes; escapes stay as they are. */
  readonly value: string;
  readonly line: number;
}
export interface Leaves {
  readonly leaves: readonly Leaf[];
  /** Every bracket that was opened was closed. */
  readonly isWhole: boolean;
  /** Lines in which something could not be read as JSON. */
  readonly unread: readonly Line[];
}

const TOKEN = new RegExp(
  `\\s*(?:"(?<text>(?:[^"\\\\]|\\\\.)*)"|(?<sign>[{}[\\],:])|(?<secret>${SECRET_PLACEHOLDER})|(?<word>[\\w.+-]+))`,
  "y",
);

interface Level {
  /** The next place of a list; undefined in an object. */
  place: number | undefined;
  name: string | undefined;
}

export function jsonLeaves(lines: readonly Line[]): Leaves {
  const leaves: Leaf[] = [];
  const unread: Line[] = [];
  const levels: Level[] = [];
  let pending: string | undefined;
  let closed = 0;

  const pathHere = (): (string | number)[] => levels.flatMap(({ place, name }) => place ?? name ?? []);
  const endValue = (line: number): void => {
    if (pending !== undefined && levels.length > 0) leaves.push({ path: pathHere(), value: pending, line });
    pending = undefined;
  };
  const sign = (text: string, line: number): void => {
    const top = levels.at(-1);
    switch (text) {
      case "{":
      case "[":
        levels.push({ place: text === "[" ? 0 : undefined, name: undefined });
        break;
      case ":":
        if (top && top.place === undefined) top.name = pending;
        pending = undefined;
        break;
      case ",":
        endValue(line);
        if (top?.place !== undefined) top.place += 1;
        else if (top) top.name = undefined;
        break;
      default:
        endValue(line);
        if (levels.pop()) closed += 1;
        break;
    }
  };

  for (const line of lines) {
    TOKEN.lastIndex = 0;
    let at = 0;
    for (let match = TOKEN.exec(line.text); match; match = TOKEN.exec(line.text)) {
      at = TOKEN.lastIndex;
      const { text, sign: mark, secret, word } = match.groups ?? {};
      if (mark !== undefined) sign(mark, line.number);
      else pending = text ?? secret ?? word;
    }
    // A value ends its line where no comma follows it.
    if (levels.at(-1)?.name !== undefined || levels.at(-1)?.place !== undefined) endValue(line.number);
    if (line.text.slice(at).trim() !== "") unread.push(line);
  }
  return { leaves, isWhole: closed > 0 && levels.length === 0, unread };
}

/** The leaves below each place of the list of that name. */
export function groupsOf(leaves: readonly Leaf[], list: string): Leaf[][] {
  const found = new Map<string, Leaf[]>();
  for (const leaf of leaves) {
    const at = leaf.path.indexOf(list);
    if (at < 0) continue;
    const key = leaf.path.slice(0, at + 2).join("/");
    const group = found.get(key) ?? [];
    group.push({ ...leaf, path: leaf.path.slice(at + 2) });
    found.set(key, group);
  }
  return [...found.values()];
}
