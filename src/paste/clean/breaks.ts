/** Where a paste's lines end. */

const ODD_BREAKS = ["\v", "\f", "\u0085", "\u2028", "\u2029"];

/** Whether lines end with anything but LF. */
export function hasOtherBreaks(text: string): boolean {
  return text.includes("\r") || ODD_BREAKS.some((mark) => text.includes(mark));
}

/**
 * The lines of `text` as an editor would count them: LF, CR LF and CR end a line, and so do the soft breaks that word
 * processors leave (VT, FF, NEL, LS, PS). The doubled CR of terminal captures (CR CR LF) is one break.
 */
export function breakLines(text: string): string[] {
  if (ODD_BREAKS.some((mark) => text.includes(mark))) {
    return text.replaceAll("\r\r\n", "\n").split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/);
  }
  if (!text.includes("\r")) return text.split("\n");
  return text.replaceAll("\r\r\n", "\n").split(/\r\n|\n|\r/);
}
