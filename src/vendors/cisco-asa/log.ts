/** Everything that the ASA logs: debug of IKEv1 and IKEv2, and syslog, as they were printed, interleaved. */
import type { Command, Line, Output, Parsed, ParseTools } from "../../domain/output.ts";
import type { Log } from "../../domain/readings/log.ts";
import type { LogMessage } from "../../negotiations/message.ts";
import { readNegotiations } from "../../negotiations/negotiations.ts";
import { createLogClock } from "../cisco-ios/debug/log-clock.ts";
import { isFiller } from "../cisco-ios/ike-output.ts";
import { inContext } from "./log/in-context.ts";
import { LOG_SHAPES, readHead } from "./log/line-head.ts";
import { refusedProxies } from "./log/proxies.ts";
import { readRefusals } from "./log/refusals.ts";

const SETTINGS =
  /^\s*(?:Syslog logging|Facility|Timestamp logging|Timezone|Logging Format|Hide Username|Standby logging|Debug-trace logging|Console logging|Monitor logging|Buffer logging|Trap logging|Permit-hostdown|History logging|Device ID|Mail logging|ASDM logging|FMC logging|Logging to|Global TCP)/;
/** What a debug at level 127 and above prints below its messages: payloads, hexadecimal, cookies. */
const DUMP =
  /^(?:\s|Initiator |Responder |IKEv2 \S|[A-Z][A-Za-z0-9_()-]{0,40}\s{1,4}Next payload|Payload contents|Proposal \d|ESP: Proposal|last |Next Payload|ISAKMP Header|IKE Recv RAW|RECV PACKET|SENT PACKET|SEND PACKET|-{4}|\*{4}|=+|[0-9a-f]{2} |type:|REAL |Decrypted packet)/i;

export const showLogging: Command = {
  run: "show logging [buffered] [message NUMBER]",
  alsoRun: ["show log"],
  looksLike: LOG_SHAPES,
  mayStartWith: [/^\s*Syslog logging: (?:enabled|disabled)/],
  parse(output: Output, tools: ParseTools): Parsed {
    const { messages, unread } = readMessages(output.lines);
    const refusals = readRefusals(messages);
    const detailed = messages.map((message) => {
      const details = refusals.details.get(message.line) ?? refusedProxies(message.text, message.line);
      return details === undefined ? message : { ...message, details };
    });
    const topics = [...new Set(messages.flatMap(({ topic }) => topic ?? []))];
    const isSyslog = topics.length === 0;
    const log = readNegotiations(detailed, tools.signatures, isSyslog ? "syslog" : topics.join("+"));
    return {
      values: [inContext(log, refusals) satisfies Log],
      unread,
      command: isSyslog ? "syslog" : `debug:${log.topic}`,
    };
  },
};

type Message = LogMessage & { readonly topic?: "ikev1" | "ikev2" };

function readMessages(lines: readonly Line[]): { messages: Message[]; unread: Line[] } {
  const messages: Message[] = [];
  const unread: Line[] = [];
  const secondsAt = createLogClock();
  for (const { number, text } of lines) {
    const head = readHead(text);
    const last = messages.at(-1);
    if (head) {
      const seconds = head.moment && secondsAt(head.moment);
      messages.push(messageOf(text.slice(head.at), { line: number, time: head.time, seconds }));
    } else if (isFiller(text) || SETTINGS.test(text)) continue;
    else if (last && DUMP.test(text)) messages.push({ ...last, line: number, text, details: undefined });
    else unread.push({ number, text });
  }
  return { messages, unread };
}

const IP = /\bIP = (?<peer>[0-9a-fA-F.:]{2,45}?)(?=,|\s|$)/;
const ENDS = /Local: ?(?<local>[0-9a-fA-F.:]{2,45}):\d{1,5} Remote: ?(?<peer>[0-9a-fA-F.:]{2,45}):\d{1,5}/;
const EXCHANGE = /^IKEv2-(?:PROTO|PLAT)-\d: ?\((?<exchange>\d{1,9})\):/;
const VERSION_1 = /^(?:\[IKEv1|%(?:ASA|FTD)-\d-71[345]\d{3})/;
const VERSION_2 = /^(?:IKEv2-|%(?:ASA|FTD)-\d-75[01]\d{3})/;

function messageOf(text: string, when: Pick<LogMessage, "line" | "time" | "seconds">): Message {
  const ends = ENDS.exec(text)?.groups;
  const peer = ends?.["peer"] ?? IP.exec(text)?.groups?.["peer"];
  const exchange = EXCHANGE.exec(text)?.groups?.["exchange"];
  const version = VERSION_1.test(text) ? 1 : VERSION_2.test(text) ? 2 : undefined;
  return {
    ...when,
    text,
    ...(text.startsWith("[IKEv1") && { topic: "ikev1" }),
    ...(text.startsWith("IKEv2-") && { topic: "ikev2" }),
    ...(peer !== undefined && { peer }),
    ...(ends?.["local"] !== undefined && { local: ends["local"] }),
    ...(exchange !== undefined && { exchange }),
    ...(version && { version }),
  };
}
