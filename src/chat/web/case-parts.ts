/** The case as it stands, as parts of the page: each is replaced by itself when it changes. */
import type { CaseView } from "../../case/view.ts";
import { renderCompared } from "./compared.ts";
import { renderFindings } from "./findings.ts";
import { renderHandOff } from "./hand-off.ts";
import { lineLinks, pasteHref } from "./links.ts";
import { counted, type Html, html, NOTHING } from "./markup.ts";
import { renderPath } from "./reply.ts";
import { treeHref } from "./tree.ts";

/** The parts of the case's side of the page, by their names, in the order in which they stand. */
export function renderCaseParts(caseId: string, view: CaseView): Readonly<Record<string, Html>> {
  const line = lineLinks(caseId, new Set(view.pastes.map(({ name }) => name)));
  return {
    standing: renderStanding(view),
    ends: renderEnds(view),
    findings: renderFindings(view, line),
    compared: renderCompared(view, line),
    tree: renderTree(caseId, view),
    read: renderRead(caseId, view),
    handoff: renderHandOff(caseId),
  };
}

function renderStanding({ standing, path, ask, symptom }: CaseView): Html {
  const sign = { found: "✗", healthy: "✓", open: "?" }[standing.mark];
  return html`<h2 class="unseen">Where it stands</h2>${symptom !== undefined && html`<p class="symptom">${symptom}</p>`}<p class="verdict ${standing.mark}"><span class="sign" aria-hidden="true">${sign}</span> ${standing.text}${
    standing.badge !== undefined && html` <span class="badge">${standing.badge}</span>`
  }</p>${renderPath(path)}${
    ask !== undefined &&
    html`<p class="next"><span class="label">Next</span> <code>${ask.command.split("\n").join(" ; ")}</code> on ${ask.on}</p>`
  }`;
}

function renderEnds({ ends }: CaseView): Html {
  return html`<h2>The two ends</h2><div class="ends">${ends.map(({ side, name, platform, address, outputs }) => {
    const isNew = outputs.length === 0;
    return html`<section class="end${isNew && " unknown"}" aria-label="${side === "local" ? "This end" : "The far end"}"><p class="which">${
      side === "local" ? "This end" : "Far end"
    }</p><h3 dir="auto">${name}</h3><dl>${
      platform !== undefined && html`<dt>Platform</dt><dd>${platform}</dd>`
    }${address !== undefined && html`<dt>Address</dt><dd>${address}</dd>`}</dl>${
      isNew
        ? html`<p class="quiet">Nothing read from it yet</p>`
        : html`<details id="outputs-${side}"><summary>${counted(outputs.length, "output", "outputs")} read</summary><ul class="items">${outputs.map((command) => html`<li><code>${command}</code></li>`)}</ul></details>`
    }</section>`;
  })}</div>`;
}

function renderTree(caseId: string, { tree }: CaseView): Html {
  const { href, words } = treeHref(caseId, tree);
  return html`<h2>The tree</h2><details id="tree-picture" open><summary>The way through it</summary><picture><source srcset="${href("dark")}" media="(prefers-color-scheme: dark)"><img src="${href("light")}" alt="${words}" width="560" height="711"></picture></details>`;
}

function renderRead(caseId: string, { pastes, secretsRemoved }: CaseView): Html {
  if (pastes.length === 0) return NOTHING;
  const unread = pastes.reduce((sum, paste) => sum + paste.unread.length, 0);
  return html`<h2>What was read</h2><p class="sums"><span>${counted(secretsRemoved, "key or password", "keys and passwords")} removed</span> <span>${counted(unread, "line", "lines")} could not be read</span></p><ul class="pastes">${pastes.map(
    ({ name, from, outputs, unread: lines, secretsRemoved: removed }, index) =>
      html`<li><p><a href="${pasteHref(caseId, name)}" data-line dir="auto">${name}</a>${from !== undefined && html` <span class="quiet">from ${from}</span>`}${
        removed > 0 && html` <span class="quiet">${counted(removed, "key", "keys")} removed</span>`
      }</p><ul class="items">${outputs
        .slice(0, MOST_OUTPUTS)
        .map(
          ({ command, firstLine, lastLine }) =>
            html`<li><a href="${pasteHref(caseId, name, firstLine)}" data-line><code>${command}</code></a> <span class="quiet">lines ${firstLine}–${lastLine}</span></li>`,
        )}${outputs.length > MOST_OUTPUTS && html`<li class="quiet">and ${outputs.length - MOST_OUTPUTS} more</li>`}</ul>${
        lines.length > 0 &&
        html`<details id="unread-${index}"><summary>${counted(lines.length, "line", "lines")} not read</summary><ul class="evidence">${lines
          .slice(0, MOST_UNREAD)
          .map(
            ({ number, text }) =>
              html`<li><a class="line" href="${pasteHref(caseId, name, number)}" data-line><span class="place">${number}</span> <code dir="auto">${text.trim().slice(0, 200)}</code></a></li>`,
          )}</ul>${lines.length > MOST_UNREAD && html`<p class="quiet">and ${counted(lines.length - MOST_UNREAD, "line", "lines")} more</p>`}</details>`
      }</li>`,
  )}</ul>`;
}

/** More than a person looks through beside a conversation. */
const MOST_OUTPUTS = 12;
const MOST_UNREAD = 40;
