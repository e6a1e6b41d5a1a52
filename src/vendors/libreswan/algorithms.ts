/**
 * Algorithms as pluto prints them (AES_CBC_256-HMAC_SHA2_256-HMAC_SHA2_256_128-MODP2048) and as ipsec.conf writes them
 * (aes256-sha2_256;modp2048), in the vocabulary of src/domain/crypto.ts.
 * Source: libreswan 4.10 (man ipsec.conf, and what pluto prints).
 */
import type { EspProposal, IkeProposal } from "../../domain/readings/connection.ts";
import { type Algorithm, configuredAlgorithm, isAead, printedAlgorithm } from "../strongswan/algorithms.ts";

interface Sorted {
  readonly encryption: string[];
  readonly integrity: string[];
  readonly prf: string[];
  readonly groups: number[];
}

/** A word of pluto's; "HMAC_SHA2_256" without a length of its own is a PRF, which older forms use for the integrity as well. */
function printed(word: string): Algorithm {
  const group = /^DH(\d{1,2})$/.exec(word)?.[1];
  if (group !== undefined) return { is: "group", number: Number(group) };
  const gcm = /^AES_GCM_(?:A|B|C|8|12|16)_(\d{3})$/.exec(word)?.[1];
  if (gcm !== undefined) return { is: "encryption", name: `aes-gcm-${gcm}` };
  const old = /^AES_GCM_(\d{3})$/.exec(word)?.[1];
  if (old !== undefined) return { is: "encryption", name: `aes-gcm-${old}` };
  if (/^HMAC_(?:SHA2_\d{3}|SHA1|MD5)$/.test(word)) return printedAlgorithm(`PRF_${word}`);
  return printedAlgorithm(word);
}

function sort(words: readonly Algorithm[]): Sorted {
  const sorted: Sorted = { encryption: [], integrity: [], prf: [], groups: [] };
  for (const word of words) {
    if (word.is === "group") sorted.groups.push(word.number);
    else if (word.is !== "other" && !sorted[word.is].includes(word.name)) sorted[word.is].push(word.name);
  }
  if (sorted.encryption.length > 0 && sorted.encryption.every(isAead)) sorted.integrity.splice(0, 9, "none");
  else if (sorted.integrity.length === 0) sorted.integrity.push(...sorted.prf);
  return sorted;
}

/** "AES_CBC_256-HMAC_SHA2_256-MODP2048", "…+AES_CBC_128-…": kinds joined by "-", alternatives by "+". */
export function printedSuite(text: string): Sorted {
  return sort(text.trim().split(/[-+]/).map(printed));
}

const REMOTE = /^\d{1,3}:(?<protocol>IKE|ESP|AH):(?<transforms>\S{3,1000})$/;
const LOCAL = /^\d{1,3}:(?<protocol>IKE|ESP|AH)=(?<suite>\S{3,1000})$/;

interface Proposed extends Sorted {
  readonly protocol: "IKE" | "ESP" | "AH";
}

/** "1:IKE:ENCR=AES_CBC_256;PRF=HMAC_SHA2_256;INTEG=HMAC_SHA2_256_128;DH=MODP2048 2:IKE:…", and "1:IKE=AES_CBC_256-…". */
export function proposalsIn(text: string): Proposed[] {
  return text.split(/\s+/).flatMap((item): Proposed[] => {
    const groups: Readonly<Record<string, string | undefined>> = (REMOTE.exec(item) ?? LOCAL.exec(item))?.groups ?? {};
    const { protocol, transforms, suite } = groups;
    if (protocol !== "IKE" && protocol !== "ESP" && protocol !== "AH") return [];
    if (suite !== undefined) return [{ protocol, ...printedSuite(suite) }];
    const words = (transforms ?? "").split(";").map((one) => {
      const [key = "", value = ""] = one.split("=");
      return key === "INTEG" || key === "ENCR" || key === "DH" || key === "PRF"
        ? printed(value)
        : ({ is: "other" } as const);
    });
    return [{ protocol, ...sort(words) }];
  });
}

