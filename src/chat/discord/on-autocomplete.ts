/** What is offered while an option is typed. Nothing can be deferred here: what takes too long is not offered. */
import type { APIApplicationCommandAutocompleteInteraction } from "discord.js";
import { ROOT_CAUSE_IDS } from "../../domain/ids.ts";
import { shortLineOf, visible } from "./case-list.ts";
import type { Desk, From } from "./desk.ts";
import { MOST_COMPLETION, MOST_COMPLETIONS } from "./limits.ts";
import { label } from "./markdown.ts";
import { focusedIn, givenIn } from "./options.ts";
import { CHAT, directWorkspace } from "./place.ts";
import type { Responder } from "./responder.ts";

const WITHIN_MS = 1_500;
const MOST_CASES = 100;
/** What people ask about most: the states of the article's tree. Anything else can be typed. */
const WORDS = [
  "MM_NO_STATE",
  "MM_SA_SETUP",
  "MM_KEY_EXCH",
  "MM_KEY_AUTH",
  "MM_WAIT_MSG2",
  "MM_WAIT_MSG4",
  "MM_WAIT_MSG6",
  "QM_IDLE",
  "AG_NO_STATE",
  "reserved not zero on ID payload",
  "no offers accepted",
  "invalid SPI",
  "replay check failed",
  "proxy identities not supported",
  "PFS",
  "NAT-T",
  "DPD",
  "transform set",
  "crypto ACL",
];

export async function onAutocomplete(
  desk: Desk,
  responder: Responder,
  interaction: APIApplicationCommandAutocompleteInteraction,
): Promise<void> {
  const focused = focusedIn(interaction.data.options);
  const late = new Promise<string[][]>((resolve) => setTimeout(() => resolve([]), WITHIN_MS).unref());
  const sub = givenIn(interaction.data.options).sub;
  const found =
    focused === undefined ? [] : await Promise.race([offered(desk, desk.from(interaction), sub, focused), late]);
  const choices = found.slice(0, MOST_COMPLETIONS).map(([value = "", name = value]) => ({
    name: label(name, MOST_COMPLETION),
    value: value.slice(0, MOST_COMPLETION),
  }));
  await responder.complete(choices);
}

/** Pairs of value and words. */
async function offered(
  desk: Desk,
  from: From,
  sub: string,
  { name, typed }: { readonly name: string; readonly typed: string },
): Promise<string[][]> {
  const matches = (text: string) => text.toLowerCase().includes(typed.trim().toLowerCase());
  if (name === "word") return WORDS.filter(matches).map((word) => [word]);
  if (name === "cause") return ROOT_CAUSE_IDS.filter(matches).map((id) => [id]);
  const workspace = from.guildId ?? directWorkspace(from.channelId);
  const status = name === "case" && sub !== "resume" ? "open" : undefined;
  try {
    const all = await desk.tools.cases.cases({ chat: CHAT, workspace, status, limit: MOST_CASES });
    if (name === "peer") {
      const peers = new Set(all.map(({ summary }) => summary.peer).filter((peer) => peer !== undefined));
      return [...peers].filter(matches).map((peer) => [peer]);
    }
    const like = all.filter((head) => matches(shortLineOf(head)));
    return (await visible(desk, from, like, MOST_COMPLETIONS)).map((head) => [head.id, shortLineOf(head)]);
  } catch {
    return [];
  }
}
