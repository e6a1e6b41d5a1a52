/** A strongSwan gateway in its namespace: its own configuration, daemon, socket and log. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { LabNetwork, Place, Ran } from "./network.ts";

/** Plugins that a gateway needs; kernel-libipsec carries the packets in user space where the kernel has no ESP. */
const PLUGINS =
  "random nonce x509 pubkey pkcs1 pem openssl gcrypt aes sha1 sha2 hmac kdf gmp curve25519 gcm ctr drbg kernel-libipsec kernel-netlink socket-default vici updown constraints revocation";

export interface GatewayOptions {
  /** Lines of strongswan.conf's section charon-systemd, besides the usual ones. */
  readonly settings?: string;
}

export class Gateway {
  readonly place: Place;
  readonly #network: LabNetwork;
  readonly #folder: string;
  #daemon: ChildProcess | undefined;

  constructor(network: LabNetwork, place: Place, folder: string) {
    this.#network = network;
    this.place = place;
    this.#folder = folder;
    mkdirSync(join(folder, "conf.d"), { recursive: true });
    for (const name of ["x509", "x509ca", "private"]) mkdirSync(join(folder, name), { recursive: true });
  }

  /** Writes strongswan.conf and swanctl.conf; `extra` files of conf.d are emptied. */
  configure(swanctl: string, { settings = "" }: GatewayOptions = {}): void {
    writeFileSync(join(this.#folder, "swanctl.conf"), `${swanctl}\ninclude conf.d/*.conf\n`);
    writeFileSync(join(this.#folder, "conf.d", "99-mended.conf"), "");
    writeFileSync(
      join(this.#folder, "strongswan.conf"),
      `charon-systemd {
  load = ${PLUGINS}
  retransmit_timeout = 0.4
  retransmit_base = 1.3
  retransmit_tries = 3
  retry_initiate_interval = 0
${settings}
  plugins { vici { socket = unix://${this.#folder}/vici } }
  journal { default = -1 }
  filelog {
    log {
      path = ${this.logFile}
      ike_name = yes
      time_format = %b %e %T
      default = 1
      flush_line = yes
    }
  }
}
`,
    );
    writeFileSync(this.logFile, "");
  }

  get logFile(): string {
    return join(this.#folder, "charon.log");
  }

  get log(): string {
    return readFileSync(this.logFile, "utf8");
  }

  get configuration(): string {
    return readFileSync(join(this.#folder, "swanctl.conf"), "utf8");
  }

  /** Lines for the end of the configuration: sections of the same name are merged, and later values win. */
  append(lines: string): void {
    const file = join(this.#folder, "conf.d", "99-mended.conf");
    writeFileSync(file, `${readFileSync(file, "utf8")}${lines}\n`);
  }

  file(...names: string[]): string {
    return join(this.#folder, ...names);
  }

  async start(): Promise<void> {
    const [program = "", ...words] = [...this.#network.at(this.place), "/usr/sbin/charon-systemd"];
    this.#daemon = spawn(program, words, { env: this.#environment, stdio: "ignore" });
    for (let tries = 0; tries < 100; tries += 1) {
      if (existsSync(this.file("vici")) && this.swanctl("--stats").status === 0) break;
      await sleep(50);
    }
    const loaded = this.swanctl("--load-all");
    if (loaded.status !== 0) throw new Error(`${this.place}: ${loaded.text}\n${this.log}`);
  }

  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
    const daemon = this.#daemon;
    this.#daemon = undefined;
    if (!daemon || daemon.exitCode !== null || daemon.signalCode !== null) return;
    const gone = new Promise((resolve) => daemon.once("exit", resolve));
    daemon.kill(signal);
    const late = setTimeout(() => daemon.kill("SIGKILL"), 3000);
    await gone;
    clearTimeout(late);
  }

  swanctl(...words: string[]): Ran {
    return this.run(["swanctl", ...words, "--uri", `unix://${this.file("vici")}`], 15);
  }

  run(words: readonly string[], seconds?: number): Ran {
    return this.#network.run(this.place, words, seconds, this.#environment);
  }

  get #environment(): Record<string, string> {
    return {
      PATH: process.env["PATH"] ?? "",
      STRONGSWAN_CONF: this.file("strongswan.conf"),
      SWANCTL_DIR: this.#folder,
    };
  }
}
