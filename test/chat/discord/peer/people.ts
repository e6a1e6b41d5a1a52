/** What people do in their client. Only what a client would let them do: registered commands, buttons that are there. */
import {
  type APIApplicationCommandOption,
  type APIMessage,
  type APIUser,
  ApplicationCommandType,
  ComponentType,
  InteractionType,
  ApplicationCommandOptionType as Option,
} from "discord.js";
import { type Component, componentsIn, optionsOf } from "./components.ts";
import type { Choice, Interaction, Interactions } from "./interactions.ts";
import { asSeen, attach, deleteMessage, editMessage, type NewFile, postMessage } from "./messages.ts";
import { modalComponents } from "./modals.ts";
import type { Commands } from "./routes-application.ts";
import { isThread, type World } from "./world.ts";

export interface Said {
  readonly files?: readonly NewFile[];
  readonly replyTo?: APIMessage;
  /** What the client does with more than 2000 characters: all in message.txt, or the beginning in the message too. */
  readonly long?: "all-in-file" | "beginning-too";
}
export type OptionValues = Readonly<Record<string, string | boolean | APIUser | NewFile>>;
/** Characters that a client sends as text. */
const MOST_TYPED = 2000;

export class Person {
  readonly user: APIUser;
  private readonly world: World;
  private readonly interactions: Interactions;
  private readonly commands: Commands;

  constructor(user: APIUser, world: World, interactions: Interactions, commands: Commands) {
    this.user = user;
    this.world = world;
    this.interactions = interactions;
    this.commands = commands;
  }

  /** A mention of this person, as it is written. */
  get mention(): string {
    return `<@${this.user.id}>`;
  }

  say(channelId: string, text: string, { files = [], replyTo, long = "all-in-file" }: Said = {}): APIMessage {
    const thread = this.world.thread(channelId);
    if (thread?.thread_metadata?.locked === true) throw new Error("the thread is locked");
    const isLong = text.length > MOST_TYPED;
    const file = { name: "message.txt", bytes: Buffer.from(text), type: "text/plain; charset=utf-8" };
    const message = postMessage(this.world, channelId, this.user, {
      content: !isLong ? text : long === "beginning-too" ? text.slice(0, 200) : "",
      files: isLong ? [file, ...files] : files,
      replyTo: replyTo?.id,
    });
    if (thread) this.world.threadMembers.get(channelId)?.add(this.user.id);
    return message;
  }

  edit(message: APIMessage, content: string): void {
    editMessage(this.world, message, { content });
  }

  delete(message: APIMessage): void {
    deleteMessage(this.world, message);
  }

  /** "/ipsec sub …" in a channel, a thread or a direct message. */
  command(channelId: string, name: string, sub: string | undefined, values: OptionValues = {}): Interaction {
    const { command, options } = this.declared(channelId, name, sub);
    const attachments: Record<string, object> = {};
    const users: Record<string, APIUser> = {};
    const given = Object.entries(values).map(([key, value]) => {
      const option = options.find((one) => one.name === key);
      if (!option) throw new Error(`/${name} ${sub ?? ""} has no option "${key}"`);
      if (typeof value === "object" && "bytes" in value) {
        const made = { ...attach(this.world, channelId, value), ephemeral: true };
        attachments[made.id] = made;
        return { name: key, type: option.type, value: made.id };
      }
      if (typeof value === "object") {
        users[value.id] = value;
        return { name: key, type: option.type, value: value.id };
      }
      checkChoice(option, value);
      return { name: key, type: option.type, value };
    });
    const missing = options.find((one) => "required" in one && one.required === true && !(one.name in values));
    if (missing) throw new Error(`/${name} ${sub ?? ""} needs "${missing.name}"`);
    return this.interactions.send(InteractionType.ApplicationCommand, channelId, this.user, {
      id: command.id,
      name,
      type: ApplicationCommandType.ChatInput,
      options: sub === undefined ? given : [{ name: sub, type: Option.Subcommand, options: given }],
      resolved: { attachments, users },
    });
  }

