/** Tells apart the attempts of a debug, in which several peers may be printed at once. */
import { canonicalAddress } from "../../../domain/network.ts";
import { AttemptDraft } from "./attempt-draft.ts";
import type { Fact } from "./facts.ts";
import type { Message } from "./message.ts";

/** Retransmissions name their peer in a later message. */
const LOOK_AHEAD = 6;
/** So many attempts can be under way at once as far as this reader can tell them apart. */
const RECENT = 20;
/** Messages of IKE that only an SA without a number of its own prints with a 0. */
const LARVAL_FACTS: ReadonlySet<string> = new Set(["retransmit", "ike-check", "ike-verdict", "states"]);

/**
 * Finds the attempt of each message, in order. An attempt is known by its connection once it has one, by its peer, and
 * else by what was read last: the daemon works on one message of a peer at a time.
 */
export class Attempts {
  readonly all: AttemptDraft[] = [];
  readonly #byConnection = new Map<string, AttemptDraft>();
  readonly #byPeer = new Map<string, AttemptDraft>();
  #current: AttemptDraft | undefined;

  /** @param peer the peer that the message itself names @returns undefined for a message of no attempt */
  find(message: Message, fact: Fact | undefined, peer: string | undefined, ahead: () => string | undefined) {
    const named = canonicalAddress(peer ?? "");
    const found = this.#route(message, fact, named, ahead);
    if (found) this.#remember(found, message, named);
    return found;
  }

  #route(message: Message, fact: Fact | undefined, peer: string | undefined, ahead: () => string | undefined) {
    if (message.topic === "syslog") return this.#ofSyslog(message, peer);
    if (message.topic === "ikev2") return undefined;
    if (message.topic !== "isakmp") return this.#ofIpsec(message, fact, peer);
    if (fact && isStart(fact)) return this.#begin(message, fact, peer);
    const { connection } = message;
    if (connection !== undefined && connection !== "0") return this.#ofConnection(message, connection, fact, peer);
    return this.#larval(message, fact, peer, ahead);
  }

  /** Only what IKE says about a message of a peer that is being negotiated with. */
  #ofSyslog(message: Message, peer: string | undefined): AttemptDraft | undefined {
    if (!/^%CRYPTO-\d-IK(?:MP|E)_/.test(message.text)) return undefined;
    const found = peer === undefined ? this.#current : this.#byPeer.get(peer);
    return found ?? (this.#current && this.#current.facts.peer === undefined ? this.#current : undefined);
  }

  #ofIpsec(message: Message, fact: Fact | undefined, peer: string | undefined): AttemptDraft | undefined {
    const current = this.#current;
    if (fact?.is === "start") {
      // "remote=" comes in the next line, so what this asks for is not known yet: it waits as a new attempt.
      return current && !current.isDeleted && current.startRank === 0 ? current : this.#open(message.line);
    }
    if (fact?.is !== "ends" || peer === undefined) return current;
    const known = this.#byPeer.get(peer);
    if (current?.startRank === 0 && current.facts.peer === undefined) {
      if (!known || known.isDeleted) return current;
      // A quick mode of an IKE SA that there is, or one that waits for it ("SA is still budding").
      this.#drop(current);
      return known;
    }
    if (known) return known;
    return current && current.facts.peer === undefined ? current : this.#open(message.line);
  }

  #begin(message: Message, fact: Fact, peer: string | undefined): AttemptDraft {
    const rank = rankOf(fact);
    const current = this.#current;
    if (current && mayBegin(current, rank, peer)) return current;
    return this.all.slice(-RECENT).findLast((draft) => mayBegin(draft, rank, peer)) ?? this.#open(message.line);
  }

  #ofConnection(message: Message, connection: string, fact: Fact | undefined, peer: string | undefined): AttemptDraft {
    const known = this.#byConnection.get(connection);
    if (known && !known.isDeleted) return known;
    const larval = this.#waiting(peer, fact);
    if (known && !(larval?.isAgreed && larval.facts.peer === known.facts.peer)) return known;
    return larval ?? known ?? this.#open(message.line);
  }

  /** The attempt that this connection number may be the new one of. */
  #waiting(peer: string | undefined, fact: Fact | undefined): AttemptDraft | undefined {
    const ofPeer = peer === undefined ? undefined : this.#byPeer.get(peer);
    if (ofPeer && mayGetNumber(ofPeer, fact, peer)) return ofPeer;
    const current = this.#current;
    if (current && mayGetNumber(current, fact, peer)) return current;
    return this.all.slice(-RECENT).findLast((draft) => draft.isAgreed && mayGetNumber(draft, fact, peer));
  }

  #larval(
    message: Message,
    fact: Fact | undefined,
    peer: string | undefined,
    ahead: () => string | undefined,
  ): AttemptDraft | undefined {
    const current = this.#current;
    if (message.connection === undefined && peer === undefined) return current ?? this.#opened(message, fact);
    const isLarval = fact !== undefined && LARVAL_FACTS.has(fact.is);
    const named = peer ?? (fact?.is === "retransmit" ? canonicalAddress(ahead() ?? "") : undefined);
    if (named !== undefined) {
      const known = this.#byPeer.get(named) ?? this.#unnamed();
      if (known) return known;
      return this.#open(message.line);
    }
    if (isLarval && current && current.connections.length > 0) {
      const larval = this.all.slice(-RECENT).findLast((draft) => draft.connections.length === 0 && !draft.isDeleted);
      if (larval) return larval;
    }
    return current ?? this.#opened(message, fact);
  }

  /** A log may begin in the middle of an attempt; plain talk begins none. */
  #opened(message: Message, fact: Fact | undefined): AttemptDraft | undefined {
    return fact || message.connection !== undefined ? this.#open(message.line) : undefined;
  }

  /** The current attempt, as long as its peer has not been named. */
  #unnamed(): AttemptDraft | undefined {
    return this.#current?.facts.peer === undefined && !this.#current?.isDeleted ? this.#current : undefined;
  }

  #open(line: number): AttemptDraft {
    const draft = new AttemptDraft(line);
    this.all.push(draft);
    return draft;
  }

  #drop(draft: AttemptDraft): void {
    if (draft.events.length > 0) return;
    const at = this.all.lastIndexOf(draft);
    if (at >= 0) this.all.splice(at, 1);
  }

  #remember(draft: AttemptDraft, message: Message, peer: string | undefined): void {
    this.#current = draft;
    if (peer !== undefined && message.topic !== "syslog") draft.meet(peer);
    if (draft.facts.peer !== undefined) this.#byPeer.set(draft.facts.peer, draft);
    const { connection } = message;
    if (connection !== undefined && connection !== "0") this.#byConnection.set(connection, draft);
  }
}

