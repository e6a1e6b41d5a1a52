/** What a chat and the bot promise each other. Chats know this and no store. */
import type { HandOffDocument } from "./hand-off.ts";
import type { Inbound, Place } from "./inbound.ts";
import type { Reply } from "./reply.ts";

/** What became of an inbound message. All but "failed" are final, and may be acknowledged. */
export type Heard =
  /** Committed: the reply is on its way through the outbox. `turn` counts from 1 within the case. */
  | {
      readonly outcome: "taken";
      readonly caseId: string;
      readonly turn: number;
      readonly reply: Reply | undefined;
      readonly earlier?: string | undefined;
      /** A button whose question is over: nothing was done. */
      readonly isTooLate?: boolean | undefined;
    }
  /** Delivered before; nothing was done this time. */
  | { readonly outcome: "repeat"; readonly caseId: string | undefined }
  /** There is no case at this place, and the message opens none. */
  | { readonly outcome: "no-case" }
  /** The case here is closed; only "reopened" is heard. */
  | { readonly outcome: "closed"; readonly caseId: string };

export interface Bot {
  /**
   * Takes one message: committed when the promise resolves, and only then may the chat acknowledge it.
   * @throws StoreUnavailable when nothing was committed: the chat must not acknowledge, so that it comes again.
   */
  hear(inbound: Inbound): Promise<Heard>;
}

/** A message of the outbox. */
export interface Outgoing {
  readonly id: string;
  readonly caseId: string;
  /** Where it goes: where the case was talked about when it was written. */
  readonly place: Place;
  /** The turn it answers; 0 where it answers none. */
  readonly turn: number;
  /** Counts from 1: how often it was tried, this time included. */
  readonly attempt: number;
  readonly body: OutgoingBody;
  readonly answerBy?: string | undefined;
}

export type OutgoingBody =
  | {
      readonly type: "reply";
      readonly reply: Reply;
      /** A case that the peer had before, to be told of as it stands when this is sent. */
      readonly earlier?: string | undefined;
      /** So many keys were removed from the message that it answers; rows of older versions don't say. */
      readonly secretsRemoved?: number | undefined;
      /** Said at the place that the case has left: what can be pressed there goes. */
      readonly isFarewell?: true | undefined;
    }
  /** The case's standing changed: bring its status message up to date. */
  | { readonly type: "status" }
  /** The case written up, for the channel where hand-offs go. */
  | {
      readonly type: "hand-off";
      readonly reply: Reply;
      /** The document itself, for where programs read it. */
      readonly document?: HandOffDocument | undefined;
    };

/** Sends what the outbox holds for one chat. */
export interface Sender {
  readonly chat: string;
  /**
   * Sends one message, within `signal`.
   * @returns the chat's id of what was sent, where it has one.
   * @throws SendLater to try again after a time of the chat's choosing, CannotSend to give up; anything else is tried
   * again with backoff.
   */
  send(outgoing: Outgoing, signal: AbortSignal): Promise<string | undefined>;
  /** Whether what was said at one place may be told at another of the same workspace; absent: everywhere. */
  isOpenTo?(place: Place, at: Place): Promise<boolean>;
}

export class SendLater extends Error {
  readonly afterMs: number;
  constructor(afterMs: number, reason: string) {
    super(reason);
    this.name = "SendLater";
    this.afterMs = afterMs;
  }
}
export class CannotSend extends Error {
  override readonly name = "CannotSend";
}
/** Nothing was committed, through no fault of the message: disk full, database away or too slow. */
export class StoreUnavailable extends Error {
  override readonly name = "StoreUnavailable";
}

/** The platform did not answer: nothing says that a setting is wrong, and another try later may get through. */
export class NotReachable extends Error {
  override readonly name = "NotReachable";
}

/** A chat that runs. */
export interface Chat {
  readonly sender: Sender;
  /**
   * Begins to hear. @throws Error with one line that says what to change, where the platform refuses us; NotReachable where
   * it does not answer: it may be called again then.
   */
  start(): Promise<void>;
  /** Hears no more; resolves when what was being heard is committed or refused. Sending still works. */
  stopHearing(): Promise<void>;
  /** After the last send. */
  close(): Promise<void>;
  /** Where it hears over HTTP, on the bot's own port. */
  readonly http?: { readonly path: string; handle(request: Request): Promise<Response> } | undefined;
}
