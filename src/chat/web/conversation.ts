/** What was said and answered, turn by turn. */
import type { StoredTurn } from "../../store/store.ts";
import { caseHref, fileHref, lineLinks, pictureHref } from "./links.ts";
import { type Html, html } from "./markup.ts";
import { renderReply } from "./reply.ts";

export interface ConversationShown {
  readonly caseId: string;
  /** The id of the person who looks. */
  readonly viewer: string;
  readonly pastes: ReadonlySet<string>;
  /** What each form has to send along. */
  readonly hidden: Html;
  readonly isOpen: boolean;
}

/** The turns; of the choices in them, only the last that were offered can still be taken. */
export function renderTurns(turns: readonly StoredTurn[], shown: ConversationShown): Html {
  const offering = turns.findLast(({ reply }) => reply?.blocks.some(({ type }) => type === "choices"))?.number;
  return html`${turns.map((turn) => renderTurn(turn, shown, shown.isOpen && turn.number === offering))}`;
}

function renderTurn({ number, at, person, echo, reply }: StoredTurn, shown: ConversationShown, offers: boolean): Html {
  const { caseId } = shown;
  const links = {
    line: lineLinks(caseId, shown.pastes),
    file: (block: number) => fileHref(caseId, number, block),
    picture: (block: number) => pictureHref(caseId, number, block),
    choices: offers ? { action: `${caseHref(caseId)}/choose`, hidden: shown.hidden } : undefined,
  };
  const whose = person.id === shown.viewer ? "You" : (person.name ?? "Somebody else");
  return html`<li class="turn" id="turn-${number}" data-turn="${number}">${
    echo.trim() !== "" &&
    html`<div class="said-by"><p class="who">${whose} ${moment(at)}</p><div class="echo" dir="auto">${echo}</div></div>`
  }${reply !== undefined && html`<article class="reply" aria-label="TunnelMedic">${renderReply(reply, links)}</article>`}</li>`;
}

/** A time, in UTC as sent; the page's script says it in the reader's own zone. */
export function moment(at: number): Html {
  const iso = new Date(at).toISOString();
  return html`<time datetime="${iso}" data-time>${iso.slice(0, 16).replace("T", " ")} UTC</time>`;
}
