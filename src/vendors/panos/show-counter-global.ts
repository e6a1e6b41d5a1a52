/**
 * `show counter global [filter …]`: what the firewall did with packets, of everybody; with "delta yes" since the last look.
 * Source: PAN-OS CLI quick start; knowledge base articles on packet filters and global counters.
 */
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { DropCounters } from "../../domain/readings/path.ts";

const TITLE = /^\s*(?:Global counters:|Elapsed time since last sampling: |Total counters shown: \d)/;
const COLUMNS = /^\s*name\s{1,60}value\s{1,20}rate\s{1,20}severity\s{1,20}category\s{1,20}aspect\s{1,20}description/;
const RULER = /^[-\s]*$/;
const ROW =
  /^(?<name>[a-z][a-z0-9_]{2,60})\s{1,60}(?<value>\d{1,20})\s{1,20}\d{1,20}\s{1,12}(?:info|warn|drop|error)\s{1,12}[a-z0-9_]{2,20}\s{1,20}[a-z0-9_]{2,20}\s{1,20}\S.{0,120}$/;

export const showCounterGlobal: Command = {
  run: "show counter global [filter PART1 PART2 PART3 PART4 PART5 PART6 PART7 PART8]",
  looksLike: [TITLE, COLUMNS, ROW],
  parse(output: Output): Parsed {
    const counters: DropCounters["counters"][number][] = [];
    const unread: Line[] = [];
    for (const { text, number } of output.lines) {
      const { name, value } = ROW.exec(text)?.groups ?? {};
      if (name !== undefined) counters.push({ name, count: Number(value), line: number });
      else if (![TITLE, COLUMNS, RULER].some((pattern) => pattern.test(text))) unread.push({ text, number });
    }
    const isDelta = /\bdelta yes\b/.test(output.typed ?? "");
    if (counters.length === 0) return { values: [], unread };
    return { values: [{ kind: "drop-counters", counters, ...(isDelta && { isDelta }) }], unread };
  },
};
