/**
 * `packet-tracer input …`: what the ASA would do with a packet, phase by phase. Its lines are read by signatures, as
 * events; a translation counts only where the packet is not encrypted after it, since an exemption shows as one, too.
 */
import type { Command, Line, Output, Parsed, ParseTools } from "../../domain/output.ts";
import { readNegotiations } from "../../negotiations/negotiations.ts";

const PHASE = /^\s*Phase: \d{1,3}\s*$/;
const TYPE = /^\s*Type: (?<type>[A-Z-]{2,30})/;
const SUBTYPE = /^\s*Subtype: ?(?<subtype>[\w -]{0,40})/;
const RESULT = /^\s*Result: ?(?<result>ALLOW|DROP)?\s*$/;
/** The lines of the configuration that decide a phase are printed in it. */
const CONFIGURED = [
  /^\s*nat \([^,()\s]{1,60},[^,()\s]{1,60}\) /,
  /^\s{0,2}access-list \S{1,241} (?:extended|standard) (?:permit|deny) /,
  /^\s*access-group \S{1,241} (?:in|out) interface /,
  /^\s*object network \S/,
  /^\s*object-group (?:network|service) \S/,
];
/** Any line of a phase may be configuration or talk; none is worth telling as unread. */
const FACTS =
  /^\s*(?:Static translate|Dynamic translate|NAT divert|Drop-reason|found next-hop|in {2}id=|out id=|Action: )/;

export const packetTracer: Command = {
  run: "packet-tracer input INTERFACE [PROTOCOL] [SOURCE] [PORT] [MORE] [DESTINATION] [DESTINATION-PORT] [detailed]",
  looksLike: [PHASE, /^\s*Drop-reason: \(/, /^\s*input-interface: \S/, /^\s*output-interface: \S/, ...CONFIGURED],
  mayStartWith: [TYPE, RESULT],
  parse(output: Output, tools: ParseTools): Parsed {
    const encrypts = encryptingLine(output.lines);
    const messages = output.lines
      .filter(({ text }) => FACTS.test(text) || text.includes("-interface: "))
      .map(({ number, text }) => ({ line: number, text: text.trim() }));
    const log = readNegotiations(messages, tools.signatures, "packet-tracer");
    const events = log.events.filter(
      ({ signature }) => signature !== "traffic-is-translated" || encrypts === undefined,
    );
    return { values: messages.length === 0 ? [] : [{ ...log, events }], unread: [] };
  },
};

/** The phase that says that the packet is encrypted. */
function encryptingLine(lines: readonly Line[]): number | undefined {
  let type: string | undefined;
  for (const { text, number } of lines) {
    type = TYPE.exec(text)?.groups?.["type"] ?? type;
    if (type === "VPN" && SUBTYPE.exec(text)?.groups?.["subtype"]?.trim() === "encrypt") return number;
  }
  return undefined;
}
