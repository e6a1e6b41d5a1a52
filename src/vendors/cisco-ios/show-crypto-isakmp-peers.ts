/**
 * `show crypto isakmp peers [detail]` and `… peers config`: IKEv1 peers with their dead-peer-detection counters.
 * Sources: the article (scenario "DPD"); genieparser's test data (`config` as a list). Not checked against a device: the
 * `Client-…=` lines of `config`.
 */
import { canonicalAddress } from "../../domain/network.ts";
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { IkePeers } from "../../domain/readings/ike.ts";
import { argumentOf, isFiller, restrictionOf } from "./ike-output.ts";
import {
  newPeer,
  type PeerDraft,
  readConfigField,
  readDetailField,
  toPeer,
} from "./show-crypto-isakmp-peers/fields.ts";

const PEER = /^\s*Peer: (?<address>\S{2,50}) +Port: (?<port>\d{1,5})(?: +Local: (?<local>\S{2,50}))?(?<rest>\s.*)?$/;
const CONFIG_HEADING = /^\s*ISAKMP Peers Configuration\s*$/i;
const CONFIG_PEER = /^\s*Peer: (?<address>\S{2,50})$/;
const CLIENT = /^\s*Client-Public-Addr=(?<address>[^\s:;]{2,45}|\[[^\]]{2,45}\]):(?<port>\d{1,5});/;
const DPD_BLOCK = /DPD information, struct /;

export const showCryptoIsakmpPeers: Command = {
  run: "show crypto isakmp peers [detail] [config] [vrf NAME] [ADDRESS]",
  looksLike: [PEER, CONFIG_HEADING, CLIENT],
  parse(output: Output): Parsed {
    const drafts: PeerDraft[] = [];
    const unread: Line[] = [];
    let form: "detail" | "config" | undefined;
    for (const line of output.lines) {
      if (CONFIG_HEADING.test(line.text) || CLIENT.test(line.text)) form = "config";
      if (isFiller(line.text) || CONFIG_HEADING.test(line.text)) continue;
      if (DPD_BLOCK.test(line.text)) form = "detail";
      const started = startPeer(line);
      if (started) drafts.push(started);
      else if (!readField(drafts.at(-1), line)) unread.push(line);
    }
    const peers = drafts.map(toPeer);
    const command = form !== undefined && output.typed === undefined ? `${output.command} ${form}` : undefined;
    const restrictedTo = restrictionOf(command ?? output.command, ["vrf NAME", "config"]);
    const value: IkePeers = { kind: "ike-peers", peers, peer: askedPeer(output.command), restrictedTo };
    return { values: [value], unread, command };
  },
};

function startPeer(line: Line): PeerDraft | undefined {
  const match = PEER.exec(line.text)?.groups ?? CONFIG_PEER.exec(line.text)?.groups;
  if (match) {
    const draft = newPeer(line, match["address"] ?? "", match["port"], match["local"]);
    if (match["rest"] !== undefined) readDetailField(draft, { number: line.number, text: match["rest"] });
    return draft;
  }
  const client = CLIENT.exec(line.text)?.groups;
  if (!client) return undefined;
  const draft = newPeer(line, (client["address"] ?? "").replace(/[[\]]/g, ""), client["port"], undefined);
  readClient(draft, line);
  return draft;
}

function readField(draft: PeerDraft | undefined, line: Line): boolean {
  return (
    draft !== undefined && (readDetailField(draft, line) || readConfigField(draft, line) || readClient(draft, line))
  );
}

/** `Client-Group=branch; Client-User=joe; …`: of Easy VPN clients, all on one line or wrapped. */
function readClient(draft: PeerDraft, line: Line): boolean {
  if (!/^\s*(?:Client|Concentrator)-[A-Z]/.test(line.text)) return false;
  for (const field of line.text.split(";")) {
    const equals = field.indexOf("=");
    const value = field.slice(equals + 1).trim();
    if (equals === -1 || value === "") continue;
    const name = field.slice(0, equals).trim();
    if (name === "Client-Group") draft.peer.group = value;
    if (name === "Client-User") draft.peer.username = value;
    if (name === "Client-Assigned-Addr") draft.peer.assignedAddress = canonicalAddress(value);
  }
  return true;
}

function askedPeer(command: string): string | undefined {
  const words = command.split("|")[0]?.trim().split(" ") ?? [];
  const vrf = argumentOf(command, "vrf");
  for (const word of words) {
    const address = word === vrf ? undefined : canonicalAddress(word);
    if (address !== undefined) return address;
  }
  return undefined;
}
