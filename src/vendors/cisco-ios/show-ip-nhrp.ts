/**
 * `show ip nhrp [brief]`: behind which outside address each tunnel address is.
 * Source: Cisco IOS IP Addressing Command Reference, "show ip nhrp"; not checked against a device.
 */
import { canonicalAddress } from "../../domain/network.ts";
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { NhrpMapping } from "../../domain/readings/path.ts";
import { isFiller } from "./ike-output.ts";

const HEAD =
  /^(?<network>[0-9.]{7,15}\/\d{1,2}) (?:\(VPN [^)]{1,60}\) )?via (?<tunnel>[0-9.]{7,15})(?<more>,? .{0,120})?$/;
const CREATED = /^\s{2,6}(?<interface>Tunnel\d{1,10}) created /;
const TYPE = /^\s{2,6}Type: (?<type>static|dynamic|incomplete)\b/;
const NBMA = /^\s{2,6}NBMA address: (?<nbma>[0-9.]{7,15})/;
const BRIEF_HEAD = /^\s*Target {3,30}Via {3,30}NBMA {3,30}Mode/;
const BRIEF =
  /^\s{0,4}(?<network>[0-9.]{7,15}\/\d{1,2}) {1,20}(?<tunnel>[0-9.]{7,15}) {1,20}(?<nbma>[0-9.]{7,15}|incomplete) {1,12}(?<type>static|dynamic|incomplete) {1,12}(?<interface>Tu(?:nnel)?\d{1,10})/;
const ASIDE = /^\s*(?:\(Claimed NBMA|Group: |Preference: |Requester: |NAT |Path-?set|Neighbor|Key |\(no-socket\))/;

type Open = { -readonly [Field in keyof NhrpMapping]: NhrpMapping[Field] };

export const showIpNhrp: Command = {
  run: "show ip nhrp [brief] [static] [dynamic] [detail] [interface NAME] [vrf NAME] [ADDRESS]",
  looksLike: [CREATED, BRIEF_HEAD, NBMA, BRIEF],
  mayStartWith: [/^[0-9.]{7,15}\/\d{1,2} via [0-9.]{7,15}\s*$/],
  parse(output: Output): Parsed {
    const mappings: Open[] = [];
    const unread: Line[] = [];
    for (const line of output.lines) {
      const brief = BRIEF.exec(line.text)?.groups;
      const head = brief ?? HEAD.exec(line.text)?.groups;
      const open = mappings.at(-1);
      if (head) {
        const mapping: Open = { line: line.number, tunnel: canonicalAddress(head["tunnel"] ?? "") };
        mappings.push(mapping);
        if (brief) take(mapping, brief);
      } else if (!(open && readLine(open, line.text)) && !BRIEF_HEAD.test(line.text) && !isAside(line.text))
        unread.push(line);
    }
    if (mappings.length === 0) return { values: [], unread };
    return { values: [{ kind: "nhrp-mappings", mappings }], unread };
  },
};

function isAside(text: string): boolean {
  return isFiller(text) || ASIDE.test(text);
}

function readLine(open: Open, text: string): boolean {
  const groups = CREATED.exec(text)?.groups ?? TYPE.exec(text)?.groups ?? NBMA.exec(text)?.groups;
  if (!groups) return false;
  take(open, groups);
  return true;
}

function take(open: Open, { nbma, type, interface: name }: Readonly<Record<string, string | undefined>>): void {
  if (nbma !== undefined && nbma !== "incomplete") open.nbma = canonicalAddress(nbma);
  if (type === "static" || type === "dynamic" || type === "incomplete") open.type = type;
  if (name !== undefined) open.interface = name.replace(/^Tu(?=\d)/, "Tunnel");
}
