/** What the Slack chat needs from outside. */
import type { CaseLook } from "../../case/look.ts";
import type { AccessRules } from "../../domain/access.ts";
import type { Bot } from "../../domain/chat.ts";
import type { Reference } from "../../domain/explanation.ts";
import type { SymptomId } from "../../domain/ids.ts";
import type { Block } from "../../domain/reply.ts";
import type { Store } from "../../store/store.ts";

export interface SlackSettings {
  readonly botToken: string;
  /** Socket Mode. */
  readonly appToken?: string | undefined;
  /** HTTP; unused where there is an app token. */
  readonly signingSecret?: string | undefined;
  /** Another Web API base than Slack's. */
  readonly apiUrl?: string | undefined;
  /** Where hand-offs are posted: a channel's id. */
  readonly escalationChannel?: string | undefined;
  /** Channels and user groups, by their ids. */
  readonly access?: AccessRules | undefined;
  /** Socket Mode connections of this process; Slack allows 10 for an app, and any of them gets a message. */
  readonly connections?: number | undefined;
  /** For each channel; Slack's own limit where not said. */
  readonly messagesPerSecond?: number | undefined;
}

export interface SlackTools {
  readonly bot: Bot;
  readonly cases: Pick<Store, "caseAt" | "caseById" | "cases" | "figures" | "search" | "turns" | "lastReference">;
  look(caseId: string): Promise<CaseLook | undefined>;
  readonly settings: SlackSettings;
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

export interface ChatLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

export const SLACK_API = "https://slack.com/api/";
