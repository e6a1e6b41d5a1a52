/**
 * Two sites in network namespaces: a host behind each gateway, a router between the gateways that stands for the internet.
 *
 *   host A 10.10.1.10 — gateway A 10.10.1.1 | 192.0.2.1 — router — 198.51.100.1 | 10.20.2.1 gateway B — host B 10.20.2.10
 */
import { spawnSync } from "node:child_process";

/** What a command printed, standard error included, and how it ended. */
export interface Ran {
  readonly status: number;
  readonly text: string;
}

/** Runs a program; nothing of it goes through a shell. Kills it after `seconds`. */
export function run(words: readonly string[], seconds = 20, environment: Record<string, string> = {}): Ran {
  const [program = "true", ...rest] = words;
  const { status, stdout, stderr } = spawnSync(program, rest, {
    encoding: "utf8",
    timeout: seconds * 1000,
    env: { ...process.env, LC_ALL: "C", ...environment },
  });
  return { status: status ?? 1, text: `${stdout ?? ""}${stderr ?? ""}` };
}

function must(words: readonly string[]): void {
  const { status, text } = run(words);
  if (status !== 0) throw new Error(`"${words.join(" ")}" ended with ${status}: ${text.trim()}`);
}

export type Place = "host-a" | "gateway-a" | "router" | "gateway-b" | "host-b";

export const ADDRESSES = {
  a: { outside: "192.0.2.1", inside: "10.10.1.1", host: "10.10.1.10", network: "10.10.1.0/24" },
  b: { outside: "198.51.100.1", inside: "10.20.2.1", host: "10.20.2.10", network: "10.20.2.0/24" },
} as const;

/** A network of namespaces whose names begin with the same word, so that two labs do not meet. */
export class LabNetwork {
  readonly #word: string;

  constructor(word: string) {
    this.#word = word;
  }

  name(place: Place): string {
    return `${this.#word}-${place}`;
  }

  /** Words that run a program at a place. */
  at(place: Place): readonly string[] {
    return ["ip", "netns", "exec", this.name(place)];
  }

  run(place: Place, words: readonly string[], seconds?: number, environment?: Record<string, string>): Ran {
    return run([...this.at(place), ...words], seconds, environment);
  }

  up(): void {
    for (const place of PLACES) must(["ip", "netns", "add", this.name(place)]);
    this.#join("host-a", "eth0", `${ADDRESSES.a.host}/24`, "gateway-a", "eth1", `${ADDRESSES.a.inside}/24`);
    this.#join("gateway-a", "eth0", `${ADDRESSES.a.outside}/24`, "router", "eth0", "192.0.2.254/24");
    this.#join("router", "eth1", "198.51.100.254/24", "gateway-b", "eth0", `${ADDRESSES.b.outside}/24`);
    this.#join("gateway-b", "eth1", `${ADDRESSES.b.inside}/24`, "host-b", "eth0", `${ADDRESSES.b.host}/24`);
    for (const place of PLACES) {
      this.#must(place, "ip", "link", "set", "lo", "up");
      if (!place.startsWith("host")) this.#must(place, "sysctl", "-qw", "net.ipv4.ip_forward=1");
    }
    this.#must("host-a", "ip", "route", "add", "default", "via", ADDRESSES.a.inside);
    this.#must("host-b", "ip", "route", "add", "default", "via", ADDRESSES.b.inside);
    this.#must("gateway-a", "ip", "route", "add", "default", "via", "192.0.2.254");
    this.#must("gateway-b", "ip", "route", "add", "default", "via", "198.51.100.254");
  }

  down(): void {
    for (const place of PLACES) run(["ip", "netns", "del", this.name(place)]);
  }

  #join(one: Place, oneName: string, oneAddress: string, other: Place, otherName: string, otherAddress: string): void {
    must(
      ["ip", "-n", this.name(one), "link", "add", "name", oneName, "type", "veth", "peer", "name", otherName].concat([
        "netns",
        this.name(other),
      ]),
    );
    for (const [place, name, address] of [
      [one, oneName, oneAddress],
      [other, otherName, otherAddress],
    ] as const) {
      this.#must(place, "ip", "address", "add", address, "dev", name);
      this.#must(place, "ip", "link", "set", name, "up");
    }
  }

  #must(place: Place, ...words: string[]): void {
    must([...this.at(place), ...words]);
  }
}

const PLACES: readonly Place[] = ["host-a", "gateway-a", "router", "gateway-b", "host-b"];
