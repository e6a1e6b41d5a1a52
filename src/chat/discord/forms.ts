/** Forms to paste into where the channel should not see it. */
import {
  type APIModalInteractionResponseCallbackData,
  type APIModalSubmission,
  ComponentType,
  TextInputStyle,
} from "discord.js";
import { SIDES, type Side } from "../../domain/ids.ts";
import { type Action, customId } from "./custom-id.ts";
import { MOST_TYPED } from "./limits.ts";
import { FORM_HINT } from "./words.ts";

const TEXT = "text";
const FILES = "files";
const SIDE = "side";
const MOST_FORM_FILES = 5;

/** @param value what is in it already */
export function pasteForm(action: Action, value = ""): APIModalInteractionResponseCallbackData {
  return {
    custom_id: customId(action) ?? "",
    title: "Paste privately",
    components: [
      { type: ComponentType.TextDisplay, content: FORM_HINT },
      {
        type: ComponentType.Label,
        label: "Output",
        description: "Prompt and all",
        component: {
          type: ComponentType.TextInput,
          custom_id: TEXT,
          style: TextInputStyle.Paragraph,
          required: false,
          max_length: MOST_TYPED,
          ...(value !== "" && { value: value.slice(0, MOST_TYPED) }),
        },
      },
      {
        type: ComponentType.Label,
        label: "Files",
        component: {
          type: ComponentType.FileUpload,
          custom_id: FILES,
          required: false,
          min_values: 0,
          max_values: MOST_FORM_FILES,
        },
      },
      {
        type: ComponentType.Label,
        label: "Taken on",
        component: {
          type: ComponentType.StringSelect,
          custom_id: SIDE,
          required: false,
          placeholder: "Tell by the prompt",
          options: SIDES.map((id) => ({ value: id, label: id === "local" ? "My end" : "The far end" })),
        },
      },
    ],
  };
}

export interface Filled {
  readonly text: string;
  /** Ids of the attachments. */
  readonly files: readonly string[];
  readonly side: Side | undefined;
}

export function readForm({ components }: APIModalSubmission): Filled {
  let text = "";
  let files: readonly string[] = [];
  let side: Side | undefined;
  for (const one of components) {
    if (!("component" in one)) continue;
    const field = one.component;
    if (field.type === ComponentType.TextInput && field.custom_id === TEXT) text = field.value;
    if (field.type === ComponentType.FileUpload && field.custom_id === FILES) files = field.values;
    if (field.type === ComponentType.StringSelect && field.custom_id === SIDE)
      side = SIDES.find((id) => id === field.values[0]);
  }
  return { text, files, side };
}
