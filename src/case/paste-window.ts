/** A part of a paste around a line, with what is missing between the kept lines. */
import type { Line, ReadPaste } from "../domain/output.ts";

export interface PasteWindow {
  readonly rows: readonly (Line | { readonly missing: number })[];
  /** Where the kept lines before and after the excerpt are; undefined where there are none. */
  readonly earlier?: number | undefined;
  readonly later?: number | undefined;
}

/**
 * The kept lines nearest to line `around`, at most `most` of them; numbers that are not kept between two of them
 * become one row that counts them. A count at the head says what is missing before the first kept line.
 */
export function windowOf({ lines }: ReadPaste, around: number, most: number): PasteWindow {
  const at = lines.findIndex(({ number }) => number >= around);
  const middle = at < 0 ? lines.length - 1 : at;
  const from = Math.max(0, Math.min(middle - (most >> 1), lines.length - most));
  const shown = lines.slice(from, from + most);
  const rows: (Line | { missing: number })[] = [];
  let last = from === 0 ? 0 : (lines[from - 1]?.number ?? 0);
  for (const line of shown) {
    if (line.number > last + 1) rows.push({ missing: line.number - last - 1 });
    rows.push(line);
    last = line.number;
  }
  return { rows, earlier: lines[from - 1]?.number, later: lines[from + most]?.number };
}
