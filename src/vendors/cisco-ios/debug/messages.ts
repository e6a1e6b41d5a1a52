/** Puts the messages of a log together again from lines that were cut, joined, or interrupted. */
import type { Line } from "../../../domain/output.ts";
import { isDetail, isFrame, isPingMarks, isTail } from "./details.ts";
import { isIkeV2Detail } from "./ikev2-detail.ts";
import { readPrefix } from "./line-prefix.ts";
import { createLogClock } from "./log-clock.ts";
import { type Heading, type Message, readHeading } from "./message.ts";

export interface ReadLines {
  readonly messages: readonly Message[];
  readonly unread: readonly Line[];
}

/** A message is rarely broken more often; what comes after is something else. */
const MOST_TAILS = 4;
/** A packet of IKEv2 with its payloads, or two lists of proposals, takes more lines. */
const MOST_TAILS_IKEV2 = 60;
/** A line that is as long as a screen is wide was broken there, maybe in the middle of a word. */
const SCREEN_WIDTHS: ReadonlySet<number> = new Set([80, 132]);
const UNFINISHED = /(?:[,:=({]|\([IRN]\)|Global|message ID|spi|peer|not acceptable\. Next payload is)$/i;
/** Another message's heading in the middle of a line; words such as "Checking ISAKMP transform" are none. */
const GLUED =
  /(?<=[!.\d)"}:])(?=ISAKMP(?:-[A-Z]{2,8})? ?:? ?\(|ISAKMP: |IPSEC ?\(|%[A-Z][A-Z0-9_]{1,30}-\d-[A-Z])|(?<=[!.)"} ])(?=\*?[A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d\.\d{3}: )/;

/** Reads lines into messages; a line without a heading that no message can go on with is unread. */
export function readMessages(lines: readonly Line[]): ReadLines {
  const reader = new Reader();
  for (const line of lines) reader.take(line);
  return reader;
}

class Reader implements ReadLines {
  readonly messages: Message[] = [];
  readonly unread: Line[] = [];
  readonly #secondsAt = createLogClock();
  /** How long the line before was, how many were joined to its message, and whether ping marks cut it. */
  #width = 0;
  #tails = 0;
  #isCut = false;

  take(line: Line): void {
    const prefix = readPrefix(line.text);
    const isBlank = prefix.end >= line.text.length && prefix.time === undefined;
    if (isBlank) return;
    const heading = readHeading(line.text, prefix.end);
    if (!heading && prefix.time === undefined) {
      this.#takeBare(line, line.text.slice(prefix.end));
      return;
    }
    const seconds = prefix.moment === undefined ? undefined : this.#secondsAt(prefix.moment);
    this.#isCut = addMessages(this.messages, line, prefix.end, heading, { time: prefix.time, seconds });
    this.#width = line.text.length;
    this.#tails = 0;
  }

  /** A line without heading and time stamp: of the message before, or of none. */
  #takeBare(line: Line, text: string): void {
    if (isPingMarks(text) || isFrame(text)) return;
    const last = this.messages.at(-1);
    if (last?.topic === "ikev2" && this.#tails < MOST_TAILS_IKEV2 && isIkeV2Detail(text)) {
      this.#join(last, line, text);
      return;
    }
    if (isDetail(text)) {
      const topic = last === undefined || last.topic === "syslog" ? "other" : last.topic;
      this.messages.push({ line: line.number, lastLine: line.number, topic, text, body: 0 });
      this.#isCut = false;
    } else if (last && this.#goesOn(last, text)) this.#join(last, line, text);
    else this.unread.push(line);
  }

  #goesOn(last: Message, text: string): boolean {
    if (this.#tails >= MOST_TAILS) return false;
    return this.#isCut || isTail(text) || SCREEN_WIDTHS.has(this.#width) || UNFINISHED.test(last.text.slice(-40));
  }

  #join(last: Message, line: Line, text: string): void {
    last.text += SCREEN_WIDTHS.has(this.#width) ? "" : " ";
    last.tails = [...(last.tails ?? []), { at: last.text.length, line: line.number }];
    last.text += text;
    last.lastLine = line.number;
    this.#tails += 1;
    this.#isCut = false;
    this.#width = line.text.length;
  }
}

/** Adds the messages of one line: nearly always one. Says whether the last was cut by the marks of a ping. */
function addMessages(
  messages: Message[],
  line: Line,
  from: number,
  heading: Heading | undefined,
  stamp: Pick<Message, "time" | "seconds">,
): boolean {
  let text = line.text.slice(from);
  let first = heading;
  for (const rest of text.length < 2000 ? cutGlued(text, (heading?.end ?? from) - from) : []) {
    text = text.slice(0, text.length - rest.length).trimEnd();
    push(messages, line, text, first, from, stamp);
    const prefix = readPrefix(rest);
    text = rest.slice(prefix.end);
    from = 0;
    first = readHeading(text, 0);
  }
  const end = endBeforeMarks(text);
  push(messages, line, text.slice(0, end), first, from, stamp);
  return end < text.length;
}

/** Where the marks of a ping begin at the end: never a sentence's own "!" or the "..." of a retransmission. */
function endBeforeMarks(text: string): number {
  let at = text.length;
  let marks = 0;
  while (text.length - at < 100 && (text[at - 1] === "!" || text[at - 1] === ".")) {
    at -= 1;
    if (text[at] === "!") marks += 1;
  }
  if (marks === 0 || text.length - at < 2) return text.length;
  return text[at - 1] === " " ? at - 1 : at;
}

/** What follows each glued heading, outermost first; cheap where there is none. */
function cutGlued(text: string, body: number): string[] {
  const rests: string[] = [];
  let from = body;
  while (rests.length < 8 && mayBeGlued(text, from)) {
    const at = text.slice(from).search(GLUED);
    if (at < 0) break;
    from += at;
    if (from > body) rests.push(text.slice(from));
    from += 6;
  }
  return rests;
}

function mayBeGlued(text: string, from: number): boolean {
  return (
    text.includes("ISAKMP", from) ||
    text.includes("IPSEC", from) ||
    text.includes("%", from) ||
    text.includes("*", from)
  );
}

function push(
  messages: Message[],
  line: Line,
  text: string,
  heading: Heading | undefined,
  from: number,
  stamp: Pick<Message, "time" | "seconds">,
): void {
  messages.push({
    line: line.number,
    lastLine: line.number,
    ...stamp,
    topic: heading?.topic ?? "other",
    connection: heading?.connection,
    text,
    body: heading === undefined ? 0 : heading.end - from,
  });
}
