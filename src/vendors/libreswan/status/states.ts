/**
 * What pluto's names of states say of an IKE SA. Source: libreswan 4.10 (what it prints), and older releases' names;
 * libreswan 5 leaves "STATE_" out.
 */
import type { NegotiationProgress } from "../../../domain/readings/ike.ts";

export interface Standing {
  readonly version: 1 | 2;
  readonly standing: "up" | "negotiating" | "deleted";
  readonly progress?: NegotiationProgress | undefined;
  readonly role?: "initiator" | "responder" | undefined;
}

const PROGRESS: Readonly<Record<string, NegotiationProgress>> = {
  STATE_MAIN_I1: "begun",
  STATE_MAIN_R0: "begun",
  STATE_MAIN_R1: "agreed",
  STATE_MAIN_I2: "agreed",
  STATE_MAIN_R2: "keyed",
  STATE_MAIN_I3: "keyed",
  STATE_AGGR_I1: "begun",
  STATE_AGGR_R1: "keyed",
  STATE_V2_PARENT_I1: "begun",
  STATE_V2_PARENT_R0: "begun",
  STATE_V2_PARENT_R1: "keyed",
  STATE_V2_PARENT_I2: "keyed",
  STATE_PARENT_I1: "begun",
  STATE_PARENT_R1: "keyed",
  STATE_PARENT_I2: "keyed",
};

/** Undefined for the state of an IPsec SA. `says`: what stands in parentheses behind it. */
export function standingOf(state: string, says: string): Standing | undefined {
  if (/QUICK|CHILD|IPSEC|_INFO|CREATE/.test(state)) return undefined;
  const version = /V2|PARENT|IKEv2|ESTABLISHED_IKE_SA/.test(state) ? 2 : 1;
  const letter = /_(?<letter>[IR])\d$/.exec(state)?.groups?.["letter"];
  const role = letter === "I" ? "initiator" : letter === "R" ? "responder" : undefined;
  if (/(?:IKE|ISAKMP|PARENT) SA established|established (?:IKE|ISAKMP) SA/.test(says))
    return { version, standing: "up", role };
  if (/DEL|ZOMBIE/.test(state)) return { version, standing: "deleted", role };
  return { version, standing: "negotiating", progress: PROGRESS[state.replace(/^(?:STATE_)?/, "STATE_")], role };
}
