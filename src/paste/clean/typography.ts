/** Characters that chats and word processors put in the place of what was typed. */

const SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000";
const INVISIBLE = "\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe0f\ufeff";
const QUOTES = "\u2018-\u201f\u2032\u2033\u00ab\u00bb";
const DASHES = "\u2010-\u2015\u2212\u2500\u2501";
const OTHERS = "\u2026\u2190\u21d0\u27f5\u2b05\u2192\u279c\u27a1\u27f6\u2b95\u21d2";
const SUSPECT = new RegExp(`[${SPACES}${INVISIBLE}${QUOTES}${DASHES}${OTHERS}]`, "g");
const SPACE = new RegExp(`[${SPACES}]`);
const INVISIBLE_ONE = new RegExp(`[${INVISIBLE}]`);
const BULLET = /^([ \t]*)[\u2022\u2023\u2043\u2219\u25a0\u25aa\u25ab\u25cb\u25cf\u25e6\u27a2][ \t]+/gm;

/** Puts typed characters back in the whole text; keeps every line break. Only worth calling on text beyond ASCII. */
export function withTypedCharacters(text: string): string {
  return text.replace(SUSPECT, (found, offset: number) => typed(found, text, offset)).replace(BULLET, "$1");
}

function typed(found: string, text: string, offset: number): string {
  if (SPACE.test(found)) return " ";
  if (INVISIBLE_ONE.test(found)) return "";
  switch (found) {
    case "\u201c":
    case "\u201d":
    case "\u201e":
    case "\u201f":
    case "\u2033":
    case "\u00ab":
    case "\u00bb":
      return '"';
    case "\u2014":
    case "\u2015":
      return "--";
    case "\u2013":
      return standsForTwo(text, offset) ? "--" : "-";
    case "\u2010":
    case "\u2011":
    case "\u2012":
    case "\u2212":
    case "\u2500":
    case "\u2501":
      return "-";
    case "\u2026":
      return "...";
    case "\u2190":
    case "\u21d0":
    case "\u27f5":
    case "\u2b05":
      return "<--";
    default:
      return found >= "\u2190" ? "-->" : "'";
  }
}

/** An en dash is what editors make of "--" (before a word, after "<") and also of a plain "-" (between words). */
function standsForTwo(text: string, offset: number): boolean {
  const before = text[offset - 1] ?? "\n";
  const after = text[offset + 1] ?? "\n";
  if (before === "<" || after === ">" || isDash(before) || isDash(after)) return true;
  return /[A-Za-z]/.test(after) ? /[\s]/.test(before) : /\s/.test(after) && /[A-Za-z]/.test(before);
}

function isDash(character: string): boolean {
  return character === "-" || character === "\u2013" || character === "\u2014";
}
