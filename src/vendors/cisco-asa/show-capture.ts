/** `show capture NAME`: packets as text, by which one sees who sent and who answered. */
import type { Command, Line, Output, Parsed, ParseTools } from "../../domain/output.ts";
import { readNegotiations } from "../../negotiations/negotiations.ts";
import { isFiller } from "../cisco-ios/ike-output.ts";

const PACKET =
  /^\s*\d{1,7}: (?:\d{4}-\d\d-\d\dT)?\d\d:\d\d:\d\d\.\d{1,9}\s{1,12}(?:802\.1Q vlan#\d{1,4} P\d )?(?<packet>[0-9a-fA-F.:]{2,50} > [0-9a-fA-F.:]{2,52}.{0,200})$/;
const COUNT = /^\s*\d{1,9} packets? (?:captured|shown)\s*$/;
const LISTED = /^\s*(?:capture \S{1,60} type \S|match (?:ip|esp|udp|tcp|icmp) )/;
/** What `capture … type isakmp` shows below a packet. */
const DUMP = /^\s{2,}|^(?:ISAKMP Header|Initiator|Responder|Next Payload|Payload)/i;

export const showCapture: Command = {
  run: "show capture [NAME] [detail] [decode] [dump]",
  looksLike: [PACKET, COUNT, /^\s*capture \S{1,60} type (?:raw-data|isakmp|asp-drop) /],
  parse(output: Output, tools: ParseTools): Parsed {
    const unread: Line[] = [];
    const messages: { line: number; text: string }[] = [];
    for (const line of output.lines) {
      const packet = PACKET.exec(line.text)?.groups?.["packet"];
      if (packet !== undefined) messages.push({ line: line.number, text: packet });
      else if (!COUNT.test(line.text) && !LISTED.test(line.text) && !DUMP.test(line.text) && !isFiller(line.text))
        unread.push(line);
    }
    return { values: [readNegotiations(messages, tools.signatures, "capture")], unread };
  },
};
