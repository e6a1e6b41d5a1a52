/** A row of `show crypto isakmp sa` while it is being put together: rows can be spread over several lines. */
import type { Line } from "../../../domain/output.ts";

export interface Word {
  readonly text: string;
  readonly line: number;
}
export interface Draft {
  readonly form: "row" | "detail" | "labelled";
  readonly lines: Line[];
  readonly words: Word[];
}

export function newDraft(form: Draft["form"], line: Line, words: readonly string[]): Draft {
  const draft: Draft = { form, lines: [], words: [] };
  extend(draft, line, words);
  return draft;
}

export function extend(draft: Draft, line: Line, words: readonly string[]): void {
  draft.lines.push(line);
  for (const text of words) draft.words.push({ text, line: line.number });
}
