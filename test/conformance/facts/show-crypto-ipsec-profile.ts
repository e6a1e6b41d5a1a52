import { listOf, objectAt, objectsIn, textOf } from "../json.ts";
import { type Mapping, readingsOf } from "../mapping.ts";

/** `ipsec_profile_name.<name>`: a profile is a map of one entry of ours; the lifetime is one text. */
export const showCryptoIpsecProfile: Mapping = {
  command: "show crypto ipsec profile",
  folders: /^show_crypto_ipsec_profile$/,
  facts(facts, { expected }, read) {
    const ours = readingsOf(read, "crypto-maps").flatMap(({ maps }) => maps.flatMap(({ entries }) => entries));
    const rows = objectsIn(objectAt(expected, "ipsec_profile_name"));
    facts.add("profiles", rows.length, ours.length);
    for (const [name, row] of rows) {
      const own = ours.find(({ map }) => map === name);
      const seconds = /(\d+) seconds/.exec(textOf(row["security_association_lifetime"]))?.[1];
      facts.add(`${name}.lifetime`, seconds, own?.lifetimeSeconds);
      facts.add(`${name}.responder_only`, row["responder_only"], own?.responderOnly === true ? "Y" : "N");
      facts.add(`${name}.pfs`, row["psf"], own?.pfs?.group === undefined ? "N" : "Y");
      if (row["dh_group"] !== undefined)
        facts.add(
          `${name}.dh_group`,
          row["dh_group"],
          own?.pfs?.group === undefined ? undefined : `group${own.pfs.group}`,
        );
      // One of its parser's two patterns does not keep the name.
      const profiles = listOf(row["ikev2_profile_name"]);
      if (profiles.length > 0) facts.add(`${name}.ikev2_profile_name`, profiles, [own?.profile]);
      facts.add(`${name}.transform_sets`, Object.keys(objectAt(row["tranform_sets"])), own?.transformSets);
    }
  },
};
