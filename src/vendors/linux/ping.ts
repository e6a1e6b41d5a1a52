/** `ping` of Linux (iputils); each probe becomes a mark as IOS would print it: "!" answered, "U" unreachable, "M" too large, "." lost. */
import { canonicalAddress } from "../../domain/network.ts";
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { Ping } from "../../domain/readings/path.ts";

const HEAD =
  /^PING (?<target>\S{1,253}) \((?<address>[0-9a-fA-F.:]{2,45})\)(?: from (?<source>[0-9a-fA-F.:]{2,45})(?: \S{1,30})?)?:? ?:? {0,2}(?<bytes>\d{1,6})(?:\(\d{1,6}\))? (?:data )?bytes/;
const REPLY = /^\d{1,6} bytes from \S{1,253}/;
const UNREACHABLE = /^From \S{1,253} icmp_seq=\d{1,9} (?:Destination|Packet filtered|Time to live)/;
const TOO_LARGE =
  /^(?:From \S{1,253} icmp_seq=\d{1,9} Frag needed|ping: local error: message too long|ping: sendmsg: Message too long)/;
const SUMMARY = /^(?<sent>\d{1,9}) packets transmitted, (?<received>\d{1,9}) (?:packets )?received/;
const ASIDE = /^(?:--- \S{1,253} ping statistics ---|rtt min|round-trip min|ping: |connect: |no answer yet)/;
const MOST_MARKS = 200;

export const linuxPing: Command = {
  run: "ping [WORD1] [WORD2] [WORD3] [WORD4] [WORD5] [WORD6] [WORD7] [WORD8] [WORD9]",
  looksLike: [HEAD, REPLY, SUMMARY, UNREACHABLE],
  parse(output: Output): Parsed {
    const unread: Line[] = [];
    const pings: Ping[] = [];
    const dfBit = / -M (?:do|probe)\b/.test(output.typed ?? "") ? true : undefined;
    let open: { -readonly [K in keyof Ping]: Ping[K] } | undefined;
    for (const line of output.lines) {
      const head = HEAD.exec(line.text)?.groups;
      const summary = SUMMARY.exec(line.text)?.groups;
      if (head) {
        open = {
          kind: "ping",
          line: line.number,
          target: canonicalAddress(head["address"] ?? "") ?? "",
          source: canonicalAddress(head["source"] ?? ""),
          bytes: Number(head["bytes"]),
          dfBit,
          marks: "",
        };
        pings.push(open);
      } else if (open && summary) {
        open.sent = Number(summary["sent"]);
        open.received = Number(summary["received"]);
        open.successLine = line.number;
        open.marks += ".".repeat(Math.max(0, Math.min(open.sent, MOST_MARKS) - open.marks.length));
      } else if (open && REPLY.test(line.text)) mark(open, "!");
      else if (open && TOO_LARGE.test(line.text)) mark(open, "M");
      else if (open && UNREACHABLE.test(line.text)) mark(open, "U");
      else if (line.text.trim() !== "" && !ASIDE.test(line.text)) unread.push(line);
    }
    return { values: pings.filter(({ successLine, marks }) => successLine !== undefined || marks !== ""), unread };
  },
};

function mark(open: { marks: string }, sign: string): void {
  if (open.marks.length < MOST_MARKS) open.marks += sign;
}
