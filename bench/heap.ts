/** How much the heap grows with the number of tunnels in one paste. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { type ReadTools, readPaste } from "../src/paste/read.ts";
import { ipsecSaText } from "./ipsec-sa-text.ts";

export interface HeapSize {
  readonly tunnels: number;
  /** Megabytes held by the text and what was read from it. */
  readonly megabytes: number;
}

/** Heap in use after reading, for each number of tunnels. */
export function heapByTunnels(numbers: readonly number[], tools: ReadTools): HeapSize[] {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  return numbers.map((tunnels) => {
    collect();
    const before = process.memoryUsage().heapUsed;
    const read = readPaste("hub.txt", ipsecSaText(tunnels), tools);
    collect();
    const megabytes = (process.memoryUsage().heapUsed - before) / 1e6;
    if (read.lines.length === 0) throw new Error("nothing was read");
    return { tunnels, megabytes };
  });
}
