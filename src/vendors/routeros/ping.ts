/** `/ping` of RouterOS; each probe becomes a mark as IOS would print it: "!" answered, "." lost, "U" unreachable. */
import { canonicalAddress } from "../../domain/network.ts";
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { Ping } from "../../domain/readings/path.ts";

const HEADING = /^\s*SEQ HOST {20,60}SIZE TTL TIME/;
const REPLY =
  /^\s{1,5}\d{1,6} (?<host>[0-9a-fA-F.:]{2,45})\s{1,50}(?<size>\d{1,5})\s{1,4}\d{1,3} [\dmsu.]{2,16}(?:\s|$)/;
const NO_REPLY =
  /^\s{1,5}\d{1,6} (?<host>[0-9a-fA-F.:]{0,45})\s{1,60}(?:(?<size>\d{1,5})\s{1,4}\d{1,3}\s[\dmsu.]{2,16}\s{1,4})?(?<why>timeout|no route to host|host unreachable|net unreachable|packet too large.{0,40}|fragmentation needed.{0,40}|TTL exceeded)\s*$/;
const SUMMARY = /^\s*sent=(?<sent>\d{1,9}) received=(?<received>\d{1,9}) packet-loss=\d{1,3}%/;

export const ping: Command = {
  run: "ping [ADDRESS] [OPTIONS1] [OPTIONS2] [OPTIONS3] [OPTIONS4]",
  alsoRun: [
    "/ping [ADDRESS] [OPTIONS1] [OPTIONS2] [OPTIONS3] [OPTIONS4]",
    "/tool ping [ADDRESS] [OPTIONS1] [OPTIONS2]",
  ],
  looksLike: [HEADING, SUMMARY],
  parse(output: Output): Parsed {
    const unread: Line[] = [];
    const typed = output.typed ?? "";
    const source = canonicalAddress(/src-address=(\S{2,45})/.exec(typed)?.[1] ?? "");
    const asked = canonicalAddress(/ping (?:address=)?(\S{2,45})/.exec(typed)?.[1] ?? "");
    let marks = "";
    let bytes: number | undefined;
    let target = asked;
    let summary: { sent: number; received: number; line: number } | undefined;
    for (const { number, text } of output.lines) {
      const lost = NO_REPLY.exec(text)?.groups;
      const reply = lost ? undefined : REPLY.exec(text)?.groups;
      const end = SUMMARY.exec(text)?.groups;
      if (reply) {
        marks += "!";
        bytes ??= Number(reply["size"]);
        target ??= canonicalAddress(reply["host"] ?? "");
      } else if (lost) {
        const why = lost["why"] ?? "";
        marks += why.startsWith("timeout") ? "." : /large|fragmentation/.test(why) ? "M" : "U";
        if (why.startsWith("timeout")) target ??= canonicalAddress(lost["host"] ?? "");
      } else if (end)
        // Printed every twenty probes, as totals.
        summary = { sent: Number(end["sent"]), received: Number(end["received"]), line: number };
      else if (!HEADING.test(text) && text.trim() !== "") unread.push({ number, text });
    }
    if (target === undefined || (marks === "" && !summary)) return { values: [], unread };
    const first = output.lines[0]?.number ?? 1;
    const value: Ping = {
      kind: "ping",
      line: first,
      target,
      source,
      sent: summary?.sent,
      received: summary?.received,
      bytes: bytes ?? sizeIn(typed),
      dfBit: /do-not-fragment/.test(typed) ? true : undefined,
      marks: marks.slice(0, 200),
      successLine: summary?.line,
    };
    return { values: [value], unread };
  },
};

function sizeIn(typed: string): number | undefined {
  const size = /\bsize=(\d{2,5})/.exec(typed)?.[1];
  return size === undefined ? undefined : Number(size);
}
