import { isObject, type JsonObject } from "../json.ts";
import { type Mapping, readingsOf } from "../mapping.ts";

/** What was rejected, by reason; all other totals are not kept. */
export const showCryptoIkev2Stats: Mapping = {
  command: "show crypto ikev2 stats",
  folders: /^show_crypto_ikev2_stats$/,
  facts(facts, { expected }, read) {
    const [own, ...more] = readingsOf(read, "admission");
    facts.add("readings", 1, (own ? 1 : 0) + more.length);
    const numbers = numbersIn(isObject(expected) ? expected : {});
    const tooWeak = [...numbers].filter(([name]) => /strength.*(?:incoming|outgoing)/.test(name));
    if (tooWeak.length > 0)
      facts.add(
        "too weak",
        tooWeak.reduce((sum, [, value]) => sum + value, 0),
        own?.tooWeak,
      );
    for (const [name, value] of numbers) if (/rejected_v2_requests$/.test(name)) facts.add(name, value, own?.rejected);
    facts.skip(expected);
  },
};

function numbersIn(object: JsonObject, path = ""): Map<string, number> {
  const found = new Map<string, number>();
  for (const [key, value] of Object.entries(object)) {
    const name = path === "" ? key : `${path}.${key}`;
    if (typeof value === "number") found.set(name, value);
    else if (isObject(value)) for (const [inner, number] of numbersIn(value, name)) found.set(inner, number);
  }
  return found;
}
