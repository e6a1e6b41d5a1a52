/**
 * Reads a log as negotiations, from what its signatures say (the `step` of each). A vendor brings the messages, with what
 * its line heads tell: which exchange a line is of, between whom.
 */
import { canonicalAddress } from "../domain/network.ts";
import type { Log, LogEvent } from "../domain/readings/log.ts";
import type { NegotiationStep, Signature } from "../domain/signature.ts";
import { type SignatureFinder, type SignatureHit, signatureFinder } from "../signatures/find-signatures.ts";
import { AttemptDraft } from "./attempt-draft.ts";
import type { LogMessage } from "./message.ts";

/**
 * The log as attempts and events. An attempt is known by its exchange, else by its peer, else it is the one that was
 * talked of last; "initiator" and "responder" begin one where its predecessor got anywhere or is over.
 */
export function readNegotiations(
  messages: readonly LogMessage[],
  signatures: readonly Signature[],
  topic: string,
): Log {
  const reader = new NegotiationReader(signatures);
  for (const message of messages) reader.take(message);
  return reader.finish(topic);
}

/** The same, message by message, for logs whose messages need not be held all at once. */
export class NegotiationReader {
  readonly #find: SignatureFinder;
  readonly #attempts = new Attempts();
  readonly #events: LogEvent[] = [];
  #chatter = 0;

  constructor(signatures: readonly Signature[]) {
    this.#find = signatureFinder(signatures);
  }

  take(message: LogMessage): void {
    const hits = this.#find(message.text);
    if (hits.length === 0 && message.details === undefined) this.#chatter += 1;
    const peer = canonicalAddress(message.peer ?? peerIn(hits));
    const attempt = this.#attempts.find(message, peer, hits.length === 0 ? NO_STEPS : stepsOf(hits));
    for (const { signature, captures } of hits) {
      const event = eventOf(message, signature, captures, peer ?? attempt?.peer);
      this.#events.push(event);
      attempt?.hear(event, signature.step);
    }
    if (attempt && message.details) attempt.take(message.details);
  }

  finish(topic: string): Log {
    const attempts = this.#attempts.all.map((attempt) => attempt.finish());
    return { kind: "log", topic, attempts, events: this.#events, chatter: this.#chatter };
  }
}

const NO_STEPS: readonly NegotiationStep[] = [];

function stepsOf(hits: readonly SignatureHit[]): NegotiationStep[] {
  const steps: NegotiationStep[] = [];
  for (const { signature } of hits) if (signature.step !== undefined) steps.push(signature.step);
  return steps;
}

function peerIn(hits: readonly SignatureHit[]): string {
  for (const { captures } of hits) if (captures["peer"] !== undefined) return captures["peer"];
  return "";
}

function eventOf(
  { line, text, time, seconds, exchange, names }: LogMessage,
  { id, noise, unseen }: Signature,
  captures: LogEvent["captures"],
  peer: string | undefined,
): LogEvent {
  if (noise) return { line, signature: id, captures, noise, time, seconds, connection: exchange, peer, names };
  if (unseen && isWorded(text, unseen))
    return { line, signature: id, captures, unseen: true, time, seconds, connection: exchange, peer, names };
  return { line, signature: id, captures, time, seconds, connection: exchange, peer, names };
}

function isWorded(text: string, parts: readonly string[]): boolean {
  const lower = text.toLowerCase();
  return parts.some((part) => lower.includes(part));
}

/** What may still be said of an attempt that is over; anything else is of the next one. */
const TRAILS: ReadonlySet<string> = new Set(["over", "heard", "nat", "port-4500"]);

class Attempts {
  readonly all: AttemptDraft[] = [];
  readonly #byExchange = new Map<string, AttemptDraft>();
  readonly #byPeer = new Map<string, AttemptDraft>();
  /** What was talked of last, and by which names. */
  #last: AttemptDraft | undefined;
  #lastExchange: string | undefined;
  #lastPeer: string | undefined;

  find(message: LogMessage, peer: string | undefined, steps: readonly string[]): AttemptDraft | undefined {
    const { exchange, line } = message;
    // "Failed as initiator" tells how an attempt began, and begins none.
    const ends = steps.includes("over");
    let found = this.#known(exchange, peer, ends);
    const begins = !ends && (steps.includes("initiator") || steps.includes("responder"));
    if (found && begins && (found.isOver || found.isUnderWay)) found = undefined;
    else if (found?.isOver && !ends && steps.some((step) => !TRAILS.has(step))) found = undefined;
    // Plain talk begins nothing.
    if (!found && steps.length === 0 && message.details === undefined) return undefined;
    if (!found) {
      found = new AttemptDraft(line);
      this.all.push(found);
    }
    found.meet(message, peer);
    this.#remember(found, exchange);
    return found;
  }

  /** A log mostly goes on about what it talked of last: then all is remembered already. */
  #remember(found: AttemptDraft, exchange: string | undefined): void {
    const isLast = found === this.#last;
    if (exchange !== undefined && !(isLast && exchange === this.#lastExchange)) this.#byExchange.set(exchange, found);
    if (found.peer !== undefined && !(isLast && found.peer === this.#lastPeer)) this.#byPeer.set(found.peer, found);
    this.#last = found;
    this.#lastExchange = exchange;
    this.#lastPeer = found.peer;
  }

  #known(exchange: string | undefined, peer: string | undefined, ends: boolean): AttemptDraft | undefined {
    if (exchange !== undefined) {
      if (exchange === this.#lastExchange) return this.#last;
      const known = this.#byExchange.get(exchange);
      if (known) return known;
      // The exchange got its name in the middle: what was talked of last without one is its beginning.
      const last = peer === undefined ? this.#last : (this.#byPeer.get(peer) ?? this.#last);
      if (!last?.mayBe(exchange, peer)) return undefined;
      // What ends once more and is named only now: a refusal, and the time that runs out after it.
      return !last.isOver || (ends && peer !== undefined && last.peer === peer) ? last : undefined;
    }
    if (peer !== undefined) return this.#byPeer.get(peer) ?? (this.#last?.peer === undefined ? this.#last : undefined);
    return this.#last;
  }
}
