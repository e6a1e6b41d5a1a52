/** Callbacks, and the webhook of each interaction's token. */
import {
  InteractionResponseType as Answer,
  type APIMessage,
  type APIModalInteractionResponseCallbackData,
  InteractionType,
  MessageFlags,
  MessageType,
} from "discord.js";
import { z } from "zod";
import { accept, acceptContent, acceptMessage, known, newMessageFrom } from "./accept.ts";
import type { Choice, Interaction, Interactions } from "./interactions.ts";
import { deleteMessage, editMessage, isEphemeral, postMessage } from "./messages.ts";
import { type Call, Refusal, type Route } from "./rest.ts";

const Callback = z.object({ type: z.int(), data: z.record(z.string(), z.unknown()).nullish() });
const CHOICES = z.object({
  choices: z
    .array(z.object({ name: z.string().min(1).max(100), value: z.union([z.string().max(100), z.number()]) }))
    .max(25),
});

export function interactionRoutes(interactions: Interactions): Route[] {
  const { world } = interactions;

  function answer({ params: [id, token = ""], body, files, query }: Call): object | undefined {
    const one = interactions.byToken(token);
    if (!one || one.id !== id) throw new Refusal(404, 10062, "Unknown interaction");
    const isLate = world.clock.now() - one.sentAt > interactions.clockMs;
    if (one.answer === "failed" || isLate) throw new Refusal(404, 10062, "Unknown interaction");
    if (one.answer !== undefined) throw new Refusal(400, 40060, "Interaction has already been acknowledged.");
    const { type, data } = Callback.parse(body);
    if (!allowed(one.type, type)) refuseCallback(`callback ${type} to an interaction of type ${one.type}`);
    act(one, type, { body, data: data ?? {}, files });
    one.settled(type);
    return query.get("with_response") === "true" ? response(one) : undefined;
  }

  function refuseCallback(why: string): never {
    world.honesty.note(`the bot answers what Discord refuses: ${why}`);
    throw new Refusal(400, 50035, `Invalid Form Body: ${why}`);
  }

  function act(
    one: Interaction,
    type: number,
    { body, data, files }: Pick<Call, "body" | "files"> & { data: object },
  ): void {
    switch (type) {
      case Answer.ChannelMessageWithSource:
      case Answer.DeferredChannelMessageWithSource: {
        accept(world, "CreateMessageInteractionCallbackRequestSchema", body);
        const isDeferred = type === Answer.DeferredChannelMessageWithSource;
        const checked = acceptContent(world, data, files, isDeferred);
        const flags = (checked.flags ?? 0) | (isDeferred ? MessageFlags.Loading : 0);
        const isCommand = one.type === InteractionType.ApplicationCommand;
        one.message = postMessage(world, one.channelId, world.bot, {
          ...newMessageFrom(checked, files),
          flags,
          ...(isCommand && {
            type: MessageType.ChatInputCommand,
            interaction: { id: one.id, user: one.user, name: "ipsec" },
          }),
        });
        return;
      }
      case Answer.DeferredMessageUpdate:
        accept(world, "UpdateMessageInteractionCallbackRequestSchema", body);
        one.message = one.source;
        return;
      case Answer.UpdateMessage:
        accept(world, "UpdateMessageInteractionCallbackRequestSchema", body);
        one.message = editMessage(
          world,
          known(one.source),
          newMessageFrom(acceptContent(world, data, files, true), files),
        );
        return;
      case Answer.ApplicationCommandAutocompleteResult:
        accept(world, "ApplicationCommandAutocompleteCallbackRequestSchema", body);
        one.choices = CHOICES.parse(data).choices as Choice[];
        return;
      case Answer.Modal:
        accept(world, "ModalInteractionCallbackRequestSchema", body);
        one.modal = data as APIModalInteractionResponseCallbackData;
        return;
      default:
        refuseCallback(`callback type ${type}`);
    }
  }

  /** The answer can be reached at all: there is one, and the token still lives. */
  function living(token: string): Interaction {
    const one = interactions.byToken(token);
    if (!one || !interactions.isAlive(one)) throw new Refusal(401, 50027, "Invalid Webhook Token");
    if (typeof one.answer !== "number") throw new Refusal(404, 10015, "Unknown Webhook");
    return one;
  }

  function reached(token: string, which: string): APIMessage {
    const one = living(token);
    const message = which === "@original" ? one.message : one.followUps.find(({ id }) => id === which);
    if (!message || !world.find(message.channel_id, message.id)) throw new Refusal(404, 10008, "Unknown Message");
    return message;
  }

  const path = /^\/webhooks\/\d+\/([\w-]{20,})\/messages\/(@original|\d+)$/;
  return [
    { method: "POST", path: /^\/interactions\/(\d+)\/([\w-]+)\/callback$/, needsToken: false, answer },
    {
      method: "POST",
      path: /^\/webhooks\/\d+\/([\w-]{20,})$/,
      needsToken: false,
      answer({ params: [token = ""], body, files }) {
        const one = living(token);
        const checked = acceptMessage(world, "IncomingWebhookRequestPartialSchema", body, files);
        const made = postMessage(world, one.channelId, world.bot, newMessageFrom(checked, files));
        one.followUps.push(made);
        return made;
      },
    },
    {
      method: "PATCH",
      path,
      needsToken: false,
      answer({ params: [token = "", which = ""], body, files }) {
        const message = reached(token, which);
        accept(world, "IncomingWebhookUpdateRequestPartialSchema", body);
        const given = newMessageFrom(acceptContent(world, body, files, true), files);
        return editMessage(world, message, given, (message.flags ?? 0) % 256 < MessageFlags.Loading);
      },
    },
    { method: "GET", path, needsToken: false, answer: ({ params: [token = "", which = ""] }) => reached(token, which) },
    {
      method: "DELETE",
      path,
      needsToken: false,
      answer({ params: [token = "", which = ""] }) {
        const message = reached(token, which);
        if (isEphemeral(message)) {
          const list = world.messagesIn(message.channel_id);
          list.splice(list.indexOf(message), 1);
        } else deleteMessage(world, message);
        return undefined;
      },
    },
  ];

  function response(one: Interaction): object {
    const guild = world.guildOf(one.channelId);
    const { message } = one;
    return world.honesty.sends("InteractionCallbackResponseSchema", {
      interaction: {
        id: one.id,
        type: one.type,
        channel_id: one.channelId,
        ...(guild && { guild_id: guild.id }),
        ...(message && {
          response_message_id: message.id,
          response_message_loading: ((message.flags ?? 0) & MessageFlags.Loading) !== 0,
          response_message_ephemeral: isEphemeral(message),
        }),
      },
      ...(message && { resource: { type: 4, message } }),
    });
  }
}

/** A modal can't answer a modal; components alone can be updated; only autocompletion takes choices. */
function allowed(type: InteractionType, answer: number): boolean {
  switch (type) {
    case InteractionType.ApplicationCommandAutocomplete:
      return answer === Answer.ApplicationCommandAutocompleteResult;
    case InteractionType.ApplicationCommand:
      return [4, 5, 9].includes(answer);
    case InteractionType.MessageComponent:
      return [4, 5, 6, 7, 9].includes(answer);
    default:
      return [4, 5, 6, 7].includes(answer);
  }
}
