/** The commands as Discord knows them: /ipsec with its subcommands, and "Read this output" in a message's menu. */
import {
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  ApplicationCommandOptionType as Option,
  type RESTPutAPIApplicationCommandsJSONBody,
} from "discord.js";
import { PLATFORM_IDS, SIDES, SYMPTOM_IDS } from "../../domain/ids.ts";
import { PLATFORM_NAMES } from "../../domain/platform-names.ts";
import { SYMPTOMS } from "../../speech/next-step.ts";

export const COMMAND = "ipsec";
export const READ_THIS = "Read this output";
/** Files that one command can take along. */
export const OUTPUTS = ["output", "output2", "output3", "output4"] as const;

/** In servers and in direct messages with the bot. */
const WHERE = {
  contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
  integration_types: [ApplicationIntegrationType.GuildInstall],
};

const aCase = (description: string) => ({
  type: Option.String as const,
  name: "case",
  description,
  autocomplete: true as const,
  max_length: 16,
});
const isPrivate = {
  type: Option.Boolean as const,
  name: "private",
  description: "In a private thread, for you and whom you add to it",
};
const since = {
  type: Option.String as const,
  name: "since",
  description: "7d, 12h, yesterday or 2026-11-01",
  max_length: 20,
};
const output = (name: string, description: string) => ({ type: Option.Attachment as const, name, description });
const side = {
  type: Option.String as const,
  name: "side",
  description: "Which end it was taken on, where neither prompt nor address tells",
  choices: SIDES.map((id) => ({ name: id === "local" ? "my end" : "the far end", value: id })),
};

export const COMMANDS: RESTPutAPIApplicationCommandsJSONBody = [
  {
    type: ApplicationCommandType.ChatInput,
    name: COMMAND,
    description: "Find what is wrong with an IPsec tunnel",
    ...WHERE,
    options: [
      {
        type: Option.Subcommand,
        name: "start",
        description: "Begin a case; everything may be left out",
        options: [
          {
            type: Option.String,
            name: "symptom",
            description: "What you see",
            choices: SYMPTOM_IDS.map((id) => ({ name: SYMPTOMS[id], value: id })),
          },
          {
            type: Option.String,
            name: "platform",
            description: "The box you are on",
            choices: [
              ...PLATFORM_IDS.map((id) => ({ name: PLATFORM_NAMES[id], value: id })),
              { name: "Not sure", value: "unknown" },
            ],
          },
          {
            type: Option.String,
            name: "peer",
            description: "The far end's address",
            autocomplete: true,
            max_length: 64,
          },
          {
            type: Option.String,
            name: "words",
            description: "In your own words: tunnel to Pune is down since two",
            max_length: 1_000,
          },
          output("output", "A file with what the device printed"),
          isPrivate,
        ],
      },
      {
        type: Option.Subcommand,
        name: "diagnose",
        description: "Read files, or what you paste into a form; no questions",
        options: [...OUTPUTS.map((name) => output(name, "A file with what a device printed")), side, isPrivate],
      },
      {
        type: Option.Subcommand,
        name: "explain",
        description: "What a state, message, command or term means",
        options: [
          {
            type: Option.String,
            name: "word",
            description: "For example MM_KEY_EXCH",
            required: true,
            autocomplete: true,
            max_length: 200,
          },
        ],
      },
      {
        type: Option.Subcommand,
        name: "cases",
        description: "The cases of this server",
        options: [
          {
            type: Option.String,
            name: "status",
            description: "Open ones where you ask for nothing else",
            choices: ["open", "closed", "all"].map((value) => ({ name: value, value })),
          },
          { type: Option.Boolean, name: "mine", description: "Only yours" },
          {
            type: Option.String,
            name: "peer",
            description: "The far end's address",
            autocomplete: true,
            max_length: 64,
          },
          { type: Option.String, name: "cause", description: "What was found", autocomplete: true, max_length: 64 },
          { type: Option.String, name: "words", description: "What was said, printed or found", max_length: 60 },
          since,
        ],
      },
      {
        type: Option.Subcommand,
        name: "stats",
        description: "What it was, how long it took, and what nobody could read",
        options: [since],
      },
      {
        type: Option.Subcommand,
        name: "search",
        description: "Look for words in what I can explain and in the cases",
        options: [
          {
            type: Option.String,
            name: "words",
            description: "Typing errors do no harm",
            required: true,
            max_length: 60,
          },
        ],
      },
      {
        type: Option.Subcommand,
        name: "handoff",
        description: "Write the case up for the next engineer, or give it to somebody",
        options: [
          aCase("Which; where you don't say, the one of this thread"),
          {
            type: Option.String,
            name: "for",
            description: "For whom; the next shift where you don't say",
            choices: [
              { name: "the next shift", value: "next-shift" },
              { name: "the far side's administrator", value: "far-side" },
              { name: "the vendor's support", value: "vendor" },
            ],
          },
          { type: Option.User, name: "to", description: "Whose case it is from now on" },
        ],
      },
      {
        type: Option.Subcommand,
        name: "close",
        description: "Close a case",
        options: [aCase("Which; where you don't say, the one of this thread")],
      },
      {
        type: Option.Subcommand,
        name: "resume",
        description: "Go on with a case here",
        options: [{ ...aCase("Which; from another chat or server, with its code"), max_length: 24, required: true }],
      },
      { type: Option.Subcommand, name: "help", description: "What I understand" },
    ],
  },
  { type: ApplicationCommandType.Message, name: READ_THIS, ...WHERE },
];
