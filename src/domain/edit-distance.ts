/** How many slips of the finger lie between two words. */

/** Optimal string alignment: insertions, deletions, replacements and swaps of neighbours, each one step. */
export function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let steps = Math.min((above[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1);
      steps = Math.min(steps, (above[column - 1] ?? 0) + (same ? 0 : 1));
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1])
        steps = Math.min(steps, (before[column - 2] ?? 0) + 1);
      current.push(steps);
    }
    before = above;
    above = current;
  }
  return above[b.length] ?? 0;
}
