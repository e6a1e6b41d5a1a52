/** The blocks "incoming proposal:" and "my proposal:" of the debug, line by line. */
import type { EspProposal, IkeProposal } from "../../../domain/readings/connection.ts";
import { groupOf, printedCipher, printedHash } from "../algorithms.ts";

interface Draft {
  readonly line: number;
  isIke: boolean;
  readonly encryption: string[];
  readonly integrity: string[];
  readonly prf: string[];
  readonly groups: number[];
  auth?: string;
  lifetime?: number;
  isVersion2: boolean;
}

const BEGINS = /^(?<whose>incoming|my)(?: child SA)? proposal(?:, gw \S{1,60})?:$/;
const PROPOSAL = /^\s*proposal id = \d{1,3}:/;
const TRANSFORM = /^\s*trans_id = (?<id>\w{3,30})\.?(?: \(key_len ?= ?(?<bits>\d{2,3})\))?/;
const PROTOCOL = /^\s*protocol(?: id)? = (?<protocol>ISAKMP|IKEv2|IPSEC_ESP|ESP|IPSEC_AH|AH)/;
const TYPE =
  /^\s*type ?= ?(?<type>\w{2,24}), ?val ?= ?(?<value>\w{2,40})(?:(?:, ?key-?_?len ?= ?| \(key_len ?= ?)(?<bits>\d{2,3}))?/;
const PFS = /^\s*PFS DH group = (?<group>\d{1,2})/;
const LIFETIME = /^(?:ISAKMP SA )?lifetime=(?<seconds>\d{1,9})/;
const ASIDE = /^\s*(?:encapsulation = |no PFS|PFS is (?:dis|en)abled|type ?= ?\w)/;

/** What a peer proposed and what this end has, of one exchange. */
export class Proposals {
  #whose: "incoming" | "my" | undefined;
  #first: "incoming" | "my" | undefined;
  readonly #drafts = { incoming: [] as Draft[], my: [] as Draft[] };
  #protocol: { readonly isIke: boolean; readonly isVersion2: boolean } = { isIke: true, isVersion2: false };
  #pfs: number | undefined;

  /** Whether the line is of a block. */
  read(text: string, line: number): boolean {
    const whose = BEGINS.exec(text)?.groups?.["whose"];
    if (whose !== undefined) {
      this.#begin(whose === "my" ? "my" : "incoming");
      return true;
    }
    if (this.#whose === undefined) return false;
    const isRead = this.#readInside(text, line);
    if (!isRead && !ASIDE.test(text)) this.#whose = undefined;
    return isRead;
  }

  /** IKE prints what came in first, quick mode its own; several gateways of this end may follow one that came in. */
  #begin(whose: "incoming" | "my"): void {
    const { incoming, my } = this.#drafts;
    if (incoming.length === 0 && my.length === 0) this.#first = whose;
    else if (whose === this.#first && incoming.length > 0 && my.length > 0) incoming.length = my.length = 0;
    this.#whose = whose;
  }

  #readInside(text: string, line: number): boolean {
    if (PROPOSAL.test(text)) {
      this.#pfs = undefined;
      return this.#open(line);
    }
    const protocol = PROTOCOL.exec(text)?.groups?.["protocol"];
    if (protocol !== undefined) {
      this.#protocol = { isIke: /^I(?:SAKMP|KEv2)$/.test(protocol), isVersion2: /^(?:IKEv2|ESP|AH)$/.test(protocol) };
      Object.assign(this.#last ?? {}, this.#protocol);
      return true;
    }
    const transform = TRANSFORM.exec(text)?.groups;
    if (transform) return this.#transform(transform, line);
    const group = PFS.exec(text)?.groups?.["group"];
    if (group !== undefined) {
      this.#pfs = Number(group);
      this.#last?.groups.push(this.#pfs);
      return true;
    }
    const seconds = LIFETIME.exec(text)?.groups?.["seconds"];
    if (seconds !== undefined && this.#last) this.#last.lifetime = Number(seconds);
    const type = TYPE.exec(text)?.groups;
    return seconds !== undefined || (type !== undefined && this.#take(type));
  }

  get #last(): Draft | undefined {
    return this.#whose === undefined ? undefined : this.#drafts[this.#whose].at(-1);
  }

  #open(line: number): boolean {
    if (this.#whose === undefined) return false;
    const groups = this.#pfs === undefined ? [] : [this.#pfs];
    this.#drafts[this.#whose].push({ line, ...this.#protocol, encryption: [], integrity: [], prf: [], groups });
    return true;
  }

  /** In IKEv1 each transform is a choice of its own. */
  #transform({ id = "", bits }: Readonly<Record<string, string | undefined>>, line: number): boolean {
    const last = this.#last;
    if (last && (last.encryption.length > 0 || last.integrity.length > 0)) this.#open(line);
    if (id.startsWith("ESP_")) this.#last?.encryption.push(printedCipher(id, bits));
    return true;
  }

  #take({ type = "", value = "", bits }: Readonly<Record<string, string | undefined>>): boolean {
    const draft = this.#last;
    if (!draft) return false;
    if (/^(?:OAKLEY_ENCRYPT_ALG|ENCR)$/.test(type)) draft.encryption.push(printedCipher(value, bits));
    else if (/^(?:OAKLEY_HASH_ALG|INTEGR|AUTH_ALG)$/.test(type)) draft.integrity.push(printedHash(value));
    else if (type === "PRF" || type === "OAKLEY_PRF") draft.prf.push(printedHash(value));
    else if (/^(?:OAKLEY_GROUP|DH_GROUP)$/.test(type)) {
      const group = groupOf(value);
      if (group !== undefined) draft.groups.push(group);
    } else if (type === "AUTH_METHOD") draft.auth = methodOf(value);
    return true;
  }

  /** Both lists of IKE proposals; undefined where one of them was not printed. */
  get ike(): { received: IkeProposal[]; configured: IkeProposal[] } | undefined {
    const received = this.#drafts.incoming.filter(isOfIke).map(toIke);
    const configured = this.#drafts.my.filter(isOfIke).map(toIke);
    return received.length > 0 && configured.length > 0 ? { received, configured } : undefined;
  }

  get esp(): { received: EspProposal[]; configured: EspProposal[] } | undefined {
    const received = this.#drafts.incoming.filter(isOfEsp).map(toEsp);
    const configured = this.#drafts.my.filter(isOfEsp).map(toEsp);
    return received.length > 0 && configured.length > 0 ? { received, configured } : undefined;
  }
}

const isOfIke = (draft: Draft) => draft.isIke && draft.encryption.length > 0;
const isOfEsp = (draft: Draft) => !draft.isIke && draft.encryption.length > 0;

function methodOf(value: string): string {
  if (value === "PRESHARED_KEY") return "psk";
  return value === "RSA_SIG" ? "rsa-sig" : value.toLowerCase().replaceAll("_", "-");
}

/** An AEAD cipher brings its own integrity. */
function integrityOf({ encryption, integrity }: Draft): string[] {
  return integrity.length === 0 && encryption.every((name) => /gcm|chacha/.test(name)) ? ["none"] : integrity;
}

function toIke(draft: Draft): IkeProposal {
  const { line, encryption, prf, groups, auth, lifetime, isVersion2 } = draft;
  return {
    line,
    encryption,
    integrity: integrityOf(draft),
    ...(prf.length > 0 && { prf }),
    dhGroups: groups,
    ...(!isVersion2 && auth !== undefined && { auth }),
    ...(!isVersion2 && lifetime !== undefined && { lifetimeSeconds: lifetime }),
  };
}

/** With IKEv2 the first IPsec SA has no group of its own, whatever is configured. */
function toEsp(draft: Draft): EspProposal {
  const { line, encryption, groups, isVersion2 } = draft;
  return {
    line,
    protocol: "esp",
    encryption,
    integrity: integrityOf(draft),
    ...((!isVersion2 || groups.length > 0) && { pfsGroups: groups }),
  };
}
