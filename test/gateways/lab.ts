/** Brings the two sites up, breaks one thing, pastes what the gateways print, and applies what is recommended. */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { FixStep, Verdict } from "../../src/domain/verdict.ts";
import { run as diagnosed } from "../accuracy/judge.ts";
import type { Fault } from "./faults.ts";
import { Gateway } from "./gateway.ts";
import { LabNetwork } from "./network.ts";
import { configurationOf, type End, KEY, settingsOf } from "./sites.ts";

/** Why the lab can't run here; undefined where it can. */
export function whyNot(): string | undefined {
  if (process.platform !== "linux") return "it needs Linux";
  if (process.getuid?.() !== 0) return "it needs root";
  for (const program of ["/usr/sbin/charon-systemd", "/usr/sbin/swanctl"])
    if (!existsSync(program)) return `it needs strongSwan (${program} is missing)`;
  if (!existsSync("/usr/lib/ipsec/plugins/libstrongswan-kernel-libipsec.so"))
    return "it needs strongSwan's plugin kernel-libipsec";
  if (!existsSync("/dev/net/tun")) return "it needs /dev/net/tun";
  const probe = new LabNetwork(`tmp${process.pid}`);
  try {
    probe.up();
    return undefined;
  } catch (error) {
    return `network namespaces do not work (${error instanceof Error ? error.message : "unknown"})`;
  } finally {
    probe.down();
  }
}

export interface Outcome {
  readonly fault: Fault;
  /** By view: one end's paste alone, or both. */
  readonly verdicts: Readonly<Record<"a" | "b" | "both", Verdict>>;
  /** What was done of the fix, and whether the hosts reached each other after it; undefined where nothing can be typed. */
  readonly mended?: boolean | undefined;
  readonly fix: readonly string[];
  readonly pastes: Readonly<Record<End, string>>;
}

export class Lab {
  readonly #network: LabNetwork;
  readonly #folder: string;

  constructor() {
    this.#network = new LabNetwork(`tm${process.pid}`);
    this.#folder = mkdtempSync(join(tmpdir(), "gateways-"));
  }

  async try(fault: Fault): Promise<Outcome> {
    const network = this.#network;
    network.down();
    network.up();
    const gateways: Record<End, Gateway> = {
      a: new Gateway(network, "gateway-a", join(this.#folder, fault.name, "a")),
      b: new Gateway(network, "gateway-b", join(this.#folder, fault.name, "b")),
    };
    try {
      for (const end of ["a", "b"] as const) gateways[end].configure(configurationOf(end, settingsOf(end, fault[end])));
      await Promise.all([gateways.a.start(), gateways.b.start()]);
      for (const [place, ...words] of fault.before ?? []) network.run(place, words);
      gateways.a.swanctl("--initiate", "--child", "lan", "--timeout", "5");
      this.#ping();
      if (fault.killsPeer) {
        await gateways.b.stop("SIGKILL");
        await sleep(4500);
      }
      if (fault.rekeys) gateways.a.swanctl("--rekey", "--child", "lan");
      await sleep(300);
      const pastes = { a: paste(gateways.a, "gw-a"), b: paste(gateways.b, "gw-b") };
      const verdicts = {
        a: verdictOn({ local: pastes.a }),
        b: verdictOn({ local: pastes.b }),
        both: verdictOn({ local: pastes.a, remote: pastes.b }),
      };
      const steps = verdicts.both.findings[0]?.fix ?? [];
      const fix = steps.flatMap(({ side, commands }) => [`# ${side}`, ...commands]);
      if (fault.isMendedByHand) return { fault, verdicts, fix, pastes };
      apply(steps, gateways, network);
      gateways.a.swanctl("--terminate", "--ike", "branch");
      gateways.a.swanctl("--initiate", "--child", "lan", "--timeout", "5");
      if (fault.rekeys) gateways.a.swanctl("--rekey", "--child", "lan");
      const mended = this.#ping() && (!fault.rekeys || !/rekeying failed/.test(tail(gateways.a.log)));
      return { fault, verdicts, fix, mended, pastes };
    } finally {
      await Promise.all([gateways.a.stop(), gateways.b.stop()]);
      network.down();
    }
  }

  close(): void {
    this.#network.down();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #ping(): boolean {
    return this.#network.run("host-a", ["ping", "-c", "2", "-i", "0.2", "-W", "1", "10.20.2.10"]).status === 0;
  }
}

function tail(log: string): string {
  return log.slice(-1200);
}

/** What a person would paste of one end, most of it in one go. */
function paste(gateway: Gateway, host: string): string {
  const shown = (command: string, text: string) => `root@${host}:~# ${command}\n${text.trimEnd()}\n`;
  const isUp = gateway.swanctl("--stats").status === 0;
  return [
    ...(isUp
      ? [
          shown("swanctl --list-sas", gateway.swanctl("--list-sas").text),
          shown("swanctl --list-conns", gateway.swanctl("--list-conns").text),
        ]
      : []),
    shown("cat /etc/swanctl/swanctl.conf", gateway.configuration.replace(/^include .*$/m, "")),
    shown("journalctl -u strongswan", gateway.log),
    `root@${host}:~# \n`,
  ].join("");
}

/**
 * Applies a fix as it was printed: lines of swanctl.conf go to its end, commands are run. Where both ends are to change, each
 * gets its own; NEW-KEY is the same on both.
 */
function apply(steps: readonly FixStep[], gateways: Record<End, Gateway>, network: LabNetwork): void {
  const oneIsEnough = steps.some(({ note }) => note.startsWith("One end is enough"));
  for (const { side, commands } of oneIsEnough ? steps.slice(0, 1) : steps) {
    const gateway = gateways[side === "local" ? "a" : "b"];
    const isCommand = (line: string) => /^(?:swanctl|ip|iptables|date|ping|systemctl) /.test(line);
    const lines = commands.filter((line) => !isCommand(line)).join("\n");
    gateway.append(lines.replace('"KEY"', `"${KEY}"`));
    for (const line of commands.filter(isCommand)) {
      const words = line.split(" ");
      if (words[0] === "swanctl" && !words.includes("--initiate")) gateway.swanctl(...words.slice(1));
      else if (words[0] === "iptables") network.run(gateway.place, words);
    }
  }
}

function verdictOn(texts: Partial<Record<"local" | "remote", string>>): Verdict {
  const pastes = (["local", "remote"] as const).flatMap((end) => {
    const text = texts[end];
    return text === undefined ? [] : [{ name: end, end, text }];
  });
  return diagnosed({ pastes, symptom: undefined, peer: undefined, platforms: {}, cannot: [] }).verdict;
}
