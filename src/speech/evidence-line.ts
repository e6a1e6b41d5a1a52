/** A line of a paste as chats show it. */
import type { Evidence } from "../domain/verdict.ts";

/**
 * "paste 1:4  30.3.1.1  40.10.1.1  MM_NO_STATE": one line. The blanks between a table's columns are wider than a phone, and
 * without the table's other rows they align nothing.
 */
export function evidenceLine({ paste, line, text }: Evidence): string {
  return `${paste.replace(/\s+/g, " ")}:${line}  ${text.trim().replace(/ {3,}/g, "  ")}`;
}
