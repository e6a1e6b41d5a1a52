import type { IpsecFlow, IpsecSa } from "../../../src/domain/readings/ipsec.ts";
import { type Facts, NOT_KEPT } from "../facts.ts";
import { type Json, type JsonObject, listOf, objectAt, objectsIn, textOf } from "../json.ts";
import { identText } from "../networks.ts";
import { answer, wordsOf } from "./show-crypto-ipsec-sa-of-sa.ts";
import { transformOf } from "./transform-sets.ts";

/** `show crypto ipsec sa ipv6 detailed`: by local and remote identity; one SA a direction. */
export function ipv6Flows(facts: Facts, expected: Json | undefined, flows: readonly IpsecFlow[]): void {
  let number = 0;
  for (const [name, { identities, ...own }] of objectsIn(objectAt(expected, "interfaces"))) {
    const [first] = flows;
    facts.add(`${name}.interface`, name, first?.interface);
    facts.record(name, own, {
      crypto_map_tag: first?.mapTag,
      local_addr: first?.localAddress,
      protected_vrf: first?.vrf,
    });
    for (const [local, identity] of objectsIn(identities))
      for (const [remote, ident] of objectsIn(objectAt(identity, "remote_ident"))) {
        const flow = flows[number];
        number += 1;
        facts.add(`${number}.local_ident`, local.toLowerCase(), identText(flow?.localIdent));
        facts.add(`${number}.remote_ident`, remote.toLowerCase(), identText(flow?.remoteIdent));
        compareIdent(facts, String(number), ident, flow);
      }
  }
  facts.add("idents", number, flows.length);
}

function compareIdent(facts: Facts, at: string, ident: JsonObject, flow: IpsecFlow | undefined): void {
  const { inbound_esp_sas: inbound, outbound_esp_sas: outbound, ...rest } = ident;
  const { remote_ident: _, permit_flags: flags, current_outbound_spi: spi, ...fields } = rest;
  for (const [direction, expected] of [["inbound", inbound] as const, ["outbound", outbound] as const]) {
    const ours = flow?.sas.filter((sa) => sa.direction === direction) ?? [];
    facts.add(`${at}.${direction}.sas`, 1, ours.length);
    compareSa(facts, `${at}.${direction}`, objectAt(expected), ours[0]);
  }
  facts.add(`${at}.permit_flags`, listOf(flags).filter(Boolean), flow?.flags);
  facts.add(`${at}.permit`, true, flow?.permit);
  facts.add(`${at}.current_outbound_spi`, textOf(spi).split("(")[0], flow?.outboundSpi);
  const { counters } = flow ?? {};
  facts.record(at, fields, {
    current_peer: flow?.peer,
    port: flow?.peerPort,
    pkts_encaps: counters?.encaps,
    pkts_encrypt: counters?.encrypt,
    pkts_digest: counters?.digest,
    pkts_decaps: counters?.decaps,
    pkts_decrypt: counters?.decrypt,
    pkts_verify: counters?.verify,
    local_crypto_endpt: flow?.localEndpoint,
    remote_crypto_endpt: flow?.remoteEndpoint,
    plaintext_mtu: flow?.plaintextMtu,
    path_mtu: flow?.pathMtu,
    ipv6_mtu: flow?.ipMtu,
    ipv6_mtu_idb: NOT_KEPT,
    pfs: answer(flow?.pfs),
    dh_group: flow?.pfsGroup === undefined ? undefined : `group${flow.pfsGroup}`,
    pqc: NOT_KEPT,
  });
}

function compareSa(facts: Facts, at: string, sa: JsonObject, own: IpsecSa | undefined): void {
  const { spi, transform, in_use_settings: settings, sa_timing: timing, ...fields } = sa;
  const printed = textOf(spi);
  facts.add(`${at}.spi`, printed === "[Not Available]" ? undefined : printed.split("(")[0], own?.spi);
  facts.add(`${at}.transform`, transformOf(textOf(transform)) ?? `${transform} (not in the table)`, own?.transform);
  facts.add(
    `${at}.in_use_settings`,
    listOf(settings).flatMap((part) => wordsOf(textOf(part))),
    own?.settings,
  );
  facts.add(`${at}.seconds`, /\(sec\): (\d+)/.exec(textOf(timing))?.[1], own?.secondsLeft);
  facts.record(at, fields, {
    conn_id: own?.connectionId,
    flow_id: own?.flowId,
    replay_detection_support: answer(own?.replayDetection),
    status: own?.status,
    iv_size: NOT_KEPT,
    sibling_flags: NOT_KEPT,
    crypto_map: NOT_KEPT,
    initiator: NOT_KEPT,
  });
}
