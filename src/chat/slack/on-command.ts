/** `/ipsec …`: opens a form or answers at once, to the person only; what is done to a case is committed first. */
import type { types } from "@slack/bolt";
import { handOffChoice, isForCase, parseCommand } from "../../case/commands.ts";
import { explainLineOf, lineAsked } from "../../case/explain-line.ts";
import type { RestrictedAction } from "../../domain/access.ts";
import type { Content } from "../../domain/inbound.ts";
import { linkToThread } from "./block-kit.ts";
import { caseList } from "./case-list.ts";
import { aside, closedCase, type Desk, hearAt, refuse, sentence, type Telling, threadOfCase } from "./desk.ts";
import type { Command } from "./events.ts";
import { type Asking, meantCase, openCasesFor, visibleCase } from "./find-case.ts";
import { pasteForm, startForm } from "./forms.ts";
import { helpText } from "./help.ts";
import { tellCases, tellFigures, tellSearch } from "./looking-back.ts";
import { openCase } from "./open-case.ts";

/** @returns what to tell the person; undefined where a form opened */
export async function onCommand(desk: Desk, command: Command): Promise<Telling | undefined> {
  const { tools } = desk;
  const asking: Asking = { workspace: command.team_id, channel: command.channel_id, person: command.user_id };
  const asked = parseCommand(command.text, tools.symptomIn);
  switch (asked.type) {
    case "help":
      return aside(helpText());
    case "incomplete":
      return sentence(asked.remedy.replace(/`([^`]+)`/g, "“/ipsec $1”"));
    case "explain":
      return (await explainedLine(desk, asking, asked.words)) ?? aside({ blocks: tools.explain(asked.words) });
    case "cases":
      return tellCases(desk, asking, asked.filter);
    case "stats":
      return tellFigures(desk, asking, asked.since);
    case "search":
      return tellSearch(desk, asking, asked.words);
    case "start": {
      const why = await desk.may.refusal("start", asking.person, asking.channel);
      if (why !== undefined) return refuse(desk, asking.person, "start", why);
      if (isForCase(asked.words)) return saidToCase(desk, asking, asked.words);
      return openForm(desk, command.trigger_id, startForm(asked, asking.channel));
    }
    case "diagnose":
      return openForm(desk, command.trigger_id, pasteForm({ channel: asking.channel }));
    case "handoff":
      return doToCase(desk, command, asked.caseId, {
        action: "hand-over",
        content: { type: "chose", choice: handOffChoice(asked.template) },
      });
    case "close":
      return doToCase(desk, command, asked.caseId, { action: "close", content: { type: "closed" } });
    case "resume":
      return resume(desk, command, asked);
  }
}

/** "/ipsec undo": it is understood in the case's thread, where Slack takes no commands. */
async function saidToCase(desk: Desk, asking: Asking, words: string): Promise<Telling> {
  const head = await meantCase(desk, asking);
  const how = `“${words.trim()}” is for a case's thread: write it there, or mention me there with it.`;
  return head === undefined
    ? sentence(`${how} “/ipsec help” lists what works here.`)
    : sentence(how, linkToThread(desk.self.url, threadOfCase(head)));
}

/** @returns undefined where it opened, else what to tell the person */
export async function openForm(desk: Desk, trigger: string, view: types.ModalView): Promise<Telling | undefined> {
  try {
    await desk.client.views.open({ trigger_id: trigger, view });
    return undefined;
  } catch {
    // A trigger lives three seconds, the way here included.
    return sentence("Slack did not open the form in time. Please try it once more.");
  }
}

/** "explain 1:12", of the one case that is meant here; undefined where the words name no line. */
async function explainedLine(desk: Desk, asking: Asking, words: string): Promise<Telling | undefined> {
  const line = lineAsked(words);
  if (line === undefined) return undefined;
  const head = await meantCase(desk, asking);
  const seen = head && (await desk.tools.look(head.id));
  if (seen === undefined) return sentence(`Of which case? Mention me in its thread: explain ${words}`);
  return aside({ blocks: explainLineOf(seen.situation, line) });
}

async function doToCase(
  desk: Desk,
  command: Command,
  caseId: string | undefined,
  { action, content }: { readonly action: RestrictedAction; readonly content: Content },
): Promise<Telling> {
  const asking: Asking = { workspace: command.team_id, channel: command.channel_id, person: command.user_id };
  const head = caseId === undefined ? await meantCase(desk, asking) : await visibleCase(desk, asking, caseId);
  if (head === undefined) return caseId === undefined ? whichCase(desk, asking) : unknownCase(caseId);
  const why = await desk.may.refusal(action, asking.person, asking.channel);
  if (why !== undefined) return refuse(desk, asking.person, action, why);
  const person = { id: command.user_id, name: command.user_name };
  const heard = await hearAt(desk, head, person, content, `command:${command.trigger_id}`);
  if (heard.outcome === "closed") return closedCase(head.id);
  return sentence(
    content.type === "closed" ? `Case ${head.id} is closed.` : `Case ${head.id} is written up in its thread.`,
    linkToThread(desk.self.url, threadOfCase(head)),
  );
}

async function whichCase(desk: Desk, asking: Asking): Promise<Telling> {
  const heads = await openCasesFor(desk, asking);
  if (heads.length === 0)
    return sentence("There is no open case here. “/ipsec” begins one; “/ipsec cases closed” lists old ones.");
  return sentence("Say which one, with its id:", ...caseList(heads, desk.self.url, desk.tools.now()));
}

export function unknownCase(caseId: string): Telling {
  return sentence(`I know no case ${caseId} that you can see from here. “/ipsec cases” lists those you can.`);
}

async function resume(
  desk: Desk,
  command: Command,
  { caseId, code }: { readonly caseId: string; readonly code?: string | undefined },
): Promise<Telling> {
  const { team_id: workspace, channel_id: channel, user_id: person } = command;
  if (code !== undefined) return takeAlong(desk, command, caseId, code);
  const head = await visibleCase(desk, { workspace, channel, person }, caseId);
  if (head === undefined) return unknownCase(caseId);
  if (head.status === "closed") return closedCase(head.id);
  const why = await desk.may.refusal("start", person, channel);
  if (why !== undefined) return refuse(desk, person, "start", why);
  if (threadOfCase(head).channel === channel)
    return sentence(`Case ${head.id} goes on in its thread here.`, linkToThread(desk.self.url, threadOfCase(head)));
  const opened = await openCase(desk, {
    workspace,
    channel,
    person: { id: person, name: command.user_name },
    delivery: `command:${command.trigger_id}`,
    content: { type: "resumed", caseId: head.id },
  });
  if ("refused" in opened) return opened.refused;
  return sentence(`Case ${head.id} goes on here, in a new thread.`);
}

/** By its code, from wherever it is. */
async function takeAlong(desk: Desk, command: Command, caseId: string, code: string): Promise<Telling> {
  const why = await desk.may.refusal("start", command.user_id, command.channel_id);
  if (why !== undefined) return refuse(desk, command.user_id, "start", why);
  const opened = await openCase(desk, {
    workspace: command.team_id,
    channel: command.channel_id,
    person: { id: command.user_id, name: command.user_name },
    delivery: `command:${command.trigger_id}`,
    content: { type: "resumed", caseId, code },
  });
  return "refused" in opened ? opened.refused : sentence(`Case ${caseId} goes on here, in a new thread.`);
}
