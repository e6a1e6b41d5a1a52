/** `test vpn ike-sa gateway NAME`, `test vpn ipsec-sa tunnel NAME`: that a negotiation was begun, and nothing of how it ended. */
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";

const LINE =
  /^\s*(?:Start time: [A-Z][a-z]{2}\.\s?\d{1,2} \d\d:\d\d:\d\d|(?:Initiate|Initiated) \d{1,6} (?:IKE|IPSec|IPsec) SA\b.{0,100})\s*$/;

export const testVpn: Command = {
  run: "test vpn ike-sa [gateway NAME]",
  alsoRun: ["test vpn ipsec-sa [tunnel NAME]"],
  looksLike: [LINE],
  parse(output: Output): Parsed {
    const unread: Line[] = output.lines.filter(({ text }) => text.trim() !== "" && !LINE.test(text));
    return { values: [], unread };
  },
};
