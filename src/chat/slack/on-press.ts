/** Buttons and menus: to the case they carry, wherever they are pressed. */

import { handsOver } from "../../case/commands.ts";
import { answersItsQuestion } from "../../case/messages.ts";
import type { RestrictedAction } from "../../domain/access.ts";
import type { Content, Person } from "../../domain/inbound.ts";
import type { CaseHead } from "../../store/store.ts";
import { linkButton, linkToThread, type SlackBlock } from "./block-kit.ts";
import { type Carried, CLOSE, carried, DELETE_PASTE, HAND_TO, PASTE_FORM, REOPEN } from "./choices.ts";
import { caseOf, closedCase, type Desk, hearAt, refuse, sentence, type Telling, threadOfCase } from "./desk.ts";
import type { Action } from "./events.ts";
import { refusalIn } from "./failures.ts";
import { handToForm, pasteForm, startForm } from "./forms.ts";
import { NEXT_PAGE, tellNextCases } from "./looking-back.ts";
import { openForm } from "./on-command.ts";
import { linkToMessage, type Thread } from "./place.ts";
import type { Shown } from "./questions.ts";

/** Opens the form from App Home, where there is no case. */
export const NEW_CASE = "new-case";

export interface Pressed {
  readonly person: Person;
  readonly head: CaseHead | undefined;
  /** What to tell the person; undefined where the case answers, or a form opened. */
  readonly telling: Telling | undefined;
}

export async function onPress(desk: Desk, workspace: string, action: Action): Promise<Pressed> {
  const [pressed] = action.actions;
  const person: Person = { id: action.user.id, name: action.user.name ?? action.user.username };
  const answer = (telling: Telling | undefined, head?: CaseHead) => ({ person, head, telling });
  if (pressed?.action_id === NEW_CASE) return answer(await openForm(desk, action.trigger_id, startForm({}, undefined)));
  if (pressed?.action_id === NEXT_PAGE) {
    const asking = { workspace, channel: action.channel?.id ?? "", person: person.id };
    return answer(await tellNextCases(desk, asking, pressed.value ?? ""));
  }
  const meant = carried(pressed?.selected_option?.value ?? pressed?.value);
  if (pressed === undefined || meant === undefined)
    return answer(sentence("That button is of an older version of me. Mention me, and I show you the present ones."));
  const head = await caseOf(desk, workspace, meant.caseId);
  if (head === undefined) return answer(sentence(`Case ${meant.caseId} is not kept any more.`));
  // The same press can come twice; two presses differ in when they were made.
  const delivery = `press:${person.id}:${pressed.action_ts ?? action.trigger_id}`;
  const message = shownIn(action);
  const from = message && { channel: message.channel, root: action.message?.thread_ts ?? message.ts };
  return answer(
    await onChoice(desk, { head, person, meant, delivery, trigger: action.trigger_id, message, from }),
    head,
  );
}

/** The message whose button it was; undefined in App Home. */
function shownIn({ channel, message }: Action): Shown | undefined {
  if (channel === undefined || message === undefined) return undefined;
  // Our own blocks, as Slack gives them back.
  const blocks = (message.blocks ?? []) as unknown as readonly SlackBlock[];
  return { channel: channel.id, ts: message.ts, text: message.text ?? "", blocks };
}

interface Choosing {
  readonly head: CaseHead;
  readonly person: Person;
  readonly meant: Carried;
  readonly delivery: string;
  readonly trigger: string;
  readonly message: Shown | undefined;
  /** Where it was pressed. */
  readonly from: Thread | undefined;
}

async function onChoice(desk: Desk, choosing: Choosing): Promise<Telling | undefined> {
  const { head, meant, person, trigger } = choosing;
  const { choice, turn } = meant;
  if (choice.startsWith(DELETE_PASTE)) return deletePaste(desk, head, person, choice.slice(DELETE_PASTE.length + 1));
  switch (choice) {
    case PASTE_FORM:
      return head.status === "closed" ? closedCase(head.id) : openForm(desk, trigger, pasteForm({ caseId: head.id }));
    case HAND_TO:
      if (head.status === "closed") return closedCase(head.id);
      return (await handToRefusal(desk, head, person)) ?? openForm(desk, trigger, handToForm(head.id));
    case CLOSE:
      return hear(desk, choosing, { type: "closed" }, "close");
    case REOPEN:
      return hear(desk, choosing, { type: "reopened" }, undefined);
    default:
      return hear(desk, choosing, { type: "chose", choice, turn }, handsOver(choice) ? "hand-over" : undefined);
  }
}

async function hear(
  desk: Desk,
  { head, person, delivery, meant, message, from }: Choosing,
  content: Content,
  action: RestrictedAction | undefined,
): Promise<Telling | undefined> {
  const why = action && (await desk.may.refusal(action, person.id, threadOfCase(head).channel));
  if (action !== undefined && why !== undefined) return refuse(desk, person.id, action, why);
  const heard = await hearAt(desk, head, person, content, delivery);
  if (heard.outcome === "closed") return closedCase(head.id);
  if (heard.outcome !== "taken") return undefined;
  if (message !== undefined && answersItsQuestion(meant.choice))
    desk.questions.pressed(message, meant.choice, heard.isTooLate === true ? undefined : person.id);
  const there = threadOfCase(head);
  if (from === undefined || (from.channel === there.channel && from.root === there.root)) return undefined;
  return sentence(`Done; my answer is in the thread of case ${head.id}.`, linkToThread(desk.self.url, there));
}

/** Its opener gives a case away, and nobody else. */
export async function handToRefusal(desk: Desk, head: CaseHead, person: Person): Promise<Telling | undefined> {
  if (head.openedBy.id !== person.id)
    return refuse(desk, person.id, "hand-to", "Only the person whose case it is can hand it to somebody else.");
  const why = await desk.may.refusal("hand-over", person.id, threadOfCase(head).channel);
  return why === undefined ? undefined : refuse(desk, person.id, "hand-over", why);
}

/** Slack lets an app delete its own messages only; where it refuses, the person is shown the way. */
async function deletePaste(desk: Desk, head: CaseHead, person: Person, ts: string): Promise<Telling | undefined> {
  const turns = await desk.tools.cases.turns(head.id);
  const written = turns.find(({ message }) => message === ts);
  if (written !== undefined && written.person.id !== person.id)
    return sentence("Only the person who wrote that message can delete it.");
  const thread = threadOfCase(head);
  try {
    await desk.client.chat.delete({ channel: thread.channel, ts });
    return sentence("Deleted. Change what was shared all the same: whoever was in the channel could read it.");
  } catch (error) {
    if (refusalIn(error) === "message_not_found")
      return sentence("That message is gone already. Change what was shared all the same.");
    return sentence(
      "Slack lets only you delete your message: open it, then ⋮, Delete message. I forget it then as well. Change what was shared all the same: whoever is in the channel could read it.",
      { type: "actions", elements: [linkButton("Open my message", linkToMessage(desk.self.url, thread, ts))] },
    );
  }
}
