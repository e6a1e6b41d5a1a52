/** `show access-list [NAME]` of the ASA: entries with hit counts; those with object groups are followed by what they stand for. */
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { AccessList, AclEntry } from "../../domain/readings/ipsec.ts";
import { isFiller } from "../cisco-ios/ike-output.ts";
import { readAclLine } from "./acl-entry.ts";

const HEAD = /^\s*access-list (?<name>[^;\s]{1,241}); \d{1,7} elements?/;
const CACHED = /^\s*access-list cached ACL log flows|^\s*alert-interval \d/;
const REMARK = /^\s*access-list \S{1,241} line \d{1,7} (?:remark|ethertype|webtype)\b/;
const ENTRY = /^\s*access-list (?<name>\S{1,241}) line (?<number>\d{1,7}) (?:extended|standard) /;
const MISSING = /^\s*ERROR: access-list <?(?<name>[^>\s]{1,241})>? does not exist/i;

type Open = AccessList & { readonly entries: AclEntry[] };

export const showAccessList: Command = {
  run: "show access-list [NAME]",
  looksLike: [HEAD, ENTRY, MISSING, /^\s*access-list cached ACL log flows/],
  parse(output: Output): Parsed {
    const lists = new Map<string, Open>();
    const unread: Line[] = [];
    let missing: string | undefined;
    for (const line of output.lines) {
      const gone = MISSING.exec(line.text)?.groups?.["name"];
      if (gone !== undefined) missing = gone;
      else if (!takeLine(lists, line)) unread.push(line);
    }
    const asked = missing ?? /^show access-list (?!\|)(\S{1,241})$/.exec(output.command)?.[1];
    const found = [...lists.values()];
    // `show access-list NAME brief` names a list and prints no entry that can be read.
    const isUnreadable = unread.length > 0 && found.every(({ entries }) => entries.length === 0);
    if ((found.length === 0 || isUnreadable) && missing === undefined) return { values: [], unread };
    const whole = asked === undefined && !output.command.includes("|") && output.isOpenEnded !== true;
    return {
      values: [{ kind: "access-lists", lists: found, ...(asked !== undefined && { asked }), complete: whole }],
      unread,
    };
  },
};

function takeLine(lists: Map<string, Open>, { text, number }: Line): boolean {
  if (isFiller(text) || CACHED.test(text) || REMARK.test(text)) return true;
  const name = HEAD.exec(text)?.groups?.["name"];
  if (name !== undefined) {
    openList(lists, name, number);
    return true;
  }
  const entry = ENTRY.exec(text)?.groups;
  const read = entry && readAclLine(text, number, { of: () => undefined });
  if (!entry || !read) return false;
  const list = openList(lists, read.name, number);
  // The entry as it was written, with its groups, stands above what it was written out to.
  const last = list.entries.at(-1);
  const isWrittenOut = last?.sequence === Number(entry["number"]) && hasGroup(last);
  if (isWrittenOut) list.entries.pop();
  list.entries.push(...read.entries);
  return true;
}

function hasGroup({ protocol, source, destination }: AclEntry): boolean {
  return protocol.startsWith("object") || source.objectGroup !== undefined || destination.objectGroup !== undefined;
}

function openList(lists: Map<string, Open>, name: string, line: number): Open {
  const list = lists.get(name) ?? { name, line, type: "extended", entries: [] };
  lists.set(name, list);
  return list;
}
