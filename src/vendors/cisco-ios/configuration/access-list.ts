/** Access lists: numbered lines, named lists, IPv6 lists. */
import type { AclEntry } from "../../../domain/readings/ipsec.ts";
import { isAclRemark, readAclEntry } from "../acl-entry.ts";
import type { Collected, OpenAccessList, Taken } from "./collected.ts";
import type { Statement } from "./statements.ts";

const NUMBERED = /^access-list (?<name>\d{1,4}) (?:permit|deny|remark|dynamic|compiled)\b/;
const NAMED = /^ip access-list (?<type>extended|standard) (?<name>\S{1,100})$/;
const IPV6 = /^ipv6 access-list (?<name>\S{1,100})$/;
const ENTRY = /^(?:sequence )?(?:\d{1,10} )?(?:permit|deny|remark|evaluate)\b/;
const REMOVED = /^no (?:\d{1,10}|(?:\d{1,10} )?(?:permit|deny|remark) .*)$/;

export function takeAccessList(statement: Statement, collected: Collected): Taken {
  const number = NUMBERED.exec(statement.text)?.groups?.["name"];
  if (number !== undefined) {
    const type = typeOfNumber(Number(number));
    // Bridge, IPX and MAC lists are numbered too; they protect no tunnel.
    if (type === undefined) return "read";
    readEntry(openList(collected, number, statement.line, type), statement, 4);
    return "read";
  }
  const named = NAMED.exec(statement.text)?.groups;
  const ipv6 = IPV6.exec(statement.text)?.groups?.["name"];
  if (named === undefined && ipv6 === undefined) return undefined;
  const type = ipv6 !== undefined ? "ipv6" : named?.["type"] === "standard" ? "standard" : "extended";
  const list = openList(collected, ipv6 ?? named?.["name"] ?? "", statement.line, type);
  return {
    mode: "access-list",
    tellsUnread: false,
    read: (entry) => {
      if (REMOVED.test(entry.text)) return remove(list, entry.text);
      if (!ENTRY.test(entry.text)) return false;
      readEntry(list, entry, type === "ipv6" ? 6 : 4);
      return true;
    },
  };
}

/** Cisco IOS Security Configuration Guide, "IP Access List Overview": the ranges of numbers. */
function typeOfNumber(number: number): "standard" | "extended" | undefined {
  if (number < 100 || (number >= 1300 && number < 2000)) return "standard";
  if (number < 200 || (number >= 2000 && number < 2700)) return "extended";
  return undefined;
}

function openList(collected: Collected, name: string, line: number, type: OpenAccessList["type"]): OpenAccessList {
  const list = collected.accessLists.get(name) ?? { name, line, type, entries: [], unread: [] };
  collected.accessLists.set(name, list);
  return list;
}

function readEntry(list: OpenAccessList, statement: Statement, family: 4 | 6): void {
  if (isAclRemark(statement.text)) return;
  const entry = readAclEntry(statement.text, statement.line, family);
  if (entry === undefined) list.unread.push(...statement.lines);
  else list.entries.push(entry);
}

/** `no 10` and `no permit …`: as typed when a list is mended. */
function remove(list: OpenAccessList, text: string): boolean {
  const what = text.slice("no ".length);
  const gone = readAclEntry(what, 0);
  const isGone = (entry: AclEntry) => (gone === undefined ? String(entry.sequence) === what : entry.text === gone.text);
  const at = list.entries.findIndex(isGone);
  if (at !== -1) list.entries.splice(at, 1);
  return true;
}
