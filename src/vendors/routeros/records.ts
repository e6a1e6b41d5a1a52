/**
 * What `print` and `print detail` print: numbered records, as fields (`peer=hq tunnel=yes …`, over several lines) or as a
 * table with a heading. Both become records of fields by their names in lower case.
 * Source: MikroTik RouterOS documentation, "Command Line Interface", general commands.
 */
import type { Line } from "../../domain/output.ts";

interface Field {
  readonly value: string;
  readonly line: number;
}
export interface PrintedRecord {
  readonly line: number;
  /** "A", "DA", "HE", "X" …; see the legend above the records. */
  readonly flags: string;
  readonly fields: ReadonlyMap<string, Field>;
}

const LEGEND = /^\s*(?:Flags: [A-Z*]|Columns: [A-Z]|[A-Z*] - [a-z])/;
const HEADING = /^\s*# {1,12}[A-Z][A-Z0-9 -]{0,400}$/;
const RECORD =
  /^\s{0,6}\d{1,5}(?:\s{1,4}(?<flags>[A-Z*]{1,6}(?: {1,4}[A-Z*]{1,4}){0,4}))?\s{1,12}(?=;;;|[a-z][\w.-]{0,40}=)/;
const ROW = /^\s{0,6}\d{1,5}(?:\s{1,4}(?<flags>[A-Z*]{1,6}(?: {1,4}[A-Z*]{1,4}){0,4})(?=\s))?(?=\s)/;
/** Where chats took the indentation, too. */
const GOES_ON = /^\s*(?=[a-z][\w.-]{0,40}=|;;;)/;
const FIELD = /(?<=^|\s)(?<name>[a-z][\w.-]{0,40})=(?<value>"[^"]{0,500}"|<secret [^<>]{1,20}>|\S{0,500})/g;

interface Draft {
  readonly line: number;
  readonly flags: string;
  readonly fields: Map<string, Field>;
}

export function recordsOf(lines: readonly Line[]): { records: PrintedRecord[]; unread: Line[] } {
  const records: Draft[] = [];
  const unread: Line[] = [];
  let columns: Column[] = [];
  for (const line of lines) {
    const { number, text } = line;
    if (/^\s*$/.test(text) || LEGEND.test(text)) continue;
    if (HEADING.test(text)) {
      columns = columnsIn(text);
      continue;
    }
    const record = RECORD.exec(text);
    const row = !record && columns.length > 0 ? ROW.exec(text) : null;
    const head = record ?? row;
    if (head) {
      const flags = (head.groups?.["flags"] ?? "").replaceAll(" ", "");
      const draft: Draft = { line: number, flags, fields: new Map() };
      records.push(draft);
      if (record) takeFields(draft, text, number);
      else takeCells(draft, text, head[0].length, columns, number);
    } else if (records.length > 0 && GOES_ON.test(text)) takeFields(records.at(-1) as Draft, text, number);
    else if (!/^\s*;;; /.test(text) && !/^\s*-- \[/.test(text)) unread.push(line);
  }
  return { records, unread };
}

function takeFields(draft: Draft, text: string, line: number): void {
  for (const { groups } of text.matchAll(FIELD)) {
    const name = groups?.["name"] ?? "";
    // "local-address=A port=500 remote-address=B port=500": the second port is the peer's.
    const key = draft.fields.has(name) ? `${name} again` : name;
    if (!draft.fields.has(key)) draft.fields.set(key, { value: unquoted(groups?.["value"] ?? ""), line });
  }
}

interface Column {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

function columnsIn(heading: string): Column[] {
  return [...heading.matchAll(/[A-Z][A-Z0-9-]*/g)].map(({ 0: name, index }) => ({
    name: name.toLowerCase(),
    from: index,
    to: index + name.length,
  }));
}

/** A cell stands under its heading, at its left or its right end. */
function takeCells(draft: Draft, text: string, from: number, columns: readonly Column[], line: number): void {
  for (const { 0: value, index } of text.slice(from).matchAll(/\S+/g)) {
    const start = from + index;
    const end = start + value.length;
    const column = columns.reduce((best, one) => (distance(one, start, end) < distance(best, start, end) ? one : best));
    if (!draft.fields.has(column.name)) draft.fields.set(column.name, { value, line });
  }
}

function distance(column: Column, start: number, end: number): number {
  const overlap = Math.min(column.to, end) - Math.max(column.from, start);
  return overlap > 0 ? -overlap : -overlap + 1;
}

function unquoted(value: string): string {
  return /^".*"$/.test(value) ? value.slice(1, -1) : value;
}
