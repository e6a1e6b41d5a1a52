/** `interface NAME` with its name, address and state; routes and access groups, which name interfaces. */
import { canonicalAddress, networkFromNetmask } from "../../../domain/network.ts";
import type { Statement } from "../../cisco-ios/configuration/statements.ts";
import type { Collected, Taken } from "./collected.ts";

const HEADING = /^interface (?<name>[A-Za-z][A-Za-z-]{0,40}\d[\d/.:]{0,30})$/;
const ADDRESS = /^ip address (?<address>[0-9.]{7,15}) (?<mask>[0-9.]{7,15})(?: standby [0-9.]{7,15})?$/;
const GROUP = /^access-group (?<name>\S{1,241}) (?<way>in|out) interface (?<interface>\S{1,60})/;
const ROUTE =
  /^route (?<interface>\S{1,60}) (?<address>[0-9.]{1,15}) (?<mask>[0-9.]{1,15}) (?<hop>[0-9.]{7,15})(?: (?<distance>\d{1,3}))?/;

export function takeInterface({ text, line }: Statement, collected: Collected): Taken {
  const name = HEADING.exec(text)?.groups?.["name"];
  if (name === undefined) return undefined;
  const open = collected.interfaces.get(name) ?? { name, line, at: {} };
  collected.interfaces.set(name, open);
  return ({ text: field, line: at }) => {
    const address = ADDRESS.exec(field)?.groups;
    if (address) {
      open.address = canonicalAddress(address["address"] ?? "");
      open.mask = canonicalAddress(address["mask"] ?? "");
      open.at["address"] = at;
    } else if (field.startsWith("nameif ")) {
      // Everything else goes by this name.
      open.name = field.slice("nameif ".length);
      open.at["name"] = at;
    } else if (field === "shutdown" || field === "no shutdown") {
      open.shutdown = field === "shutdown";
      open.at["shutdown"] = at;
    }
    return true;
  };
}

export function takeAccessGroup({ text, line }: Statement, collected: Collected): Taken {
  const groups = GROUP.exec(text)?.groups;
  if (groups === undefined) return text.startsWith("access-group ") ? "read" : undefined;
  const way = groups["way"] === "out" ? "out" : "in";
  collected.accessGroups.push({ name: groups["name"] ?? "", interface: groups["interface"] ?? "", line, way });
  return "read";
}

/** Abbreviated zeros ("route outside 0 0 203.0.113.254") are typed so by many. */
export function takeRoute({ text, line }: Statement, collected: Collected): Taken {
  const groups = ROUTE.exec(text)?.groups;
  if (groups === undefined) return undefined;
  const full = (word: string | undefined) => (word === "0" ? "0.0.0.0" : (word ?? ""));
  const network = networkFromNetmask(full(groups["address"]), full(groups["mask"]));
  const nextHop = canonicalAddress(groups["hop"] ?? "");
  if (network === undefined) return undefined;
  const { distance } = groups;
  collected.staticRoutes.push({
    line,
    network,
    ...(nextHop !== undefined && { nextHop }),
    interface: groups["interface"],
    // Cisco ASA command reference, "route": 1 is the distance that is not written by hand.
    ...(distance !== undefined && distance !== "1" && { distance: Number(distance) }),
  });
  return "read";
}
