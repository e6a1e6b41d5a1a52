import { groupOfIkeV2 } from "../../../src/vendors/cisco-ios/ikev2-words.ts";
import { listOf, objectAt, objectsIn, textOf } from "../json.ts";
import { type Mapping, readingsOf } from "../mapping.ts";

/** `proposal_name.<name>`: groups as printed; algorithms as one text. */
export const showCryptoIkev2Proposal: Mapping = {
  command: "show crypto ikev2 proposal",
  folders: /^show_crypto_ikev2_proposal$/,
  facts(facts, { expected }, read) {
    const ours = readingsOf(read, "ike-proposals").flatMap(({ proposals }) => proposals);
    const rows = objectsIn(objectAt(expected, "proposal_name"));
    facts.add("proposals", rows.length, ours.length);
    for (const [name, row] of rows) {
      const own = ours.find((proposal) => proposal.name === name);
      const groups = listOf(row["dh_group"]).map((group) => groupOfIkeV2(textOf(group)));
      facts.add(`${name}.dh_group`, groups, own?.dhGroups);
      const count = (key: string) => textOf(row[key]).split(" ").filter(Boolean).length;
      facts.add(`${name}.encryption`, count("encryption"), own?.encryption?.length);
      facts.add(`${name}.integrity`, count("integrity"), own?.integrity?.length);
      facts.add(`${name}.prf`, count("prf"), own?.prf?.length);
    }
  },
};
