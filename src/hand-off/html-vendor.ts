/** What a vendor's support case asks for, short; the outputs come behind it. */
import type { HandOffDocument } from "../domain/hand-off.ts";
import { lines, list, table } from "./html-parts.ts";
import { joined, type Markup, markup } from "./markup.ts";
import {
  endRows,
  inTurn,
  KEPT_OF_OUTPUTS,
  OUTCOMES,
  secretsWords,
  sideNames,
  supportByEnd,
  whenWords,
} from "./words.ts";

const MOST_LINES = 6;
const MOST_RULED_OUT = 5;

export function forVendor(document: HandOffDocument): Markup {
  return joined([problem(document), devices(document), tried(document), outputs(document), appendix(document)]);
}

function problem({ findings, path, ruledOut }: HandOffDocument): Markup {
  const [best, ...others] = findings;
  const evidence = best?.evidence ?? path.find(({ mark }) => mark === "no")?.evidence ?? [];
  if (evidence.length + findings.length + ruledOut.length === 0) return markup``;
  const titles = (label: string, all: readonly { readonly title: string }[]) =>
    all.length === 0 ? "" : markup`<p>${label}: ${all.map(({ title }) => title).join("; ")}.</p>`;
  return markup`<section><h2>The problem</h2>${best === undefined ? "" : markup`<p>${inTurn(best.why)}</p>`}${lines("Shown by", evidence.slice(0, MOST_LINES))}${lines("Speaks against it", (best?.against ?? []).slice(0, 2))}${titles("Also possible", others.slice(0, 3))}${titles("Ruled out", ruledOut.slice(0, MOST_RULED_OUT))}</section>
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

function appendix({ appendix: all, ends, secretsRemoved }: HandOffDocument): Markup {
  if (all.length === 0) return markup``;
  const nameOf = (side: string | null) => ends.find((end) => end.side === side)?.name ?? "an end that was not named";
  const each = all.map(
    ({ paste, side, command, lines: kept, omitted }) =>
      markup`<h3>${command}, on ${nameOf(side)} (${paste})</h3><pre>${kept.map(({ text }) => text).join("\n")}</pre>${omitted === 0 ? "" : markup`<p class="quiet">${omitted} ${omitted === 1 ? "line" : "lines"} left out.</p>`}`,
  );
  const words = [KEPT_OF_OUTPUTS, secretsWords(secretsRemoved)].filter(Boolean).join(" ");
  return markup`<section class="appendix"><h2>Appendix: outputs</h2><p class="quiet">${words}</p>${joined(each)}</section>
`;
}
