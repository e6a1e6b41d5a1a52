/** What is said in channels and direct messages: to a case, to us, or to nobody of ours. */
import { handOffChoice, isForCase, parseCommand, rightFor } from "../../case/commands.ts";
import { intentOf } from "../../case/intent.ts";
import { asksOfCase } from "../../case/overheard.ts";
import { toldIn } from "../../case/told.ts";
import type { Content, Place } from "../../domain/inbound.ts";
import type { CaseHead } from "../../store/store.ts";
import { linkToThread } from "./block-kit.ts";
import { aside, caseOf, closedCase, type Desk, refuse, sentence, type Telling, tell, textsOf } from "./desk.ts";
import { visibleCase } from "./find-case.ts";
import type { Message } from "./hear.ts";
import { helpText } from "./help.ts";
import { tellCases, tellFigures, tellSearch } from "./looking-back.ts";
import { unknownCase } from "./on-command.ts";
import { notTaken } from "./open-case.ts";
import { overheard } from "./overheard.ts";
import { isDirect, placeOf, threadOf } from "./place.ts";

type Said = Extract<Message, { type: "said" }>;

/** @throws StoreUnavailable where it is not committed: it must come again */
export async function onMessage(desk: Desk, message: Message): Promise<void> {
  if (message.type === "said") return onSaid(desk, message);
  const { deliveries, thread, person, at, ts } = message;
  const { place, head } = await whereItBelongs(desk, message);
  if (head === undefined) return;
  if (message.type === "edited" && message.withFiles)
    return tell(
      desk,
      thread,
      person.id,
      sentence("I read a message with files as it was posted first. If its words matter, please post them anew."),
    );
  const content: Content =
    message.type === "edited" ? { type: "edited", message: ts, text: message.text } : { type: "deleted", message: ts };
  await desk.tools.bot.hear({ deliveries, place, person, at, content });
}

async function onSaid(desk: Desk, message: Said): Promise<void> {
  const { addressed, inThread, thread, person } = message;
  // Every word of a busy channel comes by here; what begins no case and belongs to none costs nothing.
  if (!addressed && !inThread) return;
  const { place, head } = await whereItBelongs(desk, message);
  if (head === undefined && !addressed) return saidWhereACaseWas(desk, message);
  if (message.isForeign) {
    if (addressed) await tell(desk, thread, person.id, refuse(desk, person.id, "foreign", FOREIGN));
    return;
  }
  const words = addressed || head === undefined ? undefined : await overheard(desk, message, head);
  if (words === "talk") return;
  if (words !== undefined) return tell(desk, thread, person.id, words);
  const answer = addressed ? await onWords(desk, message, place, head) : undefined;
  if (answer === "done") return;
  if (answer !== undefined) return tell(desk, thread, person.id, answer);
  const why = await refusalOf(desk, message, head);
  if (why !== undefined) return tell(desk, thread, person.id, why);
  const files = await textsOf(desk, message.files, thread, person.id);
  if (message.files.length > 0 && files.length === 0 && message.text.trim() === "") return;
  const { deliveries, at, ts } = message;
  const heard = await desk.tools.bot.hear({
    deliveries,
    place,
    person,
    at,
    content: contentOf(desk, message, head, files, ts),
  });
  const isMeantForUs = addressed || files.length > 0 || looksPasted(message.text) || asksOfCase(message.text);
  if (heard.outcome === "closed" && isMeantForUs) await tell(desk, thread, person.id, closedCase(heard.caseId));
}

/** Output in a thread that its case has left: nobody reads it there. */
async function saidWhereACaseWas(desk: Desk, { workspace, thread, person, text, files }: Said): Promise<void> {
  const caseId = desk.leftThreads.caseThatLeft(thread);
  if (caseId === undefined || (files.length === 0 && !looksPasted(text))) return;
  const head = await caseOf(desk, workspace, caseId);
  const there = head && threadOf(head.place);
  const where = there === undefined ? "in another chat" : "in another thread";
  const words = `Case ${caseId} goes on ${where}, so I did not read that here.`;
  const link = there === undefined || isDirect(there.channel) ? [] : [linkToThread(desk.self.url, there)];
  await tell(desk, thread, person.id, sentence(words, ...link));
}

const FOREIGN = "I only work for people of the workspace that I am installed in.";

/** In a direct message people do not use threads: what is said there belongs to the private case they opened last. */
async function whereItBelongs(
  desk: Desk,
  { workspace, thread, person, ts }: Message,
): Promise<{ readonly place: Place; readonly head: CaseHead | undefined }> {
  const { cases } = desk.tools;
  const place = placeOf(workspace, thread);
  const here = await cases.caseAt(place);
  if (here !== undefined || thread.root !== ts || !isDirect(thread.channel)) return { place, head: here };
  const open = await cases.cases({ chat: "slack", workspace, status: "open", openedBy: person.id, limit: 100 });
  const head = open.find((each) => threadOf(each.place).channel === thread.channel);
  return { place: head?.place ?? place, head };
}

