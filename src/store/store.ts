/**
 * What is kept, and the promises about it. One suite (test/store/conformance.ts) holds SQLite and PostgreSQL to them.
 *
 * A case is a row of turns; a turn is what one message did: its events, the reply, and an echo of what was said. The
 * outbox holds what is still to be sent. Nothing here knows what an event means.
 */

import type { CaseFigures } from "../domain/case-figures.ts";
import type { Outgoing, OutgoingBody } from "../domain/chat.ts";
import type { Person, Place } from "../domain/inbound.ts";
import type { Reply } from "../domain/reply.ts";

/** What is known of a case without reading its turns. Times are milliseconds since 1970, by the chat's clock. */
export interface CaseHead {
  readonly id: string;
  /** Where it is talked about now. */
  readonly place: Place;
  readonly status: "open" | "closed";
  readonly openedBy: Person;
  readonly openedAt: number;
  readonly changedAt: number;
  /** By the store's clock, as its time until the purge counts from here. */
  readonly closedAt?: number | undefined;
  /** The number of its last turn. */
  readonly version: number;
  readonly summary: CaseSummary;
}

/** For lists and figures: where the case stands, in a few words. */
export interface CaseSummary {
  readonly symptom?: string | undefined;
  readonly peer?: string | undefined;
  readonly verdict?: string | undefined;
  /** The best finding's id; of a tunnel that works again, what had been found. */
  readonly cause?: string | undefined;
  readonly title?: string | undefined;
  /** The address of the end that the case is told from. */
  readonly own?: string | undefined;
  /** What was changed, in a few words: the fix that was told and tried. */
  readonly fix?: string | undefined;
  /** The command that the case waits for. */
  readonly asked?: string | undefined;
  /** When there first was a verdict; milliseconds since 1970, by the chat's clock. */
  readonly foundAt?: number | undefined;
  /** When the tunnel was seen to work, after something had been found. */
  readonly fixedAt?: number | undefined;
}

/** What only looking back needs of a case: redacted, short, kept in the case's own row and gone with it. */
export interface CaseRecall {
  /** What people said, as it was echoed. */
  readonly said: string;
  /** Words to find it by, as `wordsIn` makes them, with blanks between them. */
  readonly words: string;
  /** Lines that nobody could read, by their shape: numbers, addresses and times are left out. */
  readonly unread: readonly { readonly platform: string; readonly shape: string; readonly lines: number }[];
  /** Commands that could not be run. */
  readonly refused: readonly string[];
}

/** Both ends of a tunnel, as far as they are known. */
export interface TunnelEnds {
  readonly peer: string;
  readonly own?: string | undefined;
}

/** `events` are JSON values that the reader checks; the store only keeps them. */
export interface StoredTurn {
  readonly number: number;
  readonly at: number;
  readonly person: Person;
  /** What was said, as the person would know it again: "sh cry isa sa … (3 lines)". Redacted. */
  readonly echo: string;
  readonly events: readonly unknown[];
  readonly reply?: Reply | undefined;
  /** The chat's id of the message, by which it can be erased. */
  readonly message?: string | undefined;
}
export type NewTurn = Omit<StoredTurn, "number" | "at" | "person">;

/** The message that a transaction is about. */
export interface Taking {
  readonly deliveries: readonly [string, ...string[]];
  readonly place: Place;
  readonly person: Person;
  readonly at: number;
  /** Whether it opens a case where there is none. */
  readonly opens: boolean;
  /** The id of the case that it opens, unless that is taken. */
  readonly wantedId?: string | undefined;
  /** The id of a case of the same chat and workspace that goes on at this place, unless another one is here already. */
  readonly resumes?: string | undefined;
  /** It may be of another chat or workspace: `decide` says whether it moves; where it decides nothing, it does not. */
  readonly resumesFromAnywhere?: boolean | undefined;
}

/** The locked case, inside the transaction. */
export interface LockedCase {
  readonly head: CaseHead;
  readonly isNew: boolean;
  /** Its turns with a number above `after`, in order. */
  turns(after: number): Promise<readonly StoredTurn[]>;
  /** What `Decision.tail` of the last turn kept. */
  readonly tail: string | undefined;
  readonly recall: CaseRecall | undefined;
  /**
   * Other cases of the same chat and workspace with this peer, or with this tunnel told from its other end, in which
   * something was found; newest first.
   */
  earlier(tunnel: TunnelEnds): Promise<readonly EarlierCase[]>;
}

/** What tells which of a peer's earlier cases is worth telling of. */
export interface EarlierCase extends Pick<CaseHead, "id" | "openedAt"> {
  readonly summary: Pick<CaseSummary, "cause" | "fixedAt">;
}

export interface NewOutgoing {
  readonly body: OutgoingBody;
  readonly answerBy?: string | undefined;
  /** Absent: where the message came from. */
  readonly place?: Place | undefined;
}

