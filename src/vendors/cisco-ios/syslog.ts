/**
 * Everything that IOS logs: debug of IKE and IPsec, and syslog, as they were printed, interleaved. Negotiations are read
 * as attempts; every line that a signature knows is an event.
 */
import { canonicalAddress } from "../../domain/network.ts";
import type { Command, Output, Parsed, ParseTools } from "../../domain/output.ts";
import type { Log, LogEvent } from "../../domain/readings/log.ts";
import { type SignatureFinder, type SignatureHit, signatureFinder } from "../../signatures/find-signatures.ts";
import { Attempts, peerAhead } from "./debug/attempts.ts";
import { isUsual, LOG_SHAPES } from "./debug/details.ts";
import type { Fact } from "./debug/facts.ts";
import { readIkeV2 } from "./debug/ikev2.ts";
import { lineAt, type Message, type Topic } from "./debug/message.ts";
import { readMessages } from "./debug/messages.ts";
import { readFact } from "./debug/read-fact.ts";

const DEBUG_TOPICS: readonly Topic[] = ["isakmp", "ipsec", "ikev2"];

export const showLogging: Command = {
  run: "show logging [last COUNT]",
  alsoRun: ["show log"],
  looksLike: LOG_SHAPES,
  mayStartWith: [/^\s*Syslog logging: (?:enabled|disabled)/],
  continues: isUsual,
  parse(output: Output, tools: ParseTools): Parsed {
    const { messages, unread } = readMessages(output.lines);
    const value = readBothVersions(messages, tools);
    const isShown = output.typed !== undefined && output.command.startsWith("show log");
    const isBare = value.topic === "syslog" || isShown;
    return { values: [value], unread, command: isBare ? "syslog" : `debug:${value.topic}` };
  },
};

/** Each version of IKE prints its own debug; that of IPsec belongs to IKEv2's where IKEv1 prints none. */
function readBothVersions(messages: readonly Message[], tools: ParseTools): Log {
  if (!messages.some(({ topic }) => topic === "ikev2")) return readLog(messages, tools);
  const hasIkeV1 = messages.some(({ topic }) => topic === "isakmp");
  const isIkeV2s = ({ topic }: Message) => topic === "ikev2" || (!hasIkeV1 && (topic === "ipsec" || topic === "other"));
  const first = readLog(
    messages.filter((message) => !isIkeV2s(message)),
    tools,
  );
  const second = readIkeV2(messages.filter(isIkeV2s), tools.signatures);
  const topics = new Set(messages.map(({ topic }) => topic));
  return {
    kind: "log",
    topic: DEBUG_TOPICS.filter((topic) => topics.has(topic)).join("+"),
    attempts: [...first.attempts, ...second.attempts].sort((one, other) => one.firstLine - other.firstLine),
    events: [...first.events, ...second.events].sort((one, other) => one.line - other.line),
    chatter: first.chatter + second.chatter,
  };
}

const MOST_REMEMBERED = 500;

interface Said extends Pick<Message, "topic" | "body"> {
  readonly hits: readonly SignatureHit[];
  readonly fact: Fact | undefined;
}

/** What a message says by itself; a debug repeats most of its lines, and one look is enough for those. */
function rememberingLook(find: SignatureFinder): (message: Message) => Said {
  const known = new Map<string, Said>();
  return (message) => {
    const { topic, body, text } = message;
    const remembered = known.get(text);
    if (remembered && remembered.topic === topic && remembered.body === body) return remembered;
    const said = { topic, body, hits: find(text), fact: readFact(message) };
    if (known.size < MOST_REMEMBERED) known.set(text, said);
    return said;
  };
}

function readLog(messages: readonly Message[], tools: ParseTools): Log {
  const look = rememberingLook(signatureFinder(tools.signatures));
  const attempts = new Attempts();
  const events: LogEvent[] = [];
  const topics = new Set<Topic>();
  let chatter = 0;
  for (const [index, message] of messages.entries()) {
    const { hits, fact } = look(message);
    topics.add(message.topic);
    if (hits.length === 0 && fact === undefined) chatter += 1;
    const attempt = attempts.find(message, fact, peerOf(fact, hits), () => peerAhead(messages, index));
    attempt?.take(message, fact);
    for (const hit of hits) {
      const event = eventOf(message, hit);
      events.push(event);
      attempt?.hear(event);
    }
  }
  const debugged = DEBUG_TOPICS.filter((topic) => topics.has(topic));
  return {
    kind: "log",
    topic: debugged.length > 0 ? debugged.join("+") : "syslog",
    attempts: attempts.all.map((attempt) => attempt.finish()),
    events,
    chatter,
  };
}

function peerOf(fact: Fact | undefined, hits: readonly SignatureHit[]): string | undefined {
  if (fact?.is === "ends") return fact.remote;
  if (fact && "peer" in fact && fact.peer !== undefined) return fact.peer;
  return hits.find(({ captures }) => captures["peer"] !== undefined)?.captures["peer"];
}

function eventOf(message: Message, { signature, captures, at }: SignatureHit): LogEvent {
  return {
    line: lineAt(message, at),
    signature: signature.id,
    captures,
    noise: signature.noise ? true : undefined,
    time: message.time,
    seconds: message.seconds,
    connection: message.connection === "0" ? undefined : message.connection,
    peer: canonicalAddress(captures["peer"] ?? ""),
  };
}
