/**
 * Proposals of IKEv2's debug: "Proposal 1:  AES-CBC-256 SHA384 SHA384 DH_GROUP_384_ECP/Group 20", or with the fields
 * named ("ENCRYPTION: AES-CBC-128 PRF: SHA512 INTEGRITY: SHA512 DH GROUP: …"); those for the IPsec SA begin with "ESP:".
 * Source: the fault catalogue, ike-policy-mismatch and ipsec-transform-mismatch: without names the fields stand in the
 * order encryption, PRF, integrity, group.
 */
import type { EspProposal, IkeProposal } from "../../../domain/readings/connection.ts";
import type { AttemptDetails } from "../../../negotiations/message.ts";
import { encryptionOfIkeV2, groupOfIkeV2, integrityOfIkeV2 } from "../ikev2-words.ts";
import { lineAt, type Message } from "./message.ts";

interface Fields {
  readonly line: number;
  readonly name: string;
  readonly encryption: string[];
  readonly prf: string[];
  readonly integrity: string[];
  readonly dhGroups: number[];
}

const RECEIVED = "Received Policies:";
const EXPECTED = "Expected Policies:";
const PROPOSAL = /(?:(?<esp>ESP|AH): {0,3})?Proposal:? (?<number>\d{1,3}): {0,4}/g;
const LABELS = /^(?:ENCRYPTION|PRF|INTEGRITY|DH GROUP|ESN): ?/;
const LABEL = /(?=\b(?:ENCRYPTION|PRF|INTEGRITY|DH GROUP|ESN): )/;
const CIPHER = /^(?:3?DES|AES|NULL|CHACHA)/i;
const AEAD = /GCM|GMAC|CCM|CHACHA/i;
const HASH = /^(?:SHA|MD5|AES-?XCBC|None)/i;

export interface Policies {
  readonly which: "received" | "expected" | "both";
  readonly isForIpsec: boolean;
  readonly received: readonly Fields[];
  readonly expected: readonly Fields[];
}

/** The proposals that a refusal prints; undefined for any other message. */
export function readPolicies(message: Message): Policies | undefined {
  const { text } = message;
  const received = text.indexOf(RECEIVED);
  const expected = text.indexOf(EXPECTED);
  if (received < 0 && expected < 0) return undefined;
  const split = expected < 0 ? text.length : expected;
  const isFirst = received >= 0 && received < split;
  const lists = {
    received: isFirst ? proposalsIn(message, received, split) : [],
    expected: expected < 0 ? [] : proposalsIn(message, expected, text.length),
  };
  const isForIpsec = /(?:ESP|AH): |\bESN\b/.test(text);
  return { which: expected < 0 ? "received" : isFirst ? "both" : "expected", isForIpsec, ...lists };
}

/** What the two lists are, for an attempt. */
export function compared(
  received: readonly Fields[],
  expected: readonly Fields[],
  isForIpsec: boolean,
): AttemptDetails | undefined {
  if (received.length === 0) return undefined;
  if (isForIpsec) return { espCompared: { received: received.map(toEsp), configured: expected.map(toEsp) } };
  return { ikeCompared: { received: received.map(toIke), configured: expected.map(toIke) } };
}

function proposalsIn(message: Message, from: number, to: number): Fields[] {
  const text = message.text.slice(from, Math.min(to, from + 8000));
  const found: Fields[] = [];
  const heads = [...text.matchAll(PROPOSAL)];
  for (const [index, head] of heads.entries()) {
    const start = head.index + head[0].length;
    const body = text.slice(start, heads[index + 1]?.index ?? text.length);
    const fields = fieldsOf(body, lineAt(message, from + head.index), head.groups?.["number"] ?? "");
    if (fields.encryption.length > 0) found.push(fields);
  }
  return found;
}

function fieldsOf(body: string, line: number, name: string): Fields {
  const fields: Fields = { line, name, encryption: [], prf: [], integrity: [], dhGroups: [] };
  if (LABELS.test(body.trim())) readLabelled(fields, body);
  else readInOrder(fields, body);
  if (fields.integrity.length === 0 && fields.encryption.some((cipher) => AEAD.test(cipher)))
    fields.integrity.push("none");
  return fields;
}

function readLabelled(fields: Fields, body: string): void {
  for (const part of body.split(LABEL)) {
    const [label = "", ...rest] = part.split(":");
    const words = rest.join(":").trim().split(/\s+/).filter(Boolean);
    if (label.trim() === "ENCRYPTION") fields.encryption.push(...words.map((word) => encryptionOfIkeV2(word)));
    else if (label.trim() === "PRF") fields.prf.push(...words.map(integrityOfIkeV2));
    else if (label.trim() === "INTEGRITY") fields.integrity.push(...words.map(integrityOfIkeV2));
    else if (label.trim() === "DH GROUP") addGroups(fields, rest.join(":"));
  }
}

function readInOrder(fields: Fields, body: string): void {
  const beforeGroups = body.slice(0, body.search(/DH_GROUP|Don't|\bESN\b|$/));
  const hashes: string[] = [];
  for (const word of beforeGroups.trim().split(/\s+/)) {
    if (CIPHER.test(word) && !/XCBC/i.test(word)) fields.encryption.push(encryptionOfIkeV2(word));
    else if (HASH.test(word)) hashes.push(integrityOfIkeV2(word));
  }
  const isForIpsec = /\bESN\b/.test(body);
  const isAead = fields.encryption.some((cipher) => AEAD.test(cipher));
  // PRFs come before integrities; with an AEAD cipher there is no integrity, and for ESP no PRF.
  const prfs = isForIpsec ? 0 : isAead ? hashes.length : Math.floor(hashes.length / 2);
  fields.prf.push(...hashes.slice(0, prfs));
  fields.integrity.push(...hashes.slice(prfs));
  addGroups(fields, body);
}

function addGroups(fields: Fields, text: string): void {
  for (const [word] of text.matchAll(/DH_GROUP_[A-Z0-9_]{2,30}\/Group \d{1,2}|\bGroup \d{1,2}/gi)) {
    const group = groupOfIkeV2(word);
    if (group !== undefined && !fields.dhGroups.includes(group)) fields.dhGroups.push(group);
  }
}

function toIke({ line, name, encryption, prf, integrity, dhGroups }: Fields): IkeProposal {
  return {
    line,
    name,
    encryption,
    integrity,
    ...(prf.length > 0 && { prf }),
    ...(dhGroups.length > 0 && { dhGroups }),
  };
}

function toEsp({ line, name, encryption, integrity, dhGroups }: Fields): EspProposal {
  return {
    line,
    name,
    protocol: "esp",
    encryption,
    integrity: integrity.length > 0 ? integrity : ["none"],
    ...(dhGroups.length > 0 && { pfsGroups: dhGroups }),
  };
}
