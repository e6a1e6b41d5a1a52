/** HTML from templates in which every value is escaped, unless it is markup already. */
import { escapeMarkup } from "../pictures/escape.ts";

export interface Markup {
  readonly text: string;
}

export function markup(parts: TemplateStringsArray, ...values: readonly (string | number | Markup)[]): Markup {
  return { text: parts.reduce((text, part, index) => `${text}${written(values[index - 1] ?? "")}${part}`) };
}

/** Markup of our own making. */
export function trusted(text: string): Markup {
  return { text };
}

export function joined(items: readonly Markup[]): Markup {
  return { text: items.map(({ text }) => text).join("") };
}

function written(value: string | number | Markup): string {
  return typeof value === "object" ? value.text : escapeMarkup(String(value));
}
