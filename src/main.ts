/** `npm start`: environment → what to start. */
import { existsSync } from "node:fs";
import { readSettings, WrongSettings, whatIsOff } from "./main/env.ts";
import { createLog } from "./main/log.ts";
import { startService } from "./main/service.ts";

const WRONG_SETTINGS = 2;
const CANNOT_START = 1;

function fail(lines: readonly string[], status: number): never {
  for (const line of lines) process.stderr.write(`tunnelmedic: ${line}\n`);
  process.exit(status);
}

try {
  if (existsSync(".env")) process.loadEnvFile(".env");
  const settings = readSettings(process.env);
  const log = createLog(settings.logLevel);
  const service = await startService(settings, log);
  const kept = settings.databaseUrl === undefined ? `${settings.dataDir} (SQLite)` : "PostgreSQL";
  const lines = [`TunnelMedic: the web chat is at ${service.url}`, `Cases are kept in ${kept}`, ...whatIsOff(settings)];
  process.stdout.write(`${lines.join("\n")}\n`);
  let stops = 0;
  for (const signal of ["SIGTERM", "SIGINT"] as const)
    process.on(signal, () => {
      stops += 1;
      // Who asks twice does not want to wait.
      if (stops > 1) process.exit(CANNOT_START);
      service.stop().then(
        () => process.exit(0),
        () => process.exit(CANNOT_START),
      );
    });
} catch (error) {
  if (error instanceof WrongSettings) fail(error.lines, WRONG_SETTINGS);
  fail([error instanceof Error ? (error.message.split("\n")[0] ?? "") : "could not start"], CANNOT_START);
}
