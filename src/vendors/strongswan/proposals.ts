/** Proposals: lists of algorithms of which one of each kind is chosen. */
import type { Transform } from "../../domain/crypto.ts";
import type { EspProposal, IkeProposal } from "../../domain/readings/connection.ts";
import { type Algorithm, configuredAlgorithm, isAead, printedAlgorithm } from "./algorithms.ts";

interface Sorted {
  readonly encryption: readonly string[];
  readonly integrity: readonly string[];
  readonly prf: readonly string[];
  readonly groups: readonly number[];
}

/** A list that was printed, in the forms that readings have. */
interface Printed {
  readonly sorted: Sorted;
  readonly negotiated: Negotiated;
  readonly esp: Transform;
  readonly ah: Transform;
}

function sort(algorithms: readonly Algorithm[]): Sorted {
  const sorted = { encryption: [] as string[], integrity: [] as string[], prf: [] as string[], groups: [] as number[] };
  for (const algorithm of algorithms) {
    if (algorithm.is === "group") sorted.groups.push(algorithm.number);
    else if (algorithm.is !== "other") sorted[algorithm.is].push(algorithm.name);
  }
  if (sorted.integrity.length === 0 && sorted.encryption.some(isAead)) sorted.integrity.push("none");
  return sorted;
}

/** Logs and hubs print the same few lists again and again; no device has as many of them. */
const MOST_KNOWN = 500;

/** Reads what one output prints of algorithms, each text once. */
export class PrintedAlgorithms {
  readonly #known = new Map<string, Printed>();
  /** The same of whole lists of proposals, as a log repeats them. */
  readonly #lists = new Map<string, readonly Listed[]>();

  /** "IKE:AES_CBC_256/HMAC_SHA2_256_128/PRF_HMAC_SHA2_256/MODP_2048, IKE:…" */
  ikeProposals(text: string, line: number): IkeProposal[] {
    const proposals: IkeProposal[] = [];
    for (const { protocol, sorted } of this.#listed(text)) {
      const { encryption, integrity, prf, groups } = sorted;
      if (protocol === "IKE") proposals.push({ line, encryption, integrity, prf, dhGroups: groups });
    }
    return proposals;
  }

  /** "ESP:AES_CBC_256/HMAC_SHA2_256_128/MODP_2048/NO_EXT_SEQ, ESP:…" */
  espProposals(text: string, line: number): EspProposal[] {
    const proposals: EspProposal[] = [];
    for (const { protocol, sorted } of this.#listed(text)) {
      const { encryption, integrity, groups } = sorted;
      if (protocol !== "IKE")
        proposals.push({ line, protocol: protocol === "AH" ? "ah" : "esp", encryption, integrity, pfsGroups: groups });
    }
    return proposals;
  }

  /** What an SA runs with: "AES_CBC-256/HMAC_SHA2_256_128[/PRF…][/MODP_2048]". */
  negotiated(text: string): Negotiated {
    return this.#printed(text).negotiated;
  }

  /** The same as a transform of an IPsec SA. */
  transform(protocol: "esp" | "ah", text: string): Transform {
    return this.#printed(text)[protocol];
  }

  #listed(text: string): readonly Listed[] {
    const known = this.#lists.get(text);
    if (known) return known;
    const listed = text.split(/, ?/).flatMap((item): Listed[] => {
      const [, protocol, algorithms] = /^(IKE|ESP|AH):(\S+)$/.exec(item.trim()) ?? [];
      return algorithms === undefined ? [] : [{ protocol, sorted: this.#printed(algorithms).sorted }];
    });
    if (this.#lists.size < MOST_KNOWN) this.#lists.set(text, listed);
    return listed;
  }

  #printed(text: string): Printed {
    const known = this.#known.get(text);
    if (known) return known;
    const sorted = sort(text.split("/").map(printedAlgorithm));
    const { encryption, integrity, prf, groups } = sorted;
    const printed: Printed = {
      sorted,
      negotiated: { encryption: encryption[0], integrity: integrity[0], prf: prf[0], group: groups[0] },
      esp: { encryption: encryption[0], integrity: integrity[0] },
      ah: { ah: integrity[0] },
    };
    if (this.#known.size < MOST_KNOWN) this.#known.set(text, printed);
    return printed;
  }
}

interface Listed {
  readonly protocol: string | undefined;
  readonly sorted: Sorted;
}

export interface Negotiated {
  readonly encryption?: string | undefined;
  readonly integrity?: string | undefined;
  readonly prf?: string | undefined;
  readonly group?: number | undefined;
}

/** What strongSwan proposes for "default" differs with its version and its plugins: nothing is known of it. */
const DEFAULT = /^default$/i;

/** `proposals = aes256-sha256-modp2048, aes256gcm16-prfsha384-ecp384`; a trailing "!" (ipsec.conf) means "nothing else". */
export function configuredIkeProposals(value: string, line: number): IkeProposal[] {
  return words(value).map((text) => {
    if (DEFAULT.test(text)) return { line, name: text, isDefault: true };
    const { encryption, integrity, prf, groups } = configured(text);
    // Without a PRF of its own a proposal has those of its integrity algorithms.
    const prfs = prf.length > 0 ? prf : integrity.filter((name) => name !== "none");
    return {
      line,
      name: text,
      encryption,
      integrity,
      prf: prfs.length > 0 ? prfs : undefined,
      dhGroups: groups,
    };
  });
}

interface Written {
  readonly text: string;
  readonly line: number;
}

/** What a child of either configuration proposes: ESP where it says so, else AH, else charon's default; `line` is its own. */
export function childProposals(esp: Written | undefined, ah: Written | undefined, line: number): EspProposal[] {
  if (esp) return configuredEspProposals(esp.text, esp.line);
  if (ah) return configuredEspProposals(ah.text, ah.line, "ah");
  return [{ line, name: "default", protocol: "esp", isDefault: true }];
}

/** `esp_proposals = aes256-sha256-modp2048`. */
function configuredEspProposals(value: string, line: number, protocol: "esp" | "ah" = "esp"): EspProposal[] {
  return words(value).map((text) => {
    if (DEFAULT.test(text)) return { line, name: text, protocol, isDefault: true };
    const { encryption, integrity, groups } = configured(text);
    return { line, name: text, protocol, encryption, integrity, pfsGroups: groups };
  });
}

function words(value: string): string[] {
  return value
    .replace(/!$/, "")
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");
}

function configured(text: string): Sorted {
  return sort(text.split("-").map(configuredAlgorithm));
}
