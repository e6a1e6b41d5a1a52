import type { IkeSa } from "../../../src/domain/readings/ike.ts";
import { NOT_KEPT } from "../facts.ts";
import { type Json, type JsonObject, objectAt, objectsIn, textOf } from "../json.ts";
import { type Mapping, readingsOf } from "../mapping.ts";

/**
 * `show crypto ikev2 sa` (`ipv4.<n>`, `ipv6.<n>`), `… detailed` (`tunnel_id.<n>`) and `session` (`ikev2_session.<family>.<n>`):
 * one IKE SA each, with keys of their own.
 */
export const showCryptoIkev2Sa: Mapping = {
  command: "show crypto ikev2 sa",
  folders: /^show_crypto_ikev2_(?:sa|sa_detail|session)$/,
  facts(facts, { expected }, read) {
    const sas = readingsOf(read, "ike-sas").flatMap((value) => value.sas);
    const root = objectAt(expected);
    const groups = [root["ipv4"], root["ipv6"], root["tunnel_id"]].concat(
      Object.values(objectAt(root["ikev2_session"])),
    );
    const rows = groups.flatMap((group) => objectsIn(group));
    facts.add("rows", rows.length, sas.length);
    for (const [index, [name, row]] of rows.entries()) {
      const sa = sas[index];
      facts.record(`${name}`, row, rowOf(sa, row));
    }
  },
};

function rowOf(sa: IkeSa | undefined, row: JsonObject): Readonly<Record<string, unknown>> {
  const [, cipher, size] = /^(.*?)(?:-(\d+))?$/.exec(sa?.encryption ?? "") ?? [];
  const known: Record<string, unknown> = {
    local_ip: sa?.local,
    local_port: sa?.localPort,
    remote_ip: sa?.remote,
    remote_port: sa?.remotePort,
    local: endpoint(row["local"], sa?.local, sa?.localPort),
    remote: endpoint(row["remote"], sa?.remote, sa?.remotePort),
    ivrf: sa?.vrf,
    status: row["session_status"] === undefined ? sa?.state : NOT_KEPT,
    session_status: sa?.state,
    tunnel_id: sa?.connectionId,
    encryption: cipher === "aes" ? "aes-cbc" : cipher,
    keysize: size,
    key_length: size,
    prf: sa?.prf,
    hash: sa?.integrity,
    hash_algo: sa?.integrity,
    dh_grp: sa?.dhGroup,
    dh_group: sa?.dhGroup,
    auth_sign: sa?.auth,
    auth_verify: sa?.peerAuth,
    local_spi: sa?.localSpi,
    remote_spi: sa?.remoteSpi,
    status_description: sa?.status,
    local_id: sa?.localId,
    remote_id: sa?.remoteId,
    initiator_of_sa: sa?.initiator === undefined ? undefined : sa.initiator === sa.local ? "yes" : "no",
    nat_t: sa?.natTraversal === false ? "not detected" : sa?.natTraversal,
  };
  // Only the fields that this form prints; the others are not our model's.
  return Object.fromEntries(Object.keys(row).map((key) => [key, Object.hasOwn(known, key) ? known[key] : NOT_KEPT]));
}

/** With its port in the IPv4 form, without it in the IPv6 form. */
function endpoint(expected: Json | undefined, address: string | undefined, port: number | undefined) {
  if (address === undefined) return undefined;
  return textOf(expected).includes("/") ? `${address}/${port}` : address;
}
