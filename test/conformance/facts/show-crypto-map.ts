import { NOT_KEPT } from "../facts.ts";
import { isObject, type JsonObject, listOf, objectAt, objectsIn, textOf } from "../json.ts";
import { type Mapping, readingsOf } from "../mapping.ts";
import { transformOf } from "./transform-sets.ts";

/** `crypto_map_tag.<name>`, the name in lower case; the name as printed is under `interfaces_crypto_map`. */
export const showCryptoMap: Mapping = {
  command: "show crypto map",
  folders: /^show_crypto_map$/,
  facts(facts, { expected }, read) {
    const maps = readingsOf(read, "crypto-maps").flatMap((value) => value.maps);
    const tags = Object.values(objectAt(expected)).flatMap((family) => objectsIn(objectAt(family, "crypto_map_tag")));
    facts.add("maps", tags.length, maps.length);
    for (const [tag, whole] of tags) {
      const map = maps.find(({ name }) => name.toLowerCase() === tag);
      const entry = map?.entries.find(({ sequence }) => sequence === whole["sequence_number"]);
      const { interfaces_crypto_map: applied, transform_sets: sets, security_association_lifetime: life } = whole;
      const { pfs, peer, ...others } = whole;
      facts.add(`${tag}.peer`, listOf(peer), entry?.peers);
      facts.add(`${tag}.pfs`, pfs, entry?.pfs && entry.pfs.group !== undefined);
      facts.add(`${tag}.transform_sets`, Object.keys(objectAt(sets)), entry?.transformSets);
      facts.add(`${tag}.transforms`, transformsOf(sets), entry?.transforms);
      facts.add(`${tag}.name`, objectAt(applied)["crypto_map_tag"], map?.name);
      facts.add(`${tag}.interfaces`, listOf(objectAt(applied)["interfaces"]), map?.interfaces);
      facts.record(`${tag}.lifetime`, objectAt(life), {
        kilobytes: entry?.lifetimeKilobytes,
        seconds: entry?.lifetimeSeconds,
      });
      facts.record(tag, flat(others), {
        sequence_number: entry?.sequence,
        ipsec: entry?.type,
        extended_ip_access_list: entry?.aclName,
        ikev2_profile: entry?.profile,
        access_list_ss_dynamic: NOT_KEPT,
        dualstack: NOT_KEPT,
        responder_only: NOT_KEPT,
        mixed_mode: NOT_KEPT,
        current_peer: NOT_KEPT,
      });
    }
  },
};

function transformsOf(sets: JsonObject[string] | undefined): unknown[] {
  return Object.values(objectAt(sets)).map((words) => transformOf(listOf(words).map(textOf).join(" ")));
}

function flat(entry: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(entry).filter(([, value]) => !isObject(value)));
}
