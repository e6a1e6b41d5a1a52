/** Whether all entries of an access list were read: one that was not may be the very one that is missed. */
import type { AclEntry } from "../../domain/readings/ipsec.ts";
import type { Held } from "../known.ts";
import type { Tunnel } from "../tunnel.ts";

const ENTRY =
  /^(?:access-list (?<list>\S{1,100}) (?:line \d{1,7} )?(?:extended |standard )?)?(?:sequence )?(?:\d{1,10} )?(?<word>permit|deny|evaluate|remark)\b/;

/**
 * Looks at the lines of the paste from the list's first line to its last entry, and on while entries follow.
 * @param heading the line that names the list, where it is not one of its entries
 */
export function isWholeList(
  tunnel: Tunnel,
  held: Held<unknown>,
  list: { readonly name: string; readonly entries: readonly AclEntry[]; readonly heading?: number | undefined },
): boolean {
  const read = new Set(list.entries.map(({ line }) => line));
  let start = list.heading ?? list.entries[0]?.line ?? 0;
  let last = start;
  for (const line of read) {
    start = Math.min(start, line);
    last = Math.max(last, line);
  }
  for (let number = start; ; number += 1) {
    const { text } = tunnel.lines.evidence(held.paste, number);
    const groups = ENTRY.exec(text.replace(/\s+/g, " "))?.groups;
    if (number > last && !groups) return true;
    const isOthers = groups?.["list"] !== undefined && groups["list"] !== list.name;
    if (groups && groups["word"] !== "remark" && !isOthers && !read.has(number)) return false;
    if (number > last && isOthers) return true;
  }
}

/** Whether the list ends where its paste ends, so that the rest of it may not have been copied. */
export function mayBeCutOff(tunnel: Tunnel, held: Held<unknown>, entries: readonly AclEntry[]): boolean {
  const lines = tunnel.known.pastes.find(({ paste }) => paste.name === held.paste)?.paste.lines ?? [];
  const last = lines.findLast(({ text }) => text.trim() !== "")?.number;
  return entries.some(({ line }) => line === last);
}
