/** A hand-off as one HTML file: no scripts, nothing from elsewhere; light and dark, phone and paper. */
import type { HandOffDocument } from "../domain/hand-off.ts";
import type { Picture } from "../domain/picture.ts";
import { darkRules } from "../pictures/canvas.ts";
import { drawPicture } from "../pictures/draw.ts";
import { line, lines, list, table } from "./html-parts.ts";
import { handOffStyle } from "./html-style.ts";
import { forVendor } from "./html-vendor.ts";
import { joined, type Markup, markup, trusted } from "./markup.ts";
import {
  comparedRows,
  endRows,
  inTurn,
  KINDS,
  OUTCOMES,
  RISKS,
  secretsWords,
  sideNames,
  titleOf,
  whenWords,
  writtenWords,
} from "./words.ts";

export function handOffHtml(document: HandOffDocument, pictures: readonly Picture[]): string {
  const title = titleOf(document);
  const style = trusted(`${handOffStyle}@media screen and (prefers-color-scheme:dark){${darkRules("figure")}}`);
  return markup`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>${title}</title><style>${style}</style></head><body><main>
<header><h1>${title}</h1>${written(document)}</header>
${standing(document)}${document.template === "vendor" ? joined([...pictures.map(figure), forVendor(document)]) : whole(document, pictures)}
</main></body></html>
`.text;
}

function whole(document: HandOffDocument, pictures: readonly Picture[]): Markup {
  return joined([
    next(document),
    ...pictures.map(figure),
    ...[findings, tried, missing, ends, ruledOut, timeline, outputs].map((part) => part(document)),
  ]);
}

function written(document: HandOffDocument): Markup {
  const { reported } = document;
  const who = [reported.by, whenWords(reported.at) && `${whenWords(reported.at)} UTC`].filter(Boolean).join(", ");
  return markup`<p class="quiet">${writtenWords(document)} Reported: ${reported.words}${who === "" ? "" : ` (${who})`}.</p>`;
}

function standing({ standing: { summary, verdict }, counters }: HandOffDocument): Markup {
  return markup`<section class="standing ${verdict}"><h2>Where it stands</h2><p><strong>${summary}</strong></p>${counters.length === 0 ? "" : markup`<ul>${joined(counters.map((line) => markup`<li>${line}</li>`))}</ul>`}</section>
`;
}

function next({ next: things }: HandOffDocument): Markup {
  if (things.length === 0) return markup``;
  const items = things.map(
    ({ kind, on, commands, why, risk }) =>
      markup`<li><p><strong>${KINDS[kind]} on ${on}</strong> <span class="risk ${risk}">${RISKS[risk]}</span></p>${why === "" ? "" : markup`<p>${inTurn(why)}</p>`}${commands.length === 0 ? "" : markup`<pre>${commands.join("\n")}</pre>`}</li>`,
  );
  return markup`<section><h2>What to do next</h2><ol class="next">${joined(items)}</ol></section>
`;
}

function figure(picture: Picture): Markup {
  return markup`<figure>${trusted(drawPicture(picture, "light"))}</figure>
`;
}

function findings(document: HandOffDocument): Markup {
  const { findings: all } = document;
  if (all.length === 0) return markup``;
  const names = sideNames(document);
  const each = all.map(
    (finding) =>
      markup`<article><h3>${finding.title} <span class="badge">${finding.certainty}</span></h3><p>${inTurn(finding.why)}</p>${table(
        ["", names.local, names.remote],
        finding.differs.map(({ attribute, local, remote }) => [attribute, local, remote]),
      )}${lines("Speaks for it", finding.evidence)}${lines("Speaks against it", finding.against)}</article>`,
  );
  return markup`<section><h2>Findings</h2>${joined(each)}</section>
`;
}

function tried({ tried: all }: HandOffDocument): Markup {
  return list(
    "Tried",
    all.map(({ title, at, by, outcome, evidence }) => {
      const who = [by, whenWords(at)].filter(Boolean).join(", ");
      return markup`${title}: <strong>${OUTCOMES[outcome]}</strong>${who === "" ? "" : ` (${who})`}${lines("", evidence.slice(0, 2))}`;
    }),
  );
}

function missing({ notObtained }: HandOffDocument): Markup {
  return list(
    "Could not be obtained",
    notObtained.map(({ on, command }) =>
      command === null ? markup`anything on ${on}` : markup`<code>${command}</code> on ${on}`,
    ),
  );
}

function ruledOut({ ruledOut: out }: HandOffDocument): Markup {
  return list(
    "Ruled out",
    out.map(({ title, evidence }) => markup`${title}${line(evidence[0])}`),
  );
}

function ends(document: HandOffDocument): Markup {
  const names = sideNames(document);
  const compared = comparedRows(document);
  const head = ["", ...document.ends.map(({ name, side }) => `${name} (${names[side]})`)];
  const marked = compared.map(({ verdict }) => (verdict === "differs" ? "differs" : ""));
  const cells = compared.map(({ attribute, local, remote, verdict, note }) => [
    attribute,
    local,
    remote,
    [verdict.replaceAll("-", " "), note].filter(Boolean).join("; "),
  ]);
  return markup`<section><h2>Both ends</h2>${table(head, endRows(document))}${cells.length === 0 ? "" : markup`<h3>Compared</h3>${table(["", names.local, names.remote, ""], cells, marked)}`}</section>
`;
}

function timeline({ timeline: all }: HandOffDocument): Markup {
  if (all.length === 0) return markup``;
  const rows = all.map(({ at, by, what }) => [whenWords(at), by ?? "", what]);
  return markup`<section><h2>Timeline</h2>${table(["when (UTC)", "who", "what"], rows)}</section>
`;
}

function outputs({ outputs: all, secretsRemoved }: HandOffDocument): Markup {
  const items = all.map(
    ({ paste, command, firstLine, lastLine, unread }) =>
      markup`${paste}:${firstLine}-${lastLine} <code>${command}</code>${unread === 0 ? "" : `, ${unread} lines not read`}`,
  );
  const words = secretsWords(secretsRemoved);
  const keys = words === "" ? "" : markup`<p class="quiet">${words}</p>`;
  return markup`${list("What was read", items)}${keys}`;
}
