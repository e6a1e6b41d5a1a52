/**
 * `show crypto isakmp sa`, with and without `detail`: IKEv1 SAs, IPv4 and IPv6.
 * Sources: the article (rows with `slot`, the detail form); genieparser's test data (rows without `slot`, `count`). Not
 * checked against a device: the labelled IPv6 form, VRF columns, rows without a status, where `(deleted)` and a
 * lifetime of 0 stand in the detail form.
 */
import { canonicalAddress } from "../../domain/network.ts";
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { IkeSa, IkeSaCount } from "../../domain/readings/ike.ts";
import type { ReadingValue } from "../../domain/readings/index.ts";
import { hasWord, isFiller, restrictionOf, saysIkeOff, withDetail, wordsOf } from "./ike-output.ts";
import { readCount, saysNone } from "./show-crypto-isakmp-sa/count.ts";
import { continuesDetailRow, readDetailRow, startsDetailRow } from "./show-crypto-isakmp-sa/detail.ts";
import { type Draft, extend, newDraft } from "./show-crypto-isakmp-sa/draft.ts";
import { isLabelled, readLabelled, startsLabelled } from "./show-crypto-isakmp-sa/labelled.ts";
import { continuesRow, readRow, startsRow } from "./show-crypto-isakmp-sa/row.ts";

const FAMILY = /^\s*(?:#{1,6} )?IPv[46] Crypto ISAKMP SA\b/;
const FIRST_FAMILY = /^\s*(?:#{1,6} )?IPv4 Crypto ISAKMP SA\b/;
const COLUMNS = /^[\s|]*(?:[^\s|/]{1,12}\/[^\s|/]{1,12}[\s|]+)?dst[\s|]+src[\s|]+state[\s|]+conn-id/;
const DETAIL_COLUMNS = /^[\s|]*C-id[\s|]+Local\b/;
const DETAIL_CODES = /^\s*Codes: C - IKE configuration mode/i;
const LEGEND =
  /^\s*(?:Codes: C - IKE|K - Keepalives?,|X - IKE Extended|T - cTCP|F - IKE Fragmentation|R - IKE Auto|psk - Preshared|rsig - |renc - |\S{1,8} - ECDSA|f_vrf\/i_vrf\s*$)/i;
const ROW =
  /^[\s|]*(?:[^\s|/]{0,32}\/[^\s|/]{0,32}[\s|]+)?[0-9a-fA-FxX.:]{2,45}[\s|]+[0-9a-fA-FxX.:]{2,45}[\s|]+(?:MM|AG|QM|OM|CONF|GDOI)_[A-Z_]{4,14}[\s|]+\d/;
const COUNT = /^\s*(?:Active|Standby|Currently being negotiated|Dead) ISAKMP SA'?s: ?\d/;

export const showCryptoIsakmpSa: Command = {
  run: "show crypto isakmp sa [detail] [active] [standby] [count] [nat] [vrf NAME]",
  looksLike: [FAMILY, COLUMNS, DETAIL_COLUMNS, DETAIL_CODES, ROW, COUNT],
  mayStartWith: [LEGEND],
  parse(output: Output): Parsed {
    const tables = [newTable()];
    const unread: Line[] = [];
    let ikeOff: boolean | undefined;
    for (const line of output.lines) {
      if (isFiller(line.text)) continue;
      // Pasted twice without a prompt between: two answers, of two moments.
      if (FIRST_FAMILY.test(line.text) && tables.at(-1)?.hasFirstFamily) tables.push(newTable());
      const table = tables.at(-1) ?? newTable();
      if (saysIkeOff(line.text)) ikeOff = true;
      else if (!readHeading(table, line.text)) readLine(table, line, unread);
    }
    for (const table of tables) finishDraft(table, unread);
    const values = tables.flatMap((table) => toValues(table, output.command, ikeOff));
    unread.sort((one, other) => one.number - other.number);
    const isDetail = tables.some((table) => table.isDetail) && !hasWord(output.command, "detail");
    return { values, unread, command: isDetail ? withDetail(output.command) : undefined };
  },
};

interface Table {
  readonly sas: IkeSa[];
  draft: Draft | undefined;
  hasFirstFamily: boolean;
  /** A heading mangled so that Cap. stands before I-VRF. */
  capsFirst: boolean;
  isDetail: boolean;
  count: IkeSaCount | undefined;
}

function newTable(): Table {
  return { sas: [], draft: undefined, hasFirstFamily: false, capsFirst: false, isDetail: false, count: undefined };
}

function toValues(table: Table, command: string, ikeOff: boolean | undefined): ReadingValue[] {
  const peer = pipedAddress(command);
  const asked = peer === undefined ? command : command.slice(0, command.indexOf("|"));
  const restrictedTo = restrictionOf(asked, ["vrf NAME", "active", "standby", "nat"]);
  const sas: ReadingValue = { kind: "ike-sas", sas: table.sas, peer, restrictedTo, ikeOff };
  if (table.count === undefined) return [sas];
  return saysNone(table.count) ? [table.count, sas] : [table.count];
}

function readHeading(table: Table, text: string): boolean {
  if (FIRST_FAMILY.test(text)) table.hasFirstFamily = true;
  const isDetail = DETAIL_COLUMNS.test(text);
  if (isDetail) table.capsFirst = text.includes("Cap") && text.indexOf("Cap") < text.indexOf("I-VRF");
  if (isDetail || DETAIL_CODES.test(text)) table.isDetail = true;
  return isDetail || FAMILY.test(text) || COLUMNS.test(text) || LEGEND.test(text);
}

function readLine(table: Table, line: Line, unread: Line[]): void {
  const words = wordsOf(line.text);
  const { draft } = table;
  const form = formOf(draft, words);
  if (form !== undefined) {
    finishDraft(table, unread);
    table.draft = newDraft(form, line, words);
    if (form === "detail") table.isDetail = true;
  } else if (draft && continues(draft, words)) extend(draft, line, words);
  else {
    table.count = readCount(table.count, line) ?? table.count;
    if (!COUNT.test(line.text)) unread.push(line);
  }
}

/** The form of the SA that begins with these words; undefined if none does. */
function formOf(draft: Draft | undefined, words: readonly string[]): Draft["form"] | undefined {
  if (startsLabelled(draft, words)) return "labelled";
  if (draft?.form === "row" && continuesRow(draft, words)) return undefined;
  if (startsRow(words)) return draft?.form === "detail" && continuesDetailRow(draft, words) ? undefined : "row";
  return startsDetailRow(words) ? "detail" : undefined;
}

function continues(draft: Draft, words: readonly string[]): boolean {
  if (draft.form === "row") return continuesRow(draft, words);
  return draft.form === "detail" ? continuesDetailRow(draft, words) : isLabelled(words);
}

function finishDraft(table: Table, unread: Line[]): void {
  const { draft } = table;
  table.draft = undefined;
  if (!draft) return;
  const sa = read(draft, table.capsFirst);
  if (sa) table.sas.push(sa);
  else for (const line of draft.lines) unread.push(line);
}

function read(draft: Draft, capsFirst: boolean): IkeSa | undefined {
  if (draft.form === "row") return readRow(draft);
  return draft.form === "detail" ? readDetailRow(draft, capsFirst) : readLabelled(draft);
}

/** `… | include 192.0.2.1` asks for one peer: every line of an SA that counts has its address. */
function pipedAddress(command: string): string | undefined {
  const asked = /\| (?:i|in|inc|incl|inclu|includ|include) (\S{2,45})$/.exec(command)?.[1];
  return asked === undefined ? undefined : canonicalAddress(asked.replaceAll("\\", ""));
}
