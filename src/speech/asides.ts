/** Answers to what people say beside pasting: so far, why, undo, hand over … */
import type { Side } from "../domain/ids.ts";
import type { Person } from "../domain/inbound.ts";
import type { NamedEnds } from "../domain/named-ends.ts";
import type { ReadPaste } from "../domain/output.ts";
import type { Block, Reply } from "../domain/reply.ts";
import type { Finding } from "../domain/verdict.ts";
import { choices, text } from "./blocks.ts";
import { checksToRun } from "./checked.ts";
import { commandWords } from "./command-words.ts";
import { comparedBriefly, comparedInFull } from "./comparison.ts";
import { openFinding, pathBlock, speakAgain, speakVerdict } from "./diagnosis.ts";
import { nameOf } from "./names.ts";
import { nextStep, stillWaiting, WHILE_CHECKING } from "./next-step.ts";
import { fixAgain } from "./safe.ts";
import type { Standing } from "./standing.ts";

/** So many causes that it is not are listed in passing: a phone shows them. */
const MOST_RULED_OUT = 5;

export function soFar({ diagnosis }: Standing): Reply {
  const blocks: Block[] = [pathBlock(diagnosis)];
  const { verdict } = diagnosis;
  const read = verdict.pastes.flatMap((paste) =>
    paste.outputs
      .filter(({ platform, command }) => platform !== "unknown" && command !== "unknown")
      .map(
        ({ command }) =>
          `${commandWords(command)}${paste.side === null ? "" : `, ${nameOf(paste.side, diagnosis.ends)}`}`,
      ),
  );
  blocks.push({ type: "list", label: "Read", items: read.length > 0 ? read : ["nothing yet"] });
  if (verdict.findings.length > 0)
    blocks.push({
      type: "list",
      label: "Findings",
      items: verdict.findings.map((finding) => openFinding(finding, diagnosis)),
    });
  if (verdict.ruledOut.length > 0) {
    const items = verdict.ruledOut.map(({ id }) => diagnosis.titles.get(id) ?? id);
    const more = items.length - MOST_RULED_OUT;
    // One more takes no more room than saying so.
    blocks.push({
      type: "list",
      label: "Ruled out",
      items: more < 2 ? items : [...items.slice(0, MOST_RULED_OUT), `and ${more} more: type “more”`],
    });
  }
  return { blocks: [...blocks, ...comparedBriefly(diagnosis)] };
}

/** Both ends side by side. */
export function compared(standing: Standing): Reply {
  return { blocks: [...comparedInFull(standing.diagnosis), ...stillWaiting(standing)] };
}

export function everything({ diagnosis }: Standing): Reply {
  return speakVerdict(diagnosis);
}

const WHY_ASKED: Readonly<Partial<Record<Standing["waiting"]["for"], string>>> = {
  symptom: "What you see decides where I begin to look.",
  platform: "Each box has commands of its own; I ask in the words of yours.",
  side: "The same lines mean something else at the other end.",
  peer: "What one tunnel shows says nothing of another.",
  "far-address": "Without it I can't tell which of the two ends sends, and which one answers.",
};

/** Why it is asked for, or why it is that: with the lines. */
export function why(standing: Standing): Reply {
  const { waiting, diagnosis } = standing;
  const { verdict } = diagnosis;
  const [best] = verdict.findings;
  const [ask] = verdict.asks;
  if (best !== undefined && verdict.verdict === "found")
    return {
      blocks: [...speakAgain(best), text(best.why), ...(ask ? [text(`What would make it sure: ${ask.why}`)] : [])],
    };
  const question = WHY_ASKED[waiting.for];
  if (question !== undefined) return { blocks: [text(question), ...nextStep(standing).blocks] };
  const said = ask?.why ?? best?.why ?? "I have not asked for anything yet.";
  return { blocks: [text(said), ...stillWaiting(standing)] };
}

export function verify(finding: Finding, ends: NamedEnds): Reply {
  const asked = checksToRun(finding.verify, ends);
  return { blocks: [text("Good. Send some traffic, then show me:"), ...asked, choices(WHILE_CHECKING)] };
}

/** A word counts against no cause, but what is printed now does. */
export function didNotHelp(standing: Standing): Reply {
  return {
    blocks: [
      text("Then what it prints now tells why: either the change did not take, or the cause is another. Show me:"),
      ...nextStep(standing).blocks,
    ],
  };
}

/** A check that is asked for already. */
export function stillToSee(standing: Standing): Reply {
  return { blocks: [text("I believe you; what would show it:"), ...nextStep(standing).blocks] };
}

export function help(): Reply {
  return {
    blocks: [
      text("Paste any output, or type:"),
      {
        type: "list",
        items: [
          "can't run that · can't reach the far end: I ask for something else",
          "the other end: the last paste was from the far end",
          "so far: what I know and what is ruled out · what now: the question once more",
          "is it safe? · how long will it be down? · how do I roll back?",
          "compare: both ends side by side",
          "undo · start over",
          "explain WORD: a state, message or term, such as explain MM_KEY_EXCH",
          "done: the fix is in, check it · it did not help",
          "hand over: the write-up · quit: ends the case with it",
        ],
      },
    ],
  };
}

/** @param caseId where the case is kept, and can be opened again */
export function farewell(writtenUp: Block, caseId: string | undefined): Reply {
  const closed = caseId === undefined ? "" : `Case ${caseId} is closed; it can be reopened. `;
  return { blocks: [writtenUp, text(`${closed}Good luck.`)] };
}

