import type { AccessList, AclEntry } from "../../../src/domain/readings/ipsec.ts";
import { ownNetwork, plainNetwork, portWords } from "../acl-text.ts";
import type { Facts } from "../facts.ts";
import { type Json, type JsonObject, objectAt, rowsOf, textOf } from "../json.ts";

/** ntc-templates' rows of `show access-list` and of `show ipv6 access-lists`: one an entry, in the order of the text. */
export function accessListRows(facts: Facts, expected: Json | undefined, lists: readonly AccessList[]): void {
  const rows = rowsOf(objectAt(expected)["parsed_sample"]);
  const entries = lists.flatMap((list) => list.entries.map((entry) => ({ list, entry })));
  facts.add("rows", rows.length, entries.length);
  for (const [index, row] of rows.entries()) {
    const { list, entry } = entries[index] ?? {};
    if (row["acl_name"] === undefined) row4(facts, `row.${index + 1}`, row, list, entry);
    else row6(facts, `row.${index + 1}`, row, list, entry);
  }
}

function row4(
  facts: Facts,
  at: string,
  row: JsonObject,
  list: AccessList | undefined,
  own: AclEntry | undefined,
): void {
  const { source, destination, ...fields } = row;
  facts.add(`${at}.source`, plainNetwork(textOf(source)), ownNetwork(own?.source));
  facts.add(`${at}.destination`, plainNetwork(textOf(destination)), ownNetwork(own?.destination));
  const [sourceOperator, sourcePort] = portWords(own?.source.port);
  const [destinationOperator, destinationPort] = portWords(own?.destination.port);
  facts.record(at, fields, {
    action: own?.action,
    name: list?.name,
    type: list?.type,
    sn: own?.sequence,
    protocol: own?.protocol,
    operator_source_port: sourceOperator,
    source_port: sourcePort,
    operator_destination_port: destinationOperator,
    destination_port: destinationPort,
    matches: own?.matches,
    modifier: own?.options.join(" "),
  });
}

/** Its "src_port_match" and "port_number" are those of either end; options are one field each. */
function row6(
  facts: Facts,
  at: string,
  row: JsonObject,
  list: AccessList | undefined,
  own: AclEntry | undefined,
): void {
  const { ipv6_source: source, ipv6_destination: destination, ...fields } = row;
  facts.add(`${at}.source`, plainNetwork(textOf(source)), ownNetwork(own?.source));
  facts.add(`${at}.destination`, plainNetwork(textOf(destination)), ownNetwork(own?.destination));
  const [operator, port, end] = portWords(own?.source.port ?? own?.destination.port);
  const isRange = operator === "range";
  const option = (name: string) => own?.options.find((word) => word === name);
  facts.record(at, fields, {
    acl_name: list?.name,
    action: own?.action,
    protocol: own?.protocol,
    sequence: own?.sequence,
    // The template has no field for the word "range".
    src_port_match: isRange ? undefined : operator,
    port_number: isRange ? undefined : port,
    src_port_range_start: isRange ? port : undefined,
    src_port_range_end: end,
    log: option("log"),
    authentification: option("auth"),
    routing: option("routing"),
  });
}
