/** The ASA's commands: what genie and ntc-templates read from the same outputs. */
import type { Network } from "../../../src/domain/network.ts";
import { networkFromNetmask, networkFromPrefix, sameNetwork } from "../../../src/domain/network.ts";
import type { ReadPaste } from "../../../src/domain/output.ts";
import type { Facts } from "../facts.ts";
import { listOf, objectAt, objectsIn, rowsOf, textOf } from "../json.ts";
import { type Mapping, readingsOf } from "../mapping.ts";

function routesIn(read: ReadPaste) {
  return readingsOf(read, "routes").flatMap(({ routes }) => routes);
}

/** Whether a route with this way out was read. */
function hasRoute(read: ReadPaste, network: Network | undefined, hop: string, name: string): boolean {
  return routesIn(read).some(
    (route) =>
      network !== undefined &&
      sameNetwork(route.network, network) &&
      route.via.some((via) => (hop === "" || via.nextHop === hop) && (name === "" || via.interface === name)),
  );
}

const showRoute: Mapping = {
  command: "show route (ASA)",
  platform: "cisco-asa",
  folders: /^show_route$/,
  facts(facts: Facts, { expected, shape }, read) {
    if (shape === "textfsm") {
      for (const row of rowsOf(objectAt(expected)["parsed_sample"])) {
        const [address, mask] = [textOf(row["network"]), textOf(row["netmask"])];
        const network = networkFromNetmask(address, mask);
        // Names instead of addresses: nobody can tell which network that is.
        if (network === undefined) facts.notKept += 1;
        else
          facts.add(
            `${address} ${mask}`,
            true,
            hasRoute(read, network, textOf(row["nexthopip"]), textOf(row["nexthopif"])),
          );
      }
      return;
    }
    for (const [prefix, route] of objectsIn(objectAt(expected, "vrf", "default", "address_family", "ipv4", "routes"))) {
      const [address = "", length = ""] = prefix.split("/");
      const network = networkFromPrefix(address, Number(length));
      for (const [, hop] of objectsIn(objectAt(route, "next_hop", "next_hop_list")))
        facts.add(
          `${prefix} ${textOf(hop["next_hop"])}`,
          true,
          hasRoute(read, network, textOf(hop["next_hop"]), textOf(hop["outgoing_interface_name"])),
        );
    }
  },
};

const showAccessList: Mapping = {
  command: "show access-list (ASA)",
  platform: "cisco-asa",
  folders: /^show_access-list$/,
  facts(facts, { expected }, read) {
    const entries = readingsOf(read, "access-lists").flatMap(({ lists }) => lists.flatMap((list) => list.entries));
    for (const row of rowsOf(objectAt(expected)["parsed_sample"])) {
      const number = Number(textOf(row["line_num"]));
      const action = textOf(row["action"]);
      const isLive = action !== "" && textOf(row["inactive"]) === "" && !JSON.stringify(row).includes("inactive");
      if (!isLive) continue;
      facts.add(
        `line ${number}`,
        true,
        entries.some((entry) => entry.sequence === number && entry.action === action),
      );
    }
  },
};

const showNat: Mapping = {
  command: "show nat (ASA)",
  platform: "cisco-asa",
  folders: /^show_nat$/,
  facts(facts, { expected }, read) {
    const rows = rowsOf(objectAt(expected)["parsed_sample"]);
    const rules = readingsOf(read, "nat-rules").flatMap((value) => value.rules);
    for (const row of rows) {
      const isDynamic = textOf(row["source_type"]) === "dynamic" && textOf(row["inactive"]) === "";
      if (!isDynamic) continue;
      const pair = `(${textOf(row["source_interface"])},${textOf(row["destination_interface"])})`;
      const name = textOf(row["source_real"]);
      facts.add(
        `${textOf(row["nat_section_number"])}.${textOf(row["line_number"])}`,
        true,
        rules.some(({ text, type }) => type === "dynamic" && text.includes(pair) && text.includes(`dynamic ${name} `)),
      );
    }
  },
};

const showInterfaceIpBrief: Mapping = {
  command: "show interface ip brief (ASA)",
  platform: "cisco-asa",
  folders: /^show_interface_ip_brief$/,
  facts(facts, { expected }, read) {
    const ours = readingsOf(read, "interfaces").flatMap((value) => value.interfaces);
    const rows = rowsOf(objectAt(expected)["parsed_sample"]);
    facts.add("interfaces", rows.length, ours.length);
    for (const row of rows) {
      const own = ours.find(({ name }) => name === textOf(row["interface"]));
      facts.record(textOf(row["interface"]), row, {
        interface: own?.name,
        ip_address: own?.address ?? "unassigned",
        status: own?.status,
        proto: own?.protocol,
      });
    }
  },
};

const showVpnSessiondb: Mapping = {
  command: "show vpn-sessiondb detail l2l (ASA)",
  platform: "cisco-asa",
  folders: /^show_vpn-sessiondb_detail_l2l$/,
  facts(facts, { expected }, read) {
    const flows = readingsOf(read, "crypto-sessions").flatMap(({ sessions }) => sessions.flatMap((one) => one.flows));
    const rows = rowsOf(objectAt(expected)["parsed_sample"]).filter(
      (row) => textOf(row["connection_type"]) === "IPsec",
    );
    facts.add("tunnels", rows.length, flows.length);
    for (const [index, row] of rows.entries()) {
      const network = (side: "local" | "remote") =>
        networkFromNetmask(textOf(row[`${side}_address_network`]), textOf(row[`${side}_address_mask`]));
      facts.add(`${index + 1}.local`, network("local"), flows[index]?.local?.network);
      facts.add(`${index + 1}.remote`, network("remote"), flows[index]?.remote?.network);
      facts.add(`${index + 1}.sent`, Number(textOf(row["packets_transmitted"])), flows[index]?.encrypted);
      facts.add(`${index + 1}.received`, Number(textOf(row["packets_received"])), flows[index]?.decrypted);
    }
  },
};

const showCryptoIkev2Sa: Mapping = {
  command: "show crypto ikev2 sa (ASA)",
  platform: "cisco-asa",
  folders: /^show_crypto_ikev2_sa$/,
  facts(facts, { shape }, read) {
    const sas = readingsOf(read, "ike-sas");
    facts.add("looks", true, sas.length > 0);
    if (shape === "empty") facts.add("sas", 0, sas.flatMap((value) => value.sas).length);
  },
};

const showRunningConfig: Mapping = {
  command: "show running-config (ASA)",
  platform: "cisco-asa",
  folders: /^show_running-config(?:_tunnel-group)?$/,
  facts(facts, { expected }, read) {
    const keys = readingsOf(read, "ike-keys").flatMap((value) => value.keys);
    for (const row of rowsOf(objectAt(expected)["parsed_sample"])) {
      const name = textOf(row["name"]);
      const isSite = /ipsec-l2l/.test(listOf(row["type"]).map(textOf).join(" "));
      if (isSite)
        facts.add(
          name,
          true,
          keys.some(({ address }) => address === name),
        );
    }
  },
};

/** The commands of the ASA that IOS does not have, or writes otherwise. */
export const ASA_MAPPINGS: readonly Mapping[] = [
  showRoute,
  showAccessList,
  showNat,
  showInterfaceIpBrief,
  showVpnSessiondb,
  showCryptoIkev2Sa,
  showRunningConfig,
];
