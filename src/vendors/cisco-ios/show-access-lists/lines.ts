/** The lines of access lists as `show access-lists` and its relatives print them. */
import type { Line } from "../../../domain/output.ts";
import type { AccessList, AclEntry } from "../../../domain/readings/ipsec.ts";
import { isAclContinuation, isAclRemark, readAclEntry } from "../acl-entry.ts";
import { isFiller } from "../ike-output.ts";

const HEADING =
  /^\s{0,20}(?<type>Standard|Extended|Role-based|Reflexive|IPv6)(?: IP| MAC)? access list (?<name>\S{1,200})(?: \([\w -]{1,60}\))?\s{0,20}$/;

type Draft = { -readonly [Field in keyof AccessList]: AccessList[Field] } & { entries: AclEntry[] };

export function isAccessListHeading(text: string): boolean {
  return HEADING.test(text);
}

/** Reads lists with their entries; entries above the first heading are unread, since nothing tells whose they are. */
export function readAccessLists(lines: readonly Line[]): { lists: AccessList[]; unread: Line[] } {
  const lists: Draft[] = [];
  const unread: Line[] = [];
  let before: Line | undefined;
  for (const line of lines) {
    if (isFiller(line.text) || isAclRemark(line.text)) continue;
    const heading = HEADING.exec(line.text)?.groups;
    const list = lists.at(-1);
    const family = list?.type === "ipv6" ? 6 : 4;
    if (heading)
      lists.push({ name: heading["name"] ?? "", line: line.number, type: typeOf(heading["type"]), entries: [] });
    else {
      const entry = list && readAclEntry(line.text, line.number, family);
      const joined = !entry && list && before && isAclContinuation(line.text);
      const whole = joined && readAclEntry(`${before?.text} ${line.text}`, before?.number ?? line.number, family);
      if (entry) list?.entries.push(entry);
      else if (whole) {
        list?.entries.push(whole);
        unread.pop();
      } else unread.push(line);
      before = entry || whole ? undefined : line;
    }
  }
  return { lists, unread };
}

function typeOf(word: string | undefined): AccessList["type"] {
  if (word === "Standard") return "standard";
  if (word === "Extended") return "extended";
  return word === "IPv6" ? "ipv6" : "unknown";
}
