/**
 * The running configuration: whole, `show running-config crypto`, or pieces pasted without any command line. One parse
 * gives several readings. Lines that do not concern tunnels are passed over.
 */
import type { Command, Output, Parsed } from "../../domain/output.ts";
import { toStatements } from "../cisco-ios/configuration/statements.ts";
import { newCollected } from "./configuration/collected.ts";
import { extentOf } from "./configuration/extent.ts";
import { valuesOf } from "./configuration/values.ts";
import { walk } from "./configuration/walk.ts";

const BEGINS_WITH = [/^\s*(?:ASA|NGFW) Version \d/, /^\s*hostname \S{1,63}\s*$/];

export const configuration: Command = {
  run: "show running-config [all] [PART] [NAME] [MORE]",
  alsoRun: ["show startup-config", "write terminal", "more system:running-config"],
  looksLike: [
    ...BEGINS_WITH,
    /^\s*: (?:Saved|Written by|Hardware: {3}|Serial Number: )/,
    /^\s*: end$/,
    /^\s*Cryptochecksum:[0-9a-f]{32}/,
    /^\s*nameif \S/,
    /^\s*security-level \d/,
    /^\s*object network \S/,
    /^\s*object-group (?:network|service) \S/,
    /^\s{0,2}access-list \S{1,241} (?:extended|standard) (?:permit|deny) /,
    /^\s*access-group \S{1,241} (?:in|out) interface /,
    /^\s*nat \([^,()\s]{1,60},[^,()\s]{1,60}\) /,
    /^\s*route \S{1,60} [0-9.]{1,15} [0-9.]{1,15} \d/,
    /^\s*(?:no )?sysopt connection /,
    /^\s*crypto (?:ikev1|ikev2|isakmp) enable \S/,
    /^\s*crypto ikev[12] policy \d/,
    /^\s*crypto isakmp (?:nat-traversal|policy \d)/,
    /^\s*crypto ipsec ikev[12] /,
    // Lines that a router has too: they do not end an ASA's configuration.
    /^\s*crypto ipsec (?:security-association|df-bit|fragmentation) /,
    /^\s*crypto isakmp identity \S/,
    /^\s*no crypto (?:isakmp|ipsec) /,
    /^\s*route-map \S{1,100} (?:permit|deny) \d/,
    /^\s*crypto (?:map|dynamic-map) \S{1,100} \d{1,5} (?:match address|set ) ?/,
    /^\s*crypto map \S{1,100} \d{1,5} ipsec-isakmp dynamic /,
    /^\s*crypto map \S{1,100} interface \S/,
    /^\s*tunnel-group \S{1,128} (?:type|ipsec-attributes|general-attributes)/,
    /^\s*group-policy \S{1,64} (?:internal|attributes)/,
    /^\s*vpn-filter (?:value \S|none)/,
    /^\s*ikev[12] (?:pre-shared-key|local-authentication|remote-authentication) /,
    /^\s*interface [A-Z][A-Za-z-]{1,40}\d[\d/.:]{0,30}\s*$/,
  ],
  beginsWith: BEGINS_WITH,
  mayStartWith: [/^\s*!/, /^\s*:\s*$/],
  parse(output: Output): Parsed {
    const statements = toStatements(output.lines);
    const collected = newCollected();
    walk(statements, collected);
    const values = valuesOf(collected, extentOf(output, statements));
    const unread = collected.unread.sort((one, other) => one.number - other.number);
    return { values, unread, command: "config" };
  },
};
