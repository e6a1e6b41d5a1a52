/** The IPsec transforms that the peer offered in quick mode, and what became of them. */
import type { OfferedIpsecProposal } from "../../../domain/readings/log.ts";
import { dhGroup, encryptionFromDebug, integrityFromWord } from "../ike-words.ts";
import { lifetimeSeconds } from "./lifetime.ts";

export type IpsecAttribute = "encapsulation" | "key-length" | "authenticator" | "group" | "life-type" | "life";

/** RFC 2407 section 4.5 and RFC 3947 section 5.1. */
const ENCAPSULATIONS: Readonly<Record<string, string>> = {
  "1": "tunnel",
  "2": "transport",
  "3": "tunnel-udp",
  "4": "transport-udp",
  "61443": "tunnel-udp",
  "61444": "transport-udp",
};

interface Draft {
  readonly line: number;
  readonly name: string;
  readonly printed: Map<IpsecAttribute, string>;
  unit: string | undefined;
  lifetimeSeconds: number | undefined;
  accepted: boolean | undefined;
  refusedLine: number | undefined;
}

/** Collects the proposals of one attempt. */
export class IpsecOffers {
  readonly #drafts: Draft[] = [];
  /** The first draft of the quick mode that is going on. */
  #open = 0;

  /** A transform waits for what is said to it. */
  get isOpen(): boolean {
    const last = this.#drafts.at(-1);
    return last !== undefined && last.accepted === undefined && this.#drafts.length > this.#open;
  }

  begin(line: number, name: string): void {
    this.#drafts.push({
      line,
      name,
      printed: new Map(),
      unit: undefined,
      lifetimeSeconds: undefined,
      accepted: undefined,
      refusedLine: undefined,
    });
  }

  say(name: IpsecAttribute, value: string): void {
    const draft = this.#drafts.at(-1);
    if (!draft) return;
    if (name === "life-type") draft.unit = value;
    else if (name !== "life") draft.printed.set(name, value);
    else if (draft.unit?.startsWith("sec")) draft.lifetimeSeconds ??= lifetimeSeconds(value);
  }

  /** The attributes of the last transform cannot be read, or policy does not allow it. */
  refuse(line: number): void {
    const draft = this.#drafts.at(-1);
    if (!draft || draft.accepted !== undefined) return;
    draft.accepted = false;
    draft.refusedLine = line;
  }

  /** All that were offered in this quick mode and nothing was said about. */
  refuseAll(line: number): void {
    for (const draft of this.#drafts.slice(this.#open)) {
      if (draft.accepted !== undefined) continue;
      draft.accepted = false;
      draft.refusedLine = line;
    }
    this.#open = this.#drafts.length;
  }

  /** The SAs are made: of what was offered, the last that was not refused. */
  accept(): void {
    const open = this.#drafts.slice(this.#open).filter(({ accepted }) => accepted === undefined);
    const last = open.at(-1);
    if (last) last.accepted = true;
    this.#open = this.#drafts.length;
  }

  finish(): OfferedIpsecProposal[] {
    return this.#drafts.map(({ line, name, printed, lifetimeSeconds: seconds, accepted, refusedLine }) => ({
      line,
      transform: transformOf(name, printed),
      encapsulation: encapsulationOf(printed.get("encapsulation")),
      lifetimeSeconds: seconds,
      pfsGroup: groupOf(printed.get("group")),
      accepted,
      refusedLine,
    }));
  }
}

/** "ESP_AES" with "key length is 256" and "authenticator is HMAC-SHA256", or "AH_SHA". */
function transformOf(name: string, printed: ReadonlyMap<IpsecAttribute, string>) {
  const authenticator = printed.get("authenticator");
  const hash = authenticator === undefined ? undefined : integrityFromWord(authenticator);
  if (/^AH_/i.test(name)) return { ah: hash ?? integrityFromWord(name.slice(3)) };
  if (/^(?:IPCOMP|COMP|PCP)[_-]/i.test(name)) return { compression: name.replace(/^[A-Z]+[_-]/i, "").toLowerCase() };
  const keyLength = printed.get("key-length");
  const cipher = name.replace(/^ESP_/i, "").replace(/^(GCM|GMAC)\b/i, "aes-$1");
  const encryption = encryptionFromDebug(cipher, keyLength === undefined ? undefined : Number(keyLength));
  return hash === undefined ? { encryption } : { encryption, integrity: hash };
}

function encapsulationOf(printed: string | undefined): string | undefined {
  const number = printed === undefined ? undefined : /^(\d{1,5})\b/.exec(printed)?.[1];
  return number === undefined ? undefined : ENCAPSULATIONS[number];
}

function groupOf(printed: string | undefined): number | undefined {
  return printed === undefined ? undefined : dhGroup(printed);
}
