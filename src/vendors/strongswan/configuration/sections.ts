/**
 * The form of strongSwan's configuration: sections in braces, "key = value", comments from "#", includes. Sections of one
 * name are merged, later values win; "name : base" inherits.
 * Source: strongSwan documentation, strongswan.conf, "Syntax".
 */
import type { Line } from "../../../domain/output.ts";

export interface Value {
  readonly text: string;
  readonly line: number;
}
export interface Section {
  readonly name: string;
  readonly line: number;
  readonly values: Map<string, Value>;
  readonly sections: Map<string, Section>;
  /** The sections whose settings it takes where it has none of its own. */
  readonly bases: readonly string[];
}

export interface Tree {
  readonly root: Section;
  readonly unread: readonly Line[];
  /** All braces are closed. */
  readonly isWhole: boolean;
  /** Other files that it includes; what they hold is not here. */
  readonly includes: readonly Value[];
}

const OPENS = /^(?<name>[\w.@%~+*-]{1,160}|"[^"]{1,160}")(?:\s{0,8}:\s{0,8}(?<bases>[\w., -]{1,300}))?\s{0,8}\{/;
const KEY = /^[\w.-]{1,80}$/;
const INCLUDE = /^include\s+(?<file>\S.{0,300})$/;
const DEEPEST = 12;

export function readSections(lines: readonly Line[]): Tree {
  const root = newSection("", 0, []);
  const path: Section[] = [root];
  const unread: Line[] = [];
  const includes: Value[] = [];
  for (const line of lines) {
    let rest = withoutComment(line.text).trim();
    while (rest !== "") {
      const here = path.at(-1) ?? root;
      if (rest.startsWith("}")) {
        if (path.length > 1) path.pop();
        else unread.push(line);
        rest = rest.slice(1).trim();
        continue;
      }
      const opens = OPENS.exec(rest);
      if (opens && path.length < DEEPEST) {
        path.push(enter(here, opens.groups ?? {}, line.number));
        rest = rest.slice(opens[0].length).trim();
        continue;
      }
      const file = INCLUDE.exec(rest)?.groups?.["file"];
      const sets = settingIn(rest, KEY);
      if (file !== undefined) includes.push({ text: file, line: line.number });
      else if (sets) {
        const value = endOfValue(sets.value);
        here.values.set(sets.key, { text: unquoted(value.text), line: line.number });
        rest = value.rest;
        continue;
      } else unread.push(line);
      rest = "";
    }
  }
  return { root, unread, isWhole: path.length === 1, includes };
}

/** "key = value" by its first equals sign, where what stands before it can be a key. */
export function settingIn(text: string, key: RegExp): { key: string; value: string } | undefined {
  const at = text.indexOf("=");
  const name = text.slice(0, Math.max(at, 0)).trim();
  return key.test(name) ? { key: name, value: text.slice(at + 1).trim() } : undefined;
}

/** A value ends at the line, or at the brace that closes its section where all stands on one line. */
function endOfValue(text: string): { text: string; rest: string } {
  const end = text.startsWith('"') ? text.indexOf('"', 1) + 1 : text.indexOf("}");
  if (end <= 0) return { text: text.trim(), rest: "" };
  return { text: text.slice(0, end).trim(), rest: text.slice(end).trim() };
}

function newSection(name: string, line: number, bases: readonly string[]): Section {
  return { name, line, values: new Map(), sections: new Map(), bases };
}

function enter(parent: Section, groups: Readonly<Record<string, string | undefined>>, line: number): Section {
  const name = unquoted(groups["name"] ?? "");
  const known = parent.sections.get(name);
  if (known) return known;
  const bases = (groups["bases"] ?? "").split(",").flatMap((base) => base.trim() || []);
  const section = newSection(name, line, bases);
  parent.sections.set(name, section);
  return section;
}

function withoutComment(text: string): string {
  const at = text.indexOf("#");
  if (at < 0) return text;
  // The placeholder of a key that was taken out holds such a sign, and so may a quoted value.
  const placeholder = text.indexOf("<secret #");
  if (placeholder >= 0 && placeholder < at) return text;
  const quote = text.indexOf('"');
  return quote >= 0 && quote < at ? text : text.slice(0, at);
}

function unquoted(text: string): string {
  return /^".*"$/.test(text) ? text.slice(1, -1) : text;
}

/** Lays the settings of the named bases (dotted from the root) under each section that inherits. */
export function inherited(section: Section, root: Section): Section {
  if (section.bases.length === 0) return section;
  const merged = newSection(section.name, section.line, []);
  for (const base of section.bases) {
    const found = at(root, base);
    if (found && found !== section) overlay(merged, found);
  }
  overlay(merged, section);
  return merged;
}

function at(root: Section, dotted: string): Section | undefined {
  let here: Section | undefined = root;
  for (const name of dotted.split(".")) here = here?.sections.get(name);
  return here;
}

function overlay(under: Section, over: Section): void {
  for (const [key, value] of over.values) under.values.set(key, value);
  for (const [name, section] of over.sections) {
    const known = under.sections.get(name);
    const copy = newSection(name, section.line, []);
    if (known) overlay(copy, known);
    overlay(copy, section);
    under.sections.set(name, copy);
  }
}
