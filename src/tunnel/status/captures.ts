/**
 * What captures show of the way between the ends: who sends, who answers, which way is silent. A capture knows its own
 * moment and its own filter only, so that silence is taken for silence where the same capture shows the other direction.
 */
import { canonicalAddress } from "../../domain/network.ts";
import type { CapturedKind, CapturedStream, Captures } from "../../domain/readings/capture.ts";
import type { Evidence } from "../../domain/verdict.ts";
import { type Answer, at, NOT_KNOWN, no, type Question, yes } from "../answer.ts";
import type { Held } from "../known.ts";
import { bothEnds, otherSide, type Tunnel } from "../tunnel.ts";
import type { EndView } from "../view.ts";

/** A request is sent again after seconds (IKE), so that three of them are a time in which an answer would have come. */
export const REQUESTS = 3;
/** Packets of ESP are the traffic's own: a few may have wanted no answer. */
const A_FEW = 4;

const IKE: readonly CapturedKind[] = ["ike", "udp-4500"];
const ESP: readonly CapturedKind[] = ["esp", "ah"];
const ANYTHING: readonly CapturedKind[] = ["ike", "udp-4500", "esp", "ah", "keep-alive", "fragment"];

/** One end's capture, seen from it. */
interface Seen {
  readonly end: EndView;
  readonly held: Held<Captures>;
  readonly sent: readonly CapturedStream[];
  readonly received: readonly CapturedStream[];
}

export const CAPTURE_QUESTIONS: Readonly<Record<string, Question>> = {
  "captured-ike-is-sent-in-vain": sentInVain,
  "captured-ike-is-ignored": ignored,
  "captured-port-4500-is-silent": port4500IsSilent,
  "captured-port-4500-does-not-arrive": (tunnel) => doesNotArrive(tunnel, isOnPort4500),
  "captured-authentication-is-not-answered": authenticationIsNotAnswered,
  "captured-esp-is-sent-in-vain": (tunnel) => espOneWay(tunnel, "sent"),
  "captured-esp-is-only-received": (tunnel) => espOneWay(tunnel, "received"),
  "captured-esp-does-not-arrive": (tunnel) => doesNotArrive(tunnel, isPlainEsp),
  "captured-fragments-do-not-arrive": (tunnel) => doesNotArrive(tunnel, ({ what }) => what === "fragment"),
  "captured-versions-differ": versionsDiffer,
  "captured-ike-is-dropped-here": ikeIsDroppedHere,
  "captured-port-is-refused": (tunnel) => refusal(tunnel, ({ error }) => error === "port-unreachable"),
  "captured-filter-refuses": (tunnel) => refusal(tunnel, ({ error }) => error === "prohibited"),
  "captured-packet-is-too-big": (tunnel) => refusal(tunnel, ({ error }) => error === "too-big"),
};

/** The last capture of each end that shows one of these kinds between the two. */
function seen(tunnel: Tunnel, kinds: readonly CapturedKind[]): readonly Seen[] {
  if (tunnel.local.captures.length + tunnel.remote.captures.length === 0) return [];
  return bothEnds(tunnel).flatMap((end) => {
    for (const held of end.captures.toReversed()) {
      if (held.item.oneWay === true) continue;
      const sent = held.item.streams.filter((stream) => wayOf(stream, end) === "out");
      const received = held.item.streams.filter((stream) => wayOf(stream, end) === "in");
      if ([...sent, ...received].some(({ what }) => kinds.includes(what))) return [{ end, held, sent, received }];
    }
    return [];
  });
}

/** By the addresses, else by what the capture says of the direction; packets of others are neither. */
export function wayOf({ from, to, direction }: CapturedStream, { own, peer }: EndView): "in" | "out" | undefined {
  if (peer !== undefined) {
    if (from === peer && (own === undefined || to === own)) return "in";
    return to === peer && (own === undefined || from === own) ? "out" : undefined;
  }
  if (own === undefined) return direction;
  return from === own ? "out" : to === own ? "in" : undefined;
}

function count(streams: readonly CapturedStream[], accepts: (stream: CapturedStream) => boolean): number {
  return streams.filter(accepts).reduce((sum, { packets }) => sum + packets, 0);
}

