/** The two sites' configurations, and what can be broken in them. */
import { ADDRESSES } from "./network.ts";

export type End = "a" | "b";

/** Settings of one end's configuration that a fault may change. */
export interface Settings {
  readonly version: string;
  readonly proposals: string;
  readonly espProposals: string;
  readonly localId: string;
  readonly remoteId: string;
  readonly localAuth: string;
  readonly remoteAuth: string;
  readonly remoteAddress: string;
  readonly localNetwork: string;
  readonly remoteNetwork: string;
  readonly mode: string;
  readonly keyFor: string;
  readonly key: string;
  /** More lines of the connection. */
  readonly more: string;
}

const NAMES: Readonly<Record<End, string>> = { a: "branch", b: "hq" };
/** Made up for this lab. */
export const KEY = "blue-harbour-41";

export function settingsOf(end: End, changed: Partial<Settings> = {}): Settings {
  const own = ADDRESSES[end];
  const peer = ADDRESSES[end === "a" ? "b" : "a"];
  return {
    version: "2",
    proposals: "aes256-sha256-modp2048",
    espProposals: "aes256-sha256-modp2048",
    localId: own.outside,
    remoteId: peer.outside,
    localAuth: "psk",
    remoteAuth: "psk",
    remoteAddress: peer.outside,
    localNetwork: own.network,
    remoteNetwork: peer.network,
    mode: "tunnel",
    keyFor: changed.remoteId ?? peer.outside,
    key: KEY,
    more: "",
    ...changed,
  };
}

/** As swanctl.conf; UDP encapsulation is forced, as packets are carried in user space. */
export function configurationOf(end: End, settings: Settings): string {
  return `connections {
  ${NAMES[end]} {
    version = ${settings.version}
    local_addrs = ${ADDRESSES[end].outside}
    remote_addrs = ${settings.remoteAddress}
    proposals = ${settings.proposals}
    encap = yes
    dpd_delay = 1s
    ${settings.more}
    local {
      auth = ${settings.localAuth}
      id = ${settings.localId}
    }
    remote {
      auth = ${settings.remoteAuth}
      id = ${settings.remoteId}
    }
    children {
      lan {
        local_ts = ${settings.localNetwork}
        remote_ts = ${settings.remoteNetwork}
        esp_proposals = ${settings.espProposals}
        mode = ${settings.mode}
      }
    }
  }
}
secrets {
  ike-peer {
    id = ${settings.keyFor}
    secret = "${settings.key}"
  }
}
`;
}
