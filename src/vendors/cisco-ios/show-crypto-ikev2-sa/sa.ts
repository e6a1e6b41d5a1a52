/** One IKEv2 SA: its row, and the lines under it that `detailed` and `session` print too. */
import type { Line } from "../../../domain/output.ts";
import type { IkeSa } from "../../../domain/readings/ike.ts";
import { addressFrom, wordsOf } from "../ike-output.ts";
import { authOfIkeV2, encryptionOfIkeV2, groupOfIkeV2, integrityOfIkeV2 } from "../ikev2-words.ts";

export type SaDraft = { -readonly [Field in keyof Omit<IkeSa, "at">]: IkeSa[Field] } & { at: Record<string, number> };

const STATUS = /^[A-Z][A-Z-]{2,20}$/;
const ENDPOINT = /^(?<address>\S{2,60})\/(?<port>\d{1,5})$/;
const VRFS = /^(?<front>[^/\s]{1,32})\/(?<inside>[^/\s]{1,32})$/;
const END_LINE = /^\s*(?<end>Local|Remote) {1,6}(?<endpoint>\S{2,60}\/\d{1,5})\s*$/;
const ALGORITHMS =
  /^\s*Encr: ?(?<encryption>[^,]{1,40})(?:, {0,4}keysize: ?(?<bits>\d{1,4}))?(?:, {0,4}PRF: ?(?<prf>[^,]{1,40}))?(?:, {0,4}Hash: ?(?<hash>[^,]{1,40}))?(?:, {0,4}DH Grp: ?(?<group>\d{1,3}))?(?:, {0,4}Auth sign: ?(?<sign>[^,]{1,60}))?(?:, {0,4}Auth verify: ?(?<verify>[^,]{1,60}))?/;
const LIFE = /^\s*Life\/Active Time: ?(?<life>\d{1,10})\/(?<active>\d{1,10}) sec/;
const SPIS = /^\s*Local spi: ?(?<local>[0-9A-Fa-f]{1,16}) {1,20}Remote spi: ?(?<remote>[0-9A-Fa-f]{1,16})/;
const DESCRIPTION = /^\s*Status Description: ?(?<text>\S.{0,100})$/;
const ID = /^\s*(?<end>Local|Remote) id:(?<id>.{0,200})$/;
const DPD = /^\s*DPD configured for (?<seconds>\d{1,6}) seconds/;
const FRAGMENTATION = /^\s*Fragmentation (?<not>not {1,3})?configured/;
const NAT = /^\s*NAT-T is (?<not>not )?detected/;
const ROLE = /^\s*Initiator of SA ?: ?(?<word>Yes|No)/;
/** Lines that bear on no fault we know. */
const ASIDE =
  /^\s*(?:CE id:|(?:Local|Remote) (?:req|next|window)|(?:Local|Remote) Sys Id|Local window:|Dynamic Route Update|Extended Authentication|Cisco Trust Security|Quantum|PQC |PEER TYPE|PPK |Initial contact|Assigned host addr|Pushed IP|Remote EAP id|Auth (?:sign|verify): |, (?:Hash|DH Grp|Auth)|IETF Std|Redirected from|Session-id: ?\d|Mobike|Config-?mode)/i;

/** The SA whose row this is: "1 192.0.2.1/500 198.51.100.1/500 none/none READY", or its IPv6 form without endpoints. */
export function startSa(line: Line): SaDraft | undefined {
  const words = wordsOf(line.text);
  const [id = "", ...rest] = words;
  const status = rest.at(-1) ?? "";
  if (!/^\d{1,10}$/.test(id) || !STATUS.test(status) || rest.length < 2 || rest.length > 4) return undefined;
  const [endpoints, vrfs] = [rest.slice(0, -2), rest.at(-2) ?? ""];
  if (!VRFS.test(vrfs) || (endpoints.length !== 0 && endpoints.length !== 2)) return undefined;
  if (!endpoints.every((word) => ENDPOINT.test(word))) return undefined;
  const inside = VRFS.exec(vrfs)?.groups?.["inside"];
  const draft: SaDraft = {
    version: 2,
    line: line.number,
    state: status,
    standing: status === "READY" ? "up" : status.startsWith("DEL") ? "deleted" : "negotiating",
    connectionId: Number(id),
    vrf: inside === "none" ? undefined : inside,
    at: {},
  };
  for (const [index, word] of endpoints.entries()) takeEndpoint(draft, index === 0 ? "Local" : "Remote", word);
  return draft;
}

