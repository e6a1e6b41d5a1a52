/** `npm start` as a process: built once, run in a folder of its own, stopped at the end. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const MAIN = `${ROOT}dist/main.js`;

/** Builds where nobody has; tests run on what `npm install` left. */
export function ensureBuilt(): string {
  if (!existsSync(MAIN)) execFileSync("npm", ["run", "-s", "build"], { cwd: ROOT });
  return MAIN;
}

export interface Started {
  readonly url: string;
  readonly process: ChildProcess;
  readonly out: () => string;
  readonly err: () => string;
  /** Sends a signal and waits. @returns the exit code, or the signal that ended it */
  end(signal: NodeJS.Signals): Promise<number | NodeJS.Signals | null>;
}

/**
 * Starts the service in `dir` with nothing in its environment but what is given.
 * @throws Error with what it printed where it ends before it listens
 */
export async function startProcess(dir: string, env: Readonly<Record<string, string>>): Promise<Started> {
  const child = spawn(process.execPath, [ensureBuilt()], {
    cwd: dir,
    env: { PATH: process.env["PATH"] ?? "", PORT: "0", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  let err = "";
  child.stderr.on("data", (chunk: Buffer) => {
    err += chunk.toString();
  });
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) =>
    child.once("exit", (code, signal) => resolve(code ?? signal)),
  );
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on("data", (chunk: Buffer) => {
      out += chunk.toString();
      const address = /the web chat is at (http:\/\/\S+)/.exec(out)?.[1];
      if (address !== undefined) resolve(address);
    });
    void ended.then((how) => reject(new Error(`ended with ${how}\n${out}\n${err}`)));
  });
  return {
    url,
    process: child,
    out: () => out,
    err: () => err,
    end(signal) {
      child.kill(signal);
      return ended;
    },
  };
}
