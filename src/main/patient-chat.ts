/**
 * A chat whose platform may be away when the service starts: the rest is served meanwhile, and it is tried again until it
 * answers. What is due to it waits in the outbox.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { type Chat, NotReachable, SendLater } from "../domain/chat.ts";
import type { Logger } from "./log.ts";

export interface PatientTools {
  readonly log: Pick<Logger, "info" | "warn" | "error">;
  /** Milliseconds until the second try, doubled for each further one; default 5 s, at most 60 s. */
  readonly firstPause?: number | undefined;
  /** Where it hears over HTTP, if it does: known before the platform answers. */
  readonly http?: Chat["http"];
}

const FIRST_PAUSE = 5_000;
const LONGEST_PAUSE = 60_000;

/**
 * @param name the chat's name, as its places have it
 * @param create may contact the platform; @throws NotReachable to be called again
 */
export function patientChat(name: string, create: () => Chat | Promise<Chat>, tools: PatientTools): Chat {
  const { log, firstPause = FIRST_PAUSE, http } = tools;
  const stopping = new AbortController();
  let chat: Chat | undefined;
  let isUp = false;
  let trying: Promise<void> = Promise.resolve();

  async function tryOnce(): Promise<void> {
    chat ??= await create();
    await chat.start();
    isUp = true;
  }

  async function goOn(): Promise<void> {
    for (let pause = firstPause; !stopping.signal.aborted; pause = Math.min(LONGEST_PAUSE, pause * 2)) {
      await sleep(pause, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return;
      try {
        await tryOnce();
        log.info({ chat: name }, "reached");
        return;
      } catch (error) {
        if (error instanceof NotReachable) log.warn({ chat: name, reason: error.message }, "not reached yet");
        else return log.error({ chat: name, reason: error instanceof Error ? error.message : "unknown" }, "stays off");
      }
    }
  }

  return {
    sender: {
      chat: name,
      send(outgoing, signal) {
        if (!chat || !isUp) throw new SendLater(firstPause, `${name} was not reached yet`);
        return chat.sender.send(outgoing, signal);
      },
    },
    async start() {
      try {
        await tryOnce();
      } catch (error) {
        if (!(error instanceof NotReachable)) throw error;
        log.warn({ chat: name, reason: error.message }, "not reached; the rest is served, and it is tried again");
        trying = goOn();
      }
    },
    async stopHearing() {
      stopping.abort();
      await trying;
      if (isUp) await chat?.stopHearing();
    },
    async close() {
      await chat?.close();
    },
    ...(http && { http }),
  };
}
