/** The parts that a hand-off in Markdown is made of: nothing of a paste is markup. */
import type { HandOffDocument } from "../domain/hand-off.ts";
import { inTurn } from "./words.ts";

export type Lines = HandOffDocument["path"][number]["evidence"];

export function lines(label: string, evidence: Lines): string[] {
  if (evidence.length === 0) return [];
  return [`${label}:`, "", ...fence(evidence.map(({ paste, line, text }) => `${paste}:${line}  ${text}`)), ""];
}

export function placesOf(evidence: Lines): string {
  const [first] = evidence;
  return first === undefined ? "" : `, by ${md(`${first.paste}:${first.line}`)} ${code(first.text)}`;
}

export function list(title: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [`## ${title}`, "", ...items.map((item) => `- ${item}`), ""];
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => md(cell)).join(" | ")} |`;
  return [line(head), `|${head.map(() => " --- ").join("|")}|`, ...rows.map(line), ""];
}

/** Fenced with more backticks than stand in it. */
export function fence(inside: readonly string[]): string[] {
  const longest = Math.max(2, ...inside.flatMap((line) => [...line.matchAll(/`+/g)].map(([run]) => run.length)));
  const ticks = "`".repeat(longest + 1);
  return [ticks, ...inside.map(oneLine), ticks];
}

export function code(text: string): string {
  const line = inTurn(oneLine(text));
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const ticks = "`".repeat(longest + 1);
  const pad = line.startsWith("`") || line.endsWith("`") ? " " : "";
  return line === "" ? "" : `${ticks}${pad}${line}${pad}${ticks}`;
}

export function md(text: string): string {
  return oneLine(text).replace(/[\\`*_[\]<>#|~&!]/g, "\\$&");
}

export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}]+/gu, " ").trimEnd();
}
