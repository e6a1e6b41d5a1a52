/**
 * `/log print`, the terminal's own lines, and the same by syslog: messages with the topic ipsec. What the lines mean stands in
 * knowledge/signatures. Source: MikroTik RouterOS documentation, "Log" and "IPsec".
 */
import type { Command, Line, Output, Parsed, ParseTools } from "../../domain/output.ts";
import type { LogMessage } from "../../negotiations/message.ts";
import { readNegotiations } from "../../negotiations/negotiations.ts";
import { readHead } from "./log/head.ts";
import { Rejections } from "./log/rejections.ts";
import { readTold } from "./log/told.ts";

const STAMP =
  "(?:(?:[a-z]{3}\\/\\d\\d(?:\\/\\d{4})?|\\d{4}-\\d\\d-\\d\\d|\\d\\d-\\d\\d|[A-Z][a-z]{2} [ \\d]\\d) )?\\d\\d:\\d\\d:\\d\\d";
const TOPICS = "ipsec(?:,[a-z0-9]{2,12}){0,3}";

export const log: Command = {
  run: "log print [follow] [detail] [without-paging] [OPTIONS1] [OPTIONS2] [OPTIONS3]",
  alsoRun: [
    "/log print [follow] [detail] [without-paging] [OPTIONS1] [OPTIONS2] [OPTIONS3]",
    "/log/print [follow] [detail] [without-paging] [OPTIONS1] [OPTIONS2] [OPTIONS3]",
    "/log/print follow",
  ],
  looksLike: [
    new RegExp(`^\\s{0,3}${STAMP}(?: \\S{1,63})? ${TOPICS}:? `),
    new RegExp(`^\\s{0,3}${STAMP} (?:memory|echo|disk) ${TOPICS}:? `),
    // "ipsec statusall" is a command of other platforms.
    new RegExp(
      `^(?!ipsec (?:auto|barf|down|list\\w{1,20}|reload|reread\\w{1,20}|restart|show|start|status|statusall|stop|trafficstatus|up|update|verify|whack)\\b)${TOPICS} `,
    ),
    /^\s{0,6}\d{1,6} {1,6}time=\S{1,30} topics=ipsec/,
  ],
  parse(output: Output, tools: ParseTools): Parsed {
    const messages: LogMessage[] = [];
    const unread: Line[] = [];
    const rejections = new Rejections();
    for (const line of output.lines) {
      const head = readHead(line.text);
      if (!head) {
        // Other topics stand between those of IPsec.
        if (!OTHER_TOPIC.test(line.text) && line.text.trim() !== "") unread.push(line);
        continue;
      }
      const details = rejections.take(head.text, line.number);
      messages.push({ line: line.number, ...head, ...readTold(head.text), ...(details && { details }) });
    }
    return { values: [readNegotiations(messages, tools.signatures, "syslog")], unread, command: "syslog" };
  },
};

const OTHER_TOPIC = new RegExp(`^\\s{0,3}${STAMP}(?: \\S{1,63})? [a-z0-9]{2,14}(?:,[a-z0-9]{2,14}){0,4}:? `);
