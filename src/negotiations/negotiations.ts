/**
 * Reads a log as negotiations, from what its signatures say (the `step` of each). A vendor brings the messages, with what
 * its line heads tell: which exchange a line is of, between whom.
 */
import { canonicalAddress } from "../domain/network.ts";
import type { Log, LogEvent } from "../domain/readings/log.ts";
import type { Signature } from "../domain/signature.ts";
import { signatureFinder } from "../signatures/find-signatures.ts";
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
  const find = signatureFinder(signatures);
  const attempts = new Attempts();
  const events: LogEvent[] = [];
  let chatter = 0;
  for (const message of messages) {
    const hits = find(message.text);
    const peer = canonicalAddress(
      message.peer ?? hits.find(({ captures }) => captures["peer"] !== undefined)?.captures["peer"] ?? "",
    );
    if (hits.length === 0 && message.details === undefined) chatter += 1;
    const steps = hits.flatMap(({ signature }) => signature.step ?? []);
    const attempt = attempts.find(message, peer, steps);
    for (const { signature, captures } of hits) {
      const event: LogEvent = {
        line: message.line,
        signature: signature.id,
        captures,
        ...(signature.noise && { noise: true as const }),
        time: message.time,
        seconds: message.seconds,
        connection: message.exchange,
        peer: peer ?? attempt?.peer,
      };
      events.push(event);
      attempt?.hear(event, signature.step);
    }
    if (attempt && message.details) attempt.take(message.details);
  }
  return { kind: "log", topic, attempts: attempts.all.map((attempt) => attempt.finish()), events, chatter };
}

/** What may still be said of an attempt that is over; anything else is of the next one. */
const TRAILS: ReadonlySet<string> = new Set(["over", "heard", "nat", "port-4500"]);

class Attempts {
  readonly all: AttemptDraft[] = [];
  readonly #byExchange = new Map<string, AttemptDraft>();
  readonly #byPeer = new Map<string, AttemptDraft>();
  #last: AttemptDraft | undefined;

  find(message: LogMessage, peer: string | undefined, steps: readonly string[]): AttemptDraft | undefined {
    const { exchange, line } = message;
    let found = this.#known(exchange, peer);
    const begins = steps.includes("initiator") || steps.includes("responder");
    if (found && begins && (found.isOver || found.isUnderWay)) found = undefined;
    else if (found?.isOver && steps.some((step) => !TRAILS.has(step))) found = undefined;
    // Plain talk begins nothing.
    if (!found && steps.length === 0 && message.details === undefined) return undefined;
    if (!found) {
      found = new AttemptDraft(line);
      this.all.push(found);
    }
    found.meet(message, peer);
    if (exchange !== undefined) this.#byExchange.set(exchange, found);
    if (found.peer !== undefined) this.#byPeer.set(found.peer, found);
    this.#last = found;
    return found;
  }

  #known(exchange: string | undefined, peer: string | undefined): AttemptDraft | undefined {
    if (exchange !== undefined) {
      const known = this.#byExchange.get(exchange);
      if (known) return known;
      // The exchange got its name in the middle: what was talked of last without one is its beginning.
      const last = peer === undefined ? this.#last : (this.#byPeer.get(peer) ?? this.#last);
      return last && !last.isOver && last.mayBe(exchange, peer) ? last : undefined;
    }
    if (peer !== undefined) return this.#byPeer.get(peer) ?? (this.#last?.peer === undefined ? this.#last : undefined);
    return this.#last;
  }
}
