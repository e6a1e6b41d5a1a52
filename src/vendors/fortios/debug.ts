/**
 * `diagnose debug application ike -1`, with time stamps and without, in the forms `ike 0:NAME:12: …` (to FortiOS 7.0) and
 * `ike V=root:0:NAME:12: …` (since 7.2). What the lines mean stands in knowledge/signatures.
 * Source: FortiOS Administration Guide, "VPN IPsec troubleshooting"; Fortinet Community, technical tips on IKE debugs.
 */
import type { Command, Line, Output, Parsed, ParseTools } from "../../domain/output.ts";
import type { LogMessage } from "../../negotiations/message.ts";
import { readNegotiations } from "../../negotiations/negotiations.ts";
import { Course, type Ends, endsIn, versionIn } from "./debug/course.ts";
import { type Head, readHead } from "./debug/head.ts";

/** The daemon's own numbers of errors say nothing. */
const ASIDE = /^(?:ike Negotiate SA Error: ike ike |Debug messages will be on|\[?ike\]?$|diagnose |- )/i;

export const debug: Command = {
  run: "diagnose debug application ike [LEVEL]",
  alsoRun: ["diagnose debug enable"],
  looksLike: [
    /^(?:\d{4}-\d\d-\d\d [\d:]{8}(?:\.\d{1,9})? {1,2})?ike (?:V=[^\s:]{1,32}:)?\d{1,4}:/,
    /^(?:\d{4}-\d\d-\d\d [\d:]{8}(?:\.\d{1,9})? {1,2})?ike (?:V=[^\s:]{1,32}:)?Negotiate (?:ISAKMP |IPsec |IPSec )?SA Error: /,
    /^Debug messages will be on for \d{1,5} minutes\.$/,
  ],
  continues: isOwnLine,
  parse(output: Output, tools: ParseTools): Parsed {
    const reader = new Reader();
    const messages: LogMessage[] = [];
    const unread: Line[] = [];
    for (const line of output.lines) {
      const head = readHead(line.text);
      if (head) messages.push(reader.read(head, line.number));
      else if (line.text.trim() !== "" && !ASIDE.test(line.text)) unread.push(line);
    }
    // It switches on the debug of packets as well.
    if (messages.length === 0 && output.command === "diagnose debug enable") return { values: [], unread };
    return { values: [readNegotiations(messages, tools.signatures, "isakmp+ipsec")], unread };
  },
};

function isOwnLine(text: string): boolean {
  return /^(?:\d{4}-\d\d-\d\d [\d:]{8}\.\d{6} )?ike (?:V=\w{1,31}:)?0:/.test(text);
}

class Reader {
  readonly #courses = new Map<string, Course>();
  /** By the gateway's name. */
  readonly #ends = new Map<string, Ends>();
  /** What came in last: the next line with a number tells which exchange it is of. */
  #arrived: Ends | undefined;

  read(head: Head, line: number): LogMessage {
    const { text, exchange, gateway, isOfPhase2, names } = head;
    const course = this.#courseOf(exchange ?? gateway ?? "");
    const isProposal = course.readProposals(text, line);
    if (!isProposal) course.hear(text);
    const ends = this.#endsOf(text, head);
    return {
      line,
      text: course.explained(text, isOfPhase2),
      time: head.time,
      seconds: head.seconds,
      exchange,
      peer: ends?.peer,
      local: ends?.local,
      version: versionIn(text) ?? ends?.version,
      names: names ?? course.names,
      details: course.detailsOf(text, line, isOfPhase2),
    };
  }

  #courseOf(name: string): Course {
    const known = this.#courses.get(name);
    if (known) return known;
    const course = new Course();
    this.#courses.set(name, course);
    return course;
  }

  #endsOf(text: string, { exchange, gateway }: Head): Ends | undefined {
    const said = endsIn(text);
    if (text.startsWith("comes ")) this.#arrived = said;
    const version = versionIn(text);
    if (exchange === undefined && version !== undefined && this.#arrived) this.#arrived = { ...this.#arrived, version };
    const ends = said ?? (gateway === undefined ? undefined : this.#ends.get(gateway)) ?? this.#taken(exchange);
    if (gateway !== undefined && ends) this.#ends.set(gateway, ends);
    return ends;
  }

  #taken(exchange: string | undefined): Ends | undefined {
    return exchange === undefined ? undefined : this.#arrived;
  }
}
