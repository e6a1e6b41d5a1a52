/** `show crypto ipsec profile`: what protects tunnel interfaces; a profile is a map of one entry of type "profile". */
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { CryptoMap, CryptoMapEntry } from "../../domain/readings/ipsec.ts";
import { isFiller } from "./ike-output.ts";
import { type EntryDraft, readEntryLine } from "./show-crypto-map/entry.ts";

const HEAD = /^\s*IPSEC profile (?<name>\S{1,100})\s*$/i;
const ASIDE = /^(?:Inherit \(Y\/N\)|PQC Key Exchange|Kilobyte Volume Rekey|\})/i;

export const showCryptoIpsecProfile: Command = {
  run: "show crypto ipsec profile [tag NAME]",
  looksLike: [HEAD],
  parse(output: Output): Parsed {
    const drafts: EntryDraft[] = [];
    const unread: Line[] = [];
    for (const line of output.lines) {
      const text = line.text.trim();
      if (isFiller(text) && text !== "}") continue;
      const name = HEAD.exec(text)?.groups?.["name"];
      const current = drafts.at(-1);
      if (name !== undefined) drafts.push(newEntry(name, line.number));
      else if (!current || !(readEntryLine(current, text, line.number) || ASIDE.test(text))) unread.push(line);
    }
    const maps = drafts.map(toMap);
    return { values: maps.length === 0 ? [] : [{ kind: "crypto-maps", maps, complete: false }], unread };
  },
};

function newEntry(name: string, line: number): EntryDraft {
  const empty = { peers: [], transformSets: [], at: {}, inTransformSets: false };
  return { map: name, sequence: 0, line, type: "profile", ...empty };
}

/** It does not say which interfaces it protects. */
function toMap({ inTransformSets: _, ...entry }: EntryDraft): CryptoMap {
  const read: CryptoMapEntry = entry;
  return { name: read.map, line: read.line, entries: [read], at: {} };
}
