/** Who may, in Discord: by channel or server, and by role. */
import { type APIInteraction, PermissionFlagsBits, PermissionsBitField } from "discord.js";
import { type Asker, type RestrictedAction, refusalOf } from "../../domain/access.ts";
import { CHAT } from "./place.ts";
import type { ChatLog, DiscordSettings } from "./settings.ts";

export interface AskerHere extends Asker {
  readonly personId: string;
  /** Nobody has roles in direct messages. */
  readonly isDirect: boolean;
}

/** @returns a sentence for whoever may not, which is also logged; undefined where they may */
export function refused(
  { access }: DiscordSettings,
  action: RestrictedAction,
  asker: AskerHere,
  log: ChatLog,
): string | undefined {
  const refusal = access && refusalOf(access, action, asker, "have a role");
  if (refusal === undefined) return undefined;
  log.info({ chat: CHAT, action, person: asker.personId }, "refused");
  return asker.isDirect
    ? `${refusal} In direct messages I can't see roles: where I am in a server, ask me there.`
    : refusal;
}

export function askerOf(interaction: APIInteraction, personId: string): AskerHere {
  const { channel, guild_id: guildId, member } = interaction;
  const parent = channel !== undefined && "parent_id" in channel ? channel.parent_id : undefined;
  const places = [channel?.id, parent, guildId].filter((id) => id != null);
  return { personId, isDirect: guildId === undefined, places, groups: member?.roles ?? [] };
}

const NEEDED = [
  ["ViewChannel", "View Channel"],
  ["SendMessages", "Send Messages"],
  ["SendMessagesInThreads", "Send Messages in Threads"],
  ["ReadMessageHistory", "Read Message History"],
  ["AttachFiles", "Attach Files"],
  ["EmbedLinks", "Embed Links"],
] as const;

/** What we lack in this channel to lead a case, as a sentence; undefined where we have it all. */
export function lacking(permissions: string | undefined, thread: "none" | "public" | "private"): string | undefined {
  if (permissions === undefined) return undefined;
  const have = new PermissionsBitField(BigInt(permissions));
  const begin =
    thread === "public"
      ? ([["CreatePublicThreads", "Create Public Threads"]] as const)
      : thread === "private"
        ? ([["CreatePrivateThreads", "Create Private Threads"]] as const)
        : [];
  const missing = [...NEEDED, ...begin].filter(([bit]) => !have.has(PermissionFlagsBits[bit])).map(([, name]) => name);
  if (missing.length === 0) return undefined;
  return `In this channel I lack a permission that a case needs: *${missing.join("*, *")}*. Whoever runs this server can give it to my role.`;
}

export function may(permissions: string | undefined, right: "ManageMessages" | "ManageThreads"): boolean {
  return permissions !== undefined && new PermissionsBitField(BigInt(permissions)).has(PermissionFlagsBits[right]);
}
