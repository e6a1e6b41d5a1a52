/** Things to choose from, as buttons or a select; what else can be done with a reply, as a row of small buttons. */
import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  type APIComponentInMessageActionRow,
  type APISelectMenuOption,
  ButtonStyle,
  ComponentType,
} from "discord.js";
import type { Choice } from "../../domain/reply.ts";
import { type Action, customId } from "./custom-id.ts";
import { MOST_BUTTON_LABEL, MOST_BUTTONS_IN_ROW, MOST_OPTION_LABEL, MOST_OPTIONS } from "./limits.ts";
import { label } from "./markdown.ts";

export type Row = APIActionRowComponent<APIComponentInMessageActionRow>;

/** A button beside the choices of a reply. */
export interface Control {
  readonly label: string;
  readonly action: Action;
  readonly style?: "danger" | "success" | undefined;
}

export interface Offer {
  readonly caseId: string;
  readonly turn: number;
}

const STYLES = { danger: ButtonStyle.Danger, success: ButtonStyle.Success } as const;

/**
 * A row for the choices of each block; for more than a row of buttons, a select. Ids that are too long to come back, or
 * stand there twice, are left out: their words can be typed.
 */
export function choiceRows(blocks: readonly (readonly Choice[])[], { caseId, turn }: Offer): Row[] {
  const taken = new Set<string>();
  return blocks.flatMap((choices, number) => {
    const able = choices.filter(({ id }) => {
      const comesBack = customId({ type: "choose", caseId, turn, choice: id }) !== undefined;
      return id !== "" && comesBack && !taken.has(id) && taken.add(id);
    });
    if (able.length === 0) return [];
    if (able.length > MOST_BUTTONS_IN_ROW) return [selectRow(able, { caseId, turn }, number)];
    return [
      row(able.map(({ id, label: words }) => choiceButton(id, words, { type: "choose", caseId, turn, choice: id }))),
    ];
  });
}

function selectRow(choices: readonly Choice[], { caseId, turn }: Offer, number: number): Row {
  const options = choices
    .slice(0, MOST_OPTIONS)
    .map(({ id, label: words }): APISelectMenuOption => ({ value: id, label: label(words, MOST_OPTION_LABEL) }));
  return {
    type: ComponentType.ActionRow,
    components: [
      {
        type: ComponentType.StringSelect,
        // Two selects of one reply need ids that differ.
        custom_id: `${customId({ type: "choose", caseId, turn })}${" ".repeat(number)}`,
        placeholder: choices.length > MOST_OPTIONS ? `The first ${MOST_OPTIONS}; others can be typed` : "Choose…",
        options,
      },
    ],
  };
}

function choiceButton(id: string, words: string, action: Action): APIButtonComponentWithCustomId {
  const first = /^(?:symptom|platform|peer|side):/.test(id);
  return button({ label: words, action, style: id === "done" ? "success" : undefined }, first);
}

export function controlRow(controls: readonly Control[]): Row | undefined {
  const buttons = controls.slice(0, MOST_BUTTONS_IN_ROW).map((control) => button(control, false));
  return buttons.length === 0 ? undefined : row(buttons);
}

/** Somebody of the server to choose. */
export function personRow(action: Action, placeholder: string): Row {
  const select = { type: ComponentType.UserSelect, custom_id: customId(action) ?? "", placeholder } as const;
  return { type: ComponentType.ActionRow, components: [select] };
}

function button({ label: words, action, style }: Control, isFirst: boolean): APIButtonComponentWithCustomId {
  return {
    type: ComponentType.Button,
    style: style === undefined ? (isFirst ? ButtonStyle.Primary : ButtonStyle.Secondary) : STYLES[style],
    label: label(words, MOST_BUTTON_LABEL),
    custom_id: customId(action) ?? "",
  };
}

function row(components: APIButtonComponentWithCustomId[]): Row {
  return { type: ComponentType.ActionRow, components };
}
