/** `tcpdump` as text: who sent IKE and ESP, and who answered. */
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { CapturedPacket } from "../../domain/readings/capture.ts";
import { gatherStreams } from "../../negotiations/captured-streams.ts";
import { type Head, readHead } from "./tcpdump/head.ts";
import { readPacket } from "./tcpdump/packet.ts";

const ABOUT =
  /^(?:tcpdump: (?:verbose output|listening on|data link type|WARNING)|listening on \S|reading from file |dropped privs to |\^C|\d{1,9} packets? (?:captured|received by filter|dropped by (?:kernel|interface)))/;
/** Filters and switches that let one direction through only. */
const ONE_WAY = / (?:src|dst)(?: host| net)? |\bsrc port\b|\bdst port\b| -Q ?(?:in|out)\b/;

export const tcpdump: Command = {
  run: "tcpdump [WORD1] [WORD2] [WORD3] [WORD4] [WORD5] [WORD6] [WORD7] [WORD8] [WORD9] [WORD10] [WORD11] [WORD12]",
  looksLike: [
    /^ ?(?:\d{4}-\d\d-\d\d )?\d\d:\d\d:\d\d\.\d{3,9} {1,2}(?:\S{1,31} {1,3})?(?:(?:In|Out|B|M|P) {1,3})?IP6? [(0-9a-fA-F:]/,
    /^ ?(?:\d{4}-\d\d-\d\d )?\d\d:\d\d:\d\d\.\d{3,9} .{0,60}[0-9a-f]{2}:[0-9a-f]{2}:[0-9a-f]{2}.{0,60}ethertype (?:IPv[46]|802)/,
    /^ ?\d{9,10}\.\d{3,9} (?:\S{1,31} {1,3})?(?:(?:In|Out) {1,3})?IP6? [(0-9a-fA-F:]/,
    /^IP6? [0-9a-fA-F.:]{2,50}(?:\.[a-z-]{3,12})? > [0-9a-fA-F.:]{2,50}(?:\.[a-z-]{3,12})?: /,
    /^(?:tcpdump: )?(?:verbose output suppressed, use -v|listening on \S{1,31}, link-type )/,
    /^\d{1,9} packets? received by filter$/,
  ],
  mayStartWith: [/^\d{1,9} packets? captured$/],
  parse(output: Output): Parsed {
    const unread: Line[] = [];
    const packets: CapturedPacket[] = [];
    let open: Head | undefined;
    for (const line of output.lines) {
      const head = readHead(line.text);
      if (head?.rest === "") {
        open = head;
        continue;
      }
      // With -v the packet stands below its head, and its payloads below that.
      const isBelow = !head && /^\s{4}/.test(line.text);
      const from = head ?? (isBelow ? open : undefined);
      const body = from && readPacket(head ? head.rest : line.text.trim(), from.offset);
      if (from && body) {
        packets.push({ ...body, line: line.number, seconds: from.seconds, direction: from.direction });
        open = undefined;
      } else if (!isBelow && !head && line.text.trim() !== "" && !ABOUT.test(line.text)) unread.push(line);
    }
    const isAll = output.lines.some(({ text }) => /^\d{1,9} packets? captured/.test(text));
    if (packets.length === 0 && !isAll) return { values: [], unread };
    return { values: [gatherStreams(packets, ONE_WAY.test(output.typed ?? ""))], unread };
  },
};
