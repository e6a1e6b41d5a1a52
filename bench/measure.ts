/** Medians of interleaved runs, and a small table of them. */
import { setTimeout as pause } from "node:timers/promises";

export interface Subject {
  readonly name: string;
  /** Does the work once; it must return something, so that the engine cannot leave the work out. */
  readonly run: () => unknown;
}

export interface Row {
  readonly what: string;
  readonly ours: number;
  readonly reference: number;
  /** What to stay within; a row without one only tells where the time goes. */
  readonly goal?: { readonly text: string; readonly milliseconds: number } | undefined;
}

/** To stay within so many times the reference. */
export function times(factor: number, reference: number): Row["goal"] {
  return { text: `${factor}×`, milliseconds: factor * reference };
}

/**
 * Runs all subjects in turn, `rounds` times, so that a busy moment of the machine hits all of them alike. The first round
 * is for warming up and is not counted.
 * @returns the median in milliseconds of each subject, by name
 */
export async function medians(subjects: readonly Subject[], rounds: number): Promise<ReadonlyMap<string, number>> {
  const took = new Map<string, number[]>(subjects.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const { name, run } of subjects) {
      const start = performance.now();
      const result = run();
      const milliseconds = performance.now() - start;
      if (result === undefined) throw new Error(`${name} returned nothing`);
      if (round > 0) took.get(name)?.push(milliseconds);
      // Between subjects the collector may run without being counted.
      await pause(0);
    }
  }
  return new Map([...took].map(([name, list]) => [name, medianOf(list)]));
}

export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

export function printTable(rows: readonly Row[]): void {
  const cells = [["what", "ours ms", "reference ms", "ratio", "goal", ""], ...rows.map(cellsOf)];
  const widths = [0, 1, 2, 3, 4, 5].map((column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  for (const row of cells) {
    const padded = row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)));
    console.log(padded.join("  ").trimEnd());
  }
}

function cellsOf({ what, ours, reference, goal }: Row): string[] {
  const ratio = `${(ours / reference).toFixed(1)}×`;
  const verdict = goal === undefined ? "" : ours <= goal.milliseconds ? "ok" : "missed";
  return [what, ours.toFixed(1), reference.toFixed(1), ratio, goal?.text ?? "", verdict];
}