/** Reads a line under the row; false if it is none. */
export function readSaLine(draft: SaDraft, line: Line): boolean {
  const { text, number } = line;
  const end = END_LINE.exec(text)?.groups;
  if (end) {
    takeEndpoint(draft, end["end"] ?? "", end["endpoint"] ?? "");
    return true;
  }
  const algorithms = ALGORITHMS.exec(text)?.groups;
  if (algorithms) {
    takeAlgorithms(draft, algorithms);
    draft.at["encryption"] = number;
    return true;
  }
  return takeDetail(draft, text, number) || ASIDE.test(text);
}

export function finishSa({ ...draft }: SaDraft): IkeSa {
  if (draft.standing !== "negotiating") delete draft.progress;
  // A row alone that is still negotiating has said hello; only its algorithms or its description tell more.
  else draft.progress ??= "begun";
  return draft;
}

function takeEndpoint(draft: SaDraft, end: string, word: string): void {
  const { address = "", port } = ENDPOINT.exec(word)?.groups ?? {};
  const found = addressFrom(address);
  if (end === "Local") {
    draft.local = found;
    draft.localPort = Number(port);
  } else {
    draft.remote = found;
    draft.remotePort = Number(port);
  }
  if (port === "4500") draft.natTraversal = true;
}

function takeAlgorithms(draft: SaDraft, groups: Readonly<Record<string, string | undefined>>): void {
  const { encryption = "", bits, prf, hash, group, sign, verify } = groups;
  const isAgreed = !/^unknown/i.test(encryption.trim());
  if (isAgreed) {
    draft.encryption = encryptionOfIkeV2(encryption, bits === undefined ? undefined : Number(bits));
    if (prf !== undefined) draft.prf = integrityOfIkeV2(prf);
    if (hash !== undefined) draft.integrity = integrityOfIkeV2(hash);
  }
  const number = groupOfIkeV2(group ?? "");
  if (number !== undefined && number > 0) draft.dhGroup = number;
  draft.auth = authOfIkeV2(sign ?? "");
  draft.peerAuth = authOfIkeV2(verify ?? "");
  // The proposals are agreed on and keys are exchanged in one exchange (RFC 7296 section 1.2).
  draft.progress = isAgreed ? "keyed" : "begun";
}

function takeDetail(draft: SaDraft, text: string, line: number): boolean {
  const life = LIFE.exec(text)?.groups;
  if (life) {
    draft.lifetimeSecondsLeft = Math.max(0, Number(life["life"]) - Number(life["active"]));
    draft.at["lifetimeSecondsLeft"] = line;
    return true;
  }
  const spis = SPIS.exec(text)?.groups;
  if (spis) {
    draft.localSpi = spis["local"]?.toUpperCase();
    draft.remoteSpi = spis["remote"]?.toUpperCase();
    draft.at["localSpi"] = line;
    return true;
  }
  const id = ID.exec(text)?.groups;
  if (id) {
    const field = id["end"] === "Local" ? "localId" : "remoteId";
    const value = id["id"]?.trim() ?? "";
    if (value === "") return true;
    draft[field] = value;
    draft.at[field] = line;
    return true;
  }
  const description = DESCRIPTION.exec(text)?.groups?.["text"];
  if (description !== undefined) {
    draft.status = description.trim();
    draft.at["status"] = line;
    if (/\bAUTH\b/.test(description)) draft.progress = "keyed";
    else if (/\bINIT\b/.test(description)) draft.progress = "begun";
    return true;
  }
  return takeSwitch(draft, text, line);
}

function takeSwitch(draft: SaDraft, text: string, line: number): boolean {
  const seconds = DPD.exec(text)?.groups?.["seconds"];
  const fragmentation = FRAGMENTATION.exec(text);
  const nat = NAT.exec(text);
  const role = ROLE.exec(text)?.groups?.["word"];
  if (seconds !== undefined) {
    draft.dpd = Number(seconds) > 0;
    draft.at["dpd"] = line;
  } else if (fragmentation) {
    draft.fragmentation = fragmentation.groups?.["not"] === undefined;
    draft.at["fragmentation"] = line;
  } else if (nat) {
    draft.natTraversal = nat.groups?.["not"] === undefined;
    draft.at["natTraversal"] = line;
  } else if (role !== undefined) {
    draft.initiator = role === "Yes" ? draft.local : draft.remote;
    draft.responder = role === "Yes" ? draft.remote : draft.local;
    draft.at["initiator"] = line;
  } else return false;
  return true;
}
