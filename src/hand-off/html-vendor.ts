/** What a vendor's support case asks for, short; the outputs come behind it. */
import type { HandOffDocument } from "../domain/hand-off.ts";
import { lines, list, table } from "./html-parts.ts";
import { joined, type Markup, markup } from "./markup.ts";
import {
  endRows,
  KEPT_OF_OUTPUTS,
  OUTCOMES,
  ownerOf,
  problemInShort,
  secretsWords,
  sideNames,
  supportByEnd,
  whenWords,
} from "./words.ts";

export function forVendor(document: HandOffDocument): Markup {
  return joined([problem(document), devices(document), tried(document), outputs(document), appendix(document)]);
}

function problem(document: HandOffDocument): Markup {
  const { why, shownBy, against, alsoPossible, ruledOut } = problemInShort(document);
  if (why === undefined && shownBy.length === 0 && ruledOut === "") return markup``;
  const titles = (label: string, all: string) => (all === "" ? "" : markup`<p>${label}: ${all}.</p>`);
  return markup`<section><h2>The problem</h2>${why === undefined ? "" : markup`<p>${why}</p>`}${lines("Shown by", shownBy)}${lines("Speaks against it", against)}${titles("Also possible", alsoPossible)}${titles("Ruled out", ruledOut)}</section>
`;
}

function devices(document: HandOffDocument): Markup {
  const names = sideNames(document);
  const head = ["", ...document.ends.map(({ name, side }) => `${name} (${names[side]})`)];
  return markup`<section><h2>Devices</h2>${table(head, endRows(document))}</section>
`;
}

function tried({ tried: all }: HandOffDocument): Markup {
  return list(
    "Tried",
    all.map(
      ({ title, at, outcome }) =>
        markup`${title}: <strong>${OUTCOMES[outcome]}</strong>${at === null ? "" : ` (${whenWords(at)})`}`,
    ),
  );
}

function outputs(document: HandOffDocument): Markup {
  const all = supportByEnd(document);
  if (all.length === 0) return markup``;
  const commands = (label: string, each: readonly string[]) =>
    each.length === 0 ? "" : markup`<p class="label">${label}</p><pre>${each.join("\n")}</pre>`;
  const byEnd = all.map(
    ({ on, collected, missing }) =>
      markup`${commands(`Collected on ${on}, in the appendix`, collected)}${commands(`Missing on ${on}`, missing)}`,
  );
  return markup`<section><h2>Outputs</h2>${joined(byEnd)}</section>
`;
}

function appendix(document: HandOffDocument): Markup {
  const { appendix: all, secretsRemoved } = document;
  if (all.length === 0) return markup``;
  const each = all.map(
    ({ paste, side, command, lines: kept, omitted }) =>
      markup`<h3>${command}, on ${ownerOf(document, side)} (${paste})</h3><pre>${kept.map(({ text }) => text).join("\n")}</pre>${omitted === 0 ? "" : markup`<p class="quiet">${omitted} ${omitted === 1 ? "line" : "lines"} left out.</p>`}`,
  );
  const words = [KEPT_OF_OUTPUTS, secretsWords(secretsRemoved)].filter(Boolean).join(" ");
  return markup`<section class="appendix"><h2>Appendix: outputs</h2><p class="quiet">${words}</p>${joined(each)}</section>
`;
}
