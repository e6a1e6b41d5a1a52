/** What is known of an exchange while the debug is read: how far it is, with whom, what was proposed. */
import { canonicalAddress } from "../../../domain/network.ts";
import type { Selector } from "../../../domain/readings/ipsec.ts";
import type { TunnelNames } from "../../../domain/readings/names.ts";
import type { AttemptDetails } from "../../../negotiations/message.ts";
import { readSelector } from "../selectors.ts";
import { namesOf } from "../tunnel-names.ts";
import { Proposals } from "./proposals.ts";

const OWN_PROPOSAL = /^my proposal, gw (\S{1,60}):$/;
const UP = /^established IKE SA |^(?:no pending Quick-Mode negotiations)/;
const AUTH = /^(?:initiator received AUTH msg|responder received AUTH msg|initiator preparing AUTH msg)/;
const ASKED_V1 = /^peer proposal is: peer:(?<peer>\S{5,120}), me:(?<me>\S{5,120}?),?$/;
const ASKED_V2 = /^TS(?<whose>[ir])_\d{1,3} (?<selector>\S{5,120})$/;
const REFUSES_SELECTORS = /^(?:no matching phase2 found|failed to match peer selectors)/;
const NO_PROPOSAL = /^no (?:SA )?proposal chosen/;
const NOTIFIED = /^(?:notify msg received: |(?:received|processing) notify type )/;

export class Course {
  readonly #proposals = new Proposals();
  #stage: "begun" | "authentication" | "IKE SA is up" = "begun";
  #local: Selector | undefined;
  #remote: Selector | undefined;

  /** The gateway of this end whose proposals the debug prints, where its lines do not begin with its name yet. */
  names: TunnelNames | undefined;

  /** Whether the line is of a block of proposals. */
  readProposals(text: string, line: number): boolean {
    const gateway = OWN_PROPOSAL.exec(text)?.[1];
    if (gateway !== undefined) this.names = namesOf(gateway);
    return this.#proposals.read(text, line);
  }

  hear(text: string): void {
    if (UP.test(text)) this.#stage = "IKE SA is up";
    else if (AUTH.test(text) && this.#stage === "begun") this.#stage = "authentication";
    const first = ASKED_V1.exec(text)?.groups;
    const second = ASKED_V2.exec(text)?.groups;
    if (first) {
      this.#remote = readSelector(first["peer"] ?? "");
      this.#local = readSelector(first["me"] ?? "");
    } else if (second) {
      // Refusals are the responder's: the initiator's networks are the peer's.
      if (second["whose"] === "i") this.#remote = readSelector(second["selector"] ?? "");
      else this.#local = readSelector(second["selector"] ?? "");
    }
  }

  /** A refusal says more with what it is about; other lines stay as they are. */
  explained(text: string, isOfPhase2: boolean): string {
    if (NO_PROPOSAL.test(text)) {
      if (isOfPhase2) return `${text} [IPsec SA]`;
      return `${text} [IKE SA${this.#proposals.ike ? ", both proposals shown" : ""}]`;
    }
    return NOTIFIED.test(text) ? `${text} [${this.#stage}]` : text;
  }

  detailsOf(text: string, line: number, isOfPhase2: boolean): AttemptDetails | undefined {
    if (NO_PROPOSAL.test(text)) {
      const { esp, ike } = this.#proposals;
      if (isOfPhase2) return esp && { espCompared: esp };
      return ike && { ikeCompared: ike };
    }
    if (!REFUSES_SELECTORS.test(text) || !this.#local || !this.#remote) return undefined;
    return { proxies: [{ line, local: this.#local, remote: this.#remote }] };
  }
}

export interface Ends {
  readonly local: string | undefined;
  readonly peer: string | undefined;
  readonly version?: 1 | 2 | undefined;
}

const COMES = /^comes (?<peer>[0-9a-fA-F.:]{2,45}):\d{1,5}->(?<local>[0-9a-fA-F.:]{2,45}):\d{1,5}\b/;
const SENT =
  /^(?:sent IKE msg \(\w{2,40}\): |created connection: \S{1,20} \d{1,6} |link (?:fail|down) \d{1,6} )(?<local>[0-9a-fA-F.:]{2,45}?)(?::\d{1,5})?->(?<peer>[0-9a-fA-F.:]{2,45}):\d{1,5}\b/;

/** Between whom a line says that packets go. */
export function endsIn(text: string): Ends | undefined {
  const groups = (COMES.exec(text) ?? SENT.exec(text))?.groups;
  return groups && { local: canonicalAddress(groups["local"] ?? ""), peer: canonicalAddress(groups["peer"] ?? "") };
}

/** IKE's version, where a line shows it. */
export function versionIn(text: string): 1 | 2 | undefined {
  const said = /^IKEv(?<version>[12]) exchange=/.exec(text)?.groups?.["version"];
  if (said !== undefined) return said === "2" ? 2 : 1;
  if (/^(?:initiator|responder): (?:main|aggressive) mode|^sent IKE msg \((?:ident|agg|quick|P1_)/.test(text)) return 1;
  return /^(?:initiator|responder) (?:received|preparing) (?:SA_INIT|AUTH)|^sent IKE msg \((?:RETRANSMIT_)?(?:SA_INIT|AUTH)/.test(
    text,
  )
    ? 2
    : undefined;
}
