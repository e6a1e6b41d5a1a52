/**
 * VPC flow logs in their default format: what a security group or a network ACL rejected. Only packets between private
 * addresses are told: whatever the internet tries is rejected all day. Source: Amazon VPC user guide, "Flow log records".
 */
import type { Command, Line, Output, Parsed, ParseTools } from "../../domain/output.ts";
import type { LogMessage } from "../../negotiations/message.ts";
import { readNegotiations } from "../../negotiations/negotiations.ts";

const RECORD =
  /^(?:\S{10,40} (?:\S{1,120} )?)?(?<record>2 \d{12} eni-[0-9a-f]{8,17} (?<source>[0-9a-fA-F.:]{3,45}) (?<destination>[0-9a-fA-F.:]{3,45}) \d{1,5} \d{1,5} \d{1,3} \d{1,12} \d{1,15} (?<start>\d{10}) \d{10} (?:ACCEPT|REJECT) OK)\s*$/;
const QUIET =
  /^(?:\S{10,40} (?:\S{1,120} )?)?2 \d{12} eni-[0-9a-f]{8,17} (?:- ){8,9}\d{10} \d{10} - (?:NODATA|SKIPDATA)\s*$/;
const PRIVATE = /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|f[cd])/i;
const HEADING = /^version account-id interface-id srcaddr dstaddr /;

export const flowLog: Command = {
  run: "aws logs tail FLOW-LOG-GROUP",
  looksLike: [RECORD, HEADING],
  mayStartWith: [QUIET],
  parse(output: Output, { signatures }: ParseTools): Parsed {
    const messages: LogMessage[] = [];
    const unread: Line[] = [];
    for (const line of output.lines) {
      const groups = RECORD.exec(line.text)?.groups;
      if (!groups) {
        if (!QUIET.test(line.text) && !HEADING.test(line.text) && line.text.trim() !== "") unread.push(line);
        continue;
      }
      const { record = "", source = "", destination = "", start } = groups;
      if (!PRIVATE.test(source) || !PRIVATE.test(destination)) continue;
      messages.push({ line: line.number, text: record, time: start, seconds: Number(start) });
    }
    return { values: [readNegotiations(messages, signatures, "syslog")], unread, command: "syslog" };
  },
};
