/** Who holds what a process claims in the store: a name that tells others of the same machine whether it still runs. */
import { randomUUID } from "node:crypto";
import { hostname } from "node:os";

const NAME = /^(.{1,255})-(\d{1,10})-[0-9a-f]{8}$/;

/** Unique to this process: host, pid, and something new with each start. */
export function ownerName(host = hostname(), pid = process.pid): string {
  return `${host}-${pid}-${randomUUID().slice(0, 8)}`;
}

/**
 * Whether a process of this machine had that name and is gone; of another machine's nothing is known. Where its pid is
 * ours by now it is gone; where another program has it, that can't be told.
 * @param us our own name
 */
export function isGone(owner: string, us: string): boolean {
  const [, host, pid] = NAME.exec(owner) ?? [];
  const [, ourHost, ourPid] = NAME.exec(us) ?? [];
  if (host === undefined || host !== ourHost || owner === us) return false;
  return pid === ourPid || !isRunning(Number(pid));
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && "code" in error && error.code === "ESRCH");
  }
}