export function ikeProposalsIn(text: string, line: number): IkeProposal[] {
  return proposalsIn(text)
    .filter(({ protocol }) => protocol === "IKE")
    .map(({ encryption, integrity, prf, groups }) => ({ line, encryption, integrity, prf, dhGroups: groups }));
}

/** Without a group of its own, what protects packets says nothing of PFS: the first IPsec SA takes IKE's. */
export function espProposalsIn(text: string, line: number): EspProposal[] {
  return proposalsIn(text)
    .filter(({ protocol }) => protocol !== "IKE")
    .map(({ protocol, encryption, integrity, groups }) => ({
      line,
      protocol: protocol === "AH" ? "ah" : "esp",
      encryption,
      integrity,
      ...(groups.length > 0 && { pfsGroups: groups }),
    }));
}

/** A word of `ike=` or `esp=`. */
function configured(word: string): Algorithm[] {
  const text = word.toLowerCase();
  const group = /^dh(\d{1,2})$/.exec(text)?.[1];
  if (group !== undefined) return [{ is: "group", number: Number(group) }];
  const gcm = /^aes_gcm(?:_?(?:a|b|c|8|12|16))?_?(?<bits>128|192|256)?$/.exec(text)?.groups;
  if (gcm)
    return (gcm["bits"] === undefined ? ["256", "128"] : [gcm["bits"]]).map((bits) => ({
      is: "encryption",
      name: `aes-gcm-${bits}`,
    }));
  // Without a length both are proposed.
  if (text === "aes") return ["256", "128"].map((bits) => ({ is: "encryption", name: `aes-${bits}` }));
  if (text === "sha2") return [{ is: "integrity", name: "sha256" }];
  return [configuredAlgorithm(text.replace(/^aes_cbc_?/, "aes"))];
}

/** Kinds are parted by "-" or ";", alternatives by "+"; a cipher behind the first kind ("aes_gcm256-null") is no cipher. */
function configuredSuite(text: string): Sorted {
  const [ciphers = "", ...others] = text.split(/[-;]/);
  const rest = others.flatMap((word) => word.split("+").flatMap(configured));
  return sort([...ciphers.split("+").flatMap(configured), ...rest.filter(({ is }) => is !== "encryption")]);
}

function words(value: string): string[] {
  return value
    .replace(/!$/, "")
    .split(/[,\s]+/)
    .filter((word) => word !== "");
}

/** `ike=aes256-sha2_256;modp2048+modp3072,aes_gcm256-sha2_512;dh19`: a hash is the PRF, and the integrity of what has none. */
export function configuredIke(value: string, line: number): IkeProposal[] {
  return words(value).map((text) => {
    const { encryption, integrity, groups } = configuredSuite(text);
    const hash = text
      .split(/[-;+]/)
      .flatMap(configured)
      .find((word) => word.is === "integrity");
    return {
      line,
      name: text,
      encryption,
      integrity: integrity.length > 0 ? integrity : undefined,
      prf: hash?.is === "integrity" ? [hash.name] : undefined,
      dhGroups: groups.length > 0 ? groups : undefined,
    };
  });
}

/** `esp=aes256-sha2_256;modp2048`; `pfsGroups`: what goes where the proposal names no group. */
export function configuredEsp(
  value: string,
  line: number,
  protocol: "esp" | "ah",
  pfsGroups: readonly number[] | undefined,
): EspProposal[] {
  return words(value).map((text) => {
    const { encryption, integrity, groups } = configuredSuite(text);
    return {
      line,
      name: text,
      protocol,
      encryption: encryption.length > 0 ? encryption : undefined,
      integrity: integrity.length > 0 ? integrity : undefined,
      pfsGroups: pfsGroups?.length === 0 ? [] : groups.length > 0 ? groups : pfsGroups,
    };
  });
}
