import type { IkePolicy } from "../../../src/domain/readings/ike.ts";
import { objectAt, objectsIn } from "../json.ts";
import { type Mapping, readingsOf } from "../mapping.ts";

/** What IOS prints for the attributes of a policy, by the names of domain/crypto.ts. */
const PRINTED: Readonly<Record<string, string>> = {
  "aes-128": "AES - Advanced Encryption Standard (128 bit keys).",
  "aes-256": "AES - Advanced Encryption Standard (256 bit keys).",
  sha1: "Secure Hash Standard",
  "rsa-sig": "Rivest-Shamir-Adleman Signature",
  psk: "Pre-Shared Key",
  "5": "#5 (1536 bit)",
  "14": "#14 (2048 bit)",
};

export const showCryptoIsakmpPolicy: Mapping = {
  command: "show crypto isakmp policy",
  folders: /^show_crypto_isakmp_(?:default_)?policy$/,
  facts(facts, { command, expected }, read) {
    const ours = readingsOf(read, "ike-policies").flatMap((value) => value.policies);
    const policies = objectsIn(objectAt(expected, "policies"));
    facts.add("policies", policies.length, ours.length);
    for (const [priority, policy] of policies) {
      const own = ours.find((one) => one.priority === Number(priority));
      facts.record(priority, policy, policyOf(own));
      facts.add(`${priority}.default`, command.includes("default"), own?.isDefault);
    }
  },
};

function policyOf(policy: IkePolicy | undefined): Readonly<Record<string, unknown>> {
  if (policy === undefined) return {};
  return {
    encryption_algorithm: PRINTED[policy.encryption],
    hash_algorithm: PRINTED[policy.integrity],
    authentication_method: PRINTED[policy.auth],
    diffie_hellman_group: PRINTED[String(policy.dhGroup)],
    lifetime: `${policy.lifetimeSeconds} seconds, no volume limit`,
  };
}
