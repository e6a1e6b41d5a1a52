/** What every listener of the Slack chat works with. */
import type { webApi } from "@slack/bolt";
import type { Heard } from "../../domain/chat.ts";
import type { Content, Inbound, Person } from "../../domain/inbound.ts";
import type { Reply } from "../../domain/reply.ts";
import type { CaseHead } from "../../store/store.ts";
import { button, paragraph, type SlackBlock, words } from "./block-kit.ts";
import { CHOOSE, carry, REOPEN } from "./choices.ts";
import { type DownloadTools, download, MOST_FILES } from "./download.ts";
import type { SlackFile } from "./events.ts";
import { refusalIn } from "./failures.ts";
import type { Self } from "./hear.ts";
import type { LeftThreads } from "./left-threads.ts";
import { isDirect, type Thread, threadOf } from "./place.ts";
import type { Questions } from "./questions.ts";
import { type Rendered, renderReply } from "./render.ts";
import type { SlackTools } from "./settings.ts";
import type { WhoMay } from "./who-may.ts";
import { escaped } from "./words.ts";

export interface Desk {
  readonly tools: SlackTools;
  /** For calls while somebody waits: short timeouts, no repeats. */
  readonly client: webApi.WebClient;
  readonly self: Self;
  readonly may: WhoMay;
  readonly downloads: DownloadTools;
  readonly questions: Questions;
  readonly leftThreads: LeftThreads;
}

export interface Telling {
  readonly text: string;
  readonly blocks: readonly SlackBlock[];
}

export function sentence(text: string, ...more: readonly SlackBlock[]): Telling {
  return { text: escaped(text), blocks: [paragraph(words(text)), ...more] };
}

/** A reply that belongs to no case, for the person who asked only. */
export function aside(reply: Reply): Telling {
  const { text, blocks }: Rendered = renderReply(reply, undefined);
  return { text: text === "" ? "…" : text, blocks };
}

/** Says something to one person only, where they are. What can't be said is logged: it was no answer of a case. */
export async function tell(
  desk: Desk,
  { channel, root }: Thread,
  person: string,
  { text, blocks }: Telling,
): Promise<void> {
  const message = { channel, text, blocks: [...blocks], ...(root !== "" && { thread_ts: root }) };
  try {
    if (isDirect(channel)) await desk.client.chat.postMessage(message);
    else await desk.client.chat.postEphemeral({ ...message, user: person });
  } catch (error) {
    desk.tools.log.warn({ chat: "slack", refusal: refusalIn(error) }, "an aside could not be said");
  }
}

export function closedCase(caseId: string): Telling {
  return sentence(`Case ${caseId} is closed.`, {
    type: "actions",
    elements: [button("Reopen", CHOOSE, carry({ caseId, turn: 0, choice: REOPEN }))],
  });
}

export function refuse(desk: Desk, person: string, action: string, why: string): Telling {
  desk.tools.log.info({ chat: "slack", person, action }, "refused");
  return sentence(why);
}

/** Hears something that was done to a case that is known, at the place where it is now. */
export function hearAt(
  desk: Desk,
  head: CaseHead,
  person: Person,
  content: Content,
  delivery: string,
  more: Partial<Pick<Inbound, "at" | "answerBy">> = {},
): Promise<Heard> {
  return desk.tools.bot.hear({
    deliveries: [`slack:${head.place.workspace}:${delivery}`],
    place: head.place,
    person,
    at: desk.tools.now(),
    content,
    ...more,
  });
}

/** A case of this workspace, by its id. */
export async function caseOf(desk: Desk, workspace: string, caseId: string): Promise<CaseHead | undefined> {
  const head = await desk.tools.cases.caseById(caseId);
  return head?.place.chat === "slack" && head.place.workspace === workspace ? head : undefined;
}

/** Texts of files; those that could not be had are told to whoever posted them. */
export async function textsOf(desk: Desk, files: readonly SlackFile[], thread: Thread, person: string) {
  const fetched = await Promise.all(files.slice(0, MOST_FILES).map((file) => download(file, desk.downloads)));
  const failed = fetched.flatMap((each) => (each.ok ? [] : [each]));
  for (const { forUs } of failed)
    if (forUs !== undefined) desk.tools.log.warn({ chat: "slack", why: forUs }, "a file could not be fetched");
  const lines = failed.map(({ name, why }) => `${name} ${why}`);
  if (files.length > MOST_FILES) lines.push(`I read ${MOST_FILES} files of a message; the others I left out.`);
  if (lines.length > 0) await tell(desk, thread, person, sentence(lines.join("\n")));
  return fetched.flatMap((each) => (each.ok ? [each.file] : []));
}

export function threadOfCase(head: CaseHead): Thread {
  return threadOf(head.place);
}
