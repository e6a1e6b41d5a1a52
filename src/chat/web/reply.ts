/** Reply → HTML: a total switch over its blocks. */
import type { Block, Reply } from "../../domain/reply.ts";
import type { Evidence, Risk } from "../../domain/verdict.ts";
import { counted, type Html, html, NOTHING } from "./markup.ts";

/** What a reply's markup refers to; without it, the reply is only shown. */
export interface ReplyLinks {
  /** Where a line can be seen in its paste; undefined where it can't. */
  readonly line?: (evidence: Evidence) => string | undefined;
  /** Where the file in block number `block` can be fetched. */
  readonly file?: (block: number) => string;
  /** Where the picture in block number `block` is, by theme. */
  readonly picture?: (block: number) => (theme: "light" | "dark") => string;
  /** Where more is told of an item of a list; undefined where nothing is. */
  readonly item?: (text: string) => string | undefined;
  /** The form that a choice is sent with; without it, choices are not offered any more. */
  readonly choices?: { readonly action: string; readonly hidden: Html } | undefined;
}

export const RISK_WORDS: Readonly<Record<Risk, string>> = {
  none: "no risk",
  low: "low risk",
  "drops-this-tunnel": "drops this tunnel while it renegotiates",
  "drops-other-tunnels": "drops other tunnels too",
};
const HEADING_MARKS = { found: "✗", healthy: "✓", open: "?", none: "" } as const;
const PATH_MARKS = { yes: "✓", no: "✗", open: "?", unseen: "·" } as const;
const PATH_WORDS = { yes: "in order", no: "not in order", open: "not known yet", unseen: "not looked at" } as const;
/** More of a file than this is not read in a chat; it is in the download. */
const SHOWN_OF_FILE = 20_000;

export function renderReply(reply: Reply, links: ReplyLinks = {}): Html {
  return html`${reply.blocks.map((block, index) => renderBlock(block, index, links))}`;
}

function renderBlock(block: Block, index: number, links: ReplyLinks): Html {
  switch (block.type) {
    case "text":
      return html`${paragraphs(block.text, `said ${block.tone ?? "plain"}`)}`;
    case "heading":
      return renderHeading(block);
    case "code":
      return renderCode(block);
    case "evidence":
      return block.lines.length === 0 ? NOTHING : html`${label(block.label)}${evidenceList(block.lines, links.line)}`;
    case "table":
      return renderTable(block.rows, block.marked ?? []);
    case "list":
      return block.items.length === 0
        ? NOTHING
        : html`${label(block.label)}<ul class="items">${block.items.map((item) => {
            const to = links.item?.(item);
            return html`<li dir="auto">${to === undefined ? item : html`<a href="${to}">${item}</a>`}</li>`;
          })}</ul>`;
    case "path":
      return renderPath(block.stages);
    case "choices":
      return renderChoices(block.choices, links);
    case "picture":
      return renderPicture(block.words, links.picture?.(index));
    case "file":
      return renderFile(block, links.file?.(index));
  }
}

function renderHeading({ mark, text, badge }: Extract<Block, { type: "heading" }>): Html {
  if (text === "") return NOTHING;
  const sign = HEADING_MARKS[mark];
  return html`<h3 class="verdict ${mark}" dir="auto">${sign !== "" && html`<span class="sign" aria-hidden="true">${sign}</span> `}${text}${
    badge !== undefined && badge !== "" && html` <span class="badge">${badge}</span>`
  }</h3>`;
}

function renderCode({ label: name, lines, risk, note }: Extract<Block, { type: "code" }>): Html {
  if (lines.length === 0) return NOTHING;
  const title = name === undefined || name === "" ? "Commands" : name;
  return html`<figure class="code"><figcaption><span class="where" dir="auto">${title}</span>${
    risk !== undefined && html` <span class="risk ${risk}">${RISK_WORDS[risk]}</span>`
  }<button type="button" class="copy" data-copy>Copy<span class="unseen">: ${title.slice(0, 80)}</span></button></figcaption><pre tabindex="0" role="region" aria-label="${title.slice(0, 80)}"><code>${lines.join("\n")}</code></pre>${
    note !== undefined && note !== "" && html`<div class="note">${paragraphs(note, "said")}</div>`
  }</figure>`;
}

