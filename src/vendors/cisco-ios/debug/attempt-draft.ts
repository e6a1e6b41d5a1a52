/** An attempt while its messages are being read. */
import { canonicalAddress } from "../../../domain/network.ts";
import type { Attempt, LogEvent } from "../../../domain/readings/log.ts";
import type { Fact, StartRank } from "./facts.ts";
import { IkeOffers } from "./ike-offers.ts";
import { IpsecOffers } from "./ipsec-offers.ts";
import type { Message } from "./message.ts";
import { Proxies } from "./proxies.ts";

/** IKE's states in the order in which they are reached. */
const STATE_ORDER: Readonly<Record<string, number>> = {
  MM_NO_STATE: 1,
  AG_NO_STATE: 1,
  MM_SA_SETUP: 2,
  AG_INIT_EXCH: 2,
  MM_KEY_EXCH: 3,
  MM_KEY_AUTH: 4,
  AG_AUTH: 4,
  CONF_XAUTH: 5,
  CONF_ADDR: 5,
  QM_IDLE: 6,
};
const QUICK_MODE = /^IKE_QM_(?:I_QM1|R_QM1|R_QM2|SPI_STARVE|IPSEC_INSTALL)/;

type Later = "firstLine" | "lastLine" | "connections" | "ikeOffers" | "ipsecOffers" | "proxies" | "events";
type Facts = { -readonly [Key in keyof Omit<Attempt, Later>]: Attempt[Key] };

export class AttemptDraft {
  readonly connections: string[] = [];
  readonly events: { -readonly [Key in keyof LogEvent]: LogEvent[Key] }[] = [];
  readonly ikeOffers = new IkeOffers();
  readonly ipsecOffers = new IpsecOffers();
  readonly proxies = new Proxies();
  readonly facts: Facts = {};
  readonly firstLine: number;
  lastLine: number;
  /** The furthest mark of a beginning that was seen; -1: it was under way when the log began. */
  startRank: StartRank | -1 = -1;
  /** Past the beginning: the next mark of one is another attempt's. */
  isUnderWay = false;
  /** Both ends have agreed on a policy, so that the SA gets a number of its own soon. */
  isAgreed = false;
  isDeleted = false;
  /** A message says that there is no NAT: what looked like one before was none. */
  hasNoNat = false;

  constructor(line: number) {
    this.firstLine = line;
    this.lastLine = line;
  }

  /** Notes addresses; those that are masked or are names are none. */
  meet(peer: string | undefined, local?: string | undefined): void {
    this.facts.peer ??= canonicalAddress(peer ?? "");
    this.facts.local ??= canonicalAddress(local ?? "");
  }

  /** Takes in one message and what was read from it. */
  take(message: Message, fact: Fact | undefined): void {
    this.lastLine = message.lastLine;
    const { connection } = message;
    if (connection !== undefined && connection !== "0" && !this.connections.includes(connection))
      this.connections.push(connection);
    if (fact) this.#apply(message, fact);
  }

