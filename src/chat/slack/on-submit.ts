/** Forms that were filled in: committed before the form closes; until then it still holds what was typed. */
import type { Person } from "../../domain/inbound.ts";
import { paragraph, userName, words } from "./block-kit.ts";
import { caseOf, type Desk, hearAt, type Telling, textsOf, threadOfCase } from "./desk.ts";
import type { Submission } from "./events.ts";
import {
  HAND_TO_FORM,
  PASTE_FORM_ID,
  type PasteSaid,
  readHandToForm,
  readPasteForm,
  readStartForm,
  START_FORM,
} from "./forms.ts";
import { handToRefusal } from "./on-press.ts";
import { openCase } from "./open-case.ts";

/** @returns what is wrong, by field; undefined where the form may close */
export type Errors = Readonly<Record<string, string>> | undefined;

export async function onSubmit(desk: Desk, workspace: string, submission: Submission): Promise<Errors> {
  const { user, view } = submission;
  const person: Person = { id: user.id, name: user.name ?? user.username };
  switch (view.callback_id) {
    case START_FORM:
      return onStart(desk, workspace, person, submission);
    case PASTE_FORM_ID: {
      const said = readPasteForm(submission);
      return "errors" in said ? said.errors : onPaste(desk, workspace, person, said, view.id);
    }
    case HAND_TO_FORM:
      return onHandTo(desk, workspace, person, submission);
    default:
      return { "": "This form is of an older version of me; please begin again with /ipsec." };
  }
}

async function onStart(desk: Desk, workspace: string, person: Person, submission: Submission): Promise<Errors> {
  const said = readStartForm(submission);
  if ("errors" in said) return said.errors;
  const { symptom, platform, peer, channel, onlyOurEnd } = said;
  const opened = await openCase(desk, {
    workspace,
    channel,
    person,
    delivery: `view:${submission.view.id}`,
    content: { type: "opened", symptom, platform, peer, ...(onlyOurEnd && { text: "can't reach the far end" }) },
  });
  return "refused" in opened ? errorAt("privately", opened.refused) : undefined;
}

async function onPaste(desk: Desk, workspace: string, person: Person, said: PasteSaid, view: string): Promise<Errors> {
  const { text, side, caseId, channel } = said;
  const head = caseId === undefined ? undefined : await caseOf(desk, workspace, caseId);
  if (caseId !== undefined && head === undefined) return { text: `Case ${caseId} is not kept any more.` };
  const thread = head === undefined ? { channel: channel ?? "", root: "" } : threadOfCase(head);
  const files = await textsOf(desk, said.files, thread, person.id);
  if (text.trim() === "" && files.length === 0) return { files: "None of these files could be read as text." };
  const paste = { text, ...(files.length > 0 && { files }), message: `view:${view}` };
  if (head !== undefined) {
    const heard = await hearAt(desk, head, person, { type: "said", ...paste, side }, `view:${view}`);
    return heard.outcome === "closed" ? { text: `Case ${head.id} is closed. Reopen it first.` } : undefined;
  }
  const content = side === undefined ? ({ type: "opened", ...paste } as const) : ({ type: "opened" } as const);
  const opened = await openCase(desk, { workspace, channel, person, delivery: `view:${view}`, content });
  if ("refused" in opened) return errorAt("text", opened.refused);
  const begun = side === undefined ? undefined : await caseOf(desk, workspace, opened.caseId);
  if (begun !== undefined) await hearAt(desk, begun, person, { type: "said", ...paste, side }, `view:${view}:paste`);
  return undefined;
}

async function onHandTo(desk: Desk, workspace: string, person: Person, submission: Submission): Promise<Errors> {
  const { caseId, person: to } = readHandToForm(submission);
  const head = caseId === undefined ? undefined : await caseOf(desk, workspace, caseId);
  if (head === undefined || to === undefined) return { person: "That case is not kept any more." };
  const refused = await handToRefusal(desk, head, person);
  if (refused !== undefined) return errorAt("person", refused);
  const heard = await hearAt(
    desk,
    head,
    person,
    { type: "handed-to", person: { id: to } },
    `view:${submission.view.id}`,
  );
  if (heard.outcome === "closed") return { person: `Case ${head.id} is closed.` };
  if (heard.outcome === "taken") await mention(desk, head, to, person);
  return undefined;
}

/** A reply names nobody so that Slack calls them; this does. */
async function mention(desk: Desk, head: Parameters<typeof threadOfCase>[0], to: string, by: Person): Promise<void> {
  const { channel, root } = threadOfCase(head);
  const blocks = [
    paragraph(userName(to), words(`, case ${head.id} is yours now; handed over by `), userName(by.id), words(".")),
  ];
  const text = `Case ${head.id} is handed over.`;
  await desk.client.chat.postMessage({ channel, thread_ts: root, text, blocks }).catch(() => {
    desk.tools.log.warn({ chat: "slack", caseId: head.id }, "the person a case was handed to could not be called");
  });
}

/** A form shows errors at its fields only. */
function errorAt(field: string, { text }: Telling): Errors {
  return { [field]: text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&") };
}
