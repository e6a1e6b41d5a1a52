/** `show crypto ipsec sa` of the ASA: proxy identities with their counters and SAs, read with IOS's reader where both print alike. */
import { canonicalAddress } from "../../domain/network.ts";
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { IpsecSas } from "../../domain/readings/ipsec.ts";
import { isFiller } from "../cisco-ios/ike-output.ts";
import { closeFlow, createBlocks } from "../cisco-ios/show-crypto-ipsec-sa/blocks.ts";
import { readAsaLine } from "./show-crypto-ipsec-sa/lines.ts";
import { isOwnLine } from "./show-crypto-ipsec-sa/own-lines.ts";

const NONE = /^\s*There are no ipsec sas/i;

export const showCryptoIpsecSa: Command = {
  run: "show crypto ipsec sa [peer ADDRESS] [map NAME] [entry] [identity] [detail]",
  looksLike: [
    NONE,
    /^\s*Crypto map tag: [^,\s]{1,100}, seq num: \d/,
    /^\s*#PMTUs sent: \d/,
    /^\s*#(?:pre-frag successes|TFC rcvd|Valid ICMP Errors rcvd)/i,
    /^\s*path mtu \d{1,5}, ipsec overhead /,
    /^\s*PMTU time remaining \(sec\)/,
    /^\s*current inbound spi ?:/,
    /^\s*SA State: (?:active|rekey)/i,
    /^\s*slot: \d, conn_id: \d/,
  ],
  mayStartWith: [/^\s*interface: \S/, /^\s*local ident \(addr\/mask\/prot\/port\): /, /^\s*current_peer: \S/],
  continues: isOwnLine,
  parse(output: Output): Parsed {
    const blocks = createBlocks();
    const unread: Line[] = [];
    for (const line of output.lines) {
      if (readAsaLine(blocks, line.text, line.number) || NONE.test(line.text)) continue;
      if (!isFiller(line.text)) unread.push(line);
    }
    closeFlow(blocks);
    const { flows } = blocks;
    const detail = blocks.detail || output.command.includes("detail");
    const command = detail && !output.command.includes("detail") ? `${output.command} detail` : undefined;
    // The ASA says in words that there are none; anything else without a flow was filtered or cut.
    const knowsNothing = flows.length === 0 && !output.lines.some(({ text }) => NONE.test(text));
    const sas: IpsecSas = { kind: "ipsec-sas", flows, ...narrowedBy(output.command), detail };
    return { values: knowsNothing ? [] : [sas], unread, command };
  },
};

function narrowedBy(command: string): { peer?: string; asked?: string } {
  const peer = / peer (\S{1,253})/.exec(command)?.[1];
  if (peer !== undefined) return { peer: canonicalAddress(peer) ?? peer };
  const map = / map (\S{1,100})/.exec(command)?.[1];
  return map === undefined ? {} : { asked: `map ${map}` };
}
