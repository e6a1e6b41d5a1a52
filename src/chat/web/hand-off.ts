/** Hand-offs on the page: a link to each, to read and print, and its forms to take along. */
import type { HandOffTemplate } from "../../domain/hand-off.ts";
import { caseHref } from "./links.ts";
import { type Html, html } from "./markup.ts";

const FOR: readonly (readonly [HandOffTemplate, string])[] = [
  ["next-shift", "For the next shift"],
  ["far-side", "For the far side"],
  ["vendor", "For the vendor's support"],
];

export function renderHandOff(caseId: string): Html {
  const at = `${caseHref(caseId)}/hand-off`;
  return html`<h2>Hand over</h2><ul class="items">${FOR.map(
    ([template, words]) =>
      html`<li><a href="${at}?for=${template}">${words}</a> <span class="quiet">·</span> <a href="${at}.md?for=${template}" download>Markdown<span class="unseen">, ${words}</span></a> <span class="quiet">·</span> <a href="${at}.html?for=${template}" download>HTML<span class="unseen">, ${words}</span></a> <span class="quiet">·</span> <a href="${at}.json?for=${template}" download>JSON<span class="unseen">, ${words}</span></a></li>`,
  )}</ul>`;
}