function isIke({ what }: CapturedStream): boolean {
  return IKE.includes(what);
}
export function isEsp({ what }: CapturedStream): boolean {
  return ESP.includes(what);
}
function isPlainEsp(stream: CapturedStream): boolean {
  return isEsp(stream) && stream.port === undefined;
}
function isAnything({ what }: CapturedStream): boolean {
  return ANYTHING.includes(what);
}
function isOnPort4500({ port }: CapturedStream): boolean {
  return port === 4500;
}

/** The first and the last line of the streams. */
function lines(tunnel: Tunnel, { held }: Seen, streams: readonly CapturedStream[]): Evidence[] {
  const found = new Set<number>();
  for (const { line, lastLine } of streams.slice(0, 2)) found.add(line).add(lastLine);
  return [...found].map((line) => at(tunnel, held, line));
}

const OPENING: ReadonlySet<string | undefined> = new Set(["ike-sa-init", "ike-auth", "main-mode", "aggressive-mode"]);

/**
 * The last capture of an end in which a message that makes an IKE SA is sent again and again, and the other side never
 * answers it on that port: there was no IKE SA then.
 */
export function unansweredOpening(
  tunnel: Tunnel,
  end: EndView,
): { held: Held<Captures>; evidence: Evidence } | undefined {
  const each = seen(tunnel, IKE).find((item) => item.end === end);
  if (!each) return undefined;
  for (const [asking, answering] of [
    [each.sent, each.received],
    [each.received, each.sent],
  ] as const) {
    const asked = asking.find(
      ({ exchange, port, isResponse, packets }) =>
        packets >= REQUESTS &&
        isResponse !== true &&
        OPENING.has(exchange) &&
        !answering.some((other) => other.exchange === exchange && other.port === port),
    );
    if (asked) return { held: each.held, evidence: at(tunnel, each.held, asked.line) };
  }
  return undefined;
}

/** Yes: requests go out and nothing at all comes back from the peer. No: the peer sends IKE. Side: the silent end. */
function sentInVain(tunnel: Tunnel): Answer {
  let answered: Answer = NOT_KNOWN;
  for (const each of seen(tunnel, IKE)) {
    const heard = each.received.filter(isIke);
    const sent = each.sent.filter(isIke);
    if (heard.length > 0 && sent.length > 0) answered = no(lines(tunnel, each, heard));
    // A refusal by ICMP is an answer too.
    const isRefused = each.received.some(({ what }) => what === "icmp-error");
    if (count(sent, isIke) >= REQUESTS && count(each.received, isAnything) === 0 && !isRefused)
      return yes(lines(tunnel, each, sent), { side: otherSide(each.end.side) });
  }
  return answered;
}

/** The peer's requests come in and this end, by its own capture, sends nothing. Side: this end. */
function ignored(tunnel: Tunnel): Answer {
  for (const each of seen(tunnel, IKE)) {
    const received = each.received.filter(isIke);
    if (count(received, isIke) >= REQUESTS && count(each.sent, isAnything) === 0)
      return yes(lines(tunnel, each, received), { side: each.end.side });
  }
  return NOT_KNOWN;
}

/** UDP 500 is answered, and what goes out on 4500 is not. */
function port4500IsSilent(tunnel: Tunnel): Answer {
  for (const each of seen(tunnel, IKE)) {
    const sent = each.sent.filter((stream) => isIke(stream) && isOnPort4500(stream));
    const heard = each.received.filter((stream) => isIke(stream) && stream.port === 500);
    if (heard.length === 0) continue;
    const on4500 = each.received.filter(isOnPort4500);
    if (on4500.length > 0) return no(lines(tunnel, each, on4500));
    if (count(sent, isIke) >= REQUESTS)
      return yes([...lines(tunnel, each, heard.slice(0, 1)), ...lines(tunnel, each, sent)], { side: "both" });
  }
  return NOT_KNOWN;
}

/** The first exchange is answered, and the message that authenticates, on the same port, is not. */
function authenticationIsNotAnswered(tunnel: Tunnel): Answer {
  for (const each of seen(tunnel, IKE)) {
    const asked = each.sent.filter(({ exchange, isResponse }) => exchange === "ike-auth" && isResponse !== true);
    const opened = each.received.filter(({ exchange }) => exchange === "ike-sa-init");
    const answered = each.received.some(({ exchange }) => exchange === "ike-auth");
    if (opened.length > 0 && !answered && count(asked, isIke) >= REQUESTS)
      return yes([...lines(tunnel, each, opened.slice(0, 1)), ...lines(tunnel, each, asked)], { side: "both" });
  }
  return NOT_KNOWN;
}

