/**
 * The system log (`show log messages`, `show log kmd`, a collector's copy) and the trace files of kmd and iked. What the
 * lines mean stands in knowledge/signatures.
 */
import type { Command, Line, Output, Parsed, ParseTools } from "../../domain/output.ts";
import type { LogMessage } from "../../negotiations/message.ts";
import { readNegotiations } from "../../negotiations/negotiations.ts";
import { readHead } from "./log/head.ts";
import { readTold } from "./log/told.ts";
import { isMark } from "./marks.ts";

const DAEMON = "(?:kmd|iked|pkid|RT_IPSEC)";
const BSD_STAMP = "(?:<\\d{1,3}>)?[A-Z][a-z]{2} {1,2}\\d{1,2}(?: \\d{4})? [\\d:]{8}(?:\\.\\d{1,6})?(?: [A-Z]{2,5})?";
const ISO_STAMP = "(?:<\\d{1,3}>)?(?:1 )?\\d{4}-\\d\\d-\\d\\dT[\\d:]{8}[\\d.,+:Z-]{0,18}";
/** Functions of kmd and iked by which each line of their trace files begins. */
const TRACED =
  "(?:-{3,12}> (?:Received|Sent)|ike_|ikev2_|iked_|kmd_|ssh_|IKE negotiation |IPSec negotiation |P[12] SA |Triggering negotiation|Initiating new P1|Unable to find phase-1|[0-9a-fA-F.:<>a-z]{2,45}:\\d{1,5} \\((?:Initiator|Responder)\\)|Peer|Failed to match|Construct NHTB|KMD_|PKID_|Negotiation |Tunnel Down|DPD |VPN monitoring |No response from peer|IKE |IPSec |RT_IPSEC|Could not decrypt|IKE_|Received )";

export const log: Command = {
  run: "show log FILE [last] [NUMBER]",
  alsoRun: ["show log kmd", "show log iked", "show log messages", "monitor start FILE", "cat /var/log/FILE"],
  looksLike: [
    new RegExp(`^${BSD_STAMP} {1,2}(?:[\\w.:-]{1,80} {1,2})?${DAEMON}(?:\\[\\d{1,9}\\])?: `),
    new RegExp(`^${ISO_STAMP} (?:\\S{1,80} )?${DAEMON}(?:(?:\\[\\d{1,9}\\])?: | (?:\\d{1,9}|-) )`),
    new RegExp(`^\\[[A-Z][a-z]{2} {1,2}\\d{1,2} [\\d:]{8}(?:\\.\\d{1,6})?(?: [^\\]]{1,40})?\\]\\s{0,4}${TRACED}`),
    /^(?:KMD|RT_IPSEC)_[A-Z0-9_]{2,50}: /,
    /^IKE_VPN_(?:UP|DOWN)_ALARM_USER: /,
    /^(?:IKE|IPSec) negotiation failed with error: /,
  ],
  parse(output: Output, { signatures }: ParseTools): Parsed {
    const messages: LogMessage[] = [];
    const unread: Line[] = [];
    for (const line of output.lines) {
      if (isMark(line.text)) continue;
      const head = readHead(line.text);
      if (!head) {
        unread.push(line);
        continue;
      }
      const { proxies, ...told } = readTold(head.text);
      messages.push({
        line: line.number,
        ...head,
        ...told,
        details: proxies && { proxies: [{ line: line.number, ...proxies }] },
      });
    }
    return { values: [readNegotiations(messages, signatures, "syslog")], unread, command: "syslog" };
  },
};
