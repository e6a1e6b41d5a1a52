/** The proposals that the ASA prints when none fits: "Proposal 1:  AES-CBC-256 SHA256 SHA256 DH_GROUP_2048_MODP/Group 14". */
import type { EspProposal, IkeProposal } from "../../../domain/readings/connection.ts";
import { asaEncryption, asaIntegrity } from "../asa-words.ts";

const PROPOSAL = /^\s*(?<esp>ESP: )?Proposal (?<number>\d{1,3}): {1,4}(?<words>[A-Z0-9].{2,400})$/;

export type PrintedProposal =
  | { readonly of: "ike"; readonly proposal: IkeProposal }
  | { readonly of: "esp"; readonly proposal: EspProposal };

/** A proposal of IKE (encryption, PRF, integrity, group) or of ESP; undefined for any other line. */
export function readProposal(text: string, line: number): PrintedProposal | undefined {
  const groups = PROPOSAL.exec(text)?.groups;
  if (groups === undefined) return undefined;
  const words = (groups["words"] ?? "").replace(/ Don't use ESN| Use ESN/i, "");
  const dhGroups = [...words.matchAll(/\/Group (\d{1,2})/g)].map((match) => Number(match[1]));
  const plain = words.replace(/ ?DH_GROUP_\S{1,30}\/Group \d{1,2}/g, "").trim();
  const names = plain.split(/\s+/).filter((word) => word !== "");
  const encryption = names.filter(isCipher).map((word) => asaEncryption(word));
  const hashes = names.filter((word) => !isCipher(word));
  if (groups["esp"] !== undefined) {
    const integrity = hashes.map(hashName);
    const pfs = dhGroups.length > 0 && { pfsGroups: dhGroups };
    return {
      of: "esp",
      proposal: { line, protocol: "esp", encryption, ...(integrity.length > 0 && { integrity }), ...pfs },
    };
  }
  const isAead = encryption.some((name) => name.includes("gcm"));
  // PRFs come first, then as many integrity algorithms; a cipher that authenticates itself has none.
  const half = isAead && hashes.every((word) => word !== "None" && word !== "N/A") ? hashes.length : hashes.length / 2;
  const prf = hashes.slice(0, half).map(hashName);
  const integrity = hashes.slice(half).map(hashName);
  return {
    of: "ike",
    proposal: {
      line,
      encryption,
      ...(prf.length > 0 && { prf }),
      integrity: integrity.length > 0 ? integrity : ["none"],
      ...(dhGroups.length > 0 && { dhGroups }),
    },
  };
}

function isCipher(word: string): boolean {
  return /^(?:AES|3DES|DES|NULL|CHACHA|Camellia)/i.test(word);
}

/** "SHA96" is HMAC-SHA1-96, "MD596" HMAC-MD5-96. */
function hashName(word: string): string {
  if (/^SHA-?96$/i.test(word)) return "sha1";
  return /^MD5-?96$/i.test(word) ? "md5" : asaIntegrity(word);
}
