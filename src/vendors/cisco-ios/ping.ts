/**
 * `ping`: typed with its options, or the dialogue that asks for each of them; IPv4 and IPv6.
 * The article's "Sending 5, 100-byte ICMP Echos to 40.10.1.1" with `!!!!` and `(5/5)` shows why the rate is believed and
 * not the marks: a line of marks is damaged easily.
 */
import { canonicalAddress } from "../../domain/network.ts";
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { Ping } from "../../domain/readings/path.ts";
import { isClockLine } from "./path-command.ts";
import { readDialogueLine } from "./ping/dialogue.ts";
import { type OpenPing, openTypedPing } from "./ping/typed.ts";

const SENDING =
  /^\s*Sending (?<sent>\d{1,10}), (?:(?<bytes>\d{1,6})|\[\d{1,6}\.\.\d{1,6}\])-byte ICMP Echos to (?<target>[^\s,]{1,253})/;
const SUCCESS = /^\s*Success rate is \d+ percent \((?<received>\d+)\/(?<sent>\d+)\)/;
const SOURCE = /^\s*Packet sent with a source address of (?<source>[0-9a-fA-F.:]{2,45})(?:%(?<vrf>\S{1,100}))?/;
const DF_BIT = /^\s*Packet sent with the DF bit set/;
const MARKS = /^\s*(?<marks>[!.?&UQMNPTHRBIA]{1,200})\s*$/;
const REQUEST_TIMED_OUT = /^\s*Request \d+ timed out/;
const NO_TARGET =
  /^\s*% ?(?:Unrecognized host|Bad IP address|No valid route|VRF \S+ does not exist|Invalid source|No route)/i;
const ASIDE =
  /^\s*(?:Type escape sequence to abort|Reply data will be validated|Packet has |Translating "|Output Interface: |Request \d|Reply to request |\d+ multicast replies|Sweep |Packet sent with)/i;

export const ping: Command = {
  run: "ping [ip] [ipv6] [vrf NAME] [source ADDRESS] [repeat COUNT] [size BYTES] [timeout SECONDS] [df-bit] [validate] [data PATTERN] [verbose] [tos VALUE] [dscp VALUE] [ADDRESS]",
  looksLike: [SENDING, SUCCESS],
  mayStartWith: [/^\s*Type escape sequence to abort/, /^\s*Output Interface: ?[A-Za-z]/],
  parse(output: Output): Parsed {
    const unread: Line[] = [];
    const done: Ping[] = [];
    let open = openTypedPing(output);
    for (const line of output.lines) {
      if (line.text.trim() === "" || isClockLine(line.text)) continue;
      const sending = SENDING.exec(line.text)?.groups;
      if (sending && open.isSending) {
        close(open, done);
        open = { marks: [], isSending: false };
      }
      if (sending) startSending(open, sending, line);
      else if (!readLine(open, line)) unread.push(line);
    }
    close(open, done);
    return { values: done, unread };
  },
};

function startSending(open: OpenPing, sending: Record<string, string | undefined>, line: Line): void {
  const target = sending["target"] ?? "";
  open.isSending = true;
  open.line = line.number;
  open.target = canonicalAddress(target) ?? target;
  open.sent = Number(sending["sent"]);
  if (sending["bytes"] !== undefined) open.bytes = Number(sending["bytes"]);
}

function readLine(open: OpenPing, line: Line): boolean {
  const success = SUCCESS.exec(line.text)?.groups;
  if (success) {
    open.line ??= line.number;
    open.successLine = line.number;
    open.received = Number(success["received"]);
    open.sent = Number(success["sent"]);
    return true;
  }
  const from = SOURCE.exec(line.text)?.groups;
  if (from) {
    open.source = canonicalAddress(from["source"] ?? "");
    if (from["vrf"] !== undefined) open.vrf ??= from["vrf"];
    return true;
  }
  if (DF_BIT.test(line.text)) {
    open.dfBit = true;
    return true;
  }
  if (REQUEST_TIMED_OUT.test(line.text)) {
    open.marks.push(".");
    return true;
  }
  const marks = MARKS.exec(line.text)?.groups?.["marks"];
  if (marks !== undefined) {
    open.line ??= line.number;
    open.marks.push(marks);
    return true;
  }
  return NO_TARGET.test(line.text) || ASIDE.test(line.text) || readDialogueLine(open, line.text);
}

/** A ping counts once it names its target and shows what came of it, or at least that it was sent. */
function close(open: OpenPing, done: Ping[]): void {
  if (open.target === undefined || open.line === undefined) return;
  if (!open.isSending && open.marks.length === 0 && open.successLine === undefined) return;
  done.push({
    kind: "ping",
    line: open.line,
    target: open.target,
    source: open.source,
    sourceTyped: open.sourceTyped,
    vrf: open.vrf,
    sent: open.sent,
    received: open.received,
    bytes: open.bytes,
    dfBit: open.dfBit,
    marks: open.marks.join(""),
    successLine: open.successLine,
  });
}
