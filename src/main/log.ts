/** Structured logs: JSON lines on standard error. Callers pass ids and figures, never what was said. */
import pino, { type Logger } from "pino";

export type { Logger };

/** @param level as LOG_LEVEL; "silent" for none */
export function createLog(level: string): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    pino.destination({ dest: 2, sync: true }),
  );
}

/** An error for a log: its name and the places in our files. Its message could quote a paste, or a key. */
export function errorFields(error: unknown): { readonly error: string; readonly at: readonly string[] } {
  if (!(error instanceof Error)) return { error: typeof error, at: [] };
  const at = (error.stack ?? "").split("\n").filter((line) => /^ {4}at /.test(line));
  return { error: error.name, at: at.slice(0, 5).map((line) => line.trim()) };
}
