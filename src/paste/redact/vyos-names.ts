/**
 * VyOS gives each of its keys a name, where other systems write the key itself: `authentication psk NAME secret KEY`, and in
 * braces `psk NAME {` with `secret KEY` below. A name stays only where the paste shows its key, and no key in it is alike.
 * Source: VyOS documentation, "IPsec", "Authentication".
 */
import type { Line } from "../../domain/output.ts";
import type { Span } from "./span.ts";

const NAMED =
  /(?:\bauthentication[ \t]{1,8}|^[ \t+>-]{0,80})psk[ \t]{1,8}([\w.@-]{1,128})[ \t]{1,8}(?:secret[ \t]|\{$)/;
const SETS_SECRET = /^[ \t+>-]{0,80}secret[ \t]/;
const ANNOUNCES = "secret ";
const MASKED = /^(?:[x*#.?]+|<.*>)$/i;
const MOST_LINES_OF_BLOCK = 20;
/** Of more, no name stays: each is compared with each key. */
const MOST_NAMES = 500;
const MOST_KEYS = 5000;

/** The names in these lines that surely are no keys; `suspected` has a 0 for each line that no key can be in. */
export function vyosKeyNames(lines: readonly Line[], suspected: Uint8Array): ReadonlySet<string> {
  const names = new Set<string>();
  const keys: string[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const text = suspected[index] === 0 ? "" : (lines[index]?.text ?? "");
    const name = text.includes("psk ") ? NAMED.exec(text)?.[1] : undefined;
    const own = keyIn(text);
    if (own) keys.push(own);
    if (name === undefined) continue;
    const key = text.endsWith("{") ? keyInBlock(lines, index) : own;
    if (key && !MASKED.test(key)) names.add(name);
  }
  if (names.size > MOST_NAMES || keys.length > MOST_KEYS) return new Set();
  return new Set([...names].filter((name) => !keys.some((key) => isAlike(name, key))));
}

function keyInBlock(lines: readonly Line[], opened: number): string | undefined {
  for (const { text } of lines.slice(opened + 1, opened + MOST_LINES_OF_BLOCK)) {
    if (text.trim() === "}") return undefined;
    if (SETS_SECRET.test(text)) return keyIn(text);
  }
  return undefined;
}

/** All that follows the first `secret`: rather too much than too little. */
function keyIn(text: string): string | undefined {
  const at = text.indexOf(ANNOUNCES);
  return at < 0
    ? undefined
    : text
        .slice(at + ANNOUNCES.length)
        .trim()
        .replace(/^["']|["']$/g, "");
}

function isAlike(name: string, key: string): boolean {
  const [one, other] = [name.toLowerCase(), key.toLowerCase()];
  return one.includes(other) || other.includes(one);
}

/** The spans without those of such names. */
export function withoutNames(spans: readonly Span[], text: string, names: ReadonlySet<string>): readonly Span[] {
  if (names.size === 0 || !text.includes("psk ")) return spans;
  return spans.filter(
    ({ start, end }) =>
      !names.has(text.slice(start, end)) || !/\bpsk[ \t]{1,8}$/.test(text.slice(Math.max(0, start - 16), start)),
  );
}
