/** The lines below a `Peer:` heading of `show crypto isakmp peers`. */
import { canonicalAddress } from "../../../domain/network.ts";
import type { Line } from "../../../domain/output.ts";
import type { IkePeer } from "../../../domain/readings/ike.ts";
import { authMethod, dhGroup, encryptionFromDebug, integrityFromWord } from "../ike-words.ts";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export interface PeerDraft {
  readonly peer: Mutable<IkePeer>;
  readonly at: Record<string, number>;
  dpd?: Mutable<NonNullable<IkePeer["dpd"]>>;
}

export function newPeer(line: Line, address: string, port: string | undefined, local: string | undefined): PeerDraft {
  const peer: Mutable<IkePeer> = {
    line: line.number,
    // A masked address is still a peer.
    address: canonicalAddress(address) ?? address,
    port: port === undefined ? undefined : Number(port),
    local: local === undefined ? undefined : canonicalAddress(local),
  };
  return { peer, at: {} };
}

export function toPeer(draft: PeerDraft): IkePeer {
  return { ...draft.peer, dpd: draft.dpd, at: draft.at };
}

const PHASE1_ID = /^\s*Phase ?1[ _]id: ?(?<id>\S.*)?$/i;
const LOCAL = /^\s*Local: (?<local>\S{2,50})$/;
const DESCRIPTION = /^\s*Desc(?:ription)?: ?(?<text>\S.*)?$/i;
const FLAGS = /^\s*flags: ?(?<flags>\S.*)?$/i;
const VRF = /^\s*[fi]?-?vrf: ?(?<vrf>\S{1,64})$/i;
const DPD = /DPD information, struct /;
const RECEIVED = /\bLast_received: ?(?<seconds>\d{1,10})/i;
const SEQUENCES = /\bmy_last_seq_num: ?(?<mine>0x[0-9a-f]{1,8}),? *peers_last_seq_num: ?(?<theirs>0x[0-9a-f]{1,8})/i;
const WAITING = /\bsent_and_waiting: ?(?<value>TRUE|FALSE)/i;
const SAS = /\bIKE SAs: ?(?<ike>\d{1,6})(?:,? *IPSec SA bundles: ?(?<bundles>\d{1,6}))?/i;
/** Understood, of no use to anybody but the authors of IOS. */
const INNER = /^\s*(?:NAS Port: |last_locker: |last_unlocker: |last_last_\w{6,8}: |Connection id: )/i;

/** Reads a line of the peer's block into `draft`; false if it is none. The article has two fields on one line. */
export function readDetailField(draft: PeerDraft, line: Line): boolean {
  const { peer } = draft;
  const { text, number } = line;
  const id = PHASE1_ID.exec(text);
  if (id) {
    peer.phase1Id = printed(id.groups?.["id"]);
    draft.at["phase1Id"] = number;
    return true;
  }
  const local = LOCAL.exec(text)?.groups?.["local"];
  if (local !== undefined) {
    peer.local = canonicalAddress(local);
    return true;
  }
  const description = DESCRIPTION.exec(text);
  if (description) {
    peer.description = printed(description.groups?.["text"]);
    return true;
  }
  const flags = FLAGS.exec(text);
  if (flags) {
    peer.flags = flags.groups?.["flags"]?.trim() ?? "";
    draft.at["flags"] = number;
    return true;
  }
  const vrf = VRF.exec(text)?.groups?.["vrf"];
  if (vrf !== undefined) {
    peer.vrf = printed(vrf);
    return true;
  }
  // Both on purpose: neither may keep the other from being read.
  const isDpd = readDpd(draft, line);
  const isCount = readCounts(draft, line);
  return isDpd || isCount || INNER.test(text);
}

function readDpd(draft: PeerDraft, line: Line): boolean {
  const received = RECEIVED.exec(line.text)?.groups?.["seconds"];
  const sequences = SEQUENCES.exec(line.text)?.groups;
  const waiting = WAITING.exec(line.text)?.groups?.["value"];
  const isDpd = DPD.test(line.text) || received !== undefined || sequences !== undefined || waiting !== undefined;
  if (!isDpd) return false;
  draft.dpd ??= { line: line.number };
  if (received !== undefined) {
    draft.dpd.lastReceivedSeconds = Number(received);
    draft.at["lastReceivedSeconds"] = line.number;
  }
  if (sequences) {
    draft.dpd.mySequence = sequences["mine"];
    draft.dpd.peersSequence = sequences["theirs"];
  }
  if (waiting !== undefined) {
    draft.dpd.sentAndWaiting = waiting.toUpperCase() === "TRUE";
    draft.at["sentAndWaiting"] = line.number;
  }
  return true;
}

function readCounts(draft: PeerDraft, line: Line): boolean {
  const counts = SAS.exec(line.text)?.groups;
  if (!counts) return false;
  draft.peer.ikeSas = Number(counts["ike"]);
  if (counts["bundles"] !== undefined) draft.peer.ipsecBundles = Number(counts["bundles"]);
  draft.at["ikeSas"] = line.number;
  return true;
}

const CONFIG_FIELD =
  /^\s*(?<label>Key Exchange|Authentication Method|Encryption|Hashing|DH Group|Lifetime|Local ID|Remote ID): (?<value>\S.*)$/i;

/** A line of `show crypto isakmp peers config` (`Key Exchange: IKEv1`); false if it is none. */
export function readConfigField(draft: PeerDraft, line: Line): boolean {
  const field = CONFIG_FIELD.exec(line.text)?.groups;
  const value = field?.["value"]?.trim() ?? "";
  const { peer } = draft;
  switch (field?.["label"]?.toLowerCase()) {
    case "key exchange":
      peer.version = /^IKEv2$/i.test(value) ? 2 : /^IKE(?:v1)?$/i.test(value) ? 1 : undefined;
      return peer.version !== undefined;
    case "authentication method":
      peer.auth = authMethod(value);
      return true;
    case "encryption":
      peer.encryption = encryptionFromDebug(value);
      return true;
    case "hashing":
      peer.integrity = integrityFromWord(value);
      return true;
    case "dh group":
      peer.dhGroup = dhGroup(value);
      return peer.dhGroup !== undefined;
    case "lifetime": {
      const seconds = /^(\d{1,9}) seconds/i.exec(value)?.[1];
      peer.lifetimeSeconds = seconds === undefined ? undefined : Number(seconds);
      return seconds !== undefined;
    }
    case "local id":
      peer.localId = value;
      return true;
    case "remote id":
      peer.phase1Id = value;
      return true;
    default:
      return false;
  }
}

function printed(text: string | undefined): string | undefined {
  const value = text?.trim();
  return value === undefined || value === "" || value === "(none)" ? undefined : value;
}
