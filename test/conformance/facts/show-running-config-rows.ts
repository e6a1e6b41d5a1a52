import type { AccessLists, AclEntry } from "../../../src/domain/readings/ipsec.ts";
import { ownNetwork, type PlainNetwork, plainNetwork, portWords } from "../acl-text.ts";
import { type Facts, NOT_KEPT } from "../facts.ts";
import { type Json, type JsonObject, objectAt, rowsOf, textOf } from "../json.ts";

const TCP_FLAG = /^(?:established|[+-]?(?:ack|fin|psh|rst|syn|urg))$/;

/** ntc-templates' rows of `show running-config partition access-list`; a row without an action heads a list. */
export function configurationRows(facts: Facts, expected: Json | undefined, readings: readonly AccessLists[]): void {
  const lists = readings.flatMap((value) => value.lists);
  const rows = rowsOf(objectAt(expected)["parsed_sample"]).filter((row) => row["action"] !== "");
  facts.add("entries", rows.length, lists.flatMap((list) => list.entries).length);
  const at = new Map<string, number>();
  for (const { acl_name: acl, acl_type: type, ...row } of rows) {
    const name = textOf(acl);
    const index = at.get(name) ?? 0;
    at.set(name, index + 1);
    const list = lists.find((one) => one.name === name);
    const field = `${name}.${index + 1}`;
    facts.add(`${field}.name`, name, list?.name);
    if (type !== "") facts.add(`${field}.type`, type, list?.type);
    compareRow(facts, field, row, list?.entries[index]);
  }
}

function compareRow(facts: Facts, at: string, row: JsonObject, own: AclEntry | undefined): void {
  const isStandard = row["dst_host"] === "" && row["dst_any"] === "" && row["dst_network"] === "";
  facts.add(`${at}.action`, row["action"], own?.action);
  facts.add(`${at}.protocol`, isStandard ? "ip" : row["protocol"], own?.protocol);
  facts.add(`${at}.sequence`, row["line_num"], own?.sequence);
  facts.add(`${at}.source`, networkOf(row, "src"), ownNetwork(own?.source));
  facts.add(
    `${at}.destination`,
    isStandard ? plainNetwork("any") : networkOf(row, "dst"),
    ownNetwork(own?.destination),
  );
  for (const [end, address] of [["src", own?.source] as const, ["dst", own?.destination] as const]) {
    const [operator, first, last] = portWords(address?.port);
    const isRange = operator === "range";
    facts.record(at, portsOf(row, end), {
      [`${end}_port_match`]: operator,
      [`${end}_port`]: isRange ? undefined : first,
      [`${end}_port_range_start`]: isRange ? first : undefined,
      [`${end}_port_range_end`]: isRange ? last : undefined,
    });
  }
  const words = new Set((own?.options ?? []).flatMap((option) => option.split(" ")));
  facts.record(at, optionsOf(row), {
    tcp_flag: [...words].filter((word) => TCP_FLAG.test(word)).join(" "),
    log: words.has("log") ? "log" : words.has("log-input") ? "log-input" : undefined,
    time: own?.options.find((option) => option.startsWith("time-range "))?.slice("time-range ".length),
    icmp_type: row["icmp_type"] !== "" && words.has(textOf(row["icmp_type"])) ? row["icmp_type"] : undefined,
    flags_match: [...words].find((word) => word.startsWith("match-")),
    comment: NOT_KEPT,
  });
}

function networkOf(row: JsonObject, end: "src" | "dst"): PlainNetwork | undefined {
  const host = textOf(row[`${end}_host`]);
  if (host !== "") return plainNetwork(`host ${host}`);
  if (row[`${end}_any`] !== "") return plainNetwork("any");
  const address = textOf(row[`${end}_network`]);
  return address === "" ? undefined : { address, wildcard: textOf(row[`${end}_wildcard`]) || "0.0.0.0" };
}

function portsOf(row: JsonObject, end: "src" | "dst"): JsonObject {
  const isPort = ([key]: [string, unknown]) => key.startsWith(`${end}_port`);
  return Object.fromEntries(Object.entries(row).filter(isPort));
}

function optionsOf(row: JsonObject): JsonObject {
  const names = ["tcp_flag", "log", "time", "icmp_type", "flags_match", "comment"];
  return Object.fromEntries(Object.entries(row).filter(([key]) => names.includes(key)));
}
