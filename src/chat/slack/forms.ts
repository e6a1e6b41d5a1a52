/** The forms: what they show, and what was filled in. Slack keeps nothing of them; neither do we. */
import type { types } from "@slack/bolt";
import { PLATFORM_IDS, type PlatformId, SIDES, type Side, SYMPTOM_IDS, type SymptomId } from "../../domain/ids.ts";
import { canonicalAddress } from "../../domain/network.ts";
import { PLATFORM_NAMES } from "../../domain/platform-names.ts";
import { SYMPTOMS } from "../../speech/next-step.ts";
import { option, plain, smallPrint } from "./block-kit.ts";
import type { SlackFile, StateValue, Submission } from "./events.ts";
import { INPUT_TEXT, PRIVATE_METADATA } from "./limits.ts";
import { sendable, shortened } from "./words.ts";

export const START_FORM = "start";
export const PASTE_FORM_ID = "paste";
export const HAND_TO_FORM = "hand-to";

type View = types.ModalView;
type Values = Submission["view"]["state"]["values"];

export interface StartFilled {
  readonly symptom?: SymptomId | undefined;
  readonly platform?: PlatformId | "unknown" | undefined;
  readonly peer?: string | undefined;
}

const WHERE = "where";
const PRIVATELY = "privately";

/** @param channel where it was asked for; without one (App Home) the person says where */
export function startForm(filled: StartFilled & { readonly words?: string }, channel: string | undefined): View {
  const said = sendable(filled.words ?? "").trim();
  return {
    type: "modal",
    callback_id: START_FORM,
    private_metadata: JSON.stringify({ channel }),
    title: plain("A tunnel in trouble"),
    submit: plain("Open the case"),
    close: plain("Not now"),
    blocks: [
      ...(said === "" ? [] : [smallPrint(youWrote(said, filled))]),
      select(
        "symptom",
        "What do you see?",
        SYMPTOM_IDS.map((id) => option(SYMPTOMS[id], id)),
        filled.symptom,
      ),
      select(
        "platform",
        "Which box are you on?",
        [...PLATFORM_IDS.map((id) => option(PLATFORM_NAMES[id], id)), option("Not sure", "unknown")],
        filled.platform,
      ),
      {
        type: "input",
        block_id: "peer",
        optional: true,
        label: plain("The peer's address"),
        hint: plain("The far end's address as your router has it; leave it empty if you don't know."),
        element: {
          type: "plain_text_input",
          action_id: "peer",
          max_length: 100,
          ...(filled.peer !== undefined && { initial_value: filled.peer }),
        },
      },
      {
        type: "input",
        block_id: "reach",
        optional: true,
        label: plain("Can you run commands on both ends?"),
        element: {
          type: "radio_buttons",
          action_id: "reach",
          options: [option("Yes, on both", "both"), option("On my end only", "local")],
        },
      },
      ...(channel === undefined ? [channelInput()] : []),
      {
        type: "input",
        block_id: PRIVATELY,
        optional: true,
        label: plain("Who sees it"),
        element: {
          type: "checkboxes",
          action_id: PRIVATELY,
          options: [option("Privately: only you and me, in a direct message", "yes")],
        },
      },
    ],
  };
}

/** A word or two of which nothing was understood may have been meant as a command. */
function youWrote(said: string, { symptom, platform, peer }: StartFilled): string {
  const wrote = `You wrote: ${shortened(said, 300)}`;
  const isUnderstood = symptom !== undefined || platform !== undefined || peer !== undefined;
  if (isUnderstood || said.split(/\s+/).length > MOST_OF_A_COMMAND) return wrote;
  return `${wrote}\nThat is no command that I know (“/ipsec help” lists them), so I take it as the beginning of a case.`;
}
const MOST_OF_A_COMMAND = 2;

function channelInput(): types.InputBlock {
  return {
    type: "input",
    block_id: WHERE,
    optional: true,
    label: plain("Channel"),
    hint: plain("Without one, the case is a private one."),
    element: {
      type: "conversations_select",
      action_id: WHERE,
      filter: { include: ["public", "private"], exclude_bot_users: true, exclude_external_shared_channels: true },
    },
  };
}

function select(
  id: string,
  label: string,
  options: types.PlainTextOption[],
  chosen: string | undefined,
): types.InputBlock {
  const initial = options.find(({ value }) => value === chosen);
  return {
    type: "input",
    block_id: id,
    optional: true,
    label: plain(label),
    element: {
      type: "static_select",
      action_id: id,
      placeholder: plain("Not said yet"),
      options,
      ...(initial !== undefined && { initial_option: initial }),
    },
  };
}

export interface StartSaid extends StartFilled {
  readonly onlyOurEnd: boolean;
  /** Undefined: private. */
  readonly channel: string | undefined;
}

