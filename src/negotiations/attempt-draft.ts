/** One negotiation while its log is read. */
import { canonicalAddress } from "../domain/network.ts";
import type { NegotiationProgress } from "../domain/readings/ike.ts";
import type { Attempt, LogEvent, OfferedIkePolicy, OfferedIpsecProposal } from "../domain/readings/log.ts";
import type { NegotiationStep } from "../domain/signature.ts";
import type { AttemptDetails, LogMessage } from "./message.ts";

const ORDER: Readonly<Record<NegotiationProgress, number>> = { begun: 1, agreed: 2, keyed: 3 };

type Draft = { -readonly [K in keyof Attempt]: Attempt[K] } & {
  readonly connections: string[];
  readonly ikeOffers: OfferedIkePolicy[];
  readonly ipsecOffers: OfferedIpsecProposal[];
  readonly proxies: Attempt["proxies"][number][];
  readonly events: LogEvent[];
};

export class AttemptDraft {
  readonly #facts: Draft;
  /** What the line before called the tunnel: most lines in a row call it the same. */
  #lastNames: LogMessage["names"];
  isOver = false;

  constructor(line: number) {
    // All that may come is named from the start: a log has an attempt every few lines, and objects that grow are slow.
    this.#facts = {
      firstLine: line,
      lastLine: line,
      peer: undefined,
      local: undefined,
      role: undefined,
      connections: [],
      version: undefined,
      furthestStateLine: undefined,
      progress: undefined,
      phase1CompleteLine: undefined,
      phase2StartedLine: undefined,
      phase2CompleteLine: undefined,
      ikeOffers: [],
      ipsecOffers: [],
      ikeCompared: undefined,
      espCompared: undefined,
      proxies: [],
      heardFromPeerLine: undefined,
      usesPort4500Line: undefined,
      natFoundLine: undefined,
      names: undefined,
      events: [],
    };
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
    const isNamed = this.#facts.connections.length > 0 && !this.#facts.connections.includes(exchange);
    return !isNamed && (peer === undefined || this.peer === undefined || this.peer === peer);
  }

  meet({ line, exchange, local, version, names }: LogMessage, peer: string | undefined): void {
    const facts = this.#facts;
    facts.lastLine = line;
    facts.peer ??= peer;
    if (local !== undefined) facts.local ??= canonicalAddress(local);
    facts.version ??= version;
    if (names !== undefined && names !== this.#lastNames) facts.names = { ...facts.names, ...names };
    this.#lastNames = names;
    if (exchange !== undefined && !this.#facts.connections.includes(exchange)) this.#facts.connections.push(exchange);
  }

  hear(event: LogEvent, step: NegotiationStep | undefined): void {
    this.#facts.events.push(event);
    if (step !== undefined) this.#go(step, event.line);
  }

  take({ ikeOffers = [], ipsecOffers = [], proxies = [], ikeCompared, espCompared }: AttemptDetails): void {
    const facts = this.#facts;
    facts.ikeOffers.push(...ikeOffers);
    facts.ipsecOffers.push(...ipsecOffers);
    facts.proxies.push(...proxies);
    if (ikeCompared) facts.ikeCompared = ikeCompared;
    if (espCompared) facts.espCompared = espCompared;
  }

  finish(): Attempt {
    return this.#facts;
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