/** For the people of the case: whoever has the code may take it along. */
export function howToTakeAlong(caseId: string | undefined, code: string | undefined): Reply {
  if (caseId === undefined || code === undefined)
    return { blocks: [text("This case is kept nowhere; what can be taken along is its write-up: type hand over.")] };
  return {
    blocks: [
      text("To go on in another chat or workspace, type there:"),
      { type: "code", lines: [`/ipsec resume ${caseId}-${code}`] },
      text(
        "On the web page, paste “resume” and the code into the first box; in a terminal with the database: npx tunnelmedic chat --case. Whoever has the code may take the case along, so show it to nobody else. It ends when the case has moved.",
        "quiet",
      ),
    ],
  };
}

/** A case that nobody says anything in. @param closesInHours 0: it stays open */
export function quiet(closesInHours: number): Block[] {
  const end = closesInHours > 0 ? ` Without a word it closes itself in ${closesInHours} hours, with a summary.` : "";
  return [text(`It has been quiet here. Is the tunnel up, or shall we go on?${end}`)];
}

export function closedAsQuiet(writtenUp: Block): Reply {
  return {
    blocks: [
      text("Nobody has said anything since, so I close the case. Here is where it stands; it can be reopened."),
      writtenUp,
    ],
  };
}

/** The write-up is posted where hand-offs go. */
export function posted(): Block[] {
  return [text("Posted to the escalation channel, with its pictures and files.")];
}

/** @param isSet whether there is a webhook */
export function sentOn(isSet: boolean): Reply {
  const words = isSet
    ? "The write-up is on its way to the webhook; it is tried again until it is there."
    : "There is no webhook: HANDOFF_WEBHOOK_URL is not set.";
  return { blocks: [text(words)] };
}

export function undone(paste: ReadPaste | undefined, now: Standing): Block[] {
  const gone = paste !== undefined && now.lastPaste?.name !== paste.name;
  if (!gone) return [text("Taken back.")];
  const read = paste.outputs.filter(({ values }) => values.length > 0).map(({ command }) => commandWords(command));
  return [text(`Forgotten: ${paste.name}${read.length === 0 ? "" : `, ${[...new Set(read)].join(", ")}`}.`)];
}

export function startedOver(): Block[] {
  return [text("Started over; all pastes are forgotten.")];
}

export function movedTo(side: Side, { lastPaste }: Standing): Block[] {
  return [text(`Taken as ${side === "local" ? "your end's" : "the far end's"}: ${lastPaste?.name ?? "the paste"}.`)];
}

export function welcome(): Reply {
  return { blocks: [text("You are welcome.")] };
}

/** The question or the command; the fix, where there is nothing else to repeat. */
export function onceMore(standing: Standing): Reply {
  const isOnlyFix = standing.waiting.for === "nothing" && standing.diagnosis.verdict.verdict === "found";
  return isOnlyFix ? fixAgain(standing) : nextStep(standing);
}

/** To "ok" and "yes": what is waited for, once more. */
export function heardYou(standing: Standing): Reply {
  const next = nextStep(standing).blocks;
  const { verdict } = standing.diagnosis;
  if (verdict.verdict !== "found" || standing.waiting.for !== "nothing") return { blocks: next };
  return {
    blocks: [text("All right. When the fix is in, say done, and I tell you what shows that it helped."), ...next],
  };
}

export function noHurry(): Reply {
  return { blocks: [text("Take your time; the case stays as it is.")] };
}

export function peerIs(address: string): Block[] {
  return [text(`The peer is ${address}.`)];
}

export function nothingPastedYet(standing: Standing): Reply {
  return { blocks: [text("There is no paste yet."), ...nextStep(standing).blocks] };
}

/** "Can't run that" to a question: a command that was not shown must not count as refused. */
export function noCommandYet(standing: Standing): Reply {
  const words = "That was a question, not a command. Answer it, or paste any output that you have.";
  return { blocks: [text(words), ...nextStep(standing).blocks] };
}

export function nothingAsked(): Reply {
  return { blocks: [text("I am not asking for anything just now.")] };
}

export function nothingToCheck(standing: Standing): Reply {
  return { blocks: [text("There is no fix to check yet."), ...nextStep(standing).blocks] };
}

export function forgotten(names: readonly string[]): Block[] {
  return [text(`Forgotten: ${names.join(", ")}; the message was deleted.`)];
}

export function choiceIsOver(): Block[] {
  return [text("That button belongs to an earlier question; the case has moved on.")];
}

export function closed(): Block[] {
  return [text("The case is closed. Reopen it to go on.")];
}

export function reopened(): Block[] {
  return [text("Open again.")];
}

export function alreadyOpen(caseId: string): Block[] {
  return [text(`Case ${caseId} is open here already.`)];
}

export function pasteAgainWhole(name: string): Block[] {
  return [text(`${name} came in several messages; to have it read anew, paste it again whole.`)];
}

export function ourFault(): Block[] {
  return [
    text("That broke something in me; it is my fault, not yours. The case stands as before; try it in smaller pieces."),
  ];
}

/** @param taken who took it over, where it came from another chat */
export function goesOnHere(caseId: string, taken?: { readonly by: Person; readonly from: string }): Block[] {
  if (taken === undefined) return [text(`Case ${caseId} goes on here.`)];
  return [text(`Case ${caseId}, from ${taken.from}, goes on here; ${taken.by.name ?? "you"} took it over.`)];
}

export function reopenedByTaking(caseId: string): Block[] {
  return [text(`Case ${caseId} was closed; it is open again.`)];
}

export function goesOnElsewhere(caseId: string, by: Person, where: string): Block[] {
  return [text(`${by.name ?? "Somebody"} took case ${caseId} along to ${where}; it goes on there.`)];
}

export function handedTo(person: Person): Block[] {
  return [text(`The case is ${person.name ?? "theirs"}${person.name === undefined ? "" : "'s"} now.`)];
}
