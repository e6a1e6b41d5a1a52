/** Reads what a message says about its negotiation, by its first word. */
import type { Fact, Role, StartRank } from "./facts.ts";
import type { IkeAttribute } from "./ike-offers.ts";
import type { IpsecAttribute } from "./ipsec-offers.ts";
import type { Message } from "./message.ts";
import { readProxies } from "./proxies.ts";

const LONGEST = 1000;

const SENT =
  /^sending packet to (?<peer>[^\s,()]{2,64})(?: my_port (?<mine>\d{1,5}))?(?: peer_port (?<theirs>\d{1,5}))?(?: \((?<role>[IRN])\))?(?: (?<state>[A-Z]{2,4}_[A-Z0-9_]{2,20}))?/i;
const RECEIVED =
  /^received packet from (?<peer>[^\s,()]{2,64})(?: dport (?<mine>\d{1,5}))?(?: sport (?<theirs>\d{1,5}))?(?: (?!\()\S{1,64})?(?: \((?<role>[IRN])\))?(?: (?<state>[A-Z]{2,4}_[A-Z0-9_]{2,20}|NEW SA))?/i;
const STATES = /^Old State = (?<from>[A-Z0-9_]{3,40}) {1,4}New State = (?<to>[A-Z0-9_]{3,40})/i;
const PAYLOAD = /^processing (?<name>[A-Za-z_-]{2,30}) payload(?:[.,]? {1,2}message ID = (?<message>-?\d{1,12}))?/i;
const NOTIFY = /^processing NOTIFY /i;
const RETRANSMIT = /^retransmitting phase (?<phase>[12]) (?<state>[A-Z]{2}_[A-Z0-9_]{2,20})/i;
const DELETED = /^deleting SA reason "[^"]{0,100}" {1,2}state \((?<role>[IR])\) (?<state>[A-Z]{2}_[A-Z0-9_]{2,20})/i;
const IKE_CHECK = /^Checking ISAKMP transform \d{1,4} against priority (?<against>\d{1,6}) policy/i;
const VERDICT = /^atts (?<verdict>are acceptable|are not acceptable|not acceptable)(?<phase1>\. Next payload)?/i;
const BEGINNING = /^beginning (?<mode>Main|Aggressive|Quick) Mode exchange/i;
const STRUCTURE = /^(?:Created a|Found a|New) peer (?:struct for (?<peer>[^\s,()]{2,64})|created)/i;
const LOCKING = /^Locking peer struct .{0,60} for (?<for>isakmp_initiator|crypto_isakmp_process_block)/i;
const KEY_FOUND = /^found peer pre-shared key matching (?<peer>[^\s,()]{2,64})/i;
const AUTHENTICATED = /^SA has been authenticated with (?<peer>[^\s,()]{2,64})/i;
const INSERTED = /^Trying to insert a peer (?<local>[^\s,/]{2,45})\/(?<peer>[^\s,/]{2,45})\//i;
const TRANSFORM = /^transform \d{1,3}, {0,2}(?<name>[A-Z0-9_]{2,24})/i;
const ENDS =
  /\((?:key eng\. msg\.\) {0,2}(?<way>INBOUND|OUTBOUND)|identity\)|sa\) sa_dest) {0,2}(?:local ?= ?(?<local>[^\s,()]{2,64}))?(?:, {0,2}remote ?= ?(?<remote>[^\s,()]{2,64}))?/i;
const REFUSED = /transform proposal not supported|proxy identities not supported|: invalid local address/i;

/** An attribute of an IKE policy or of a transform: what stands before its value, and its name. */
const IKE_ATTRIBUTES: readonly (readonly [string, IkeAttribute])[] = [
  ["encryption ", "encryption"],
  ["keylength of ", "key-length"],
  ["hash ", "hash"],
  ["default group ", "group"],
  ["auth ", "auth"],
  ["life type in ", "life-type"],
  ["life duration ", "life"],
];
const IPSEC_ATTRIBUTES: readonly (readonly [string, IpsecAttribute])[] = [
  ["encaps is ", "encapsulation"],
  ["key length is ", "key-length"],
  ["authenticator is ", "authenticator"],
  ["group is ", "group"],
  ["SA life type in ", "life-type"],
  ["SA life duration ", "life"],
];

