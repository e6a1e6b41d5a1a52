/** /ipsec and its subcommands. */
import type { APIAttachment } from "discord.js";
import { sinceIn } from "../../case/cases-asked.ts";
import { caseIdFrom, handOffChoice, parseCommand } from "../../case/commands.ts";
import { explainLineOf, lineAsked } from "../../case/explain-line.ts";
import { TEMPLATES } from "../../domain/hand-off.ts";
import { PLATFORM_IDS, ROOT_CAUSE_IDS, SIDES, SYMPTOM_IDS } from "../../domain/ids.ts";
import type { Content, NamedText, Person } from "../../domain/inbound.ts";
import { canonicalAddress } from "../../domain/network.ts";
import type { CaseHead } from "../../store/store.ts";
import { writeAnswer } from "./answer.ts";
import type { Sendable } from "./api.ts";
import { SINCE_HELP, tellCases, tellFigures, tellSearch } from "./case-list.ts";
import { OUTPUTS } from "./commands.ts";
import type { Desk, From } from "./desk.ts";
import { pasteForm } from "./forms.ts";
import { personOf } from "./hear.ts";
import { isOpenHere, openCase } from "./opening.ts";
import { type CommandInteraction, type Given, givenIn } from "./options.ts";
import { channelOf, linkTo } from "./place.ts";
import { renderReply } from "./render.ts";
import type { Responder } from "./responder.ts";
import { resumeCase } from "./resuming.ts";
import * as say from "./words.ts";

export async function onCommand(desk: Desk, responder: Responder, interaction: CommandInteraction): Promise<void> {
  const from = desk.from(interaction);
  const given = givenIn(interaction.data.options);
  switch (given.sub) {
    case "start":
    case "diagnose":
      return begin(desk, responder, from, given, filesOf(interaction, given));
    case "explain":
      return explain(desk, responder, from, given.text("word") ?? "");
    case "cases":
      await responder.defer(true);
      return tellThem(responder, await wanted(desk, from, given));
    case "stats":
      await responder.defer(true);
      return tellThem(responder, await tellFigures(desk, from, given.text("since")?.toLowerCase()));
    case "search":
      await responder.defer(true);
      return tellThem(responder, await tellSearch(desk, from, given.text("words") ?? ""));
    case "handoff":
      return handOff(desk, responder, from, given, personIn(interaction, given));
    case "close":
      return onCase(desk, responder, from, given, "close", () => ({ type: "closed" }));
    case "resume":
      return resumeCase(desk, responder, from, given.text("case") ?? "");
    default:
      return responder.tell({ content: say.HELP });
  }
}

function filesOf({ data: { resolved } }: CommandInteraction, given: Given): APIAttachment[] {
  return OUTPUTS.flatMap((name) => resolved?.attachments?.[given.text(name) ?? ""] ?? []);
}

function personIn({ data: { resolved } }: CommandInteraction, given: Given): Person | undefined {
  const user = resolved?.users?.[given.text("to") ?? ""];
  return user && personOf(user);
}

async function begin(
  desk: Desk,
  responder: Responder,
  from: From,
  given: Given,
  attached: readonly APIAttachment[],
): Promise<void> {
  const isPrivate = given.flag("private");
  if (given.sub === "diagnose" && attached.length === 0) {
    const refusal = desk.refused("start", from);
    if (refusal !== undefined) return responder.tell({ content: refusal });
    return responder.showForm(pasteForm({ type: "diagnose", isPrivate }));
  }
  const side = SIDES.find((id) => id === given.text("side"));
  return openCase(desk, responder, from, {
    isPrivate,
    async content() {
      const { files, problems } = await desk.fetchAll(attached);
      if (given.sub === "diagnose" && files.length === 0) return problems.join("\n");
      const text = given.text("words");
      const problemsNow = [...peerProblem(given), ...problems];
      if (files.length > 0 && (await isOpenHere(desk, from)))
        return { content: { type: "said", text: text ?? "", ...withSide(files, side) }, problems: problemsNow };
      const content = { type: "opened" as const, ...opening(desk, given), text, ...withSide(files, side) };
      return { content, problems: problemsNow };
    },
  });
}

/** Without files, the end that was chosen says nothing. */
function withSide(files: readonly NamedText[], side: (typeof SIDES)[number] | undefined) {
  if (files.length === 0) return {};
  return { files, ...(side !== undefined && { side }) };
}

