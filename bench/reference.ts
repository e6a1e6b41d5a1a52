/** What any reader of a text must do at least: the measure for ours, taken in the same run. */

/** Splits into lines and walks each line's characters once. */
export function walk(text: string): number {
  let sum = 0;
  for (const line of text.split("\n")) for (let at = 0; at < line.length; at += 1) sum += line.charCodeAt(at);
  return sum;
}