type Reader = (body: string) => Fact | undefined;

const READERS = new Map<string, Reader>([
  ["sending", (body) => packet("sent", SENT.exec(body))],
  ["received", (body) => packet("received", RECEIVED.exec(body))],
  ["Old", readStates],
  ["processing", readPayload],
  ["retransmitting", readRetransmit],
  ["deleting", readDeleted],
  ["purging", (body) => (body.startsWith("purging SA") ? { is: "deleted" } : undefined)],
  ["Checking", readCheck],
  ["atts", readVerdict],
  ["no", (body) => (body.startsWith("no offers accepted") ? { is: "ike-verdict", accepted: false } : undefined)],
  ["beginning", readBeginning],
  ["SA", readSa],
  ["Created", readStructure],
  ["Found", readStructure],
  ["New", readStructure],
  ["Locking", readLocking],
  ["found", (body) => peer(KEY_FOUND.exec(body))],
  ["Trying", (body) => peer(INSERTED.exec(body))],
  ["Creating", (body) => (body.startsWith("Creating IPSec SA") ? { is: "quick-mode", done: true } : undefined)],
  ["transform", readTransformHeading],
  ["IPSec", (body) => (body.startsWith("IPSec policy invalidated") ? { is: "ipsec-refused", all: false } : undefined)],
  ["phase", readUnacceptable],
  ...["encryption", "keylength", "hash", "default", "auth", "life"].map((word) => [word, readIkeAttribute] as const),
  ...["encaps", "key", "authenticator", "group"].map((word) => [word, readIpsecAttribute] as const),
]);

/** undefined: nothing that a negotiation is built from. */
export function readFact(message: Message): Fact | undefined {
  const { text, body } = message;
  if (text.length > LONGEST) return undefined;
  if (message.topic === "isakmp") {
    const space = text.indexOf(" ", body);
    const word = space < 0 ? text.slice(body) : text.slice(body, space);
    return READERS.get(word)?.(text.slice(body));
  }
  return message.topic === "syslog" || message.topic === "ikev2" ? undefined : readIpsec(text.slice(body));
}

function readIpsec(body: string): Fact | undefined {
  if (body.includes("_proxy")) {
    const parts = readProxies(body);
    if (parts.length > 0) return { is: "proxy", parts };
  }
  if (body.includes("(key eng") || body.startsWith("(identity)") || body.startsWith("(sa)")) {
    const groups = ENDS.exec(body)?.groups;
    if (groups)
      return {
        is: "ends",
        inbound: groups["way"]?.toUpperCase() === "INBOUND",
        local: withoutPort(groups["local"]),
        remote: withoutPort(groups["remote"]),
      };
  }
  if (body.startsWith("(sa_request)")) return { is: "start", rank: 0, role: "initiator" };
  return REFUSED.test(body) ? { is: "ipsec-refused", all: false } : undefined;
}

/** "192.0.2.1:500" and "192.0.2.1:0"; an IPv6 address keeps all its colons but one before 0, 500 or 4500 at the end. */
function withoutPort(address: string | undefined): string | undefined {
  if (address === undefined) return undefined;
  return address.replace(/^([\d.]{7,15}):\d{1,5}$/, "$1").replace(/^([0-9a-f:]{4,45}):(?:0|500|4500)$/i, "$1");
}

function packet(way: "sent" | "received", match: RegExpExecArray | null): Fact | undefined {
  const groups = match?.groups;
  const address = groups?.["peer"];
  if (!groups || address === undefined) return undefined;
  const ports = [groups["mine"], groups["theirs"]].filter((port) => port !== undefined);
  return {
    is: "packet",
    way,
    peer: address,
    ports,
    role: roleOf(groups["role"]),
    state: groups["state"]?.toUpperCase(),
  };
}

function readStates(body: string): Fact | undefined {
  const groups = STATES.exec(body)?.groups;
  return groups ? { is: "states", from: groups["from"] ?? "", to: groups["to"] ?? "" } : undefined;
}

