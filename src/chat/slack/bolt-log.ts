/** Bolt's log lines in our log. What Bolt writes below a warning holds whole messages, and is dropped. */
import { type Logger, LogLevel } from "@slack/bolt";
import type { ChatLog } from "./settings.ts";

export function boltLog(log: ChatLog): Logger {
  const told = (parts: readonly unknown[]) => log.warn({ from: "bolt" }, parts.map(lineOf).join(" "));
  return {
    debug() {},
    info() {},
    warn: (...parts: unknown[]) => told(parts),
    error: (...parts: unknown[]) => told(parts),
    setLevel() {},
    getLevel: () => LogLevel.WARN,
    setName() {},
  };
}

/** An error by its name and code: its message may quote what was sent. */
function lineOf(part: unknown): string {
  if (part instanceof Error) return `${part.name}${"code" in part ? ` ${String(part.code)}` : ""}`;
  return typeof part === "string" ? part.slice(0, 200).replace(/xox[a-z]-\S+|xapp-\S+/g, "(token)") : typeof part;
}
