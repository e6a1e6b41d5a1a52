/** `show capture NAME`: packets as text, by which one sees who sent and who answered. */
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { CapturedPacket } from "../../domain/readings/capture.ts";
import { gatherStreams } from "../../negotiations/captured-streams.ts";
import { isFiller } from "../cisco-ios/ike-output.ts";
import { readPacket } from "../linux/tcpdump/packet.ts";

const PACKET =
  /^\s*\d{1,7}: (?:\d{4}-\d\d-\d\dT)?(?<hours>\d\d):(?<minutes>\d\d):(?<seconds>\d\d\.\d{1,9})\s{1,12}(?:802\.1Q vlan#\d{1,4} P\d )?(?<packet>[0-9a-fA-F.:]{2,50} > [0-9a-fA-F.:]{2,52}.{0,200})$/;
const DROPPED = / Drop-reason: \((?<reason>[a-z0-9-]{2,60})\)/;
const COUNT = /^\s*\d{1,9} packets? (?:captured|shown)\s*$/;
const LISTED = /^\s*(?:capture \S{1,60} type \S|match (?:ip|esp|udp|tcp|icmp) )/;
/** What `capture … type isakmp` shows below a packet. */
const DUMP = /^\s{2,}|^(?:ISAKMP Header|Initiator|Responder|Next Payload|Payload)/i;

export const showCapture: Command = {
  run: "show capture [NAME] [detail] [decode] [dump]",
  looksLike: [PACKET, COUNT, /^\s*capture \S{1,60} type (?:raw-data|isakmp|asp-drop) /],
  parse(output: Output): Parsed {
    const unread: Line[] = [];
    const packets: CapturedPacket[] = [];
    let isCounted = false;
    for (const line of output.lines) {
      const packet = PACKET.exec(line.text)?.groups;
      const body = packet && readPacket((packet["packet"] ?? "").trim());
      const dropReason = DROPPED.exec(packet?.["packet"] ?? "")?.groups?.["reason"];
      if (packet && body)
        packets.push({ ...body, line: line.number, seconds: secondsOf(packet), ...(dropReason && { dropReason }) });
      else if (COUNT.test(line.text)) isCounted = true;
      else if (!LISTED.test(line.text) && !DUMP.test(line.text) && !isFiller(line.text)) unread.push(line);
    }
    // A capture of type asp-drop shows what was dropped and nothing else.
    const isOfDrops = packets.some(({ dropReason }) => dropReason !== undefined);
    return { values: packets.length > 0 || isCounted ? [gatherStreams(packets, isOfDrops)] : [], unread };
  },
};

function secondsOf({ hours, minutes, seconds }: Readonly<Record<string, string | undefined>>): number {
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}
