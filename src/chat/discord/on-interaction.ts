/** Every interaction, by its type. */
import { type APIInteraction, ApplicationCommandType, InteractionType } from "discord.js";
import type { Desk } from "./desk.ts";
import { onAutocomplete } from "./on-autocomplete.ts";
import { onCommand } from "./on-command.ts";
import { onComponent } from "./on-component.ts";
import { onForm } from "./on-form.ts";
import { onMessageCommand } from "./on-message-command.ts";
import { Responder } from "./responder.ts";
import * as say from "./words.ts";

export async function onInteraction(desk: Desk, interaction: APIInteraction): Promise<void> {
  const responder = new Responder(interaction, desk.tools.rest, desk.tools.now());
  await desk.guard(responder, async () => {
    switch (interaction.type) {
      case InteractionType.ApplicationCommand:
        if (interaction.data.type === ApplicationCommandType.ChatInput)
          return onCommand(desk, responder, interaction as Parameters<typeof onCommand>[2]);
        if (interaction.data.type === ApplicationCommandType.Message)
          return onMessageCommand(desk, responder, interaction as Parameters<typeof onMessageCommand>[2]);
        return responder.tell({ content: say.HELP });
      case InteractionType.MessageComponent:
        return onComponent(desk, responder, interaction);
      case InteractionType.ModalSubmit:
        return onForm(desk, responder, interaction);
      case InteractionType.ApplicationCommandAutocomplete:
        return onAutocomplete(desk, responder, interaction);
      default:
    }
  });
}