/** What was chosen counts before what the words tell of. */
function opening({ tools }: Desk, given: Given) {
  const told = parseCommand(`start ${given.text("words") ?? ""}`, (words) => tools.symptomIn(words));
  const { symptom, platform, peer } = told.type === "start" ? told : {};
  const chosen = given.text("platform");
  return {
    symptom: SYMPTOM_IDS.find((id) => id === given.text("symptom")) ?? symptom,
    platform: chosen === "unknown" ? ("unknown" as const) : (PLATFORM_IDS.find((id) => id === chosen) ?? platform),
    peer: given.text("peer") ?? peer,
  };
}

/** An address that is none is not taken, and that is said. */
function peerProblem(given: Given): string[] {
  const peer = given.text("peer")?.trim() ?? "";
  return peer === "" || canonicalAddress(peer) !== undefined ? [] : [say.NO_ADDRESS];
}

async function explain(desk: Desk, responder: Responder, from: From, words: string): Promise<void> {
  const line = lineAsked(words);
  if (line === undefined) return tellThem(responder, renderReply({ blocks: desk.tools.explain(words) }));
  await responder.defer(true);
  const head = await desk.caseHere(from);
  const seen = head && (await desk.tools.look(head.id));
  if (seen === undefined) return responder.tell(await desk.noCaseHere(from));
  return tellThem(responder, renderReply({ blocks: explainLineOf(seen.situation, line) }));
}

async function tellThem(responder: Responder, messages: readonly Sendable[]): Promise<void> {
  for (const message of messages) await responder.tell(message);
}

async function wanted(desk: Desk, from: From, given: Given): Promise<readonly Sendable[]> {
  const peer = given.text("peer");
  const address = peer === undefined ? undefined : canonicalAddress(peer.trim());
  const since = given.text("since")?.trim().toLowerCase();
  if (since !== undefined && sinceIn(since, 0) === undefined) return [{ content: SINCE_HELP }];
  const words = [given.text("words"), address === undefined ? peer : undefined].filter((each) => each !== undefined);
  const asked = {
    status: (["open", "closed", "all"] as const).find((each) => each === given.text("status")),
    mine: given.flag("mine") || undefined,
    peer: address,
    cause: ROOT_CAUSE_IDS.find((id) => id === given.text("cause")),
    since,
    words: words.length === 0 ? undefined : words.join(" ").slice(0, 60),
  };
  return [await tellCases(desk, from, asked)];
}

async function handOff(
  desk: Desk,
  responder: Responder,
  from: From,
  given: Given,
  to: Person | undefined,
): Promise<void> {
  return onCase(desk, responder, from, given, "hand-over", (head) =>
    to === undefined
      ? { type: "chose", choice: handOffChoice(TEMPLATES.find((id) => id === given.text("for"))), turn: head.version }
      : { type: "handed-to", person: to },
  );
}

/** Does something with the case that was named, or the one of this thread; its reply goes where the case is. */
async function onCase(
  desk: Desk,
  responder: Responder,
  from: From,
  given: Given,
  action: "close" | "hand-over",
  contentFor: (head: CaseHead) => Content,
): Promise<void> {
  const refusal = desk.refused(action, from);
  if (refusal !== undefined) return responder.tell({ content: refusal });
  const named = given.text("case");
  const isHere = named === undefined && (from.isThread || from.guildId === undefined);
  await responder.defer(!isHere);
  const id = named === undefined ? undefined : caseIdFrom(named);
  const head =
    named === undefined ? await desk.caseHere(from) : id === undefined ? undefined : await desk.caseById(id, from);
  if (!head)
    return responder.tell(
      named === undefined ? await desk.noCaseHere(from) : { content: say.noSuchCase(id ?? "of that name") },
    );
  const { interaction, until } = responder;
  const isItsPlace = channelOf(head.place) === from.channelId;
  const answer =
    isHere && isItsPlace && !responder.isOver
      ? writeAnswer({ app: interaction.application_id, token: interaction.token, until })
      : undefined;
  const heard = await desk.hear(desk.inbound(interaction.id, head.place, from, contentFor(head), answer));
  // Heard before: its answer is on its way, or is there.
  if (heard.outcome === "repeat" && answer !== undefined) return;
  const unanswered = desk.unanswered(heard, head.id);
  if (unanswered) return responder.tell(unanswered);
  if (answer === undefined) await responder.tell({ content: `Done; see ${linkTo(head.place)}.` });
}
