/** What libreswan's tools say where pluto does not run. Source: what 4.10 prints. */
import type { Command, Output, Parsed } from "../../domain/output.ts";

const NOBODY =
  /^whack: (?:Pluto is not running \(no "[^"]{1,120}"\)|is Pluto running\?\s{1,3}connect\(\) for "[^"]{1,120}" failed \(\d{1,4} Connection refused\))\s*$/;

export const notRunning: Command = {
  run: "ipsec whack --globalstatus",
  looksLike: [NOBODY],
  parse(output: Output): Parsed {
    const found = output.lines.find(({ text }) => NOBODY.test(text));
    const unread = output.lines.filter(({ text }) => text.trim() !== "" && !NOBODY.test(text));
    if (!found) return { values: [], unread };
    return {
      values: [{ kind: "ike-settings", enabled: false, complete: false, at: { enabled: found.number } }],
      unread,
    };
  },
};
