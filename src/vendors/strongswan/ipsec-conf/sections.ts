/** The form of ipsec.conf: a section begins at the margin, its settings are indented. */
import type { Line } from "../../../domain/output.ts";
import { settingIn, type Value } from "../configuration/sections.ts";

export interface Conn {
  readonly name: string;
  readonly line: number;
  readonly values: ReadonlyMap<string, Value>;
}
export interface Conns {
  readonly conns: readonly Conn[];
  readonly defaults: ReadonlyMap<string, Value>;
  readonly includes: number;
  readonly hasSetup: boolean;
  readonly unread: readonly Line[];
}

const SECTION = /^(?<kind>config|conn|ca)\s{1,8}(?<name>\S{1,120})\s*$/;
const KEY = /^[\w-]{1,40}$/;

export function readConns(lines: readonly Line[]): Conns {
  const conns: (Conn & { values: Map<string, Value> })[] = [];
  const defaults = new Map<string, Value>();
  const unread: Line[] = [];
  let includes = 0;
  let hasSetup = false;
  let values: Map<string, Value> | undefined;
  for (const line of lines) {
    const text = withoutComment(line.text).trim();
    if (text === "") continue;
    const section = SECTION.exec(text)?.groups;
    const sets = settingIn(text, KEY);
    if (section) {
      const { kind, name = "" } = section;
      values = new Map();
      if (kind === "config") hasSetup = true;
      else if (kind === "conn" && name === "%default") values = defaults;
      else if (kind === "conn") conns.push({ name, line: line.number, values });
    } else if (/^include\s/.test(text)) includes += 1;
    else if (/^version\s/.test(text)) continue;
    else if (sets && values) {
      const value = sets.value.startsWith('"') && sets.value.endsWith('"') ? sets.value.slice(1, -1) : sets.value;
      values.set(sets.key.toLowerCase(), { text: value, line: line.number });
    } else unread.push(line);
  }
  return { conns, defaults, includes, hasSetup, unread };
}

/** A comment begins with "#" at the margin or after a blank. */
function withoutComment(text: string): string {
  for (let at = text.indexOf("#"); at >= 0; at = text.indexOf("#", at + 1))
    if (at === 0 || /\s/.test(text[at - 1] ?? "")) return text.slice(0, at);
  return text;
}