/** What a message does to the case; all of it is committed, or none. An empty one leaves no new case behind. */
export interface Decision {
  /** Absent: only the delivery is remembered, and what else is given here. */
  readonly turn?: NewTurn | undefined;
  readonly outbox?: readonly NewOutgoing[] | undefined;
  readonly status?: CaseHead["status"] | undefined;
  readonly summary?: CaseSummary | undefined;
  readonly recall?: CaseRecall | undefined;
  /** Earlier turns as they stand from now on, whole: what is not in them any more is gone from the store. */
  readonly rewrite?: readonly StoredTurn[] | undefined;
  /** Whose case it is from now on. */
  readonly owner?: Person | undefined;
  /** A little text that the next message of the case may need; gone with the next turn. */
  readonly tail?: string | undefined;
  /**
   * Who sends what this puts into the outbox: its rows are claimed by the commit itself. Where earlier ones of the case
   * still wait, nobody has them yet.
   */
  readonly lease?: Lease | undefined;
}

export type Taken =
  /** `claimed`: the rows of the outbox that `Decision.lease` got, to be sent in this order. */
  | { readonly outcome: "taken"; readonly head: CaseHead; readonly claimed: readonly Claimed[] }
  | { readonly outcome: "repeat"; readonly caseId: string | undefined }
  | { readonly outcome: "no-case" };

export interface Lease {
  readonly owner: string;
  readonly ms: number;
}

/** An outbox row that this owner holds until its lease ends. */
export interface Claimed extends Outgoing {
  readonly owner: string;
  /** When it was put there, in milliseconds since 1970. */
  readonly createdAt: number;
}

export interface OutboxFigures {
  readonly waiting: number;
  readonly dead: number;
  /** Age of the oldest row that waits, in milliseconds; 0 where none does. */
  readonly oldestMs: number;
}

export interface CaseFilter {
  readonly chat?: string | undefined;
  readonly workspace?: string | undefined;
  readonly status?: CaseHead["status"] | undefined;
  readonly openedBy?: string | undefined;
  readonly cause?: string | undefined;
  /** The address of either end. */
  readonly peer?: string | undefined;
  /** Milliseconds since 1970. */
  readonly openedSince?: number | undefined;
  /** Nothing happened in them since; milliseconds since 1970. */
  readonly changedBefore?: number | undefined;
  /** Newest first, by when they were opened; 50 where not said, 1,000 at most. */
  readonly limit?: number | undefined;
}

/** A case that words were looked for in. */
export interface CaseFound {
  readonly head: CaseHead;
  /** How many of the words are in it, as they are, begun or misspelt; 1 is all of them. */
  readonly share: number;
  readonly score: number;
}

export interface Store {
  /**
   * One message, one transaction: seen before? → lock the case → decide → append the turn, the outbox and the summary →
   * commit. `decide` may run again if the transaction has to be repeated, so it must have no effects; nor may it call the
   * store, which may wait for it. What it throws is thrown on, and nothing is committed.
   * @throws StoreUnavailable when nothing was committed; where the connection broke while committing, the same message
   * taken again tells ("repeat").
   */
  take(taking: Taking, decide: (locked: LockedCase) => Decision | Promise<Decision>): Promise<Taken>;

  caseById(id: string): Promise<CaseHead | undefined>;
  caseAt(place: Place): Promise<CaseHead | undefined>;
  cases(filter: CaseFilter): Promise<readonly CaseHead[]>;
  turns(caseId: string, after?: number): Promise<readonly StoredTurn[]>;
  /** Cases that have one of the words at least, the best first; `limit` as for `cases`. */
  search(filter: CaseFilter, words: string): Promise<readonly CaseFound[]>;
  figures(filter: CaseFilter): Promise<CaseFigures>;

  /** Rows that are due, oldest first, at most one undone row a case and chat: a case's replies leave in order. */
  claim(lease: Lease, chats: readonly string[], limit: number): Promise<readonly Claimed[]>;
  /** @returns false when the lease had ended and somebody else holds the row: what was sent may be sent again. */
  sent(claimed: Claimed, reference: string | undefined): Promise<boolean>;
  /** Try again after `retryMs`; "dead" gives up, and the case's next row may go. */
  notSent(claimed: Claimed, retry: { readonly retryMs: number } | "dead", reason: string): Promise<boolean>;
  /** Claimed, but not tried: anybody may claim them at once, and the try does not count. */
  release(claimed: readonly Claimed[]): Promise<void>;
  outbox(): Promise<OutboxFigures>;
  /** What the chat called the last message sent for a case of this body type ("status"), to update it in place. */
  lastReference(caseId: string, type: OutgoingBody["type"]): Promise<string | undefined>;

  /** Takes or renews a named lease ("discord-gateway"); false while another owner holds it. */
  hold(name: string, lease: Lease): Promise<boolean>;
  letGo(name: string, owner: string): Promise<void>;
  /** What owners that are gone had claimed, rows and named leases, is anybody's at once. @returns how many rows */
  freeFrom(isGone: (owner: string) => boolean): Promise<number>;

  /** Removes cases closed before `closedBefore`, and deliveries seen before `seenBefore`; returns how many cases. */
  purge(limits: { readonly closedBefore: number; readonly seenBefore: number }): Promise<number>;
  /** Calls `changed` with the id of each case that any process changes. Best effort: readers also look now and then. */
  watch(changed: (caseId: string) => void): () => void;
  /** @throws StoreUnavailable where a write would fail now. */
  check(): Promise<void>;
  /** A consistent copy into a new file, while others write. @throws Error where the database has tools of its own. */
  backup(file: string): Promise<void>;
  close(): Promise<void>;
}
