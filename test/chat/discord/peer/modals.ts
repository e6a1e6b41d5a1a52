/** A form filled in: its fields by their label, with the limits that the client holds people to. */
import { type APIAttachment, type APIModalInteractionResponseCallbackData, ComponentType } from "discord.js";
import { attach, type NewFile } from "./messages.ts";
import type { World } from "./world.ts";

interface Field {
  readonly type: number;
  readonly custom_id: string;
  readonly value?: string;
  readonly required?: boolean;
  readonly max_length?: number;
  readonly max_values?: number;
  readonly options?: readonly { readonly label: string; readonly value: string; readonly default?: boolean }[];
}

export function modalComponents(
  world: World,
  channelId: string,
  modal: APIModalInteractionResponseCallbackData,
  values: Readonly<Record<string, string | readonly NewFile[]>>,
): { components: object[]; attachments: Record<string, APIAttachment> } {
  const attachments: Record<string, APIAttachment> = {};
  const labels = modal.components.flatMap((one) => ("label" in one ? [one.label] : []));
  const unknown = Object.keys(values).find((label) => !labels.includes(label));
  if (unknown !== undefined) throw new Error(`the form has no field "${unknown}", but ${labels.join(", ")}`);
  const components = modal.components.map((one, index) => {
    const id = 2 * index + 1;
    if (!("label" in one)) return { type: one.type, id };
    const field = one.component as Field;
    return { type: ComponentType.Label, id, component: { id: id + 1, ...filled(field, values[one.label]) } };
  });
  return { components, attachments };

  function filled(field: Field, given: string | readonly NewFile[] | undefined): object {
    const { type, custom_id, required = true } = field;
    if (type === ComponentType.TextInput) {
      const value = given ?? field.value ?? "";
      if (typeof value !== "string") throw new Error(`${custom_id} takes text`);
      if (value.length > (field.max_length ?? 4000))
        throw new Error(`${custom_id} takes ${field.max_length} characters`);
      if (required && value === "") throw new Error(`${custom_id} must be filled in`);
      return { type, custom_id, value };
    }
    if (type === ComponentType.FileUpload) {
      const files = typeof given === "object" ? given : [];
      if (files.length > (field.max_values ?? 1)) throw new Error(`${custom_id} takes ${field.max_values} files`);
      const made = files.map((file) => attach(world, channelId, file));
      for (const file of made) attachments[file.id] = file as APIAttachment;
      return { type, custom_id, values: made.map(({ id }) => id) };
    }
    if (type !== ComponentType.StringSelect) throw new Error(`fields of type ${type} are not known here`);
    const chosen = field.options?.filter((one) => (given === undefined ? one.default === true : one.label === given));
    if (given !== undefined && chosen?.length === 0) throw new Error(`${custom_id} does not offer "${given}"`);
    return { type, custom_id, values: (chosen ?? []).map(({ value }) => value) };
  }
}
