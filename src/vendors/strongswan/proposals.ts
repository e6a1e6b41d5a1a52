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
  readonly #known = new Map<string, Sorted>();

  /** "IKE:AES_CBC_256/HMAC_SHA2_256_128/PRF_HMAC_SHA2_256/MODP_2048, IKE:…" */
  ikeProposals(text: string, line: number): IkeProposal[] {
    return text.split(/, ?/).flatMap((item) => {
      const algorithms = /^IKE:(\S+)$/.exec(item.trim())?.[1];
      if (algorithms === undefined) return [];
      const { encryption, integrity, prf, groups } = this.#sorted(algorithms);
      return [{ line, encryption, integrity, prf, dhGroups: groups }];
    });
  }

  /** "ESP:AES_CBC_256/HMAC_SHA2_256_128/MODP_2048/NO_EXT_SEQ, ESP:…" */
  espProposals(text: string, line: number): EspProposal[] {
    return text.split(/, ?/).flatMap((item) => {
      const match = /^(ESP|AH):(\S+)$/.exec(item.trim());
      if (!match) return [];
      const { encryption, integrity, groups } = this.#sorted(match[2] ?? "");
      return [{ line, protocol: match[1] === "AH" ? "ah" : "esp", encryption, integrity, pfsGroups: groups }];
    });
  }

  /** What an SA runs with: "AES_CBC-256/HMAC_SHA2_256_128[/PRF…][/MODP_2048]". */
  negotiated(text: string): Negotiated {
    const { encryption, integrity, prf, groups } = this.#sorted(text);
    return { encryption: encryption[0], integrity: integrity[0], prf: prf[0], group: groups[0] };
  }

  /** The same as a transform of an IPsec SA. */
  transform(protocol: "esp" | "ah", text: string): Transform {
    const { encryption, integrity } = this.#sorted(text);
    return protocol === "ah" ? { ah: integrity[0] } : { encryption: encryption[0], integrity: integrity[0] };
  }

  #sorted(text: string): Sorted {
    const known = this.#known.get(text);
    if (known) return known;
    const sorted = sort(text.split("/").map(printedAlgorithm));
    if (this.#known.size < MOST_KNOWN) this.#known.set(text, sorted);
    return sorted;
  }
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
