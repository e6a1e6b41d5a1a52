/** `show ip nat translations`, also `verbose`, of a VRF, with or without ports. */
import { canonicalAddress } from "../../domain/network.ts";
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { NatTranslation } from "../../domain/readings/path.ts";
import { isClockLine } from "./path-command.ts";

const HEADING = /^\s*Pro\s{1,20}Inside global\s{1,40}Inside local\s{1,40}Outside local\s{1,40}Outside global/;
const PROTOCOL = /^(?:---|[a-z]{2,6}|\d{1,3})$/;
const PLACE = /^(?:---|\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?::[0-9a-fA-F]{1,8})?|[0-9a-fA-F]{0,4}:[0-9a-fA-F:.]{1,45})$/;
/** `verbose` prints these under each translation. */
const ASIDE =
  /^\s*(?:Total number of translations|create:? |use:? |Map-Id|RuleID|Flags:|flags:|ALG |WLAN-Flags|Mac-Address|entry-id|In_pkts|Output-IDB|timeout:|extended, |none, use_count|left |VRF: |vrf : |lc_entries|pool )/;

export const showIpNatTranslations: Command = {
  run: "show ip nat translations [vrf NAME] [verbose] [esp] [icmp] [pptp] [tcp] [udp] [total] [inside ADDRESS] [outside ADDRESS] [global ADDRESS] [local ADDRESS]",
  looksLike: [HEADING],
  parse(output: Output): Parsed {
    const unread: Line[] = [];
    const translations: NatTranslation[] = [];
    for (const line of output.lines) {
      if (line.text.trim() === "" || HEADING.test(line.text) || isClockLine(line.text)) continue;
      const translation = readRow(line);
      if (translation) translations.push(translation);
      else if (!ASIDE.test(line.text)) unread.push(line);
    }
    return { values: [{ kind: "nat-translations", translations }], unread };
  },
};

function readRow(line: Line): NatTranslation | undefined {
  const [protocol = "", ...places] = line.text.trim().split(/\s+/);
  if (places.length !== 4 || !PROTOCOL.test(protocol) || !places.every((place) => PLACE.test(place))) return undefined;
  const [insideGlobal, insideLocal, outsideLocal, outsideGlobal] = places.map(readPlace);
  return { line: line.number, protocol, insideGlobal, insideLocal, outsideLocal, outsideGlobal };
}

/** "A" or "A:PORT" as printed; nothing for "---". */
function readPlace(text: string): string | undefined {
  return text === "---" ? undefined : (canonicalAddress(text) ?? text);
}
