/** `debug crypto ikev2`, in its short form and in its long one: negotiations by their signatures. */
import type { Attempt, Log, LogEvent } from "../../../domain/readings/log.ts";
import type { Signature } from "../../../domain/signature.ts";
import type { AttemptDetails, LogMessage } from "../../../negotiations/message.ts";
import { readNegotiations } from "../../../negotiations/negotiations.ts";
import { compared, type Policies, readPolicies } from "./ikev2-proposals.ts";
import type { Message } from "./message.ts";

/** "[To 198.51.100.7:500/From 192.0.2.1:500/VRF i0:f0]", "[From … /To …]". */
const PACKET =
  /(?<way>Sending|Received) Packet \[(?:To|From) (?<peer>[0-9A-Fa-f.:]{2,45}):\d{1,5}\/(?:To|From) (?<local>[0-9A-Fa-f.:]{2,45}):\d{1,5}/;
const SEARCH = /Searching policy based on peer'?s identity '?(?<identity>[^']{1,200})'? of type/i;
const PROFILE_FOUND = /Found (?:Policy|matching IKEv2 profile)|Peer'?s policy verified|Verify peer'?s policy/i;
const BY_SIGNATURE = /authentication method is '(?:RSA|ECDSA|Digital|DSS)/i;

/** Messages of the debug (and of `debug crypto ipsec` beside it) as attempts and events. */
export function readIkeV2(messages: readonly Message[], signatures: readonly Signature[]): Log {
  const reader = new Reader();
  const log = readNegotiations(
    messages.map((message) => reader.take(message)),
    signatures,
    "ikev2",
  );
  return renamed(log, reader);
}

class Reader {
  /** Lines that say that the profile for the peer's identity was not found, and nothing found one after. */
  readonly refusedIdentities = new Map<number, string>();
  readonly withSignatures = new Set<string>();
  #received: Policies | undefined;
  #searched: string | undefined;

  take(message: Message): LogMessage {
    const { text, line, time, seconds, connection, topic } = message;
    const { peer, local } = PACKET.exec(text)?.groups ?? {};
    this.#watch(message);
    return {
      line,
      text,
      time,
      seconds,
      exchange: connection,
      peer,
      local,
      version: topic === "ikev2" ? 2 : undefined,
      details: topic === "ikev2" ? this.#policies(message) : undefined,
    };
  }

  #watch({ text, line, connection }: Message): void {
    const identity = SEARCH.exec(text)?.groups?.["identity"];
    if (identity !== undefined) this.#searched = identity;
    else if (PROFILE_FOUND.test(text)) this.#searched = undefined;
    else if (this.#searched !== undefined && /IKEv2 profile not found/i.test(text))
      this.refusedIdentities.set(line, this.#searched);
    if (connection !== undefined && BY_SIGNATURE.test(text)) this.withSignatures.add(connection);
  }

  #policies(message: Message): AttemptDetails | undefined {
    const policies = readPolicies(message);
    if (!policies) return undefined;
    const received = policies.which === "expected" ? (this.#received?.received ?? []) : policies.received;
    const isForIpsec = policies.isForIpsec || (policies.which === "expected" && this.#received?.isForIpsec === true);
    this.#received = policies.which === "received" ? policies : undefined;
    // The received ones alone are kept too: the other list may not have been pasted.
    return compared(received, policies.expected, isForIpsec);
  }
}

/** Lines that mean one thing or another by where they stand in their negotiation. */
function renamed(log: Log, reader: Reader): Log {
  const names = new Map<LogEvent, Partial<LogEvent>>();
  for (const attempt of log.attempts)
    for (const event of attempt.events) {
      const name = nameOf(event, attempt, reader);
      if (name) names.set(event, name);
    }
  if (names.size === 0) return log;
  const change = (event: LogEvent): LogEvent => {
    const name = names.get(event);
    return name ? { ...event, ...name } : event;
  };
  return {
    ...log,
    attempts: log.attempts.map((attempt) => ({ ...attempt, events: attempt.events.map(change) })),
    events: log.events.map(change),
  };
}

function nameOf(event: LogEvent, attempt: Attempt, reader: Reader): Partial<LogEvent> | undefined {
  const { line, signature } = event;
  const isUp = attempt.phase1CompleteLine !== undefined && attempt.phase1CompleteLine < line;
  const isKeyed = isUp || (attempt.progress === "keyed" && (attempt.furthestStateLine ?? line) < line);
  switch (signature) {
    case "ike-proposals-refused-by-peer":
      // The first IPsec SA is asked for in IKE_AUTH, after IKE_SA_INIT is done (RFC 7296 section 1.2).
      return isKeyed ? { signature: "child-proposals-refused-by-peer" } : undefined;
    case "phase1-retransmit":
      return isUp ? { signature: "dpd-missed", noise: true } : undefined;
    case "death-by-retransmission":
      return isUp ? { signature: "peer-dead" } : undefined;
    case "ikev2-authentication-failed":
      // It ends so too where the peer refused: the end that answers checks first (trap T4).
      return attempt.role === "initiator" ? { signature: "authentication-failed-by-peer" } : undefined;
    case "key-check-failed":
      return attempt.connections.some((name) => reader.withSignatures.has(name))
        ? { signature: "ikev2-authentication-failed" }
        : undefined;
    case "ikev2-profile-not-found": {
      const identity = reader.refusedIdentities.get(line);
      if (identity === undefined || isUp) return undefined;
      // Healthy tunnels print it too (trap T3), but not between the search for the identity's profile and the failure.
      const isEnd = attempt.events.some(
        (other) => other.line >= line && ENDS_AUTHENTICATION.has(other.signature) && other.line - line < 60,
      );
      return isEnd
        ? { signature: "identity-refused", noise: undefined, captures: { ...event.captures, identity } }
        : undefined;
    }
    default:
      return undefined;
  }
}

const ENDS_AUTHENTICATION: ReadonlySet<string> = new Set(["ikev2-item-not-found", "ikev2-auth-exchange-failed"]);