/** @returns what was filled in, or the fields that have to be mended */
export function readStartForm({ view }: Submission): StartSaid | { readonly errors: Readonly<Record<string, string>> } {
  const { values } = view.state;
  const peer = filledIn(values, "peer")?.value?.trim() ?? "";
  const address = peer === "" ? undefined : canonicalAddress(peer);
  if (peer !== "" && address === undefined)
    return { errors: { peer: "That is no IP address; leave it empty if you don't know it." } };
  const isPrivate = (filledIn(values, PRIVATELY)?.selected_options ?? []).length > 0;
  const channel = filledIn(values, WHERE)?.selected_conversation ?? metadataOf(view.private_metadata)["channel"];
  const platform = filledIn(values, "platform")?.selected_option?.value;
  return {
    symptom: SYMPTOM_IDS.find((id) => id === filledIn(values, "symptom")?.selected_option?.value),
    platform: [...PLATFORM_IDS, "unknown" as const].find((id) => id === platform),
    peer: address,
    onlyOurEnd: filledIn(values, "reach")?.selected_option?.value === "local",
    channel: isPrivate ? undefined : channel,
  };
}

/** What a paste form belongs to: a case, or a channel where one is opened with it. */
export interface PasteFor {
  readonly caseId?: string | undefined;
  readonly channel?: string | undefined;
}

export function pasteForm(of: PasteFor): View {
  return {
    type: "modal",
    callback_id: PASTE_FORM_ID,
    private_metadata: JSON.stringify(of).slice(0, PRIVATE_METADATA),
    title: plain("Paste in private"),
    submit: plain("Read it"),
    close: plain("Not now"),
    blocks: [
      smallPrint(
        "The channel does not see what you put here, only what I conclude from it. I remove keys before I keep anything.",
      ),
      {
        type: "input",
        block_id: "text",
        optional: true,
        label: plain("Output, prompt and all"),
        hint: plain(
          `Slack takes ${INPUT_TEXT.toLocaleString("en")} characters here at the most and cuts off the rest: put longer outputs into a file below.`,
        ),
        element: { type: "plain_text_input", action_id: "text", multiline: true, max_length: INPUT_TEXT },
      },
      {
        type: "input",
        block_id: "files",
        optional: true,
        label: plain("Or as text files"),
        element: { type: "file_input", action_id: "files", max_files: 10 },
      },
      {
        type: "input",
        block_id: "side",
        optional: true,
        label: plain("Taken on"),
        element: {
          type: "radio_buttons",
          action_id: "side",
          options: [option("My end", "local"), option("The far end", "remote")],
        },
      },
    ],
  };
}

export interface PasteSaid extends PasteFor {
  readonly text: string;
  readonly files: readonly SlackFile[];
  readonly side: Side | undefined;
}

export function readPasteForm({ view }: Submission): PasteSaid | { readonly errors: Readonly<Record<string, string>> } {
  const { values } = view.state;
  const text = filledIn(values, "text")?.value ?? "";
  const files = filledIn(values, "files")?.files ?? [];
  if (text.trim() === "" && files.length === 0)
    return { errors: { text: "Paste something here, or put a file below." } };
  if (text.length >= INPUT_TEXT && files.length === 0)
    return {
      errors: {
        text: "That is as long as Slack lets it be, so its end may be missing. Please put it into a file below.",
      },
    };
  const { caseId, channel } = metadataOf(view.private_metadata);
  return {
    text,
    files,
    side: SIDES.find((side) => side === filledIn(values, "side")?.selected_option?.value),
    caseId,
    channel,
  };
}

export function handToForm(caseId: string): View {
  return {
    type: "modal",
    callback_id: HAND_TO_FORM,
    private_metadata: JSON.stringify({ caseId }),
    title: plain("Hand the case over"),
    submit: plain("Hand it over"),
    close: plain("Not now"),
    blocks: [
      {
        type: "input",
        block_id: "person",
        label: plain("Who takes it?"),
        hint: plain("They are told in the thread."),
        element: { type: "users_select", action_id: "person" },
      },
    ],
  };
}

export function readHandToForm({ view }: Submission): {
  readonly caseId: string | undefined;
  readonly person: string | undefined;
} {
  const person = filledIn(view.state.values, "person")?.selected_user ?? undefined;
  return { caseId: metadataOf(view.private_metadata)["caseId"], person };
}

function filledIn(values: Values, id: string): StateValue | undefined {
  return values[id]?.[id];
}

function metadataOf(kept: string): Readonly<Record<string, string | undefined>> {
  try {
    const read: unknown = JSON.parse(kept);
    return typeof read === "object" && read !== null ? (read as Record<string, string | undefined>) : {};
  } catch {
    return {};
  }
}
