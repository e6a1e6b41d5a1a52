/**
 * `show session all [filter …]` and `show session id N`: by which zone or interface sessions came in and go out, what NAT made
 * of them, and which were turned away. Each session is told as a traced packet is; what that means stands in
 * knowledge/signatures/sessions.yaml. Source: PAN-OS CLI quick start; knowledge base articles on sessions.
 */
import { canonicalAddress } from "../../domain/network.ts";
import type { Command, Line, Output, Parsed, ParseTools } from "../../domain/output.ts";
import { readNegotiations } from "../../negotiations/negotiations.ts";
import { detailLine, newDetail, type SessionDetail, sessionOf } from "./show-session/detail.ts";
import { messagesOf, type Session } from "./show-session/session.ts";

const COLUMNS =
  /^(?:ID\s{1,20}Application\s{1,20}State\s{1,20}Type\s{1,20}Flag\s{1,20}Src\[Sport\]|Vsys\s{10,60}Dst\[Dport\])/;
const RULER = /^[-\s]*$/;
const NONE = /^\s*No Active Sessions\s*$/i;
const FROM =
  /^\s{0,4}\d{1,12}\*?\s{1,20}(?<application>[\w.-]{1,40})\s{1,20}(?<state>[A-Z]{4,9})\s{1,12}(?<type>FLOW|PRED|TUNN|HOST)\s{1,12}(?:(?<flag>[NSDB*]{1,3})\s{1,12})?(?<from>[0-9a-fA-F.:]{2,45})\[\d{1,5}\]\/(?<zone>[\w.-]{1,31})\/(?<protocol>\d{1,3})\s{1,8}\((?<translated>[0-9a-fA-F.:]{2,45})\[\d{1,5}\]\)\s*$/;
const TO =
  /^\s{0,4}vsys\d{1,3}\s{1,60}(?<to>[0-9a-fA-F.:]{2,45})\[\d{1,5}\]\/(?<zone>[\w.-]{1,31})\s{1,8}\((?<translated>[0-9a-fA-F.:]{2,45})\[\d{1,5}\]\)\s*$/;
const DETAIL = /^Session\s{1,20}\d{1,12}\s*$/;

export const showSession: Command = {
  run: "show session all [filter PART1 PART2 PART3 PART4 PART5 PART6 PART7 PART8]",
  alsoRun: ["show session id NUMBER"],
  looksLike: [
    COLUMNS,
    NONE,
    FROM,
    TO,
    DETAIL,
    /^\s{4,16}session (?:traverses tunnel|to be logged at end|in session ager)\s{1,40}:/,
  ],
  parse(output: Output, tools: ParseTools): Parsed {
    const sessions: Session[] = [];
    const unread: Line[] = [];
    let from: Readonly<Record<string, string | undefined>> | undefined;
    let fromLine = 0;
    let detail: SessionDetail | undefined;
    const close = () => {
      const session = detail && sessionOf(detail);
      if (session) sessions.push(session);
      detail = undefined;
    };
    for (const line of output.lines) {
      const first = FROM.exec(line.text)?.groups;
      const second = TO.exec(line.text)?.groups;
      if (DETAIL.test(line.text)) {
        close();
        detail = newDetail(line.number);
      } else if (first) {
        from = first;
        fromLine = line.number;
      } else if (second && from) {
        const session = rowOf(from, fromLine, second, line.number);
        if (session) sessions.push(session);
        from = undefined;
      } else if (!(detail && detailLine(detail, line)) && ![COLUMNS, RULER, NONE].some((it) => it.test(line.text)))
        unread.push(line);
    }
    close();
    const messages = sessions.flatMap(messagesOf);
    if (messages.length === 0) return { values: [], unread };
    return { values: [readNegotiations(messages, tools.signatures, "packet-trace")], unread };
  },
};

function rowOf(
  from: Readonly<Record<string, string | undefined>>,
  fromLine: number,
  to: Readonly<Record<string, string | undefined>>,
  line: number,
): Session | undefined {
  const source = canonicalAddress(from["from"] ?? "");
  const destination = canonicalAddress(to["to"] ?? "");
  if (source === undefined || destination === undefined) return undefined;
  const translated = canonicalAddress(from["translated"] ?? "");
  return {
    source,
    destination,
    protocol: from["protocol"] ?? "",
    entrance: `zone:${from["zone"]}`,
    exit: `zone:${to["zone"]}`,
    isDiscarded: from["state"] === "DISCARD",
    ...(translated !== source && { translated }),
    at: { from: fromLine, to: line, state: fromLine, translated: fromLine },
  };
}
