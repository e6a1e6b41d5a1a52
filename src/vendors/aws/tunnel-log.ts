/**
 * Site-to-Site VPN tunnel logs from CloudWatch: one JSON object an event, alone, behind a time stamp, or inside the events
 * of `aws logs …`. Source: AWS Site-to-Site VPN user guide, "Contents of Site-to-Site VPN logs".
 */
import type { Command, Line, Output, Parsed, ParseTools } from "../../domain/output.ts";
import type { LogMessage } from "../../negotiations/message.ts";
import { readNegotiations } from "../../negotiations/negotiations.ts";

const DETAILS = /"(?:details|VpnLogDetail)"\s*:\s*"/;
/** What follows the details: another of the event's names, or its end. */
const AFTER_DETAILS = /"\s*(?:,\s*"(?:dpd_|nat_|ike_|Tunnel|VpnLog)|\}|$)/;
const STATES: readonly (readonly [RegExp, string])[] = [
  [/"(?:ike_phase1_state|TunnelIKEPhase1State)"\s*:\s*"(\w+)/, "phase 1"],
  [/"(?:ike_phase2_state|TunnelIKEPhase2State)"\s*:\s*"(\w+)/, "phase 2"],
];
const STAMP = /\\?"(?:event_timestamp|VpnLogCreationTimestamp)\\?"\s*:\s*\\?"?(\d{10})/;
const NAT = /"(?:nat_t_detected|TunnelCGWNATTDetectionStatus)"\s*:\s*"?(?:true|detected)/i;

/** A log stream is named after the connection and the tunnel's outside address. */
const STREAM = /\b(?<id>vpn-[0-9a-f]{8,17})-(?<address>\d{1,3}(?:\.\d{1,3}){3})-/;

export const tunnelLog: Command = {
  run: "aws logs tail GROUP [--since TIME] [--format NAME]",
  alsoRun: ["aws logs get-log-events", "aws logs filter-log-events"],
  looksLike: [
    /^(?:\S{10,40} {1,4}(?:\S{1,120} )?)?\{"event_timestamp": ?"?\d{10}/,
    /^\s*"(?:event_timestamp|VpnLogCreationTimestamp)": ?"?\d{10}/,
    /^\s*"message": "\{\\"event_timestamp\\": ?\d{10}/,
  ],
  mayStartWith: [/^\{$/, /^\s*"events": \[$/],
  parse(output: Output, { signatures }: ParseTools): Parsed {
    const messages: LogMessage[] = [];
    for (const event of events(output.lines)) {
      const message = messageOf(event);
      if (message) messages.push(message);
    }
    return { values: [readNegotiations(messages, signatures, "ike")], unread: [], command: "syslog" };
  },
};

/** The lines of each event; a pretty-printed one has several. */
function events(lines: readonly Line[]): Line[][] {
  const found: Line[][] = [];
  for (const line of lines) {
    const isOne = STAMP.test(line.text);
    if (isOne || found.length === 0) found.push([line]);
    else found.at(-1)?.push(line);
  }
  return found;
}

function messageOf(event: readonly Line[]): LogMessage | undefined {
  const text = unwrapped(event.map((line) => line.text).join(" "));
  const details = detailsIn(text);
  if (details === undefined) return undefined;
  const line = event.find((one) => one.text.includes("etail"))?.number ?? event[0]?.number ?? 1;
  const states = STATES.flatMap(([pattern, name]) => {
    const state = pattern.exec(text)?.[1];
    return state === undefined ? [] : [`${name} ${state.toLowerCase()}`];
  });
  if (NAT.test(text)) states.push("NAT detected");
  const seconds = STAMP.exec(text)?.[1];
  const stream = STREAM.exec(text)?.groups;
  return {
    line,
    text: states.length > 0 ? `${details} [${states.join(", ")}]` : details,
    ...(stream && { local: stream["address"], names: { connection: stream["id"] } }),
    ...(seconds !== undefined && { time: seconds, seconds: Number(seconds) }),
  };
}

const MESSAGE = /"message"\s*:\s*"(?=\{)/;

/** `aws logs get-log-events` prints each event as a string inside its own JSON; what people paste lost some of its escapes. */
function unwrapped(text: string): string {
  const start = MESSAGE.exec(text);
  return start ? text.slice(start.index + start[0].length).replace(/\\{1,3}"/g, '"') : text;
}

function detailsIn(text: string): string | undefined {
  const start = DETAILS.exec(text);
  if (!start) return undefined;
  const rest = text.slice(start.index + start[0].length);
  return rest.slice(0, AFTER_DETAILS.exec(rest)?.index).replaceAll('\\"', '"');
}
