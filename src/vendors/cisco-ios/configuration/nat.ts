/** `ip nat inside source …` and the route maps that choose what is translated. */
import { canonicalAddress, hostNetwork, networkFromNetmask, networkFromPrefix } from "../../../domain/network.ts";
import type { AclAddress } from "../../../domain/readings/ipsec.ts";
import type { NatRule } from "../../../domain/readings/path.ts";
import type { Collected, Taken } from "./collected.ts";
import type { Statement } from "./statements.ts";

const RULE = /^ip nat inside source (?<type>list|route-map|static) (?<rest>\S.*)$/;
const ROUTE_MAP = /^route-map (?<name>\S{1,100})(?: (?<action>permit|deny)(?: \d{1,5})?)?$/;
const MATCH = /^match (?:ip|ipv6) address (?<names>\S.*)$/;
/**
 * Stands in a route map's lists where it chooses by more than lists (a deny clause, an interface …): with two names,
 * nobody takes either for the whole of it.
 */
const MORE_THAN_LISTS = "(more than lists)";
const IN_ROUTE_MAP = /^(?:match|set|description|continue|no) ?/;

export function takeNatRule(statement: Statement, collected: Collected): Taken {
  const groups = RULE.exec(statement.text)?.groups;
  if (groups === undefined) return undefined;
  const words = (groups["rest"] ?? "").split(" ");
  const rule = groups["type"] === "static" ? readStatic(words) : readDynamic(groups["type"] ?? "", words);
  collected.natRules.push({ line: statement.line, text: statement.text, ...rule });
  return "read";
}

export function takeRouteMap(statement: Statement, collected: Collected): Taken {
  const { name, action } = ROUTE_MAP.exec(statement.text)?.groups ?? {};
  if (name === undefined) return undefined;
  const acls = collected.routeMaps.get(name) ?? [];
  collected.routeMaps.set(name, acls);
  if (action === "deny") acls.push(MORE_THAN_LISTS);
  return {
    tellsUnread: false,
    read: ({ text }) => {
      const names = MATCH.exec(text)?.groups?.["names"];
      if (/^match (?!ip address |ipv6 address )/.test(text)) acls.push(MORE_THAN_LISTS);
      if (names === undefined) return IN_ROUTE_MAP.test(text);
      if (!names.startsWith("prefix-list ")) acls.push(...names.split(" ").filter((acl) => !acls.includes(acl)));
      return true;
    },
  };
}

type Rule = Omit<NatRule, "line" | "text">;

/** "list NAME interface IF overload", "route-map NAME pool NAME". */
function readDynamic(type: string, words: readonly string[]): Rule {
  const [name, ...rest] = words;
  const outside = wordAfter(rest, "interface");
  const pool = wordAfter(rest, "pool");
  return {
    type: "dynamic",
    ...(name !== undefined && (type === "list" ? { aclName: name } : { routeMap: name })),
    overload: rest.includes("overload"),
    ...(outside !== undefined && { interface: outside }),
    ...(pool !== undefined && { pool }),
  };
}

/**
 * "A G", "tcp A PORT G PORT", "udp A PORT interface IF PORT", "esp A interface IF", "network A G MASK"; options behind.
 */
function readStatic(words: readonly string[]): Rule {
  const rest = [...words];
  const kind = /^(?:tcp|udp|esp|network)$/.test(rest[0] ?? "") ? rest.shift() : undefined;
  const protocol = kind === "network" ? undefined : kind;
  const hasPorts = protocol === "tcp" || protocol === "udp";
  const local = rest.shift() ?? "";
  const localPort = hasPorts ? rest.shift() : undefined;
  let outside: string | undefined;
  let global: string | undefined;
  if (rest[0] === "interface") {
    rest.shift();
    outside = rest.shift();
  } else global = canonicalAddress(rest.shift() ?? "");
  const globalPort = hasPorts ? rest[0] : undefined;
  const inside = kind === "network" ? insideNetwork(local, rest[0] ?? "") : insideHost(local, localPort);
  const routeMap = wordAfter(rest, "route-map");
  return {
    type: "static",
    overload: false,
    ...(routeMap !== undefined && { routeMap }),
    ...(outside !== undefined && { interface: outside }),
    ...(inside && { insideLocal: inside }),
    ...(global !== undefined && { insideGlobal: global }),
    ...(protocol !== undefined && { protocol }),
    ...(globalPort !== undefined && /^\d{1,5}$/.test(globalPort) && { port: Number(globalPort) }),
  };
}

function insideHost(address: string, port: string | undefined): AclAddress | undefined {
  const network = canonicalAddress(address) === undefined ? undefined : hostNetwork(address);
  return network && { network, ...(port !== undefined && { port: `eq ${port}` }) };
}

function insideNetwork(address: string, mask: string): AclAddress | undefined {
  const network = mask.startsWith("/")
    ? networkFromPrefix(address, Number(mask.slice(1)))
    : networkFromNetmask(address, mask);
  return network && { network };
}

function wordAfter(words: readonly string[], keyword: string): string | undefined {
  const at = words.indexOf(keyword);
  return at === -1 ? undefined : words[at + 1];
}