function contentOf(
  desk: Desk,
  { text, addressed }: Said,
  head: CaseHead | undefined,
  files: Awaited<ReturnType<typeof textsOf>>,
  ts: string,
): Content {
  const said = { text, message: ts, ...(files.length > 0 && { files }) };
  if (head !== undefined) {
    if (addressed && text.trim() === "" && files.length === 0) return { type: "chose", choice: "so-far" };
    return { type: "said", ...said, ...(!addressed && !looksPasted(text) && { overheard: true }) };
  }
  // Of a paste, an address or a platform in the middle says nothing yet; the words of a line do.
  const isLine = files.length === 0 && !text.trim().includes("\n");
  const asked = isLine ? parseCommand(text, desk.tools.symptomIn) : undefined;
  if (asked?.type === "diagnose") return { type: "opened" };
  // A form has no field for the far end's platform: such words are heard as they are.
  if (asked?.type !== "start" || toldIn(text, true)?.platforms.remote !== undefined) return { type: "opened", ...said };
  const { symptom, platform, peer } = asked;
  const isUnderstood = symptom !== undefined || platform !== undefined || peer !== undefined;
  return isUnderstood ? { type: "opened", symptom, platform, peer } : { type: "opened", ...said };
}

/** So many lines at once are nobody's talk: what can't be read of them is said, also where nobody mentions us. */
const LINES_OF_A_PASTE = 3;

function looksPasted(text: string): boolean {
  return text.trim().split("\n").length >= LINES_OF_A_PASTE;
}

/** Commands to us that are none to a case; longer texts are never commands. */
const MOST_WORDS = 4;
/** What is looked for takes more. */
const MOST_WORDS_LOOKED_FOR = 10;

/** @returns what to tell, "done" where nothing is left to do, undefined where it is a message like any other */
async function onWords(
  desk: Desk,
  message: Said,
  place: Place,
  head: CaseHead | undefined,
): Promise<Telling | "done" | undefined> {
  const { text, files, workspace, thread, person, deliveries, at } = message;
  const words = text.trim();
  if (files.length > 0 || words === "" || words.includes("\n") || words.split(/\s+/).length > MOST_WORDS_LOOKED_FOR)
    return undefined;
  const asked = parseCommand(words, desk.tools.symptomIn);
  const isLookedFor = asked.type === "cases" || asked.type === "search" || asked.type === "stats";
  if (!isLookedFor && words.split(/\s+/).length > MOST_WORDS) return undefined;
  const asking = { workspace, channel: thread.channel, person: person.id };
  const { bot, cases, explain } = desk.tools;
  switch (asked.type) {
    case "help":
      return head === undefined ? aside(helpText()) : undefined;
    case "explain":
      return head === undefined ? aside({ blocks: explain(asked.words) }) : undefined;
    case "cases":
      return tellCases(desk, asking, asked.filter);
    case "stats":
      return tellFigures(desk, asking, asked.since);
    case "search":
      return tellSearch(desk, asking, asked.words);
    case "resume": {
      const refused = head === undefined ? await desk.may.refusal("start", person.id, thread.channel) : undefined;
      if (refused !== undefined) return refuse(desk, person.id, "start", refused);
      if (asked.code !== undefined) {
        const { caseId, code } = asked;
        const heard = await bot.hear({ deliveries, place, person, at, content: { type: "resumed", caseId, code } });
        return notTaken(heard, asked) ?? "done";
      }
      const meant = await visibleCase(desk, asking, asked.caseId);
      if (meant === undefined) return unknownCase(asked.caseId);
      if (meant.status === "closed") return closedCase(meant.id);
      await bot.hear({ deliveries, place, person, at, content: { type: "resumed", caseId: meant.id } });
      return "done";
    }
    case "close": {
      const meant = asked.caseId === undefined ? head : await visibleCase(desk, asking, asked.caseId);
      if (meant === undefined) return asked.caseId === undefined ? noCaseHere("close 7F3K") : unknownCase(asked.caseId);
      const why = await desk.may.refusal("close", person.id, thread.channel);
      if (why !== undefined) return refuse(desk, person.id, "close", why);
      const { place: there } = (await cases.caseById(meant.id)) ?? meant;
      const heard = await bot.hear({ deliveries, place: there, person, at, content: { type: "closed" } });
      return heard.outcome === "closed" ? closedCase(meant.id) : "done";
    }
    case "handoff": {
      if (asked.caseId === undefined) return head === undefined ? noCaseHere("handoff 7F3K") : undefined;
      const meant = await visibleCase(desk, asking, asked.caseId);
      if (meant === undefined) return unknownCase(asked.caseId);
      const why = await desk.may.refusal("hand-over", person.id, thread.channel);
      if (why !== undefined) return refuse(desk, person.id, "hand-over", why);
      const content: Content = { type: "chose", choice: handOffChoice(asked.template) };
      await bot.hear({ deliveries, place: meant.place, person, at, content });
      return head?.id === meant.id ? "done" : sentence(`Case ${meant.id} is written up in its thread.`);
    }
    case "incomplete":
      return head === undefined ? sentence(asked.remedy.replaceAll("`", "")) : undefined;
    default:
      return head === undefined && isForCase(words) ? noCaseHere("resume 7F3K") : undefined;
  }
}

function noCaseHere(remedy: string): Telling {
  return sentence(`There is no case in this thread. Say which one, as in “${remedy}”; “cases” lists them.`);
}

/** What the words want to do may not be everybody's to do. */
async function refusalOf(
  desk: Desk,
  { text, person, thread }: Said,
  head: CaseHead | undefined,
): Promise<Telling | undefined> {
  const action = head === undefined ? "start" : rightFor(intentOf(text)?.type);
  if (action === undefined) return undefined;
  const why = await desk.may.refusal(action, person.id, thread.channel);
  return why === undefined ? undefined : refuse(desk, person.id, action, why);
}
