/** The options of a /ipsec command, as they were given. */
import {
  type APIApplicationCommandInteractionDataOption,
  type APIChatInputApplicationCommandInteraction,
  ApplicationCommandOptionType as Option,
} from "discord.js";

export interface Given {
  readonly sub: string;
  text(name: string): string | undefined;
  flag(name: string): boolean;
}

/** @param options of a command or of its autocompletion: a subcommand with its own options */
export function givenIn(options: readonly APIApplicationCommandInteractionDataOption[] | undefined): Given {
  const sub = options?.find((one) => one.type === Option.Subcommand);
  const list = sub?.type === Option.Subcommand ? (sub.options ?? []) : [];
  const givenFor = (name: string) => {
    const one = list.find((option) => option.name === name);
    return one !== undefined && "value" in one ? one.value : undefined;
  };
  return {
    sub: sub?.name ?? "",
    text: (name) => {
      const value = givenFor(name);
      return value === undefined || String(value).trim() === "" ? undefined : String(value);
    },
    flag: (name) => givenFor(name) === true,
  };
}

/** The option that is being typed. */
export function focusedIn(
  options: readonly APIApplicationCommandInteractionDataOption[] | undefined,
): { readonly name: string; readonly typed: string } | undefined {
  for (const one of options ?? []) {
    if (one.type === Option.Subcommand) {
      const inner = focusedIn(one.options);
      if (inner) return inner;
    } else if ("focused" in one && one.focused === true) return { name: one.name, typed: String(one.value) };
  }
  return undefined;
}

export type CommandInteraction = APIChatInputApplicationCommandInteraction;
