import type { IpsecFlow } from "../../../src/domain/readings/ipsec.ts";
import { type Facts, NOT_KEPT } from "../facts.ts";
import { type JsonObject, objectAt, objectsIn } from "../json.ts";
import { type Mapping, readingsOf } from "../mapping.ts";
import { identOf } from "../networks.ts";
import { ipv6Flows } from "./show-crypto-ipsec-sa-ipv6.ts";
import { compareSas } from "./show-crypto-ipsec-sa-of-sa.ts";

/** `interface.<if>.ident.<n>`: the n-th proxy identity below that interface; the ipv6 detailed form is by identity. */
export const showCryptoIpsecSa: Mapping = {
  command: "show crypto ipsec sa",
  folders: /^show_crypto_ipsec_sa(?!_count)(?:_|$)/,
  facts(facts, { expected }, read) {
    const flows = readingsOf(read, "ipsec-sas").flatMap((value) => value.flows);
    const interfaces = objectsIn(objectAt(expected, "interface"));
    if (interfaces.length === 0) return ipv6Flows(facts, expected, flows);
    let idents = 0;
    for (const [name, { ident, ...own }] of interfaces) {
      const ours = flows.filter((flow) => flow.interface === name);
      facts.record(name, own, {
        crypto_map_tag: ours[0]?.mapTag,
        local_addr: ours[0]?.localAddress,
        ipsecv6_policy_name: NOT_KEPT,
      });
      for (const [number, one] of objectsIn(ident)) {
        idents += 1;
        compareIdent(facts, `${name}.${number}`, one, ours[Number(number) - 1]);
      }
    }
    facts.add("idents", idents, flows.length);
  },
};

/** "0x397C36EE(964441838)": our model keeps the hexadecimal part. */
export function spiOf(text: string): string {
  return text.split("(")[0] ?? "";
}

const SECTIONS = ["inbound_esp_sas", "inbound_ah_sas", "inbound_pcp_sas", "outbound_esp_sas", "outbound_ah_sas"];

function compareIdent(facts: Facts, at: string, ident: JsonObject, flow: IpsecFlow | undefined): void {
  const { local_ident: local, remote_ident: remote, current_outbound_spi: spi, ...rest } = ident;
  const fields: Record<string, JsonObject[string]> = {};
  for (const [key, value] of Object.entries(rest)) {
    const [direction = "", protocol = "", sas] = key.split("_");
    if (sas === "sas") compareSas(facts, `${at}.${key}`, value, flow, direction, protocol);
    else fields[key] = value;
  }
  for (const section of [...SECTIONS, "outbound_pcp_sas"])
    if (rest[section] === undefined) facts.add(`${at}.${section}`, "a section", undefined);
  facts.record(`${at}.local_ident`, objectAt(local), identOf(flow?.localIdent));
  facts.record(`${at}.remote_ident`, objectAt(remote), identOf(flow?.remoteIdent));
  facts.add(`${at}.current_outbound_spi`, spiOf(String(spi)), flow?.outboundSpi);
  facts.record(at, fields, { ...headOf(flow), ...countersOf(flow) });
}

function headOf(flow: IpsecFlow | undefined): Readonly<Record<string, unknown>> {
  return {
    // Genie keeps the trailing comma.
    acl: flow?.flags.map((flag) => `${flag},`).join(" "),
    action: flow?.permit === undefined ? undefined : flow.permit ? "PERMIT" : "DENY",
    protected_vrf: flow?.vrf,
    peer_ip: flow?.peer,
    port: flow?.peerPort,
    local_crypto_endpt: flow?.localEndpoint,
    remote_crypto_endpt: flow?.remoteEndpoint,
    path_mtu: flow?.pathMtu,
    ip_mtu: flow?.ipMtu,
    plaintext_mtu: flow?.plaintextMtu,
    pfs: flow?.pfs === undefined ? undefined : flow.pfs ? "Y" : "N",
    dh_group: flow?.pfsGroup === undefined ? undefined : `group${flow.pfsGroup}`,
    ip_mtu_idb: NOT_KEPT,
    pqc: NOT_KEPT,
  };
}

/** Genie leaves `encaps failed` and `decaps failed` out; what it stores as `pkts_verify_failed` is `invalid len`, 0 in all of these. */
function countersOf(flow: IpsecFlow | undefined): Readonly<Record<string, unknown>> {
  const counters = flow?.counters;
  return {
    pkts_encaps: counters?.encaps,
    pkts_encrypt: counters?.encrypt,
    pkts_digest: counters?.digest,
    pkts_decaps: counters?.decaps,
    pkts_decrypt: counters?.decrypt,
    pkts_verify: counters?.verify,
    pkts_compressed: counters?.compressed,
    pkts_decompressed: counters?.decompressed,
    send_errors: counters?.sendErrors,
    recv_errors: counters?.recvErrors,
    pkts_no_sa_send: counters?.noSaSend,
    pkts_invalid_sa_rcv: counters?.invalidSaReceive,
    pkts_invalid_prot_recv: counters?.invalidProtocol,
    pkts_verify_failed: counters?.verifyFailed,
    pkts_invalid_identity_recv: counters?.invalidIdentity,
    pkts_replay_rollover_send: counters?.replayRolloverSend,
    pkts_replay_rollover_rcv: counters?.replayRolloverReceive,
    pkts_replay_failed_rcv: counters?.replayFailed,
    pkts_internal_err_send: counters?.internalErrorSend,
    pkts_internal_err_recv: counters?.internalErrorReceive,
    pkts_not_compressed: NOT_KEPT,
    pkts_compr_failed: NOT_KEPT,
    pkts_not_decompressed: NOT_KEPT,
    pkts_decompress_failed: NOT_KEPT,
    pkts_tagged_send: NOT_KEPT,
    pkts_untagged_rcv: NOT_KEPT,
    pkts_not_tagged_send: NOT_KEPT,
    pkts_not_untagged_rcv: NOT_KEPT,
  };
}
