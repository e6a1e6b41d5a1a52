/** A question that was answered: its buttons give way to the answer, so that nobody answers it twice by accident. */
import { type APIMessage, ButtonStyle, ComponentType } from "discord.js";
import { answersItsQuestion } from "../../case/messages.ts";
import { LEFT_ALONE } from "../../case/overheard.ts";
import type { Row } from "./choices.ts";
import { readCustomId } from "./custom-id.ts";
import { MOST_BUTTON_LABEL } from "./limits.ts";
import { label } from "./markdown.ts";

/**
 * @param chosen undefined: closing the case
 * @param isTooLate the question was over: it was not answered
 * @returns the rows that are left, or undefined where nothing changes
 */
export function withoutChoices(
  { content, components = [] }: APIMessage,
  chosen: string | undefined,
  isTooLate = false,
): Row[] | undefined {
  const rows = components.flatMap((row) => (row.type === ComponentType.ActionRow ? [row as Row] : []));
  // Whatever its one button does, it is a question: whether that was meant for us.
  if (content !== LEFT_ALONE && (chosen === undefined || !answersItsQuestion(chosen))) return undefined;
  return rows.map((row): Row => {
    const words = labelIn(row, chosen);
    if (words === undefined) return row;
    const answer = {
      type: ComponentType.Button,
      style: isTooLate ? ButtonStyle.Secondary : ButtonStyle.Success,
      label: isTooLate ? "That question is over" : label(`✓ ${words}`, MOST_BUTTON_LABEL),
      custom_id: "answered",
      disabled: true,
    } as const;
    return { type: ComponentType.ActionRow, components: [answer] };
  });
}

/** The words of the choice, where this row offered it. */
function labelIn({ components }: Row, chosen: string | undefined): string | undefined {
  for (const one of components) {
    if (one.type === ComponentType.StringSelect) {
      const option = one.options.find(({ value }) => value === chosen);
      if (option) return option.label;
    }
    if (one.type !== ComponentType.Button || !("custom_id" in one) || one.label === undefined) continue;
    const action = readCustomId(one.custom_id);
    const isIt =
      chosen === undefined ? action?.type === "close" : action?.type === "choose" && action.choice === chosen;
    if (isIt) return one.label;
  }
  return undefined;
}
