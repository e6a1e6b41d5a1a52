/** The components of a message, one by one. */
import type { APIMessage } from "discord.js";

export interface Component {
  readonly type: number;
  readonly custom_id?: string;
  readonly label?: string;
  readonly url?: string;
  readonly disabled?: boolean;
  readonly style?: number;
  readonly options?: readonly { readonly label: string; readonly value: string }[];
}

export function componentsIn({ components = [] }: APIMessage): Component[] {
  return components.flatMap((row) => ("components" in row ? (row.components as readonly Component[]) : []));
}

export function optionsOf({ options = [] }: Component): readonly { readonly label: string; readonly value: string }[] {
  return options;
}