  /** What is offered while an option is typed. */
  async completes(
    channelId: string,
    name: string,
    sub: string,
    option: string,
    typed: string,
  ): Promise<readonly Choice[]> {
    const { command, options } = this.declared(channelId, name, sub);
    const found = options.find((one) => one.name === option);
    if (!found || !("autocomplete" in found) || found.autocomplete !== true)
      throw new Error(`${option} is not completed`);
    const asked = { name: option, type: found.type, value: typed, focused: true };
    const one = this.interactions.send(InteractionType.ApplicationCommandAutocomplete, channelId, this.user, {
      id: command.id,
      name,
      type: ApplicationCommandType.ChatInput,
      options: [{ name: sub, type: Option.Subcommand, options: [asked] }],
    });
    await one.answered;
    return one.choices ?? [];
  }

  /** An entry of a message's "Apps" menu. */
  readWith(name: string, message: APIMessage): Interaction {
    const { command } = this.declared(message.channel_id, name, undefined);
    return this.interactions.send(InteractionType.ApplicationCommand, message.channel_id, this.user, {
      id: command.id,
      name,
      type: ApplicationCommandType.Message,
      target_id: message.id,
      resolved: { messages: { [message.id]: asSeen(this.world, message, true) } },
    });
  }

  /** A button by its label. */
  press(message: APIMessage, label: string): Interaction {
    const buttons = componentsIn(message).filter(({ type }) => type === ComponentType.Button);
    const button = buttons.find((one) => one.label === label);
    if (!button) throw new Error(`no button "${label}", but ${buttons.map((one) => `"${one.label}"`).join(", ")}`);
    return this.use(message, button, {});
  }

  /** An entry of a select by its label; a person of a user select. */
  choose(message: APIMessage, entry: string | APIUser): Interaction {
    const isPerson = typeof entry === "object";
    const wanted = isPerson ? ComponentType.UserSelect : ComponentType.StringSelect;
    for (const select of componentsIn(message).filter(({ type }) => type === wanted)) {
      const value = isPerson ? entry.id : optionsOf(select).find(({ label }) => label === entry)?.value;
      if (value === undefined) continue;
      const resolved = isPerson && { resolved: { users: { [entry.id]: entry } } };
      return this.use(message, select, { values: [value], ...resolved });
    }
    throw new Error(`nothing to choose "${isPerson ? entry.username : entry}" from`);
  }

  /** Fills in the form that an interaction opened; fields by their label. */
  submit(opened: Interaction, values: Readonly<Record<string, string | readonly NewFile[]>>): Interaction {
    const { modal, channelId } = opened;
    if (!modal) throw new Error("no form was opened");
    const { components, attachments } = modalComponents(this.world, channelId, modal, values);
    return this.interactions.send(
      InteractionType.ModalSubmit,
      channelId,
      this.user,
      { custom_id: modal.custom_id, components, resolved: { attachments } },
      opened.source,
    );
  }

  private use(message: APIMessage, component: Component, data: object): Interaction {
    if (component.disabled === true) throw new Error(`"${component.label ?? component.custom_id}" is disabled`);
    const { custom_id, type } = component;
    const sent = { custom_id, component_type: type, ...data };
    return this.interactions.send(InteractionType.MessageComponent, message.channel_id, this.user, sent, message);
  }

  private declared(channelId: string, name: string, sub: string | undefined) {
    const channel = this.world.channels.get(channelId);
    const guildId = this.world.guildOf(channelId)?.id;
    const command = this.commands.for(guildId).find((one) => one.name === name);
    if (!command || !channel) throw new Error(`there is no command "${name}" in ${channelId}`);
    if (guildId === undefined && command.contexts?.includes(1) === false) throw new Error(`${name} is not for DMs`);
    if (isThread(channel) && channel.thread_metadata?.archived === true) throw new Error("the thread is archived");
    const options: readonly APIApplicationCommandOption[] = command.options ?? [];
    if (sub === undefined) return { command, options };
    const found = options.find((one) => one.name === sub && one.type === Option.Subcommand);
    if (!found) throw new Error(`there is no /${name} ${sub}`);
    return { command, options: "options" in found ? (found.options ?? []) : [] };
  }
}

function checkChoice(option: APIApplicationCommandOption, value: string | boolean): void {
  if (!("choices" in option) || option.choices === undefined) return;
  if (!option.choices.some((one) => one.value === value)) throw new Error(`${option.name} does not offer "${value}"`);
}
