/** A message of the log as it was before consoles, chats and screens cut it into lines. */

/** Which debug or facility printed it. */
export type Topic = "isakmp" | "ipsec" | "ikev2" | "syslog" | "other";

export interface Message {
  readonly line: number;
  /** The number of the last line that was joined to it. */
  lastLine: number;
  readonly time?: string | undefined;
  readonly seconds?: number | undefined;
  readonly topic: Topic;
  /** The connection in the heading ("0", "1017"); undefined where the heading names none. */
  readonly connection?: string | undefined;
  /** Where the lines that were joined to it begin in `text`. */
  tails?: { readonly at: number; readonly line: number }[];
  /** With its heading, without what stands before it: what signatures are matched against. */
  text: string;
  /** Where in `text` the heading ends. */
  readonly body: number;
}

/** The line of the paste on which this place of the message's text stands. */
export function lineAt(message: Message, at: number): number {
  return message.tails?.findLast((tail) => tail.at <= at)?.line ?? message.line;
}

export interface Heading {
  readonly topic: Topic;
  readonly connection?: string | undefined;
  /** Where the heading ends. */
  readonly end: number;
}

/** "ISAKMP:(0):", "ISAKMP (0:1): ", "ISAKMP: (1001):", "ISAKMP-ERROR: (0):", "ISAKMP:(0:1:SW:1):", "ISAKMP:  ". */
const ISAKMP =
  /ISAKMP(?:-[A-Za-z]{2,8})?(?: ?:)? {0,8}(?:\((?:\d{1,10}:)?(\d{1,10})(?::(?:SW|HW|N\/A):\d{1,10})?\))?[: \t]{0,20}/y;
/** "IPSEC(create_sa): ", "IPSEC:(SESSION ID = 1) (create_sa) ", "IPSEC-ITEM: ": the function is no part of the heading. */
const IPSEC = /IPSEC(?:-[A-Z]{2,8})?(?::? {0,2}\(SESSION ID = \d{1,10}\))?:? {0,2}/y;
const SYSLOG = /%[A-Z][A-Z0-9_]{1,30}(?:-[A-Z0-9_]{1,30}){0,2}-\d-[A-Z0-9_]{1,60}: {0,2}/y;
/** "IKEv2:(SESSION ID = 4,SA ID = 1):", "IKEv2-ERROR:(SA ID = 1):: ", "IKEv2:% ", "IKEv2-INTERNAL:". */
const IKEV2 = /IKEv2(?:-[A-Z]{2,10})?: ?(?:\((?:SESSION ID = (\d{1,10}), ?)?SA ID = (\d{1,10})\):)? {0,2}(?:: {0,2})?/y;
/** Firewalls' messages look the same but for the facility. */
const OTHER_PLATFORM = /%(?:ASA|FTD|PIX|FWSM)-/y;
/** Releases before 12.4(4)T print the number of an IKE SA with the engine's bit in it: 134217729 is 1. */
const ENGINE_BITS = 0x8000000;

/** The heading at this place of the text, if one stands there. */
export function readHeading(text: string, at: number): Heading | undefined {
  const code = text.charCodeAt(at);
  if (code === 37) return readSyslog(text, at);
  if (code !== 73) return undefined;
  if (text.startsWith("ISAKMP", at)) {
    ISAKMP.lastIndex = at;
    const connection = ISAKMP.exec(text)?.[1];
    return { topic: "isakmp", connection: connection && connectionOf(connection), end: ISAKMP.lastIndex };
  }
  if (text.startsWith("IKEv2", at)) return readIkeV2(text, at);
  return text.startsWith("IPSEC", at) ? simple(IPSEC, "ipsec", text, at) : undefined;
}

function readSyslog(text: string, at: number): Heading | undefined {
  OTHER_PLATFORM.lastIndex = at;
  return OTHER_PLATFORM.test(text) ? undefined : simple(SYSLOG, "syslog", text, at);
}

function readIkeV2(text: string, at: number): Heading | undefined {
  IKEV2.lastIndex = at;
  const match = IKEV2.exec(text);
  if (!match) return undefined;
  const [, session, sa] = match;
  return { topic: "ikev2", connection: sa === undefined ? undefined : `${session ?? ""}/${sa}`, end: IKEV2.lastIndex };
}

function simple(pattern: RegExp, topic: Topic, text: string, at: number): Heading | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? { topic, end: pattern.lastIndex } : undefined;
}

function connectionOf(digits: string): string {
  const id = Number(digits);
  return id < ENGINE_BITS ? digits : `${id % ENGINE_BITS}`;
}
