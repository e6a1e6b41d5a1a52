/** What a button or an option carries: the case, the turn that offered it, and what was chosen. */
import { z } from "zod";
import type { Choice } from "../../domain/reply.ts";
import { button, label, option, type SlackBlock, type SlackElement } from "./block-kit.ts";
import { ACTIONS, OPTION_VALUE } from "./limits.ts";

/** Action ids; Slack wants them to differ within a block, so a number follows. */
export const CHOOSE = "choose";
export const MORE = "more";

const CarriedSchema = z.tuple([z.string().max(20), z.number().int().nonnegative(), z.string().min(1).max(120)]);
export interface Carried {
  readonly caseId: string;
  readonly turn: number;
  readonly choice: string;
}

export function carry({ caseId, turn, choice }: Carried): string {
  return JSON.stringify([caseId, turn, choice]);
}

/** Undefined where a button carries nothing of ours, such as one of an older version. */
export function carried(value: string | undefined): Carried | undefined {
  try {
    const [caseId, turn, choice] = CarriedSchema.parse(JSON.parse(value ?? ""));
    return { caseId, turn, choice };
  } catch {
    return undefined;
  }
}

/** Things that can be done at any time, beside what a reply asks; those with "!" open a form or ask us, not the case. */
export const PASTE_FORM = "!paste";
export const HAND_TO = "!hand-to";
export const CLOSE = "!close";
export const REOPEN = "!reopen";
export const DELETE_PASTE = "!delete";

export interface OfCase {
  readonly caseId: string;
  readonly turn: number;
}

/** The menu beside a reply's buttons, or beside the status message's, of which one is the private form. */
export function moreMenu(of: OfCase, beside: "reply" | "status" = "reply"): SlackElement {
  const entry = (text: string, choice: string) => option(text, carry({ ...of, choice }));
  return {
    type: "overflow",
    action_id: MORE,
    options: [
      ...(beside === "reply" ? [entry("Paste in private", PASTE_FORM)] : []),
      entry("The last paste was from the other end", "other-end"),
      entry("Undo", "undo"),
      entry("Hand the case to somebody", HAND_TO),
      entry("Close the case", CLOSE),
    ],
  };
}

/** So many choices are buttons; more go into a menu, and what is beyond that is said in words. */
const MOST_BUTTONS = 7;
const MOST_OPTIONS = 25;

/** What a question's block is called, so that it is known again when its question is answered; a number follows. */
const QUESTION = "question:";

export function isQuestion({ block_id }: SlackBlock): boolean {
  return block_id?.startsWith(QUESTION) === true;
}

/** The words of a choice, where this block asks a question and offers it. */
export function labelIn(block: SlackBlock, choice: string): string | undefined {
  if (!isQuestion(block) || block.type !== "actions") return undefined;
  for (const element of block.elements ?? []) {
    if (element.type === "button" && carried(element.value)?.choice === choice) return element.text.text;
    if (element.type !== "static_select") continue;
    const found = element.options?.find(({ value }) => carried(value)?.choice === choice);
    if (found !== undefined) return found.text.text;
  }
  return undefined;
}

/**
 * @param number of the question within its message
 * @returns the blocks, and those choices that Slack can't take as a button, to be said in words
 */
export function choiceBlocks(
  choices: readonly Choice[],
  of: OfCase,
  number = 1,
): { readonly blocks: SlackBlock[]; readonly left: readonly Choice[] } {
  const offered = choices.map((choice) => ({ choice, value: carry({ ...of, choice: choice.id }) }));
  const fitting = offered.filter(({ choice, value }) => value.length <= OPTION_VALUE && choice.label.trim() !== "");
  const shown = fitting.slice(0, MOST_OPTIONS);
  const left = offered.filter((each) => !shown.includes(each)).map(({ choice }) => choice);
  if (shown.length === 0) return { blocks: [], left };
  const elements: SlackElement[] =
    shown.length <= MOST_BUTTONS
      ? shown.map(({ choice, value }, index) =>
          button(choice.label, `${CHOOSE}:${index}`, value, choice.id === "done" ? "primary" : undefined),
        )
      : [
          {
            type: "static_select",
            action_id: CHOOSE,
            placeholder: label("Choose…"),
            options: shown.map(({ choice, value }) => option(choice.label, value)),
          },
        ];
  const asked = { type: "actions", block_id: `${QUESTION}${number}` } as const;
  return { blocks: [{ ...asked, elements: [...elements.slice(0, ACTIONS - 1), moreMenu(of)] }], left };
}
