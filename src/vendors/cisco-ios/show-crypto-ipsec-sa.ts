/** `show crypto ipsec sa` in all its forms: proxy identities with their counters and SAs. Made for a hub's 20 MB of them. */
import { canonicalAddress } from "../../domain/network.ts";
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { IpsecSas } from "../../domain/readings/ipsec.ts";
import { isFiller } from "./ike-output.ts";
import { closeFlow, createBlocks } from "./show-crypto-ipsec-sa/blocks.ts";
import { readBlockLine } from "./show-crypto-ipsec-sa/lines.ts";
import { isOwnLine } from "./show-crypto-ipsec-sa/own-lines.ts";

const NONE = /^\s*%?\s?No SAs? found/i;
const CLOCK =
  /^\s*Time source is [\w* ]{1,40}, \*?\.?(?<time>\d\d:\d\d:\d\d)(?:\.\d{1,6})? \S{1,6} [A-Z][a-z]{2} (?<month>[A-Z][a-z]{2}) (?<day>\d{1,2}) (?<year>\d{4})/;
/** What IOS prints above any output where `terminal exec prompt timestamp` is on. */
const LOAD = /^\s*Load for five secs/;
const NARROWED = /\b(?<by>interface|map|vrf) (?<what>\S+(?: \d[\d/.:]*)?)/;

export const showCryptoIpsecSa: Command = {
  run:
    "show crypto ipsec sa [peer ADDRESS] [interface NAME] [map NAME] [vrf NAME] [detailed] [detail] [identity] " +
    "[address] [ipv6] [active] [standby]",
  looksLike: [
    /^\s*Crypto map tag: [^,\s]{1,100}, local addr\.? /,
    /^\s*protected vrf:/,
    /^\s*local {2}ident \(addr\/mask\/prot\/port\): /,
    /^\s*current_peer \S{2,45} port \d/,
    /^\s*(?:PERMIT|DENY), flags=\{/,
  ],
  mayStartWith: [/^\s*interface: \S/, /^\s*(?:local|remote) {1,2}ident \(addr\/mask\/prot\/port\): /, LOAD, CLOCK],
  continues: isOwnLine,
  parse,
};

function parse(output: Output): Parsed {
  const blocks = createBlocks();
  const unread: Line[] = [];
  let takenAtSeconds: number | undefined;
  for (const line of output.lines) {
    if (readBlockLine(blocks, line.text, line.number)) continue;
    if (NONE.test(line.text)) continue;
    const clock = CLOCK.exec(line.text)?.groups;
    if (clock) takenAtSeconds = secondsOf(clock);
    else if (!isFiller(line.text)) unread.push(line);
  }
  closeFlow(blocks);
  const { flows } = blocks;
  const detail = blocks.detail || /\bdetail/.test(output.command);
  const command = detail && !/\bdetail/.test(output.command) ? `${output.command} detail` : undefined;
  // An error message, a filter, or a paste that ends in the first heading leaves nothing to read: that does not mean
  // that there are no SAs.
  const isBroken = unread.length > 0 || output.command.includes("|") || output.isOpenEnded === true;
  const knowsNothing = flows.length === 0 && isBroken;
  const sas: IpsecSas = { kind: "ipsec-sas", flows, ...narrowedBy(output.command), detail, takenAtSeconds };
  return { values: knowsNothing ? [] : [sas], unread, command };
}

function narrowedBy(command: string): { peer?: string; asked?: string } {
  const peer = / peer (?:vrf \S+ )?(?:ipv6 )?(\S+)/.exec(command)?.[1];
  if (peer !== undefined) return { peer: canonicalAddress(peer) ?? peer };
  const other = NARROWED.exec(command)?.groups;
  return other ? { asked: `${other["by"]} ${other["what"]}` } : {};
}

function secondsOf(clock: Record<string, string | undefined>): number | undefined {
  const at = Date.parse(`${clock["day"]} ${clock["month"]} ${clock["year"]} ${clock["time"]} UTC`);
  return Number.isNaN(at) ? undefined : at / 1000;
}
