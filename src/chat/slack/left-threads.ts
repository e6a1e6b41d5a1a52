/** Threads that their case has left, as far as this process saw it: what is pasted there is read nowhere, and that is said. */
import type { Thread } from "./place.ts";

export interface LeftThreads {
  left(thread: Thread, caseId: string): void;
  /** The case that went on elsewhere; undefined where none did. */
  caseThatLeft(thread: Thread): string | undefined;
}

const MOST = 1_000;

export function createLeftThreads(): LeftThreads {
  const cases = new Map<string, string>();
  const keyOf = ({ channel, root }: Thread) => `${channel}/${root}`;
  return {
    left(thread, caseId) {
      cases.set(keyOf(thread), caseId);
      const [oldest] = cases.keys();
      if (cases.size > MOST && oldest !== undefined) cases.delete(oldest);
    },
    caseThatLeft: (thread) => cases.get(keyOf(thread)),
  };
}
