/** `object network` and `object-group network`: names for addresses, resolved when all of a configuration was read. */
import { ANY_IPV4, hostNetwork, type Network, networkFromNetmask, networkFromPrefix } from "../../../domain/network.ts";
import { networkFromRange } from "../address-range.ts";

export interface Networks {
  /** The networks that a name stands for; undefined where it is not known, or stands for more than networks. */
  readonly of: (name: string) => readonly Network[] | undefined;
}

type Member = { readonly network: Network } | { readonly name: string } | { readonly unknown: string };

/** So deep may groups hold groups. */
const DEEPEST = 10;

export class Objects implements Networks {
  readonly #members = new Map<string, Member[]>();

  open(name: string): void {
    this.#members.set(name, this.#members.get(name) ?? []);
  }

  /** Takes a line below `object network NAME` or `object-group network NAME`; false if it is none of its lines. */
  take(name: string, text: string): boolean {
    const member = memberOf(text.split(" "));
    if (member !== undefined) this.#members.get(name)?.push(member);
    return member !== undefined || /^(?:description|nat) /.test(text);
  }

  of(name: string): readonly Network[] | undefined {
    return this.#resolve(name, 0);
  }

  #resolve(name: string, depth: number): readonly Network[] | undefined {
    if (/^any4?$/.test(name)) return [ANY_IPV4];
    const members = this.#members.get(name);
    if (members === undefined || members.length === 0 || depth > DEEPEST) return undefined;
    const all: Network[] = [];
    for (const member of members) {
      const found =
        "network" in member ? [member.network] : "name" in member ? this.#resolve(member.name, depth + 1) : undefined;
      if (found === undefined) return undefined;
      all.push(...found);
    }
    return all;
  }
}

function memberOf(words: readonly string[]): Member | undefined {
  const [first = "", second = "", third = "", fourth] = words;
  switch (first) {
    case "subnet":
      return known(networkOf(second, third), words);
    case "host":
      return known(hostNetwork(second), words);
    case "range":
      return known(networkFromRange(second, third), words);
    case "fqdn":
      return { unknown: words.join(" ") };
    case "group-object":
      return { name: second };
    case "network-object":
      if (second === "object") return { name: third };
      return known(second === "host" ? hostNetwork(third) : networkOf(second, third), words);
    default:
      return fourth === undefined && first === "network" ? { unknown: words.join(" ") } : undefined;
  }
}

function networkOf(address: string, mask: string): Network | undefined {
  const [plain = "", length] = address.split("/");
  return length === undefined ? networkFromNetmask(address, mask) : networkFromPrefix(plain, Number(length));
}

function known(network: Network | undefined, words: readonly string[]): Member {
  return network ? { network } : { unknown: words.join(" ") };
}
