/** Single fields of `show crypto ipsec sa`: proxy identities, SPIs, lifetimes, settings. */
import type { IpsecMode, Transform } from "../../../domain/crypto.ts";
import { canonicalAddress } from "../../../domain/network.ts";
import { readTransform } from "../transform-words.ts";

export interface SaSettings {
  readonly words: readonly string[];
  readonly mode: IpsecMode | undefined;
  readonly udpEncapsulated: boolean;
}

/** What a text was read as, for texts that come again and again. Kept for one output only; `undefined` is remembered too. */
export interface FieldMemory {
  readonly addresses: Map<string, string | undefined>;
  readonly transforms: Map<string, Transform | undefined>;
  readonly settings: Map<string, SaSettings>;
  readonly flags: Map<string, readonly string[]>;
  readonly wildcards: Map<number, string>;
}

/** Enough for a hub's peers; a hostile paste of millions of different words must not be kept whole. */
const MOST = 50_000;

export function createFieldMemory(): FieldMemory {
  return { addresses: new Map(), transforms: new Map(), settings: new Map(), flags: new Map(), wildcards: new Map() };
}

function remember<T>(memory: Map<string, T>, text: string, read: (text: string) => T): T {
  const known = memory.get(text);
  if (known !== undefined || memory.has(text)) return known as T;
  const value = read(text);
  if (memory.size < MOST) memory.set(text, value);
  return value;
}

/** An address in its canonical spelling; undefined for masked or cut ones. */
export function readAddress(memory: FieldMemory, text: string): string | undefined {
  return text.length > 45 ? undefined : remember(memory.addresses, text, canonicalAddress);
}

/** "esp-256-aes esp-sha256-hmac ," */
export function readSaTransform(memory: FieldMemory, text: string): Transform | undefined {
  return text.length > 200 ? undefined : remember(memory.transforms, text, readTransform);
}

/** "{Transport UDP-Encaps, esn}", with or without its braces. */
export function readSaSettings(memory: FieldMemory, text: string): SaSettings | undefined {
  return text.length > 200 ? undefined : remember(memory.settings, text, readSettings);
}

/** "PERMIT, flags={origin_is_acl,}" → ["origin_is_acl"]; a missing brace does no harm. */
export function readFlags(memory: FieldMemory, text: string): readonly string[] {
  return text.length > 200 ? [] : remember(memory.flags, text, splitFlags);
}

function splitFlags(text: string): readonly string[] {
  const flags = text.slice(text.indexOf("flags=") + "flags=".length);
  return flags.split(/[\s,{}]+/).filter((word) => word !== "");
}

function readSettings(text: string): SaSettings {
  const words = text.split(/[\s,{}]+/).filter((word) => word !== "");
  const mode = words.find((word) => /^(?:tunnel|transport)$/i.test(word))?.toLowerCase();
  return {
    words,
    mode: mode === "tunnel" || mode === "transport" ? mode : undefined,
    udpEncapsulated: words.includes("UDP-Encaps"),
  };
}

/** "0x16C58DD4(382045652)" → "0x16C58DD4"; releases before 12.3 print the bare hexadecimal number. */
export function readSpi(text: string, from: number): string | undefined {
  const prefixed = text.startsWith("0x", from);
  const start = prefixed ? from + 2 : from;
  let end = start;
  while (isHexadecimal(text.charCodeAt(end))) end += 1;
  const next = text.charCodeAt(end);
  if (end === start || end - start > 8 || (end < text.length && next !== 40 && next !== 32)) return undefined;
  return prefixed ? text.slice(from, end) : `0x${text.slice(start, end)}`;
}

/** "(k/sec): (4607999/83191)", "(sec): 94", "4 hours, 2 mins", "is not applicable"; undefined where it is none of them. */
export function readLifetime(text: string): { seconds?: number; kilobytes?: number } | undefined {
  const volume = /^\(k(?:B)?\/sec\): ?\((\d{1,15})\/(\d{1,15})\)?/.exec(text);
  if (volume) return { kilobytes: Number(volume[1]), seconds: Number(volume[2]) };
  const seconds = /^\(sec\): ?(\d{1,15})/.exec(text);
  if (seconds) return { seconds: Number(seconds[1]) };
  if (text.startsWith("is not applicable")) return {};
  const spoken = /^:? ?(\d{1,9}) (week|day|hour|min|sec)\w{0,5}(?:, (\d{1,9}) (day|hour|min|sec)\w{0,5})?/.exec(text);
  if (!spoken) return undefined;
  return { seconds: Number(spoken[1]) * secondsIn(spoken[2]) + Number(spoken[3] ?? 0) * secondsIn(spoken[4]) };
}

function secondsIn(unit: string | undefined): number {
  if (unit === "week") return 604_800;
  if (unit === "day") return 86_400;
  if (unit === "hour") return 3600;
  return unit === "min" ? 60 : 1;
}

/** The number behind a label, somewhere in the line. */
export function numberAfter(text: string, label: string, from: number): number | undefined {
  const found = text.indexOf(label, from);
  if (found < 0) return undefined;
  const start = found + label.length;
  let end = start;
  while (end - start < 16 && text.charCodeAt(end) >= 48 && text.charCodeAt(end) <= 57) end += 1;
  return readDecimal(text.slice(start, end));
}

/** What stands behind a label up to the next comma, or undefined if nothing does. */
export function wordsAfter(text: string, label: string, from: number): string | undefined {
  const found = text.indexOf(label, from);
  if (found < 0) return undefined;
  const comma = text.indexOf(",", found);
  const words = text.slice(found + label.length, comma < 0 ? text.length : comma).trim();
  return words === "" || words.length > 200 ? undefined : words;
}

/** Digits only, up to 15 of them. */
export function readDecimal(text: string): number | undefined {
  if (text.length === 0 || text.length > 15) return undefined;
  let value = 0;
  for (let at = 0; at < text.length; at += 1) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return undefined;
    value = value * 10 + digit;
  }
  return value;
}

function isHexadecimal(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 70) || (code >= 97 && code <= 102);
}
