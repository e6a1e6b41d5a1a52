import type { IkePeer } from "../../../src/domain/readings/ike.ts";
import { objectAt, objectsIn } from "../json.ts";
import { type Mapping, readingsOf } from "../mapping.ts";

/** What `show crypto isakmp peers config` prints for the names of domain/crypto.ts. */
const PRINTED: Readonly<Record<string, string>> = {
  "aes-128": "AES-128",
  "aes-256": "AES-256",
  sha1: "SHA-1",
  sha256: "SHA-256",
  psk: "Pre-Shared Key",
  "rsa-sig": "RSA-SIG",
};

export const showCryptoIsakmpPeers: Mapping = {
  command: "show crypto isakmp peers",
  folders: /^show_crypto_isakmp_peers(?:_config)?$/,
  facts(facts, { expected }, read) {
    const ours = readingsOf(read, "ike-peers").flatMap((value) => value.peers);
    const peers = objectsIn(objectAt(expected, "peers"));
    facts.add("peers", peers.length, ours.length);
    for (const [address, peer] of peers)
      facts.record(address, peer, peerOf(ours.find((one) => one.address === address)));
  },
};

function peerOf(peer: IkePeer | undefined): Readonly<Record<string, unknown>> {
  if (peer === undefined) return {};
  return {
    key_exchange: `IKEv${peer.version}`,
    authentication_method: PRINTED[peer.auth ?? ""],
    encryption: PRINTED[peer.encryption ?? ""],
    hashing: PRINTED[peer.integrity ?? ""],
    dh_group: `Group ${peer.dhGroup}`,
    lifetime: peer.lifetimeSeconds,
    local_id: peer.localId,
    remote_id: peer.phase1Id,
  };
}
