import type { AccessList, AclEntry } from "../../../src/domain/readings/ipsec.ts";
import { ownNetwork, plainNetwork, portNumber, portWords } from "../acl-text.ts";
import { type Facts, NOT_KEPT } from "../facts.ts";
import { isObject, type JsonObject, objectAt, objectsIn, textOf } from "../json.ts";
import { type Mapping, readingsOf } from "../mapping.ts";
import { accessListRows } from "./show-access-lists-rows.ts";

/** genie's OpenConfig-like lists, its plain ones (`show ip access-list NAME`), and ntc-templates' rows. */
export const showAccessLists: Mapping = {
  command: "show access-lists",
  folders: /^show_(?:ip_|ipv6_)?access[-_]lists?(?:_ACL|_inbound|_outbound)?$/,
  facts(facts, { shape, expected }, read) {
    const lists = readingsOf(read, "access-lists").flatMap((value) => value.lists);
    if (shape === "textfsm") return accessListRows(facts, expected, lists);
    const whole = objectAt(expected);
    const named = objectsIn(whole["acls"] ?? whole["acl"] ?? whole);
    facts.add("lists", named.length, lists.length);
    for (const [name, { aces, ...own }] of named) {
      const list = lists.find((one) => one.name === name);
      const type = own["acl_type"] ?? own["type"];
      facts.record(
        name,
        { name: own["name"] ?? null, type: type ?? null },
        { name: list?.name, type: list && (list.type === "unknown" ? "role-based" : list.type) },
      );
      const entries = objectsIn(aces);
      facts.add(`${name}.entries`, entries.length, list?.entries.length);
      for (const [sequence, entry] of entries) {
        const ours = entryOf(list, sequence);
        if (entry["matches"] !== undefined && isObject(entry["matches"]))
          deepEntry(facts, `${name}.${sequence}`, entry, ours);
        else plainEntry(facts, `${name}.${sequence}`, entry, ours);
      }
    }
  },
};

function entryOf(list: AccessList | undefined, sequence: string): AclEntry | undefined {
  return list?.entries.find((entry) => String(entry.sequence) === sequence);
}

function plainEntry(facts: Facts, at: string, entry: JsonObject, own: AclEntry | undefined): void {
  const { source, destination, actions, action, ...fields } = entry;
  facts.add(`${at}.action`, action ?? objectAt(actions)["forwarding"], own?.action);
  for (const [key, expected, ours] of [
    ["source", source, own?.source] as const,
    ["destination", destination, own?.destination] as const,
  ]) {
    const network = ownNetwork(ours);
    facts.record(`${at}.${key}`, objectAt(expected), { address: network?.address, wildcard_bits: network?.wildcard });
  }
  facts.record(at, fields, {
    sequence: own?.sequence,
    protocol: own?.protocol,
    // Genie says 0 where no count is printed.
    matches: own?.matches ?? 0,
  });
}

function deepEntry(facts: Facts, at: string, entry: JsonObject, own: AclEntry | undefined): void {
  const ip = objectAt(entry, "matches", "l3", "ipv4");
  const [[, transport] = ["", {}]] = objectsIn(objectAt(entry, "matches", "l4"));
  facts.add(`${at}.action`, objectAt(entry, "actions")["forwarding"], own?.action);
  facts.add(
    `${at}.logging`,
    (objectAt(entry, "actions")["logging"] ?? "log-none") !== "log-none",
    own?.options.includes("log"),
  );
  facts.add(`${at}.matches`, objectAt(entry, "statistics")["matched_packets"], own?.matches);
  facts.add(`${at}.protocol`, ip["protocol"] === "ipv4" ? "ip" : ip["protocol"], own?.protocol);
  const [source = "any"] = Object.keys(objectAt(ip, "source_network"));
  const [destination = "any"] = Object.keys(objectAt(ip, "destination_network"));
  facts.add(`${at}.source`, plainNetwork(source), ownNetwork(own?.source));
  facts.add(`${at}.destination`, plainNetwork(destination), ownNetwork(own?.destination));
  for (const [key, address] of [
    ["source_port", own?.source] as const,
    ["destination_port", own?.destination] as const,
  ]) {
    const { operator, port } = objectAt(transport, key, "operator");
    const [ownOperator, ownPort] = portWords(address?.port);
    facts.add(`${at}.${key}.operator`, operator, ownOperator);
    facts.add(`${at}.${key}.port`, port, portNumber(ownPort));
  }
  const message = objectAt(transport)["msg_type"];
  if (message !== undefined) facts.add(`${at}.message`, [textOf(message)], own?.options);
  facts.record(
    at,
    { established: objectAt(transport)["established"] ?? false },
    { established: own?.options.includes("established") },
  );
  facts.record(at, { name: entry["name"] ?? null }, { name: own?.sequence, type: NOT_KEPT });
}
