/** The forms that people speak through: words, a paste, files, and which end they are from. */
import { caseHref } from "./links.ts";
import { type Html, html } from "./markup.ts";

/** What every form sends along: the session's token, and an id by which a repeated send is known. */
export function hiddenFields(formToken: string, delivery: string): Html {
  return html`<input type="hidden" name="form" value="${formToken}"><input type="hidden" name="delivery" value="${delivery}">`;
}

export interface ComposerShown {
  readonly action: string;
  readonly hidden: Html;
  readonly send: string;
  readonly rows: number;
}

/** The message box with files and the end they are from. */
export function renderComposer({ action, hidden, send, rows }: ComposerShown): Html {
  return html`<form class="composer" id="say" method="post" action="${action}" enctype="multipart/form-data" data-say>${hidden}<ul class="chips" data-chips aria-label="To be sent" hidden></ul><label class="unseen" for="text">Message, or what a device printed</label><textarea id="text" name="text" rows="${rows}" placeholder="Paste what the router prints, or type" spellcheck="false" autocapitalize="off" autocomplete="off" autocorrect="off"></textarea><div class="row"><fieldset class="from"><legend>From</legend><label><input type="radio" name="side" value="" checked><span>work it out</span></label><label><input type="radio" name="side" value="local"><span>this end</span></label><label><input type="radio" name="side" value="remote"><span>the far end</span></label></fieldset><label class="attach"><input type="file" name="files" multiple><span>Add files</span></label><button class="send">${send}</button></div><div class="sending" data-sending hidden><progress max="1" aria-label="Sending"></progress><span data-sending-words></span></div><p class="problem" data-problem role="alert" hidden></p></form>`;
}

export function renderCaseComposer(caseId: string, isOpen: boolean, hidden: Html): Html {
  const at = caseHref(caseId);
  if (isOpen) return renderComposer({ action: `${at}/say`, hidden, send: "Send", rows: 2 });
  return html`<form class="closed" method="post" action="${at}/reopen" data-act>${hidden}<p>This case is closed.</p><button>Open it again</button></form>`;
}
