/** Both ends side by side, what differs first. */
import type { CaseView } from "../../case/view.ts";
import type { ComparedRow, ComparedValue, RowVerdict } from "../../domain/comparison.ts";
import { type Html, html, NOTHING } from "./markup.ts";
import type { ReplyLinks } from "./reply.ts";

const WORDS: Readonly<Record<RowVerdict, string>> = {
  differs: "differs",
  "differs-no-fault": "differs, no fault",
  unknown: "can't tell",
  same: "same",
};
const SIGNS: Readonly<Record<RowVerdict, string>> = { differs: "≠", "differs-no-fault": "≈", unknown: "?", same: "=" };
const ORDER = Object.keys(WORDS);

export function renderCompared({ compared, ends }: CaseView, line: ReplyLinks["line"]): Html {
  if (compared.length === 0) return NOTHING;
  const [local = "this end", remote = "far end"] = ends.map(({ name }) => name);
  const rows = [...compared].sort((one, other) => ORDER.indexOf(one.verdict) - ORDER.indexOf(other.verdict));
  return html`<h2>Both ends compared</h2><div class="scroll" tabindex="0" role="region" aria-label="Both ends compared"><table class="compared"><thead><tr><th scope="col"><span class="unseen">Attribute</span></th><th scope="col">${local}</th><th scope="col">${remote}</th><th scope="col"><span class="unseen">Result</span></th></tr></thead><tbody>${rows.map(
    (row) =>
      html`<tr class="${row.verdict}"><th scope="row"><span class="topic">${topicOf(row, local, remote)}</span>${row.attribute}${
        row.note !== undefined && html`<span class="note">${row.note}</span>`
      }</th>${cell(row.local, line)}${cell(row.remote, line)}<td class="result"><span aria-hidden="true">${SIGNS[row.verdict]}</span><span class="unseen">${WORDS[row.verdict]}</span></td></tr>`,
  )}</tbody></table></div>`;
}

function topicOf({ topic, attribute, of }: ComparedRow, local: string, remote: string): Html {
  if (of !== undefined) return html`${of === "local" ? local : remote} `;
  return topic === attribute ? NOTHING : html`${topic} `;
}

/** A value leads to the line that says it. */
function cell({ value, evidence: [first] }: ComparedValue, line: ReplyLinks["line"]): Html {
  if (value === "") return html`<td class="quiet">not seen</td>`;
  const to = first && line?.(first);
  return html`<td>${to === undefined ? value : html`<a href="${to}" data-line>${value}</a>`}</td>`;
}
