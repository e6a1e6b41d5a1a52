/**
 * `show ip route` and `show ipv6 route`: one destination or the whole table, any VRF.
 * Formats: Cisco IOS IP Routing Command Reference, and the article (scenario "Routing Issues").
 */
import { canonicalAddress } from "../../domain/network.ts";
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { Routes } from "../../domain/readings/path.ts";
import { askedAddress, isClockLine, wordAfter } from "./path-command.ts";
import { type Answer, newAnswer } from "./show-ip-route/answer.ts";
import { readEntryLine } from "./show-ip-route/entry.ts";
import { readTableLine } from "./show-ip-route/table.ts";

const NOT_IN_TABLE = /^\s*% ?(?:Network not in table|Subnet not in table|Route not found)/i;
const ENTRY = /^\s*Routing entry for \S/;
const GATEWAY = /^\s*Gateway of last resort is (?:not set|(?<gateway>[0-9a-fA-F.:]{2,45}) to network )/;
const TABLE = /^\s*(?:Routing Table: |IPv6 Routing Table - )(?<vrf>[^\s-]\S{0,63})/;
const CODES = /^\s*Codes: /;
const LEGEND = /^\s*(?:Codes: ?)?[A-Za-z0-9+*%&]{1,3} - /;
const ROW =
  /^\s*[A-Za-z][A-Za-z0-9*+%& ]{0,8} \d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?:\/\d{1,2})? (?:\[\d{1,3}\/\d+\] via |is directly connected, )/;

export const showIpRoute: Command = {
  run: "show ip route [vrf NAME] [ADDRESS] [MASK] [longer-prefixes]",
  alsoRun: ["show ipv6 route [vrf NAME] [ADDRESS] [longer-prefixes]"],
  looksLike: [ENTRY, NOT_IN_TABLE, GATEWAY, TABLE, ROW],
  mayStartWith: [LEGEND],
  parse(output: Output): Parsed {
    const unread: Line[] = [];
    const answers = [newAnswer(wordAfter(output.command, "vrf"))];
    for (const line of output.lines) {
      if (line.text.trim() === "" || CODES.test(line.text) || LEGEND.test(line.text) || isClockLine(line.text))
        continue;
      const current = answers.at(-1);
      if (current === undefined) break;
      if (startsAnswer(line.text) && (current.notInTableLine !== undefined || current.routes.length > 0)) {
        // Pasted without prompts, the next answer follows the last; what was asked is known of the first only.
        const next = newAnswer(undefined);
        answers.push(next);
        readLine(next, line);
      } else if (!readLine(current, line)) unread.push(line);
    }
    const asked = askedAddress(output.command);
    const isWholeTable = asked === undefined && output.typed !== undefined;
    const values = answers
      .filter((answer) => isWholeTable || hasContent(answer))
      .map((answer, index) => toRoutes(answer, index === 0 ? asked : undefined));
    return { values, unread };
  },
};

function startsAnswer(text: string): boolean {
  return ENTRY.test(text) || NOT_IN_TABLE.test(text) || TABLE.test(text);
}

function readLine(answer: Answer, line: Line): boolean {
  if (NOT_IN_TABLE.test(line.text)) {
    answer.notInTableLine = line.number;
    return true;
  }
  const table = TABLE.exec(line.text)?.groups?.["vrf"];
  if (table !== undefined) {
    answer.seen = true;
    if (table !== "default") answer.vrf = table;
    return true;
  }
  const gateway = GATEWAY.exec(line.text);
  if (gateway) {
    answer.seen = true;
    const address = gateway.groups?.["gateway"];
    if (address !== undefined) answer.gateway = canonicalAddress(address);
    return true;
  }
  return readEntryLine(answer, line) || readTableLine(answer, line);
}

function hasContent(answer: Answer): boolean {
  return answer.seen || answer.notInTableLine !== undefined || answer.routes.length > 0;
}

function toRoutes(answer: Answer, asked: string | undefined): Routes {
  return {
    kind: "routes",
    asked,
    vrf: answer.vrf,
    routes: answer.routes,
    notInTableLine: answer.notInTableLine,
    gatewayOfLastResort: answer.gateway,
  };
}
