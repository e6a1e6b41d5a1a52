/** `show access-lists` and its IP and IPv6 forms: standard, extended and IPv6 lists with their match counts. */
import type { Command, Output, Parsed } from "../../domain/output.ts";
import { readAccessLists } from "./show-access-lists/lines.ts";

const ASKED = / access-lists? (?!interface )(?<name>[^\s|]\S{0,200})/;

export const showAccessLists: Command = {
  run: "show access-lists [interface NAME] [NAME]",
  alsoRun: ["show ip access-lists [interface NAME] [NAME]", "show ipv6 access-list [NAME]"],
  looksLike: [
    // Indented, these lines are part of `show crypto map`.
    /^(?:Standard|Extended|Role-based|Reflexive) IP access list \S/,
    /^IPv6 access list \S/,
  ],
  parse(output: Output): Parsed {
    const { lists, unread } = readAccessLists(output.lines);
    const asked = ASKED.exec(output.command)?.groups?.["name"];
    const narrowed = asked !== undefined || / interface |\||show ip(?:v6)? /.test(output.command);
    const complete =
      output.typed !== undefined && !output.isCut && !output.isOpenEnded && !narrowed && unread.length === 0;
    const knowsNothing = lists.length === 0 && unread.length > 0;
    return { values: knowsNothing ? [] : [{ kind: "access-lists", lists, asked, complete }], unread };
  },
};
