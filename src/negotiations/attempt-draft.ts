/** One negotiation while its log is read. */
import { canonicalAddress } from "../domain/network.ts";
import type { NegotiationProgress } from "../domain/readings/ike.ts";
import type { Attempt, LogEvent, OfferedIkePolicy, OfferedIpsecProposal } from "../domain/readings/log.ts";
import type { NegotiationStep } from "../domain/signature.ts";
import type { AttemptDetails, LogMessage } from "./message.ts";

const ORDER: Readonly<Record<NegotiationProgress, number>> = { begun: 1, agreed: 2, keyed: 3 };

type Facts = { -readonly [K in keyof Attempt]: Attempt[K] };

export class AttemptDraft {
  readonly #facts: Facts;
  readonly #exchanges: string[] = [];
  readonly #events: LogEvent[] = [];
  readonly #offers: {
    readonly ikeOffers: OfferedIkePolicy[];
    readonly ipsecOffers: OfferedIpsecProposal[];
    readonly proxies: Attempt["proxies"][number][];
  };
  isOver = false;

  constructor(line: number) {
    this.#facts = {
      firstLine: line,
      lastLine: line,
      connections: [],
      ikeOffers: [],
      ipsecOffers: [],
      proxies: [],
      events: [],
    };
    this.#offers = { ikeOffers: [], ipsecOffers: [], proxies: [] };
  }

  get peer(): string | undefined {
    return this.#facts.peer;
  }

  /** It came further than its first message. */
  get isUnderWay(): boolean {
    const { progress, phase1CompleteLine, phase2StartedLine } = this.#facts;
    return (
      (progress !== undefined && progress !== "begun") ||
      phase1CompleteLine !== undefined ||
      phase2StartedLine !== undefined
    );
  }

  /** Whether it can be what is called by this name from here on. */
  mayBe(exchange: string, peer: string | undefined): boolean {
    const isNamed = this.#exchanges.length > 0 && !this.#exchanges.includes(exchange);
    return !isNamed && (peer === undefined || this.peer === undefined || this.peer === peer);
  }

  meet({ line, exchange, local, version }: LogMessage, peer: string | undefined): void {
    const facts = this.#facts;
    facts.lastLine = line;
    facts.peer ??= peer;
    facts.local ??= canonicalAddress(local ?? "");
    facts.version ??= version;
    if (exchange !== undefined && !this.#exchanges.includes(exchange)) this.#exchanges.push(exchange);
  }

  hear(event: LogEvent, step: NegotiationStep | undefined): void {
    this.#events.push(event);
    if (step !== undefined) this.#go(step, event.line);
  }

  take({ ikeOffers = [], ipsecOffers = [], proxies = [], ikeCompared, espCompared }: AttemptDetails): void {
    const offers = this.#offers;
    offers.ikeOffers.push(...ikeOffers);
    offers.ipsecOffers.push(...ipsecOffers);
    offers.proxies.push(...proxies);
    if (ikeCompared) this.#facts.ikeCompared = ikeCompared;
    if (espCompared) this.#facts.espCompared = espCompared;
  }

  finish(): Attempt {
    return { ...this.#facts, ...this.#offers, connections: this.#exchanges, events: this.#events };
  }

  #go(step: NegotiationStep, line: number): void {
    const facts = this.#facts;
    switch (step) {
      case "initiator":
      case "responder":
        facts.role ??= step;
        this.#reach("begun", line);
        if (step === "responder") facts.heardFromPeerLine ??= line;
        break;
      case "heard":
        facts.heardFromPeerLine ??= line;
        break;
      case "agreed":
      case "keyed":
        facts.heardFromPeerLine ??= line;
        this.#reach(step, line);
        break;
      case "ike-up":
        facts.heardFromPeerLine ??= line;
        facts.phase1CompleteLine = line;
        facts.progress = undefined;
        break;
      case "child-begins":
        facts.phase2StartedLine = line;
        facts.phase2CompleteLine = undefined;
        break;
      case "child-up":
        facts.phase2StartedLine ??= line;
        facts.phase2CompleteLine = line;
        break;
      case "nat":
        facts.natFoundLine ??= line;
        break;
      case "port-4500":
        facts.usesPort4500Line ??= line;
        break;
      case "over":
        this.isOver = true;
        break;
    }
  }

  #reach(progress: NegotiationProgress, line: number): void {
    const { progress: before } = this.#facts;
    if (before !== undefined && ORDER[before] >= ORDER[progress]) return;
    this.#facts.progress = progress;
    this.#facts.furthestStateLine = line;
  }
}
