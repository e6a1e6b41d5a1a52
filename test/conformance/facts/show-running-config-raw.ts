import type { ReadPaste } from "../../../src/domain/output.ts";
import type { Facts } from "../facts.ts";
import { readingsOf } from "../mapping.ts";

/** Statements that begin something we read: each pattern's group is what makes it another one. */
const STATEMENTS = {
  policies: /^crypto isakmp policy (\d+)/,
  keys: /^crypto isakmp key (\S+ .*)$/,
  profiles: /^crypto isakmp profile (\S+)/,
  sets: /^crypto ipsec transform-set (\S+)/,
  entries: /^crypto (?:dynamic-)?map (\S+ \d+)(?: |$)|^crypto ipsec profile (\S+)/,
  interfaces: /^interface (\S.*)$/,
  lists: /^(?:ip access-list \S+ (\S+)|access-list (\d+) (?!remark))/,
  applied: /^ crypto map (\S+)\s*$/,
} as const;

/** No expected value: the sections that stand in the text are found, each of them once, and no fault of ours is hit. */
export function rawConfiguration(facts: Facts, text: string, read: ReadPaste): void {
  const found = new Map<string, Set<string>>(Object.keys(STATEMENTS).map((name) => [name, new Set()]));
  const interfacesWithMap = new Set<string>();
  let open = "";
  for (const line of text.split(/\r?\n/)) {
    if (/^\S/.test(line)) open = line;
    for (const [name, pattern] of Object.entries(STATEMENTS)) {
      const match = pattern.exec(line.trimEnd());
      if (match) found.get(name)?.add(match[1] ?? match[2] ?? "");
      if (match && name === "applied") interfacesWithMap.add(open);
    }
  }
  const count = (name: keyof typeof STATEMENTS) => found.get(name)?.size;
  facts.add("faults", 0, read.outputs.filter((output) => output.fault !== undefined).length);
  facts.add(
    "policies",
    count("policies"),
    sum(readingsOf(read, "ike-policies"), (value) => value.policies.length),
  );
  facts.add(
    "profiles",
    count("profiles"),
    sum(readingsOf(read, "ike-profiles"), (value) => value.profiles.length),
  );
  facts.add(
    "transform sets",
    count("sets"),
    sum(readingsOf(read, "transform-sets"), (value) => value.sets.length),
  );
  const maps = readingsOf(read, "crypto-maps").flatMap((value) => value.maps);
  facts.add(
    "crypto map entries",
    count("entries"),
    sum(maps, (map) => map.entries.length),
  );
  const interfaces = readingsOf(read, "interfaces").flatMap((value) => value.interfaces);
  facts.add("interfaces", count("interfaces"), interfaces.length);
  facts.add(
    "crypto maps applied",
    interfacesWithMap.size,
    interfaces.filter((one) => one.cryptoMap !== undefined).length,
  );
  facts.add(
    "access lists",
    count("lists"),
    sum(readingsOf(read, "access-lists"), (value) => value.lists.length),
  );
}

function sum<T>(items: readonly T[], count: (item: T) => number): number {
  return items.reduce((total, item) => total + count(item), 0);
}
