/** A Slack app in a process of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";

/** `BENCH_PROFILE=folder` keeps where it spends its time. */
const PROFILING = process.env["BENCH_PROFILE"] ? ["--cpu-prof", `--cpu-prof-dir=${process.env["BENCH_PROFILE"]}`] : [];

export interface App {
  /** Where it takes events. */
  readonly url: string;
  /** Milliseconds that it has had of the processors, counted in hundredths of a second; 0 where the system doesn't tell. */
  cpu(): number;
  /** It ends, and writes its profile. */
  stop(): void;
}

/** @param program tells its address in a line of its own, and ends with its input */
export async function startApp(program: string, ...parameters: readonly string[]): Promise<App> {
  const child = spawn(process.execPath, [...PROFILING, program, ...parameters], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.once("data", (data) => resolve(String(data).trim()));
    child.once("exit", (code) => reject(new Error(`${program} ended with ${code}`)));
  });
  return { url, cpu: () => cpuOf(child), stop: () => child.stdin.end() };
}

function cpuOf({ pid }: ChildProcess): number {
  if (process.platform !== "linux") return 0;
  const [, rest = ""] = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ");
  const fields = rest.split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
