/** The rows of `show crypto isakmp sa detail`; columns are known by what they hold, since blanks get lost in pastes. */
import type { IkeSa } from "../../../domain/readings/ike.ts";
import { addressFrom, isAddressLike, isTime, secondsFromTime } from "../ike-output.ts";
import { authMethod, dhGroup, encryptionFromDebug, integrityFromWord } from "../ike-words.ts";
import type { Draft } from "./draft.ts";

const STATUS = /^(?:ACTIVE|STDBY|STANDBY|INACTIVE)$/i;
const ENCRYPTION = /^(?:des|3des|seal|aes(?:[-_]?(?:cbc|gcm))?(?:[-_]?(?:128|192|256))?)$/i;
const HASH = /^(?:md5|sha(?:[-_]?(?:1|2|256|384|512))?)$/i;
const AUTH = /^(?:psk|rsig|renc|ecdsa\w{0,6}|ecsi?g)$/i;
const CAPABILITIES = /^[CDKNXTFRUS]{1,10}$/;
const ENGINE = /^(?:Engine-id:Conn-id|Connection-id:Engine-id)=?$/i;
/** A time whose end was cut off or wrapped to the next line. */
const CUT_TIME = /^\d{1,2}:(?:\d\d?:?\d?)?\$?$/;
const DELETED = /\(deleted\)$/i;

/** Whether the words begin a row: the connection's number and an address. */
export function startsDetailRow(words: readonly string[]): boolean {
  return /^\d{1,10}$/.test(words[0] ?? "") && isAddressLike(words[1] ?? "");
}

/** Whether the words can follow those of the row: every one is of a kind that the table has. */
export function continuesDetailRow(draft: Draft, words: readonly string[]): boolean {
  const first = words[0];
  if (first === undefined || draft.words.length + words.length > 24) return false;
  if (ENGINE.test(first) || /^(?:\?{2,4}|[A-Z]{2}:\d{1,6})?\(deleted\)$/i.test(first)) return true;
  return words.length <= 9 && words.every(isColumn);
}

function isColumn(word: string): boolean {
  if (STATUS.test(word) || ENCRYPTION.test(word) || HASH.test(word) || AUTH.test(word)) return true;
  return (
    CAPABILITIES.test(word) || /^\d{1,5}$/.test(word) || isTime(word) || CUT_TIME.test(word) || isAddressLike(word)
  );
}

/**
 * The SA of a row, or undefined if it lacks an address or both status and encryption. `capsFirst`: the heading has
 * Cap. before I-VRF.
 */
export function readDetailRow(draft: Draft, capsFirst: boolean): IkeSa | undefined {
  const words = joinCutTimes(draft.words.map((word) => word.text));
  const engine = words.findIndex((word) => ENGINE.test(word));
  const row = engine === -1 ? words : words.slice(0, engine);
  const columns = readColumns(row, capsFirst);
  const [local = "", remote] = columns.addresses;
  if (remote === undefined || (columns.status ?? columns.encryption) === undefined) return undefined;
  const deleted = words.some((word) => DELETED.test(word));
  const seconds = columns.lifetime === undefined ? columns.seconds : secondsFromTime(columns.lifetime);
  // The life of an SA begins when it is authenticated; of a row cut before that column the algorithms must do.
  const isUp = seconds === undefined ? columns.encryption !== undefined : seconds > 0;
  const capabilities = columns.capabilities ?? (seconds === undefined || !isUp ? undefined : "");
  return {
    version: 1,
    line: draft.lines[0]?.number ?? 0,
    local: addressFrom(local),
    remote: addressFrom(remote),
    standing: deleted ? "deleted" : isUp ? "up" : "negotiating",
    status: columns.status === undefined ? undefined : deleted ? `${columns.status} (deleted)` : columns.status,
    connectionId: Number(words[0]),
    vrf: columns.vrf,
    encryption: columns.encryption === undefined ? undefined : encryptionFromDebug(columns.encryption),
    integrity: columns.hash === undefined ? undefined : integrityFromWord(columns.hash),
    auth: columns.auth === undefined ? undefined : authMethod(columns.auth),
    dhGroup: columns.dh,
    lifetimeSecondsLeft: seconds,
    dpd: saysOf(capabilities, "D", isUp),
    natTraversal: saysOf(capabilities, "N", isUp),
    capabilities,
  };
}

/** A letter that is missing says no once the SA is up; before that it may still come. */
export function saysOf(capabilities: string | undefined, letter: string, isUp: boolean): boolean | undefined {
  if (capabilities === undefined) return undefined;
  if (capabilities.includes(letter)) return true;
  return isUp ? false : undefined;
}

interface Columns {
  readonly addresses: string[];
  status?: string;
  vrf?: string;
  encryption?: string;
  hash?: string;
  auth?: string;
  dh?: number;
  lifetime?: string;
  /** The lifetime, where it is a bare 0. */
  seconds?: number;
  capabilities?: string;
}

function readColumns(row: readonly string[], capsFirst: boolean): Columns {
  const columns: Columns = { addresses: [] };
  for (const word of row.slice(1)) {
    if (/^(?:<-|←|#|!)/.test(word)) break;
    const isPastVrf = columns.status !== undefined || columns.encryption !== undefined;
    if (isTime(word)) columns.lifetime ??= word;
    else if (columns.addresses.length < 2 && isAddressLike(word)) columns.addresses.push(word);
    else if (STATUS.test(word)) columns.status ??= word.toUpperCase();
    else if (ENCRYPTION.test(word)) columns.encryption ??= word;
    else if (isPastVrf) readPastVrf(columns, word);
    else if (capsFirst && CAPABILITIES.test(word)) columns.capabilities ??= word;
    else if (columns.addresses.length === 2 && !CUT_TIME.test(word)) columns.vrf ??= word;
  }
  return columns;
}

function readPastVrf(columns: Columns, word: string): void {
  if (HASH.test(word)) columns.hash ??= word;
  else if (AUTH.test(word)) columns.auth ??= word;
  else if (word === "0") columns.seconds = 0;
  else if (/^\d{1,2}$/.test(word)) columns.dh ??= dhGroup(word) ?? 0;
  else if (CAPABILITIES.test(word)) columns.capabilities ??= word;
}

/** "01:59:" and "45" of the next line are one time. */
function joinCutTimes(words: readonly string[]): string[] {
  const joined: string[] = [];
  for (const word of words) {
    const last = joined.at(-1);
    if (last !== undefined && CUT_TIME.test(last) && isTime(last + word)) joined[joined.length - 1] = last + word;
    else joined.push(word);
  }
  return joined;
}
