/**
 * `diagnose debug flow`: what the FortiGate does with single packets: route, policy, NAT, tunnel, or why it drops them.
 * Each packet's lines share a trace id. What they mean stands in knowledge/signatures/debug-flow.yaml.
 * Source: FortiOS Administration Guide, "Debugging the packet flow".
 */
import { canonicalAddress } from "../../domain/network.ts";
import type { Command, Line, Output, Parsed, ParseTools } from "../../domain/output.ts";
import type { LogMessage } from "../../negotiations/message.ts";
import { readNegotiations } from "../../negotiations/negotiations.ts";

const LINE =
  /^(?:\d{4}-\d\d-\d\d [\d:]{8}(?:\.\d{1,9})? {1,2})?id=\d{1,10} trace_id=(?<trace>\d{1,10}) func=(?<func>[\w./-]{1,60}) line=\d{1,6} msg="(?<said>.*)$/;
const PACKET =
  /^vd-\S{1,32} received a packet\(proto=(?<protocol>\d{1,3}), (?<from>[0-9.]{7,15}):\d{1,5}->(?<to>[0-9.]{7,15}):\d{1,5}\).{0,80}? from (?<entrance>[\w.:/-]{1,35})\./;
const ROUTE = /^find a route: .{0,60}?\bvia (?<exit>[\w.:/-]{1,35})/;
const TRANSLATION = /^SNAT (?<from>[0-9.]{7,15})->(?<to>[0-9.]{7,15}):/;
const NOT_OURS = /^(?:diagnose debug|show (?:function[ -]name|trace messages)|Debug messages will be on|start trace)/;

interface Trace {
  readonly from: string;
  readonly to: string;
  readonly entrance: string;
  exit?: string;
  translated?: number;
}

export const debugFlow: Command = {
  run: "diagnose debug flow trace start [COUNT]",
  alsoRun: ["diagnose debug flow show function-name enable", "diagnose debug flow filter WORD1 [WORD2] [WORD3]"],
  looksLike: [/^(?:\d{4}-\d\d-\d\d [\d:]{8}(?:\.\d{1,9})? {1,2})?id=\d{1,10} trace_id=\d{1,10} func=/],
  parse(output: Output, tools: ParseTools): Parsed {
    const traces = new Map<string, Trace>();
    const messages: LogMessage[] = [];
    const unread: Line[] = [];
    for (const line of output.lines) {
      const groups = LINE.exec(line.text)?.groups;
      if (!groups) {
        if (line.text.trim() !== "" && !NOT_OURS.test(line.text.trim())) unread.push(line);
        continue;
      }
      const { trace: id = "", said: quoted = "" } = groups;
      const said = quoted.trimEnd().replace(/"$/, "");
      const begun = packetIn(said);
      if (begun) traces.set(id, begun);
      const trace = traces.get(id);
      if (trace) messages.push(...follow(trace, said, line.number));
    }
    if (messages.length === 0) return { values: [], unread };
    return { values: [readNegotiations(messages, tools.signatures, "packet-trace")], unread };
  },
};

function packetIn(said: string): Trace | undefined {
  const groups = PACKET.exec(said)?.groups;
  const from = canonicalAddress(groups?.["from"] ?? "");
  const to = canonicalAddress(groups?.["to"] ?? "");
  return groups && from !== undefined && to !== undefined
    ? { from, to, entrance: groups["entrance"] ?? "" }
    : undefined;
}

/** What a line says, with the packet that it is about: "… [10.1.0.5 -> 10.2.0.9 in lan out to-lyon]". */
function follow(trace: Trace, said: string, line: number): LogMessage[] {
  const route = ROUTE.exec(said)?.groups;
  if (route?.["exit"] !== undefined) trace.exit = route["exit"];
  const translation = TRANSLATION.exec(said)?.groups;
  if (translation && translation["from"] !== translation["to"]) trace.translated = line;
  const packet = `[${trace.from} -> ${trace.to} in ${trace.entrance} out ${trace.exit ?? "?"}]`;
  const messages: LogMessage[] = [{ line, text: `${said} ${packet}` }];
  // Translated first, and then no selector fits it.
  if (trace.translated !== undefined && said.startsWith("No matching IPsec selector"))
    messages.push({ line: trace.translated, text: `translated out of its selectors ${packet}` });
  return messages;
}
