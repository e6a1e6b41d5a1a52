/** Findings for and against, each with the lines that say so. */
import type { CaseView } from "../../case/view.ts";
import type { Finding } from "../../domain/verdict.ts";
import { counted, type Html, html, NOTHING } from "./markup.ts";
import { evidenceList, type ReplyLinks } from "./reply.ts";

export function renderFindings({ findings, ruledOut, ends }: CaseView, line: ReplyLinks["line"]): Html {
  if (findings.length + ruledOut.length === 0) return NOTHING;
  const nameOf = (side: Finding["side"]) => ends.find((end) => end.side === side)?.name;
  return html`<h2>Findings</h2>${findings.map((finding, index) => {
    const where = finding.side === "both" ? "both ends" : nameOf(finding.side);
    return html`<details class="finding ${finding.certainty}" id="finding-${finding.id}"${index === 0 && html` open`}><summary><span class="title">${finding.title}</span> <span class="badge">${finding.certainty}</span></summary>${
      where !== undefined && html`<p class="quiet">To be changed on ${where}</p>`
    }${lines("Shown by", finding.evidence, line)}${lines("Speaks against it", finding.against, line)}</details>`;
  })}${
    ruledOut.length > 0 &&
    html`<details class="ruled-out" id="ruled-out"><summary>${counted(ruledOut.length, "cause", "causes")} ruled out</summary>${ruledOut.map(
      ({ title, evidence }) => html`<h3>${title}</h3>${evidenceList(evidence.slice(0, MOST_LINES), line)}`,
    )}</details>`
  }`;
}

/** More lines than these convince nobody who is not convinced yet. */
const MOST_LINES = 12;

function lines(label: string, evidence: Finding["evidence"], line: ReplyLinks["line"]): Html {
  if (evidence.length === 0) return NOTHING;
  const more = evidence.length - MOST_LINES;
  return html`<h3 class="label">${label}</h3>${evidenceList(evidence.slice(0, MOST_LINES), line)}${
    more > 0 && html`<p class="quiet">and ${counted(more, "line", "lines")} more</p>`
  }`;
}
