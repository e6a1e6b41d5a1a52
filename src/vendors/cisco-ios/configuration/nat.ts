/** `ip nat inside source …` and the route maps that choose what is translated. */
import { canonicalAddress, hostNetwork, networkFromNetmask, networkFromPrefix } from "../../../domain/network.ts";
import type { AclAddress } from "../../../domain/readings/ipsec.ts";
import type { NatRule } from "../../../domain/readings/path.ts";
import type { Collected, OpenClause, Taken } from "./collected.ts";
import type { Statement } from "./statements.ts";

const RULE = /^ip nat inside source (?<type>list|route-map|static) (?<rest>\S.*)$/;
const ROUTE_MAP = /^route-map (?<name>\S{1,100})(?: (?<action>permit|deny)(?: (?<sequence>\d{1,5}))?)?$/;
const MATCH = /^match (?:ip|ipv6) address (?<names>\S.*)$/;
const IN_ROUTE_MAP = /^(?:match|set|description|continue|no) ?/;

export function takeNatRule(statement: Statement, collected: Collected): Taken {
  const groups = RULE.exec(statement.text)?.groups;
  if (groups === undefined) return undefined;
  const words = (groups["rest"] ?? "").split(" ");
  const rule = groups["type"] === "static" ? readStatic(words) : readDynamic(groups["type"] ?? "", words);
  collected.natRules.push({ line: statement.line, text: statement.text, ...rule });
  return "read";
}

/** Cisco IOS Command Reference, "route-map": without an action it permits, without a number it is 10. */
export function takeRouteMap(statement: Statement, collected: Collected): Taken {
  const { name, action, sequence = "10" } = ROUTE_MAP.exec(statement.text)?.groups ?? {};
  if (name === undefined) return undefined;
  const clause = openClause(collected, name, {
    line: statement.line,
    action: action === "deny" ? "deny" : "permit",
    sequence: Number(sequence),
    lists: [],
    byMore: false,
  });
  return {
    tellsUnread: false,
    read: ({ text }) => {
      const names = MATCH.exec(text)?.groups?.["names"];
      if (names === undefined) {
        if (text.startsWith("match ")) clause.byMore = true;
        return IN_ROUTE_MAP.test(text);
      }
      if (names.startsWith("prefix-list ")) clause.byMore = true;
      else clause.lists.push(...names.split(" ").filter((list) => !clause.lists.includes(list)));
      return true;
    },
  };
}

function openClause(collected: Collected, name: string, fresh: OpenClause): OpenClause {
  const clauses = collected.routeMaps.get(name) ?? [];
  collected.routeMaps.set(name, clauses);
  const known = clauses.find(({ sequence }) => sequence === fresh.sequence);
  if (known) return known;
  clauses.push(fresh);
  clauses.sort((one, other) => one.sequence - other.sequence);
  return fresh;
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
