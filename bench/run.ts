/**
 * The benchmarks: how long a large paste takes, against the least that any reader must do, measured in the same run.
 * Prints a table with medians of interleaved rounds; time never makes it fail, errors do.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { readSignatures } from "../src/knowledge/read.ts";
import { createSecretTagger } from "../src/paste/redact.ts";
import { VENDORS } from "../src/vendors/index.ts";
import { bundle } from "../test/reliability/bundle.ts";
import { debugText } from "./debug-text.ts";
import { heapByTunnels } from "./heap.ts";
import { printTable, type Row } from "./measure.ts";
import { benchService } from "./service/service.ts";
import { DEBUG_BYTES, TUNNELS } from "./sizes.ts";
import { printSlack } from "./slack/slack.ts";
import { timeDiagnose } from "./whole-process.ts";

const PROCESS_ROUNDS = 15;

const loadBefore = loadavg();
const rows = [...(await readingRows()), ...processRows()];
console.log();
printTable(rows);
printHeap();
await printSlack();
await benchService();
console.log(`\nload of the machine over the last minute: ${load(loadBefore)} before, ${load(loadavg())} after`);

function load([minute = 0]: readonly number[]): string {
  return minute.toFixed(1);
}

async function readingRows(): Promise<Row[]> {
  const { program, remove } = await bundle("bench/reading.ts");
  try {
    return JSON.parse(execFileSync(process.execPath, [program], { encoding: "utf8" })) as Row[];
  } finally {
    remove();
  }
}

function processRows(): Row[] {
  const folder = mkdtempSync(join(tmpdir(), "tunnelmedic-bench-"));
  try {
    const file = join(folder, "paste.txt");
    writeFileSync(file, debugText(DEBUG_BYTES));
    const { ours, node } = timeDiagnose(file, PROCESS_ROUNDS);
    const goal = { text: "2× + 150 ms", milliseconds: 2 * node + 150 };
    return [{ what: "diagnose of that debug, whole process, against node -e 0", ours, reference: node, goal }];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function printHeap(): void {
  const tools = { vendors: VENDORS, signatures: readSignatures(), tagger: createSecretTagger() };
  console.log("\nheap held by one paste (linear: the same for each tunnel)");
  for (const { tunnels, megabytes } of heapByTunnels([TUNNELS / 4, TUNNELS / 2, TUNNELS], tools)) {
    const each = ((megabytes * 1000) / tunnels).toFixed(2);
    console.log(`  ${tunnels} tunnels: ${megabytes.toFixed(1)} MB, ${each} KB each`);
  }
}
