/** Lines of pastes as chats show them. */
import type { Evidence } from "../domain/verdict.ts";

/** Characters of monospaced text that a phone shows without a line break. */
const PHONE_COLUMNS = 38;
/** More of them are an extract to scroll through, one a line. */
const MOST_APART = 12;

/**
 * "paste 1:4  30.3.1.1  40.10.1.1  MM_NO_STATE". The blanks between a table's columns are wider than a phone, and without
 * the table's other rows they align nothing. Where lines will be broken, the place stands above each, so that one sees
 * where the next begins.
 */
export function evidenceLines(lines: readonly Evidence[]): string[] {
  const parts = lines.map(({ paste, line, text }) => ({
    place: `${paste.replace(/\s+/g, " ")}:${line}`,
    text: text.trim().replace(/ {3,}/g, "  "),
  }));
  const isBroken = parts.some(({ place, text }) => place.length + 2 + text.length > PHONE_COLUMNS);
  if (!isBroken || parts.length < 2 || parts.length > MOST_APART)
    return parts.map(({ place, text }) => `${place}  ${text}`);
  return parts.flatMap(({ place, text }) => [place, `  ${text}`]);
}
