/** What a single message of the debug says about its negotiation. */
import type { IkeAttribute } from "./ike-offers.ts";
import type { IpsecAttribute } from "./ipsec-offers.ts";
import type { ProxyPart } from "./proxies.ts";

export type Role = "initiator" | "responder";

/**
 * How far the beginning of an attempt has come; a mark of the same or a lower rank than one that was seen before begins
 * another attempt. 0: IPsec asks for an SA; 1: a message of a new peer, or the SA is asked of IKE; 2, 3: the peer's
 * structures; 4: the state machine leaves IKE_READY; 5: the exchange begins.
 */
export type StartRank = 0 | 1 | 2 | 3 | 4 | 5;

export type Fact =
  | {
      readonly is: "start";
      readonly rank: StartRank;
      readonly peer?: string | undefined;
      readonly role?: Role | undefined;
    }
  | {
      readonly is: "packet";
      readonly way: "sent" | "received";
      readonly peer: string;
      readonly ports: readonly string[];
      readonly role?: Role | undefined;
      readonly state?: string | undefined;
    }
  | { readonly is: "states"; readonly from: string; readonly to: string }
  | { readonly is: "peer"; readonly peer: string; readonly local?: string | undefined }
  | { readonly is: "authenticated"; readonly peer?: string | undefined }
  | { readonly is: "payload"; readonly name: string; readonly inQuickMode: boolean }
  | { readonly is: "quick-mode"; readonly done: boolean }
  | { readonly is: "retransmit"; readonly state?: string | undefined }
  | { readonly is: "deleted"; readonly state?: string | undefined; readonly role?: Role | undefined }
  | { readonly is: "ike-check"; readonly against: number }
  | { readonly is: "ike-attribute"; readonly name: IkeAttribute; readonly value: string }
  | { readonly is: "ike-verdict"; readonly accepted: boolean }
  | { readonly is: "ipsec-check" }
  | { readonly is: "ipsec-transform"; readonly name: string }
  | { readonly is: "ipsec-attribute"; readonly name: IpsecAttribute; readonly value: string }
  /** Attributes that cannot be accepted, in either phase. */
  | { readonly is: "attributes-refused" }
  /** The last transform, or every one of this quick mode. */
  | { readonly is: "ipsec-refused"; readonly all: boolean }
  | {
      readonly is: "ends";
      /** What the peer asks for, not what this end asks for or has. */
      readonly inbound: boolean;
      readonly local?: string | undefined;
      readonly remote?: string | undefined;
    }
  | { readonly is: "proxy"; readonly parts: readonly ProxyPart[] };