/** Lines of pastes; each leads to its place in the paste. */
export function evidenceList(lines: readonly Evidence[], href?: ReplyLinks["line"]): Html {
  return html`<ul class="evidence">${lines.map((line) => {
    const words = html`<span class="place">${line.paste}:${line.line}</span> <code dir="auto">${line.text}</code>`;
    const to = href?.(line);
    return html`<li>${to === undefined ? html`<span class="line">${words}</span>` : html`<a class="line" href="${to}" data-line>${words}</a>`}</li>`;
  })}</ul>`;
}

function renderTable(rows: readonly (readonly string[])[], marked: readonly number[]): Html {
  const [head = [], ...body] = rows;
  if (head.length === 0) return NOTHING;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Table"><table><thead><tr>${head.map((cell) =>
    cell === "" ? html`<td></td>` : html`<th scope="col" dir="auto">${cell}</th>`,
  )}</tr></thead><tbody>${body.map((row, index) => renderRow(row, marked.includes(index + 1)))}</tbody></table></div>`;
}

function renderRow([first = "", ...rest]: readonly string[], differs: boolean): Html {
  return html`<tr${differs && html` class="differs"`}><th scope="row" dir="auto">${first}${
    differs && html`<span class="unseen"> (differs)</span>`
  }</th>${rest.map((cell) => html`<td dir="auto">${cell}</td>`)}</tr>`;
}

/** The stages in a row, each with its mark in a sign and in words. */
export function renderPath(stages: Extract<Block, { type: "path" }>["stages"]): Html {
  if (stages.length === 0) return NOTHING;
  return html`<ol class="path" aria-label="The way through the tree">${stages.map(
    ({ name, mark }) =>
      html`<li class="${mark}"><span dir="auto">${name}</span> <span class="sign" aria-hidden="true">${PATH_MARKS[mark]}</span><span class="unseen">: ${PATH_WORDS[mark]}</span></li>`,
  )}</ol>`;
}

function renderChoices(choices: Extract<Block, { type: "choices" }>["choices"], { choices: form }: ReplyLinks): Html {
  if (choices.length === 0 || form === undefined) return NOTHING;
  return html`<form class="choices" method="post" action="${form.action}" data-choices>${form.hidden}<ol>${choices.map(
    ({ id, label: words }) => html`<li><button name="choice" value="${id}" dir="auto">${words}</button></li>`,
  )}</ol></form>`;
}

function renderPicture(words: string, href: ((theme: "light" | "dark") => string) | undefined): Html {
  if (href === undefined) return html`<p class="said">${words}</p>`;
  return html`<figure class="picture"><picture><source srcset="${href("dark")}" media="(prefers-color-scheme: dark)"><img src="${href("light")}" alt="${words}" loading="lazy"></picture></figure>`;
}

function renderFile({ name, text }: Extract<Block, { type: "file" }>, href: string | undefined): Html {
  if (text === "") return NOTHING;
  const title = name === "" ? "file.txt" : name;
  const cut = text.length > SHOWN_OF_FILE;
  const lines = text.split("\n").length;
  return html`<div class="file"><details><summary><span class="name" dir="auto">${title}</span> <span class="size">${counted(lines, "line", "lines")}</span></summary><pre tabindex="0" role="region" aria-label="${title.slice(0, 80)}"><code>${text.slice(0, SHOWN_OF_FILE)}</code></pre>${
    cut && html`<p class="said quiet">That is the beginning; all of it is in the download.</p>`
  }</details>${href !== undefined && html`<a class="download" href="${href}" download>Download<span class="unseen"> ${title.slice(0, 80)}</span></a>`}</div>`;
}

function label(words: string | undefined): Html {
  return words === undefined || words === "" ? NOTHING : html`<p class="label" dir="auto">${words}</p>`;
}

function paragraphs(words: string, style: string): Html[] {
  return words
    .split("\n")
    .flatMap((line) => (line.trim() === "" ? [] : [html`<p class="${style}" dir="auto">${line}</p>`]));
}
