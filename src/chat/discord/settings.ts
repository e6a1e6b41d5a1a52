/** What the Discord chat needs from outside. */
import type { CaseLook } from "../../case/look.ts";
import type { AccessRules } from "../../domain/access.ts";
import type { Bot } from "../../domain/chat.ts";
import type { Reference } from "../../domain/explanation.ts";
import type { SymptomId } from "../../domain/ids.ts";
import type { Block } from "../../domain/reply.ts";
import type { Store } from "../../store/store.ts";

export interface DiscordSettings {
  readonly token: string;
  /** A server to register the commands in: they are there at once; everywhere, it can take an hour. */
  readonly guildId?: string | undefined;
  /** Another REST base than Discord's. */
  readonly apiUrl?: string | undefined;
  /** Where hand-offs are posted: a channel's id. */
  readonly escalationChannel?: string | undefined;
  /** Channels (or servers) and roles, by their ids. */
  readonly access?: AccessRules | undefined;
  /** For tests. */
  readonly times?: Partial<DiscordTimes> | undefined;
}

/** Milliseconds. */
export interface DiscordTimes {
  /** Who holds the gateway has to say so again within this time; another replica then takes over. */
  readonly lease: number;
  /** How often it says so, and how often others look whether it still does. */
  readonly renew: number;
  /** Between tries to connect. */
  readonly reconnect: number;
  /** After which a message that can't be stored is tried again. */
  readonly storeRetry: number;
}
export const TIMES: DiscordTimes = { lease: 15_000, renew: 4_000, reconnect: 5_000, storeRetry: 2_000 };

export interface ChatLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

export interface DiscordTools {
  readonly bot: Bot;
  readonly cases: Pick<
    Store,
    "caseAt" | "caseById" | "cases" | "figures" | "search" | "turns" | "lastReference" | "hold" | "letGo"
  >;
  look(caseId: string): Promise<CaseLook | undefined>;
  readonly settings: DiscordSettings;
  /** This process, among those that share the store. */
  readonly owner: string;
  /** What a word means, as for `explain`. */
  explain(words: string): readonly Block[];
  /** What can be explained and comes near to words. */
  known(words: string): readonly Reference[];
  /** The symptom that words tell of. */
  symptomIn(words: string): SymptomId | undefined;
  /** Milliseconds since 1970. */
  now(): number;
  readonly log: ChatLog;
}

export const DISCORD_API = "https://discord.com/api";
