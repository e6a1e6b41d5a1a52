/** Text as Slack may show it: nothing that could not be sent, and pieces of at most so many characters. */

/** Controls, bidirectional overrides and halves of surrogate pairs: Slack refuses them, or they disguise what is said. */
const UNSENDABLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what it is for
  /[\u0000-\u0008\u000b-\u001f\u007f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/gu;

export function sendable(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029]/g, "\n")
    .replace(UNSENDABLE, (found) => (/\p{Surrogate}/u.test(found) ? "\ufffd" : ""));
}

/** At most `most` characters; what was cut off shows as "…". */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, safeEnd(text, most - 1))}…`;
}

/** The text in pieces of at most `most` characters, cut at line ends where there are any. */
export function pieces(text: string, most: number): string[] {
  const found: string[] = [];
  let rest = text;
  while (rest.length > most) {
    const lineEnd = rest.lastIndexOf("\n", most);
    const end = lineEnd > most / 2 ? lineEnd : safeEnd(rest, most);
    found.push(rest.slice(0, end));
    rest = rest.slice(lineEnd === end ? end + 1 : end);
  }
  return rest === "" ? found : [...found, rest];
}

/** Never between the halves of a surrogate pair. */
function safeEnd(text: string, end: number): number {
  const code = text.charCodeAt(end - 1);
  return code >= 0xd800 && code <= 0xdbff ? end - 1 : end;
}

/** The three characters that Slack reads as markup in the text of a message. */
export function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
