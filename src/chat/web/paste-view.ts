/** A paste as it was kept: numbered lines, gaps counted, one line pointed at. */
import { windowOf } from "../../case/paste-window.ts";
import type { ReadPaste } from "../../domain/output.ts";
import type { Reply } from "../../domain/reply.ts";
import { explainLineHref, pasteHref } from "./links.ts";
import { counted, type Html, html } from "./markup.ts";
import { renderReply } from "./reply.ts";

/** Lines shown at once; a phone draws them without a pause. */
const MOST_LINES = 400;

export function renderPaste(caseId: string, paste: ReadPaste, line: number | undefined): Html {
  const { rows, earlier, later } = windowOf(paste, line ?? 0, MOST_LINES);
  const removed = paste.secretsRemoved;
  const href = (at: number) => pasteHref(caseId, paste.name, at);
  return html`<div class="excerpt"><p class="quiet">${counted(paste.lines.length, "line", "lines")} kept of it${
    removed > 0 && html`, ${counted(removed, "key or password", "keys and passwords")} removed`
  }. Numbers are those of the paste as it was given.</p>${
    earlier !== undefined && html`<p><a href="${href(earlier)}" data-line>Earlier lines</a></p>`
  }<div class="lines" tabindex="0" role="region" aria-label="${paste.name}"><ol>${rows.map((row) =>
    "missing" in row
      ? html`<li class="gap${row.missing === 1 && " one"}">${counted(row.missing, "line", "lines")} blank or not kept</li>`
      : html`<li id="L${row.number}"${row.number === line && html` class="here" aria-current="true"`}><a class="number" href="#L${row.number}">${row.number}</a><code>${row.text}</code>${
          row.text.trim() !== "" &&
          html`<a class="ask" href="${explainLineHref(caseId, paste.name, row.number)}" data-line aria-label="Explain line ${row.number}">?</a>`
        }</li>`,
  )}</ol></div>${later !== undefined && html`<p><a href="${href(later)}" data-line>Later lines</a></p>`}</div>`;
}

/** A line, explained; on a page or over one. */
export function renderExplained(
  { caseId, paste, line }: { readonly caseId: string; readonly paste: string; readonly line: number },
  reply: Reply,
): Html {
  return html`<div class="excerpt"><h2 class="unseen">What the line means</h2><article class="reply lines-explained" tabindex="-1">${renderReply(reply)}</article><p><a class="more" href="${pasteHref(caseId, paste, line)}" data-line>Line ${line} in ${paste}</a></p></div>`;
}
