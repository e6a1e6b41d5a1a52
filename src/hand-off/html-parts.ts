/** The parts that a hand-off in HTML is made of. */
import type { HandOffDocument } from "../domain/hand-off.ts";
import { joined, type Markup, markup } from "./markup.ts";
import { inTurn } from "./words.ts";

/** One line, in the flow of the text. */
export function line(evidence: Lines[number] | undefined): Markup {
  return evidence === undefined
    ? markup``
    : markup` <span class="quiet">by ${evidence.paste}:${evidence.line}</span> <code>${inTurn(evidence.text)}</code>`;
}

export type Lines = HandOffDocument["path"][number]["evidence"];

export function lines(label: string, evidence: Lines): Markup {
  if (evidence.length === 0) return markup``;
  const text = evidence.map((each) => `${each.paste}:${each.line}  ${each.text}`).join("\n");
  return markup`${label === "" ? "" : markup`<p class="label">${label}</p>`}<pre>${text}</pre>`;
}

export function list(title: string, items: readonly Markup[]): Markup {
  if (items.length === 0) return markup``;
  return markup`<section><h2>${title}</h2><ul>${joined(items.map((item) => markup`<li>${item}</li>`))}</ul></section>
`;
}

export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  classes: readonly string[] = [],
): Markup {
  if (rows.length === 0) return markup``;
  const body = rows.map(
    ([first = "", ...cells], index) =>
      markup`<tr class="${classes[index] ?? ""}"><th scope="row">${first}</th>${joined(cells.map((cell, column) => markup`<td data-head="${head[column + 1] ?? ""}">${cell}</td>`))}</tr>`,
  );
  return markup`<table><thead><tr>${joined(head.map((cell) => markup`<th scope="col">${cell}</th>`))}</tr></thead><tbody>${joined(body)}</tbody></table>`;
}