function readPayload(body: string): Fact | undefined {
  if (NOTIFY.test(body)) return { is: "payload", name: "NOTIFY", inQuickMode: false };
  const groups = PAYLOAD.exec(body)?.groups;
  if (!groups) return undefined;
  const message = groups["message"];
  const name = (groups["name"] ?? "").toUpperCase();
  return { is: "payload", name, inQuickMode: name === "SA" && message !== undefined && message !== "0" };
}

function readRetransmit(body: string): Fact | undefined {
  const groups = RETRANSMIT.exec(body)?.groups;
  return groups ? { is: "retransmit", state: groups["phase"] === "1" ? groups["state"] : undefined } : undefined;
}

function readDeleted(body: string): Fact | undefined {
  if (!body.startsWith("deleting SA reason")) return undefined;
  const groups = DELETED.exec(body)?.groups;
  return { is: "deleted", state: groups?.["state"], role: roleOf(groups?.["role"]) };
}

function readCheck(body: string): Fact | undefined {
  const against = IKE_CHECK.exec(body)?.groups?.["against"];
  if (against !== undefined) return { is: "ike-check", against: Number(against) };
  return body.startsWith("Checking IPSec proposal") ? { is: "ipsec-check" } : undefined;
}

/** In quick mode "atts are acceptable." only says that they could be read; a refusal is one in both phases. */
function readVerdict(body: string): Fact | undefined {
  const groups = VERDICT.exec(body)?.groups;
  if (!groups) return undefined;
  const accepted = groups["verdict"] === "are acceptable";
  if (groups["phase1"] !== undefined) return { is: "ike-verdict", accepted };
  return accepted ? undefined : { is: "attributes-refused" };
}

function readBeginning(body: string): Fact | undefined {
  const mode = BEGINNING.exec(body)?.groups?.["mode"];
  if (mode === undefined) return undefined;
  return mode === "Quick" ? { is: "quick-mode", done: false } : { is: "start", rank: 5, role: "initiator" };
}

function readSa(body: string): Fact | undefined {
  if (body.startsWith("SA request profile")) return { is: "start", rank: 1, role: "initiator" };
  if (body.startsWith("SA authentication status")) return { is: "authenticated" };
  const authenticated = AUTHENTICATED.exec(body)?.groups?.["peer"];
  return authenticated === undefined ? readIpsecAttribute(body) : { is: "authenticated", peer: authenticated };
}

function readStructure(body: string): Fact | undefined {
  const match = STRUCTURE.exec(body);
  if (!match) return undefined;
  const rank: StartRank = body.startsWith("New") ? 3 : 2;
  return { is: "start", rank, peer: match.groups?.["peer"] };
}

function readLocking(body: string): Fact | undefined {
  const purpose = LOCKING.exec(body)?.groups?.["for"];
  if (purpose === undefined) return undefined;
  return { is: "start", rank: 3, role: purpose === "isakmp_initiator" ? "initiator" : "responder" };
}

function peer(match: RegExpExecArray | null): Fact | undefined {
  const address = match?.groups?.["peer"];
  return address === undefined ? undefined : { is: "peer", peer: address, local: match?.groups?.["local"] };
}

function readTransformHeading(body: string): Fact | undefined {
  const name = TRANSFORM.exec(body)?.groups?.["name"];
  return name === undefined ? undefined : { is: "ipsec-transform", name: name.toUpperCase() };
}

function readUnacceptable(body: string): Fact | undefined {
  if (/^phase 2 SA policy not acceptable/i.test(body)) return { is: "ipsec-refused", all: true };
  return /^phase 1 SA policy not acceptable/i.test(body) ? { is: "ike-verdict", accepted: false } : undefined;
}

function readIkeAttribute(body: string): Fact | undefined {
  for (const [before, name] of IKE_ATTRIBUTES)
    if (body.startsWith(before)) return { is: "ike-attribute", name, value: body.slice(before.length).trim() };
  return undefined;
}

function readIpsecAttribute(body: string): Fact | undefined {
  for (const [before, name] of IPSEC_ATTRIBUTES)
    if (body.startsWith(before)) return { is: "ipsec-attribute", name, value: body.slice(before.length).trim() };
  return undefined;
}

function roleOf(letter: string | undefined): Role | undefined {
  if (letter === "I" || letter === "i") return "initiator";
  return letter === "R" || letter === "r" ? "responder" : undefined;
}
