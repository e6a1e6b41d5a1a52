/** `show crypto map`: entries with their peers, ACLs and transform sets, and the interfaces each map is applied to. */
import { canonicalAddress } from "../../domain/network.ts";
import type { Command, Line, Output, Parsed, ParseTools } from "../../domain/output.ts";
import type { CryptoMap, CryptoMapEntry } from "../../domain/readings/ipsec.ts";
import { configuration } from "./configuration.ts";
import { isFiller } from "./ike-output.ts";
import { isAccessListHeading, readAccessLists } from "./show-access-lists/lines.ts";
import { type EntryDraft, readEntryLine } from "./show-crypto-map/entry.ts";

const HEAD =
  /^\s{0,20}Crypto Map:?(?: IPv[46])? ?(?<template>Template)? ?"(?<name>[^"]{1,200})" (?<sequence>\d{1,10})(?: (?<type>[a-z-]{1,40}))?/;
const LOCAL =
  /^\s{0,20}Crypto Map:?(?: IPv[46])? ?"(?<name>[^"]{1,200})" idb: \S{1,100} local address: (?<address>\S{1,50})/;
const INTERFACES = /^\s{0,20}Interfaces using crypto map (?<name>\S{1,200}?):?\s{0,20}$/;
const INTERFACE = /^[A-Za-z][A-Za-z-]{1,40} ?\d{1,10}(?:[/.:]\d{1,10}){0,6}$/;
const NUMBERED_ENTRY = /^\s{0,20}access-list \d{1,4} (?:permit|deny) /;
const NONE = /^\s{0,20}No crypto maps? found/i;

interface MapDraft {
  readonly name: string;
  readonly line: number;
  readonly entries: EntryDraft[];
  readonly at: Record<string, number>;
  localAddress?: string;
  interfaces?: string[];
}

export const showCryptoMap: Command = {
  run: "show crypto map [tag NAME] [interface NAME] [gdoi] [ipv6]",
  alsoRun: ["show crypto dynamic-map [tag NAME]"],
  looksLike: [
    HEAD,
    LOCAL,
    INTERFACES,
    NONE,
    /^\s{0,20}WARNING: This crypto map is in an incomplete state/,
    // The head of an access list too, which comes first in the vendor's list: alone it is that, under a map it is the map's.
    /^\s{0,20}(?:Extended IP|IPv6) access list /,
    // Of a configuration too, which comes first in the vendor's list; under a map whose indentation was lost it is the map's.
    NUMBERED_ENTRY,
  ],
  parse,
};

function parse(output: Output, tools: ParseTools): Parsed {
  const maps = new Map<string, MapDraft>();
  const unread: Line[] = [];
  let entry: EntryDraft | undefined;
  let applied: MapDraft | undefined;
  for (const [index, line] of output.lines.entries()) {
    const text = line.text.trim();
    if (isFiller(text) || NONE.test(text)) continue;
    const head = HEAD.exec(text)?.groups;
    const local = head ? undefined : LOCAL.exec(text)?.groups;
    const interfaces = (head ?? local) ? undefined : INTERFACES.exec(text)?.groups;
    if (head) {
      const map = mapOf(maps, head["name"] ?? "", line.number);
      entry = beginEntry(head, line.number);
      map.entries.push(entry);
      applied = undefined;
    } else if (local) {
      const map = mapOf(maps, local["name"] ?? "", line.number);
      const address = canonicalAddress(local["address"] ?? "");
      map.at["localAddress"] = line.number;
      if (address === undefined) unread.push(line);
      else map.localAddress = address;
    } else if (interfaces) {
      applied = mapOf(maps, interfaces["name"] ?? "", line.number);
      applied.interfaces ??= [];
      applied.at["interfaces"] = line.number;
      entry = undefined;
    } else if (applied && isAccessListHeading(text)) {
      // No crypto map goes on behind its interfaces: these are the lists themselves, pasted right below.
      return finish(output, maps, unread, readListsBelow(output.lines.slice(index)));
    } else if (applied && NUMBERED_ENTRY.test(text)) {
      // Nor is this a map's: a piece of configuration was pasted right below.
      const lines = output.lines.slice(index);
      return finish(output, maps, unread, configuration.parse({ command: "config", lines }, tools));
    } else if (applied && INTERFACE.test(text)) {
      if (!applied.interfaces?.includes(text)) applied.interfaces?.push(text);
    } else if (!entry || !readEntryLine(entry, text, line.number)) unread.push(line);
  }
  return finish(output, maps, unread, { values: [], unread: [] });
}

function mapOf(maps: Map<string, MapDraft>, name: string, line: number): MapDraft {
  const known = maps.get(name);
  if (known) return known;
  const map: MapDraft = { name, line, entries: [], at: {} };
  maps.set(name, map);
  return map;
}

function beginEntry(head: Record<string, string | undefined>, line: number): EntryDraft {
  return {
    map: head["name"] ?? "",
    sequence: Number(head["sequence"]),
    line,
    type: head["template"] === undefined ? typeOf(head["type"]) : "dynamic",
    peers: [],
    transformSets: [],
    at: {},
    inTransformSets: false,
  };
}

function typeOf(word: string | undefined): CryptoMapEntry["type"] {
  return word === "ipsec-isakmp" || word === "ipsec-manual" || word === "gdoi" ? word : "unknown";
}

function readListsBelow(lines: readonly Line[]): Parsed {
  const { lists, unread } = readAccessLists(lines);
  return { values: lists.length === 0 ? [] : [{ kind: "access-lists", lists, complete: false }], unread };
}

function finish(output: Output, drafts: Map<string, MapDraft>, unread: Line[], below: Parsed): Parsed {
  const isWhole = output.isCut !== true && output.isOpenEnded !== true;
  const maps = [...drafts.values()].map(
    ({ entries, interfaces, ...map }): CryptoMap => ({
      ...map,
      // Where lines were left out, or the paste ends there, an empty list of interfaces proves nothing.
      ...(interfaces && (interfaces.length > 0 || isWhole) ? { interfaces } : {}),
      entries: entries.map(({ inTransformSets: _, ...entry }): CryptoMapEntry => entry),
    }),
  );
  for (const line of below.unread) unread.push(line);
  const narrowed = / (?:tag|interface|gdoi|ipv6) ?|\||dynamic-map/.test(output.command);
  const complete = output.typed !== undefined && isWhole && !narrowed && unread.length === 0;
  const knowsNothing = maps.length === 0 && unread.length > 0;
  return {
    values: [...(knowsNothing ? [] : [{ kind: "crypto-maps" as const, maps, complete }]), ...below.values],
    unread,
  };
}
