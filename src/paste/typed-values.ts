/** Readings from the command lines themselves: what was cleared, traced or pinged between the outputs. */
import { canonicalAddress } from "../domain/network.ts";
import type { Typed } from "../domain/readings/log.ts";
import type { Chunk } from "./chunk.ts";

/**
 * The reading of a typed `clear …` or `debug …`: both change what later outputs show. Others tell nothing.
 * What each `clear crypto` drops: Cisco IOS Security Command Reference, "clear crypto sa", "clear crypto session".
 */
export function typedValues({ typed, text, firstLine }: Chunk): Typed[] {
  if (typed === undefined || !/^(?:clear|debug|undebug|no debug) /.test(text)) return [];
  const peer = canonicalAddress(/ (?:peer|remote) (?:ipv[46] )?(\S{1,45})/.exec(text)?.[1] ?? "");
  return [{ kind: "typed", line: firstLine, command: text, clears: clearsOf(text), peer }];
}

function clearsOf(text: string): Typed["clears"] {
  if (/^clear (?:crypto (?:ipsec )?sa counters|counters)\b/.test(text)) return "counters";
  if (!/^clear crypto (?:sa|isakmp|ipsec sa|ikev[12] sa|session)\b/.test(text)) return undefined;
  return /^clear crypto (?:sa|isakmp(?: sa)?|ipsec sa|ikev[12] sa|session)(?: fast| active)?$/.test(text)
    ? "everything"
    : "peer";
}
