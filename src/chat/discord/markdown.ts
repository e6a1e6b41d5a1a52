/** Text for Discord: what was pasted is never markup, a mention or a link. */

/**
 * Characters that begin or end something in Discord's markdown. A backslash before anything but a letter, a digit or a
 * blank makes it stand for itself. Round brackets only act behind a square one; phones copy and notify with all backslashes,
 * so there are no more of them than it needs.
 */
const MARKUP = /[\\*_~`|<>[\]@#]/g;
/** Markup at the beginning of a line only: lists, quotes, small print. */
const AT_LINE_START = /^(\s{0,20})(?=[-+])/gm;
const NUMBERED = /^(\s{0,20}\d{1,9})(?=[.)]\s)/gm;
/** ":smile:", "https://" */
const COLON = /:(?=\/\/|[\w+-]{1,32}:)/g;
/** Neither shown nor copied by anybody: control characters but tab and line break, and bidirectional overrides. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
const UNSEEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** Line breaks are \n, nothing unseen is left, and no half of a surrogate pair. */
export function readable(text: string): string {
  return wellFormed(text.replace(/\r\n?|[\u2028\u2029\u0085]/g, "\n").replace(UNSEEN, ""));
}

function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}

/** Text that reads as it was written, whatever stands in it. */
export function escaped(text: string): string {
  return readable(text)
    .replace(MARKUP, "\\$&")
    .replace(COLON, "\\:")
    .replace(AT_LINE_START, "$1\\")
    .replace(NUMBERED, "$1\\");
}

/** The same in one line. */
export function escapedLine(text: string): string {
  return escaped(text.replace(/\s+/g, " ").trim());
}

/** What can stand between two fences: three backticks would end the block, so a joiner of no width parts them. */
export function inFence(text: string): string {
  return readable(text).replace(/`(?=`)/g, "`\u200b");
}

export function fenced(lines: readonly string[]): string {
  return `\`\`\`\n${inFence(lines.join("\n"))}\n\`\`\``;
}

/** Plain text for a label, one line: labels know no markup. */
export function label(text: string, most: number): string {
  const line = readable(text).replace(/\s+/g, " ").trim();
  return line === "" ? "…" : shortened(line, most);
}

/** At most so many characters, an ellipsis where something was left out; never half a surrogate pair. */
export function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${wellFormed(text.slice(0, most - 1)).replace(/\ufffd$/, "")}…`;
}
