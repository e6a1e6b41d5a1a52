/** Has large pastes read by a thread of their own, which is there only while there are any. */
import { existsSync } from "node:fs";
import { Worker } from "node:worker_threads";
import type { AsideReader, ReadAside } from "../bot/aside.ts";
import { Assembly } from "./in-pieces.ts";
import type { Delivery, Order } from "./read-worker.ts";

/** It holds what it last read until then. */
const IDLE_MS = 30_000;

export interface LargePastes {
  readonly read: AsideReader;
  close(): Promise<void>;
}

/** Built; or from the sources, for which a thread needs tsx of its own. */
function startThread(): Worker {
  const built = new URL("./read-worker.js", import.meta.url);
  if (existsSync(built)) return new Worker(built);
  const source = JSON.stringify(new URL("./read-worker.ts", import.meta.url).href);
  const program = `import("tsx/esm/api").then(({ register }) => { register(); return import(${source}); });`;
  return new Worker(program, { eval: true });
}

/** @param key the service's key of tags (keyed-tagger.ts) */
export function createLargePastes(key: Uint8Array): LargePastes {
  let worker: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  let last: Promise<unknown> = Promise.resolve();

  async function readNow(caseId: string, text: string): Promise<ReadAside> {
    clearTimeout(idle);
    worker ??= startThread();
    const thread = worker;
    try {
      return await ask(thread, { key, caseId, text });
    } catch (error) {
      await stop();
      throw error;
    } finally {
      clearTimeout(idle);
      idle = setTimeout(() => void stop(), IDLE_MS).unref();
    }
  }

  async function stop(): Promise<void> {
    const thread = worker;
    worker = undefined;
    clearTimeout(idle);
    await thread?.terminate();
  }

  return {
    read(caseId, text) {
      const read = last.then(() => readNow(caseId, text));
      last = read.catch(() => undefined);
      return read;
    },
    close: stop,
  };
}

/** What our own code wrote and no other process saw is not checked once more: that would take longer than reading it. */
function ask(thread: Worker, order: Order): Promise<ReadAside> {
  return new Promise((resolve, reject) => {
    const assembly = new Assembly();
    const take = (delivery: Delivery) => {
      if (delivery === "end") return done(() => resolve(assembly.value as ReadAside));
      assembly.add(delivery);
      // Whatever else waits gets its turn.
      setImmediate(() => thread.postMessage("next" satisfies Order));
    };
    const fail = (error: unknown) => done(() => reject(error));
    const ended = () => fail(new Error("the reading thread ended"));
    const done = (settle: () => void) => {
      thread.off("message", take).off("error", fail).off("exit", ended);
      settle();
    };
    thread.on("message", take).on("error", fail).on("exit", ended);
    thread.postMessage(order);
  });
}