  #apply({ line }: Message, fact: Fact): void {
    const { facts } = this;
    switch (fact.is) {
      case "start":
        if (fact.rank > this.startRank) this.startRank = fact.rank;
        facts.role ??= fact.role;
        this.meet(fact.peer);
        break;
      case "packet":
        this.#takePacket(line, fact);
        break;
      case "states":
        this.#takeStates(line, fact.from, fact.to);
        break;
      case "peer":
        this.meet(fact.peer, fact.local);
        break;
      case "authenticated":
        this.meet(fact.peer);
        facts.phase1CompleteLine ??= fact.peer === undefined ? undefined : line;
        break;
      case "payload":
        facts.heardFromPeerLine ??= line;
        if (fact.name === "KE") this.isAgreed = true;
        if (fact.inQuickMode) facts.phase2StartedLine ??= line;
        break;
      case "quick-mode":
        facts.phase2StartedLine ??= line;
        if (fact.done) this.#completePhase2(line);
        break;
      case "retransmit":
        this.#reach(line, fact.state);
        break;
      case "deleted":
        this.isDeleted = true;
        facts.role ??= fact.role;
        this.#reach(line, fact.state);
        break;
      case "ends":
        this.proxies.begin(fact.inbound);
        this.meet(fact.remote, fact.local);
        break;
      case "proxy":
        this.proxies.say(line, fact.parts);
        break;
      default:
        this.#takeOffer(line, fact);
    }
  }

  #takeOffer(line: number, fact: Fact): void {
    switch (fact.is) {
      case "ike-check":
        this.ikeOffers.begin(line, fact.against);
        break;
      case "ike-attribute":
        this.ikeOffers.say(line, fact.name, fact.value);
        break;
      case "ike-verdict":
        this.ikeOffers.judge(line, fact.accepted);
        this.isAgreed ||= fact.accepted;
        break;
      case "ipsec-check":
        this.facts.phase2StartedLine ??= line;
        break;
      case "ipsec-transform":
        this.facts.phase2StartedLine ??= line;
        this.ipsecOffers.begin(line, fact.name);
        break;
      case "ipsec-attribute":
        this.ipsecOffers.say(fact.name, fact.value);
        break;
      case "attributes-refused":
        if (this.ipsecOffers.isOpen) this.ipsecOffers.refuse(line);
        else this.ikeOffers.judge(line, false);
        break;
      case "ipsec-refused":
        this.facts.phase2StartedLine ??= line;
        if (fact.all) this.ipsecOffers.refuseAll(line);
        else this.ipsecOffers.refuse(line);
        break;
      default:
        break;
    }
  }

  #takePacket(line: number, fact: Fact & { readonly is: "packet" }): void {
    const { facts } = this;
    this.meet(fact.peer);
    facts.role ??= fact.role ?? (fact.state === "NEW SA" ? "responder" : undefined);
    if (fact.way === "received") facts.heardFromPeerLine ??= line;
    if (fact.ports.includes("4500")) facts.usesPort4500Line ??= line;
    if (fact.state === "NEW SA") this.startRank = this.startRank < 1 ? 1 : this.startRank;
    else this.#reach(line, fact.state);
    if (fact.state === "QM_IDLE") facts.phase1CompleteLine ??= line;
  }

  #takeStates(line: number, from: string, to: string): void {
    const { facts } = this;
    const role = /^IKE_([IR])_(?:MM|AM|AG)/.exec(to)?.[1] ?? /^IKE_([IR])_(?:MM|AM|AG)/.exec(from)?.[1];
    if (role !== undefined) facts.role ??= role === "I" ? "initiator" : "responder";
    if (from === "IKE_READY") this.startRank = this.startRank < 4 ? 4 : this.startRank;
    else this.isUnderWay = true;
    if (/^IKE_(?:I_MM[3-6]|R_MM[2-6])/.test(to)) this.isAgreed = true;
    if (to === "IKE_P1_COMPLETE") facts.phase1CompleteLine ??= line;
    if (to === "IKE_DEST_SA") this.isDeleted = true;
    if (QUICK_MODE.test(to)) facts.phase2StartedLine ??= line;
    if (to === "IKE_QM_PHASE2_COMPLETE") {
      facts.phase2StartedLine ??= line;
      this.#completePhase2(line);
    }
  }

  #completePhase2(line: number): void {
    this.facts.phase2CompleteLine = line;
    this.ipsecOffers.accept();
  }

  #reach(line: number, state: string | undefined): void {
    const order = STATE_ORDER[state ?? ""];
    if (order === undefined) return;
    if (order > 1) this.isUnderWay = true;
    if (order <= (STATE_ORDER[this.facts.furthestState ?? ""] ?? 0)) return;
    this.facts.furthestState = state;
    this.facts.furthestStateLine = line;
  }

  /** What signatures say about the attempt as a whole. */
  hear(event: LogEvent): void {
    const { line } = event;
    this.events.push(event);
    this.ikeOffers.hear(line, event.signature);
    this.meet(undefined, event.captures["local"]);
    if (event.signature === "nat-not-found") this.hasNoNat = true;
    if (event.signature === "nat-found" || event.signature === "nat-hash-differs") this.facts.natFoundLine ??= line;
  }

  finish(): Attempt {
    const { facts } = this;
    if (this.hasNoNat) facts.natFoundLine = undefined;
    for (const event of this.events) event.peer ??= facts.peer;
    return {
      firstLine: this.firstLine,
      lastLine: this.lastLine,
      ...facts,
      connections: this.connections,
      ikeOffers: this.ikeOffers.finish(),
      ipsecOffers: this.ipsecOffers.finish(),
      proxies: this.proxies.finish(),
      events: this.events,
    };
  }
}
