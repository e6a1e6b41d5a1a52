/** `diagnose` from its start to its exit, against a Node that does nothing. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { medianOf } from "./measure.ts";

const CLI = new URL("../dist/cli.js", import.meta.url).pathname;

export interface ProcessTimes {
  readonly ours: number;
  readonly node: number;
}

/**
 * Medians in milliseconds of `diagnose FILE` and of `node -e 0`, run in turn.
 * @throws Error where nothing was built yet, or diagnose ends with a fault of its own or with wrong usage
 */
export function timeDiagnose(file: string, rounds: number): ProcessTimes {
  if (!existsSync(CLI)) throw new Error("dist/cli.js is missing: npm run build");
  const ours: number[] = [];
  const node: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    node.push(timeNode(["-e", "0"], [0]));
    // 0 is a verdict, 3 asks for more.
    ours.push(timeNode([CLI, "diagnose", file], [0, 3]));
  }
  return { ours: medianOf(ours), node: medianOf(node) };
}

function timeNode(words: readonly string[], fine: readonly number[]): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, words, { encoding: "utf8", maxBuffer: 1 << 28 });
  const took = performance.now() - start;
  if (status === null || !fine.includes(status))
    throw new Error(`node ${words.join(" ")} ended with ${status}: ${stderr}`);
  return took;
}
