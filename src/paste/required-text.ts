/** A piece of text that every match of a pattern contains, so that a line without it need not be tried. */

const PLAIN = /[A-Za-z0-9_]/;

/**
 * The longest such piece made of letters, digits and underscores that stands in the pattern outside of every group, class
 * and quantifier; undefined if there is none, or where case does not matter or there are alternatives.
 */
export function requiredText(pattern: RegExp): string | undefined {
  if (pattern.flags !== "") return undefined;
  const { source } = pattern;
  // Codes of characters, properties and back references are not text.
  if (/\\[1-9ckpux]/.test(source)) return undefined;
  let best = "";
  let run = "";
  let depth = 0;
  for (let at = 0; at <= source.length; at += 1) {
    const sign = source[at] ?? "";
    if (sign === "[") at = endOfClass(source, at);
    else if (sign === "(") depth += 1;
    else if (sign === ")") depth -= 1;
    else if (sign === "|" && depth === 0) return undefined;
    else if (depth === 0 && PLAIN.test(sign) && !/[*?{+]/.test(source[at + 1] ?? "")) {
      run += sign;
      continue;
    }
    if (run.length > best.length) best = run;
    run = "";
    if (sign === "\\") at += 1;
    else if (sign === "{") at = Math.max(at, source.indexOf("}", at));
  }
  return best === "" ? undefined : best;
}

function endOfClass(source: string, from: number): number {
  let at = from + 1;
  while (at < source.length && source[at] !== "]") at += source[at] === "\\" ? 2 : 1;
  return at;
}