function espOneWay(tunnel: Tunnel, way: "sent" | "received"): Answer {
  let both: Answer = NOT_KNOWN;
  for (const each of seen(tunnel, ESP)) {
    const streams = each[way].filter(isEsp);
    const others = each[way === "sent" ? "received" : "sent"].filter(isEsp);
    if (streams.length > 0 && others.length > 0)
      both = no([...lines(tunnel, each, streams.slice(0, 1)), ...lines(tunnel, each, others.slice(0, 1))]);
    if (count(streams, isEsp) >= A_FEW && others.length === 0)
      return yes(lines(tunnel, each, streams), { side: way === "sent" ? otherSide(each.end.side) : each.end.side });
  }
  return both;
}

/** One end sends such packets, and the other's capture, which shows others of this end, has none of them. */
function doesNotArrive(tunnel: Tunnel, isMeant: (stream: CapturedStream) => boolean): Answer {
  const all = seen(tunnel, ANYTHING);
  for (const each of all) {
    const there = all.find(({ end }) => end !== each.end);
    const sent = each.sent.filter(isMeant);
    if (!there || count(sent, isMeant) < REQUESTS) continue;
    const arrived = there.received.filter(isMeant);
    if (arrived.length > 0) return no(lines(tunnel, there, arrived));
    // What its hardware passes on it does not capture.
    const seesEsp = there.held.item.mayMissEsp !== true || [...there.sent, ...there.received].some(isEsp);
    if (!seesEsp && sent.every(isEsp)) continue;
    const others = there.received.filter(isAnything);
    if (others.length > 0)
      return yes([...lines(tunnel, each, sent), ...lines(tunnel, there, others.slice(0, 1))], { side: "both" });
  }
  return NOT_KNOWN;
}

/** An end shows that it drops IKE of the peer by a rule: a filter does, or the rule that stands where IKE is not enabled. */
function ikeIsDroppedHere(tunnel: Tunnel): Answer {
  for (const end of bothEnds(tunnel)) {
    for (const held of end.captures.toReversed()) {
      const dropped = held.item.streams.find(
        (stream) => stream.dropReason === "acl-drop" && isIke(stream) && wayOf(stream, end) === "in",
      );
      if (dropped) return yes([at(tunnel, held, dropped.line)], { side: end.side });
    }
  }
  return NOT_KNOWN;
}

/** Each end begins with another version of IKE. */
function versionsDiffer(tunnel: Tunnel): Answer {
  for (const each of seen(tunnel, IKE)) {
    const sent = each.sent.filter(({ version }) => version !== undefined);
    const heard = each.received.filter(({ version }) => version !== undefined);
    const [ours] = sent;
    const [theirs] = heard;
    if (!ours || !theirs || ours.version === theirs.version) continue;
    if (
      sent.every(({ version }) => version === ours.version) &&
      heard.every(({ version }) => version === theirs.version)
    )
      return yes([at(tunnel, each.held, ours.line), at(tunnel, each.held, theirs.line)], { side: "both" });
  }
  return NOT_KNOWN;
}

/** An ICMP message to an end says that its packets to the peer are not taken. Side: the peer, where it says so itself. */
function refusal(tunnel: Tunnel, isMeant: (stream: CapturedStream) => boolean): Answer {
  for (const end of bothEnds(tunnel)) {
    for (const held of end.captures.toReversed()) {
      const sends = held.item.streams.some((stream) => isAnything(stream) && wayOf(stream, end) === "out");
      const found = held.item.streams.find(
        (stream) =>
          stream.what === "icmp-error" &&
          isMeant(stream) &&
          (stream.errorPort === undefined || stream.errorPort === 500 || stream.errorPort === 4500) &&
          (end.own === undefined ? sends : stream.to === end.own),
      );
      if (!found || !sends) continue;
      const isPeers = canonicalAddress(found.from) === end.peer;
      return yes([at(tunnel, held, found.line)], { side: isPeers ? otherSide(end.side) : "both" });
    }
  }
  return NOT_KNOWN;
}
