/** One entry of an ASA access list, with its objects resolved: netmasks, not wildcards. */
import { ANY_IPV4, formatForAsaAcl, hostNetwork, networkFromNetmask, networkFromPrefix } from "../../domain/network.ts";
import type { AclAddress, AclEntry } from "../../domain/readings/ipsec.ts";
import type { Networks } from "./configuration/objects.ts";

const HITS = / \(hitcnt=(?<count>\d{1,15})\)/;
/** What `show access-list` puts behind an entry. */
const TRAILER = / \(hitcnt=\d{1,15}\)| \(inactive\)| 0x[0-9a-f]{6,8}$/g;
const HEAD =
  /^access-list (?<name>\S{1,241}) (?:line (?<number>\d{1,7}) )?(?:(?<type>extended|standard) )?(?<action>permit|deny) (?<rest>\S.*)$/;
/** So many pairs of an entry's object groups are written out; a larger one stays one entry whose networks are not known. */
const MOST = 2000;

export interface AsaAclLine {
  readonly name: string;
  readonly type: "standard" | "extended";
  readonly entries: readonly AclEntry[];
}

/**
 * "access-list NAME [line N] extended permit ip …", in show or configuration form.
 * @param networks the objects and groups by name; those that are not there stay names
 * @returns undefined where the text is no complete entry
 */
export function readAclLine(text: string, line: number, networks: Networks): AsaAclLine | undefined {
  const plain = text.trim().replace(/\s+/g, " ");
  if (plain.length > 1000) return undefined;
  const hits = HITS.exec(plain)?.groups?.["count"];
  const groups = HEAD.exec(plain.replace(TRAILER, ""))?.groups;
  if (groups === undefined) return undefined;
  const { name = "", number, action, rest = "" } = groups;
  const type = groups["type"] === "standard" ? "standard" : "extended";
  const words = rest.split(" ");
  const read = type === "standard" ? readStandard(words) : readExtended(words, networks);
  if (read === undefined || (action !== "permit" && action !== "deny")) return undefined;
  const base = {
    line,
    ...(number !== undefined && { sequence: Number(number) }),
    action,
    protocol: read.protocol,
    options: read.options,
    ...(hits !== undefined && { matches: Number(hits) }),
  } as const;
  // "inactive" at its end takes an entry out of the list.
  if (read.options.includes("inactive")) return { name, type, entries: [] };
  const entries = read.sources.flatMap((source) =>
    read.destinations.map((destination): AclEntry => {
      const shown = [action, read.protocol, addressWords(source), addressWords(destination), ...read.options];
      return { ...base, source, destination, text: shown.join(" ") };
    }),
  );
  return { name, type, entries };
}

interface Read {
  readonly protocol: string;
  readonly sources: readonly AclAddress[];
  readonly destinations: readonly AclAddress[];
  readonly options: readonly string[];
}

function readStandard(words: readonly string[]): Read | undefined {
  const reader = { words, at: 0 };
  const sources = readAddresses(reader, emptyNetworks);
  if (sources === undefined) return undefined;
  return { protocol: "ip", sources, destinations: [{ network: ANY_IPV4 }], options: words.slice(reader.at) };
}

const emptyNetworks: Networks = { of: () => undefined };

function readExtended(words: readonly string[], networks: Networks): Read | undefined {
  const reader = { words, at: 0 };
  const protocol = readProtocol(reader);
  const sources = protocol === undefined ? undefined : withPort(reader, readAddresses(reader, networks));
  const destinations = sources === undefined ? undefined : withPort(reader, readAddresses(reader, networks));
  if (protocol === undefined || sources === undefined || destinations === undefined) return undefined;
  const options = words.slice(reader.at);
  if (sources.length * destinations.length <= MOST) return { protocol, sources, destinations, options };
  return { protocol, sources: [{ objectGroup: "…" }], destinations: [{ objectGroup: "…" }], options };
}

interface Reader {
  readonly words: readonly string[];
  at: number;
}

function readProtocol(reader: Reader): string | undefined {
  const word = reader.words[reader.at++]?.toLowerCase();
  if (word === "object" || word === "object-group") {
    const name = reader.words[reader.at++];
    return name === undefined ? undefined : `${word} ${name}`;
  }
  return word !== undefined && /^[a-z0-9-]{1,64}$/.test(word) ? word : undefined;
}

function readAddresses(reader: Reader, networks: Networks): readonly AclAddress[] | undefined {
  const word = reader.words[reader.at++];
  switch (word) {
    case undefined:
      return undefined;
    case "any":
    case "any4":
      return [{ network: ANY_IPV4 }];
    case "any6": {
      const network = networkFromPrefix("::", 0);
      return network && [{ network }];
    }
    case "host": {
      const network = hostNetwork(reader.words[reader.at++] ?? "");
      return network && [{ network }];
    }
    case "object":
    case "object-group":
    case "interface":
    case "fqdn": {
      const name = reader.words[reader.at++];
      if (name === undefined) return undefined;
      if (reader.words[reader.at]?.startsWith("(")) reader.at += 1;
      const found = word === "interface" ? undefined : networks.of(name);
      return found ? found.map((network) => ({ network })) : [{ objectGroup: name }];
    }
    default:
      return readPlain(reader, word);
  }
}

function readPlain(reader: Reader, word: string): readonly AclAddress[] | undefined {
  const [address = "", length] = word.split("/");
  if (length !== undefined) {
    const network = networkFromPrefix(address, Number(length));
    return network && [{ network }];
  }
  const network = networkFromNetmask(word, reader.words[reader.at++] ?? "");
  return network && [{ network }];
}

/** "eq 443", "range 1 5", "object-group WEB" behind an address. */
function withPort(reader: Reader, addresses: readonly AclAddress[] | undefined): readonly AclAddress[] | undefined {
  const word = reader.words[reader.at] ?? "";
  if (addresses === undefined || !/^(?:eq|gt|lt|neq|range)$/.test(word)) return addresses;
  const port = reader.words.slice(reader.at, reader.at + (word === "range" ? 3 : 2)).join(" ");
  reader.at += word === "range" ? 3 : 2;
  return addresses.map((address) => ({ ...address, port }));
}

function addressWords({ network, objectGroup, port }: AclAddress): string {
  const address = network ? formatForAsaAcl(network) : `object-group ${objectGroup ?? ""}`;
  return port === undefined ? address : `${address} ${port}`;
}
