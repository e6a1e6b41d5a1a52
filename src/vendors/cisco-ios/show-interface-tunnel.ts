/**
 * `show interfaces Tunnel N`: whether a tunnel interface is up, and where its packets go.
 * Source: Cisco IOS Interface Command Reference, "show interfaces tunnel"; not checked against a device.
 */
import { canonicalAddress } from "../../domain/network.ts";
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { InterfaceState } from "../../domain/readings/path.ts";

type Draft = { -readonly [Field in keyof Omit<InterfaceState, "at">]: InterfaceState[Field] } & {
  at: Record<string, number>;
};

const HEAD =
  /^\s*(?<name>Tunnel\d{1,10}) is (?<status>up|down|administratively down|reset), line protocol is (?<protocol>up|down)/;
const ADDRESS = /^\s*Internet address is (?<address>[0-9.]{7,15})\/\d{1,2}/;
const ENDS =
  /^\s*Tunnel source (?<source>[0-9A-Fa-f.:]{2,45}|UNKNOWN)(?: \((?<interface>[A-Za-z][\w./:-]{1,60})\))?(?:, destination (?<destination>[0-9A-Fa-f.:]{2,45}|UNKNOWN))?/;
const MODE = /^\s*Tunnel protocol\/transport (?<mode>[A-Za-z-]{2,20}\/\S{1,20})/;
const PROTECTION = /^\s*Tunnel protection via IPSec \(profile "(?<name>[^"]{1,100})"/i;
const ASIDE =
  /^\s*(?:Hardware is|MTU |reliability |Encapsulation |Keepalive |Tunnel |Key |Checksumming|Fast tunneling|Last |Queueing|Output queue|Input queue|\d+ (?:minute|second) |\d{1,12} |Received |Description: |Interface is unnumbered|Path MTU|Linestate|evaluating|Carrier|src-track|Tunnel\d{1,10} source tracking)/i;

export const showInterfaceTunnel: Command = {
  run: "show interfaces tunnel NUMBER",
  alsoRun: ["show interfaces TUNNEL"],
  looksLike: [HEAD],
  parse(output: Output): Parsed {
    const drafts: Draft[] = [];
    const unread: Line[] = [];
    for (const line of output.lines) {
      if (line.text.trim() === "") continue;
      const head = HEAD.exec(line.text)?.groups;
      const current = drafts.at(-1);
      if (head)
        drafts.push({
          line: line.number,
          name: head["name"] ?? "",
          status: head["status"],
          protocol: head["protocol"],
          at: { status: line.number },
        });
      else if (!current || !(readLine(current, line) || ASIDE.test(line.text))) unread.push(line);
    }
    const values: Parsed["values"] =
      drafts.length === 0 ? [] : [{ kind: "interfaces", from: "brief", interfaces: drafts, complete: false }];
    return { values, unread };
  },
};

function readLine(draft: Draft, { text, number }: Line): boolean {
  const address = ADDRESS.exec(text)?.groups?.["address"];
  const ends = ENDS.exec(text)?.groups;
  const mode = MODE.exec(text)?.groups?.["mode"];
  const protection = PROTECTION.exec(text)?.groups?.["name"];
  if (address !== undefined) {
    draft.address = canonicalAddress(address);
    draft.at["address"] = number;
  } else if (ends) {
    draft.tunnelSource = canonicalAddress(ends["source"] ?? "") ?? ends["interface"];
    draft.tunnelDestination = canonicalAddress(ends["destination"] ?? "");
    draft.at["tunnelSource"] = number;
    draft.at["tunnelDestination"] = number;
  } else if (mode !== undefined) {
    draft.tunnelMode = /^multi/i.test(mode)
      ? "multipoint"
      : /^ipsec/i.test(mode)
        ? "ipsec"
        : /^gre/i.test(mode)
          ? "gre"
          : "other";
    draft.at["tunnelMode"] = number;
  } else if (protection !== undefined) {
    draft.tunnelProtection = protection;
    draft.at["tunnelProtection"] = number;
  } else return false;
  return true;
}