/** Whether a mark of a beginning may be another one of this attempt's. */
function mayBegin(draft: AttemptDraft, rank: number, peer: string | undefined): boolean {
  return (
    !draft.isUnderWay &&
    !draft.isDeleted &&
    draft.connections.length === 0 &&
    draft.startRank >= 0 &&
    (draft.startRank < rank || (rank === 3 && draft.startRank === 3)) &&
    isOf(draft, peer)
  );
}

/** Whether the attempt waits for a connection number. */
function mayGetNumber(draft: AttemptDraft, fact: Fact | undefined, peer: string | undefined): boolean {
  return (
    draft.connections.length === 0 &&
    !draft.isDeleted &&
    (draft.isAgreed || draft.startRank <= 0 || fact?.is === "packet" || fact?.is === "authenticated") &&
    isOf(draft, peer)
  );
}

function isOf({ facts }: AttemptDraft, peer: string | undefined): boolean {
  return peer === undefined || facts.peer === undefined || facts.peer === peer;
}

function isStart(fact: Fact): boolean {
  if (fact.is === "packet") return fact.state === "NEW SA";
  return (
    fact.is === "start" || (fact.is === "states" && fact.from === "IKE_READY" && /^IKE_[IR]_(?:MM|AM|AG)/.test(fact.to))
  );
}

function rankOf(fact: Fact): number {
  if (fact.is === "start") return fact.rank;
  return fact.is === "packet" ? 1 : 4;
}

/** The peer that one of the next messages of the same kind names. */
export function peerAhead(messages: readonly Message[], index: number): string | undefined {
  for (const { topic, text, body } of messages.slice(index + 1, index + 1 + LOOK_AHEAD)) {
    if (topic !== "isakmp") continue;
    const peer = /^sending packet to ([^\s,()]{2,64})/.exec(text.slice(body, body + 120))?.[1];
    if (peer !== undefined) return peer;
  }
  return undefined;
}
