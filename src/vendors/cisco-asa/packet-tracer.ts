/**
 * `packet-tracer`: what the ASA would do with a packet, phase by phase. A translation is only a fault where no VPN phase
 * takes the packet as well: before encryption, NAT of other traffic is printed the same way. A VPN phase that drops the
 * packet takes it for the tunnel too, and has no SA for it yet.
 * Source: Cisco ASA command reference (packet-tracer); not checked against a device.
 */
import { canonicalAddress } from "../../domain/network.ts";
import type { Command, Output, Parsed } from "../../domain/output.ts";
import type { PacketTrace, TracedPhase } from "../../domain/readings/path.ts";

const PHASE = /^\s*Phase: \d{1,3}\s*$/;
const TYPE = /^\s*Type: (?<type>[A-Z-]{2,30})/;
const SUBTYPE = /^\s*Subtype: ?(?<subtype>[\w -]{0,40})/;
const RESULT = /^\s*Result: ?(?<result>ALLOW|DROP)?\s*$/;
const TRANSLATION =
  /^\s*(?<how>Static|Dynamic) translate (?<from>[0-9a-fA-F.:]{2,45})\/\d{1,5} to (?<to>[0-9a-fA-F.:]{2,45})\/\d{1,5}/;
const ACTION = /^\s*Action: (?<action>allow|drop)\s*$/;
const REASON = /^\s*Drop-reason: \((?<reason>[a-z0-9-]{2,60})\)/;
const RULE =
  /^\s{0,2}(?:access-list \S{1,241} (?:line \d{1,7} )?(?:extended |standard )?(?:permit|deny) |Implicit Rule)/;
/** The lines of the configuration that decide a phase are printed in it. */
const CONFIGURED = [
  /^\s*nat \([^,()\s]{1,60},[^,()\s]{1,60}\) /,
  /^\s{0,2}access-list \S{1,241} (?:extended|standard) (?:permit|deny) /,
  /^\s*access-group \S{1,241} (?:in|out) interface /,
  /^\s*group-policy \S{1,64} attributes$/,
  /^\s*vpn-filter value \S/,
  /^\s*object network \S/,
  /^\s*object-group (?:network|service) \S/,
];
const TYPED = /^packet-tracer input (?<input>\S{1,60}) (?<rest>\S.{3,200})$/i;

type Open = { -readonly [Field in keyof TracedPhase]: TracedPhase[Field] };

export const packetTracer: Command = {
  run: "packet-tracer input INTERFACE [PROTOCOL] [SOURCE] [PORT] [MORE] [DESTINATION] [DESTINATION-PORT] [detailed]",
  looksLike: [PHASE, /^\s*Drop-reason: \(/, /^\s*input-interface: \S/, /^\s*output-interface: \S/, ...CONFIGURED],
  mayStartWith: [TYPE, RESULT],
  parse(output: Output): Parsed {
    const phases: Open[] = [];
    let open: Open | undefined;
    let end: Pick<PacketTrace, "action" | "dropReason" | "dropLine"> = {};
    for (const { text, number } of output.lines) {
      const type = TYPE.exec(text)?.groups?.["type"];
      const result = RESULT.exec(text)?.groups;
      const action = ACTION.exec(text)?.groups?.["action"];
      const reason = REASON.exec(text)?.groups?.["reason"];
      if (PHASE.test(text)) open = undefined;
      else if (type !== undefined) {
        open = { line: number, type, isDropped: false };
        phases.push(open);
      } else if (reason !== undefined) end = { ...end, dropReason: reason, dropLine: number };
      else if (action !== undefined) end = { ...end, action: action === "drop" ? "drop" : "allow" };
      // The last "Result:", without a word, heads what became of the packet.
      else if (result && result["result"] === undefined) open = undefined;
      else if (open && result) open.isDropped = result["result"] === "DROP";
      else if (open) readDetail(open, text, number);
    }
    const line = phases[0]?.line ?? end.dropLine;
    // Any line of a phase may be configuration or talk; none is worth telling as unread.
    if (line === undefined) return { values: [], unread: [] };
    return { values: [{ kind: "packet-trace", line, ...packetOf(output.typed), phases, ...end }], unread: [] };
  },
};

function readDetail(open: Open, text: string, line: number): void {
  const subtype = SUBTYPE.exec(text)?.groups?.["subtype"]?.trim();
  const translation = TRANSLATION.exec(text)?.groups;
  if (subtype !== undefined) {
    if (subtype !== "") open.subtype = subtype;
  } else if (translation) {
    open.detailLine = line;
    open.translatesSource = translation["from"] !== translation["to"];
  } else if (RULE.test(text)) open.detailLine ??= line;
}

/** What was typed: where the packet comes in, and by the first address and the last one its source and its destination. */
function packetOf(typed: string | undefined): Pick<PacketTrace, "input" | "source" | "destination"> {
  const { input, rest = "" } = TYPED.exec(typed ?? "")?.groups ?? {};
  const words = rest.split(/\s+/);
  const [source, ...others] = words.flatMap((word) => (/[.:]/.test(word) ? (canonicalAddress(word) ?? []) : []));
  const destination = others.at(-1);
  return source === undefined || destination === undefined ? {} : { input, source, destination };
}
