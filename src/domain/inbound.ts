/** What reaches us from a chat, free of the chat's format. */
import type { PlatformId, Side, SymptomId } from "./ids.ts";

/** Where a case is talked about: a Slack thread, a Discord thread, a web page. A case is seen from its own places only. */
export interface Place {
  /** "web", "slack", "discord" … */
  readonly chat: string;
  /** The Slack workspace, the Discord server; "" where a chat has none. */
  readonly workspace: string;
  /** The thread, in the chat's own words: "C012AB3CD/1733000000.000100". */
  readonly thread: string;
}

export interface Person {
  /** The chat's own id. */
  readonly id: string;
  /** As people call them. */
  readonly name?: string | undefined;
}

/** A text that came along as a file. */
export interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** What was said or done. */
export type Content =
  /** The first words of a case; what a form or the words after the command told already. */
  | {
      readonly type: "opened";
      readonly symptom?: SymptomId | undefined;
      readonly platform?: PlatformId | "unknown" | undefined;
      readonly peer?: string | undefined;
      /** What was said along with it, heard once the case is open. */
      readonly text?: string | undefined;
      readonly files?: readonly NamedText[] | undefined;
      /** The end that text and files were taken on, where that was said. */
      readonly side?: Side | undefined;
      readonly message?: string | undefined;
    }
  /**
   * A message: words to us, or device output. `message` is the chat's id of it, by which a later edit or deletion names
   * it. `overheard`: said where the bot listens, but not to the bot; if it is nothing that we know, we keep quiet.
   */
  | {
      readonly type: "said";
      readonly text: string;
      readonly files?: readonly NamedText[] | undefined;
      readonly side?: Side | undefined;
      readonly message?: string | undefined;
      readonly overheard?: boolean | undefined;
    }
  /** A choice of a reply, by its id. `turn`: the turn whose reply offered it, where the chat knows. */
  | { readonly type: "chose"; readonly choice: string; readonly turn?: number | undefined }
  | { readonly type: "edited"; readonly message: string; readonly text: string }
  | { readonly type: "deleted"; readonly message: string }
  | { readonly type: "closed" }
  | { readonly type: "reopened" }
  /** A case goes on at this place: one of this workspace, or, by the code that its people were shown, of any. */
  | {
      readonly type: "resumed";
      readonly caseId: string;
      readonly code?: string | undefined;
      /** It was closed, and was reopened for this. */
      readonly wasClosed?: boolean | undefined;
    }
  /** Nobody said anything for long: it is reminded of, or closed. Hours until it is closed; 0: it is not. */
  | { readonly type: "quiet"; readonly step: "remind" | "close"; readonly closesInHours: number }
  /** The case is somebody else's from now on. */
  | { readonly type: "handed-to"; readonly person: Person };

export interface Inbound {
  /**
   * Ids of this delivery, equal each time the same message is delivered: "slack:T1:Ev1". Several, where the same message
   * may come in several ways; one that was seen before makes it a repeat. Never empty.
   */
  readonly deliveries: readonly [string, ...string[]];
  readonly place: Place;
  readonly person: Person;
  /** When it was said, in milliseconds since 1970, by the chat's clock. */
  readonly at: number;
  readonly content: Content;
  /**
   * How this very message can be answered at once (an interaction's token, a response URL), in the words of the chat's
   * sender. Kept with the reply until it is sent.
   */
  readonly answerBy?: string | undefined;
}

/** The echo of the turn by which a case came to the place where it is. */
export const RESUMED_ECHO = "(resumed here)";
