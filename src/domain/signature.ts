/** A log or debug message that means something; data in the platform's folder, compiled when it is loaded. */
import type { PlatformId } from "./ids.ts";

export interface Signature {
  readonly id: string;
  readonly platform: PlatformId;
  /** Matched against a log line without its time stamp and sequence number. Named groups are kept. */
  readonly pattern: RegExp;
  /** Texts, in lower case, one of which every match holds; absent: the build has not looked for them. */
  readonly literals?: readonly string[] | undefined;
  /** What the line says, in one sentence. */
  readonly means: string;
  /** What it says of the course of a negotiation; see {@link NegotiationStep}. */
  readonly step?: NegotiationStep | undefined;
  /** Also printed on healthy tunnels: weighs nothing by itself. */
  readonly noise: boolean;
  /** Parts, in lower case, of wordings that no source shows printed: a line with one makes nothing sure by itself. */
  readonly unseen?: readonly string[] | undefined;
}

/**
 * What a line says of the course of a negotiation. initiator, responder: it begins, and in which role; heard: a message of
 * the peer came in; agreed: IKE's proposals were agreed on; keyed: keys were exchanged, authentication goes on; ike-up;
 * child-begins, child-up: the IPsec SA (quick mode, CHILD_SA); nat: address translation was found; port-4500: IKE has
 * moved there; over: it failed, or its SA was taken down, and what follows is another attempt.
 */
export const NEGOTIATION_STEPS = [
  "initiator",
  "responder",
  "heard",
  "agreed",
  "keyed",
  "ike-up",
  "child-begins",
  "child-up",
  "nat",
  "port-4500",
  "over",
] as const;
export type NegotiationStep = (typeof NEGOTIATION_STEPS)[number];
