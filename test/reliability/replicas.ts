/** Starts replicas as processes of their own, talks to them, and finds out how they ended. */
import { type ChildProcess, spawn } from "node:child_process";
import type { Heard } from "../../src/domain/chat.ts";
import type { Inbound } from "../../src/domain/inbound.ts";
import type { OutboxFigures } from "../../src/store/store.ts";
import { bundle } from "./bundle.ts";
import type { ReplicaOptions } from "./kill-points.ts";

export interface ReplicaProgram {
  start(options: ReplicaOptions): Promise<Replica>;
  /** Kills what still runs and removes the program. */
  remove(): void;
}

export interface Replica {
  readonly owner: string;
  /** @returns undefined where it gave no acknowledgement: it was killed before, or refused. */
  deliver(inbound: Inbound): Promise<Heard | undefined>;
  outbox(): Promise<OutboxFigures>;
  kill(): void;
  /** Resolves when it has ended, with the signal that ended it. */
  readonly ended: Promise<NodeJS.Signals | null>;
  /** Sends what is due, and ends. */
  stop(): Promise<void>;
}

/** Bundles the replica once, so that each of many starts takes little. */
export async function buildReplica(): Promise<ReplicaProgram> {
  const { program, remove } = await bundle("test/reliability/replica.ts");
  const children = new Set<ChildProcess>();
  return {
    async start(options) {
      const child = spawn(process.execPath, [program], {
        env: { ...process.env, REPLICA: JSON.stringify(options) },
        stdio: ["pipe", "pipe", "pipe"],
      });
      children.add(child);
      const replica = await replicaOf(child, options.owner);
      void replica.ended.then(() => children.delete(child));
      return replica;
    },
    remove() {
      for (const child of children) child.kill("SIGKILL");
      remove();
    },
  };
}

async function replicaOf(child: ChildProcess, owner: string): Promise<Replica> {
  const errors: string[] = [];
  child.stderr?.on("data", (chunk) => errors.push(String(chunk)));
  const ended = new Promise<NodeJS.Signals | null>((resolve) => child.once("close", (_, signal) => resolve(signal)));
  const port = await Promise.race([
    new Promise<string>((resolve) => child.stdout?.once("data", (chunk) => resolve(String(chunk).trim()))),
    ended.then(() => {
      throw new Error(`the replica did not start: ${errors.join("")}`);
    }),
  ]);
  const url = `http://127.0.0.1:${port}`;
  const ask = (path: string, body: string) => fetch(`${url}${path}`, { method: "POST", body });
  return {
    owner,
    ended: ended.then((signal) => {
      if (errors.length > 0) throw new Error(`the replica broke: ${errors.join("")}`);
      return signal;
    }),
    async deliver(inbound) {
      try {
        const response = await ask("/deliver", JSON.stringify(inbound));
        return response.ok ? ((await response.json()) as Heard) : undefined;
      } catch {
        return undefined;
      }
    },
    outbox: async () => (await (await ask("/outbox", "")).json()) as OutboxFigures,
    kill: () => void child.kill("SIGKILL"),
    async stop() {
      await ask("/stop", "").catch(() => undefined);
      await ended;
    },
  };
}
