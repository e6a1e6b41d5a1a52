/** "Read this output" on any message: read in the case of its thread, or in a new one there. */
import { isTalk } from "../../case/commands.ts";
import type { Content, Person } from "../../domain/inbound.ts";
import { closedCase, type Desk, refuse, sentence, type Telling, textsOf } from "./desk.ts";
import type { Shortcut } from "./events.ts";
import { isDirect, placeOf, type Thread } from "./place.ts";
import { textOfMessage } from "./slack-text.ts";

export const READ_OUTPUT = "read_output";

/** @returns what to tell the person; undefined where the case answers in the thread */
export async function onShortcut(desk: Desk, workspace: string, shortcut: Shortcut): Promise<Telling | undefined> {
  const { message, channel, user } = shortcut;
  const person: Person = { id: user.id, name: user.name ?? user.username };
  const { bot, cases, look, now } = desk.tools;
  if (message.bot_id !== undefined && message.bot_id === desk.self.botId)
    return sentence("That is what I said myself.");
  const thread: Thread = { channel: channel.id, root: message.thread_ts ?? message.ts };
  const place = placeOf(workspace, thread);
  const head = await cases.caseAt(place);
  if (head === undefined) {
    const why = await desk.may.refusal("start", person.id, channel.id);
    if (why !== undefined) return refuse(desk, person.id, "start", why);
    if (!(await isMember(desk, channel.id)))
      return sentence("I am not in this channel, so I could not answer. Invite me with /invite, then try again.");
  } else {
    const known = await look(head.id);
    const read = known?.events.find((event) => event.type === "pasted" && event.message === message.ts);
    if (read?.type === "pasted") return sentence(`I have read that one: it is ${read.paste.name} of case ${head.id}.`);
  }
  const text = textOfMessage(message.text ?? "");
  const files = await textsOf(desk, message.files ?? [], thread, person.id);
  if (text.trim() === "" && files.length === 0) return sentence("There is no text in that message that I could read.");
  if (head === undefined && files.length === 0 && isTalk(text, desk.tools.symptomIn))
    return sentence(
      "That does not look like a device's output, and it tells of no trouble with a tunnel. Pick the message with the output, or begin a case with “/ipsec”.",
    );
  const said = { text, message: message.ts, ...(files.length > 0 && { files }) };
  const content: Content = head === undefined ? { type: "opened", ...said } : { type: "said", ...said };
  const heard = await bot.hear({
    deliveries: [`slack:${workspace}:shortcut:${shortcut.action_ts ?? shortcut.trigger_id}`],
    place,
    person,
    at: now(),
    content,
  });
  return heard.outcome === "closed" ? closedCase(heard.caseId) : undefined;
}

async function isMember({ client }: Desk, channel: string): Promise<boolean> {
  if (isDirect(channel)) return true;
  try {
    const { channel: info } = await client.conversations.info({ channel });
    return info?.is_member === true;
  } catch {
    return false;
  }
}
