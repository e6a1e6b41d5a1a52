/** HTML left in logs, and how Slack writes links and the three characters it escapes. */

/** Elements that forums and log viewers put around output; `<none>` or `<static>` are not among them. */
const ELEMENTS =
  "a|b|big|blockquote|body|br|code|del|div|em|font|h[1-6]|head|hr|html|i|img|ins|kbd|li|mark|meta|ol|p|pre|s|samp|small|span|strike|strong|style|sub|sup|table|tbody|td|tfoot|th|thead|tr|tt|u|ul";
const TAG = new RegExp(`</?(?:${ELEMENTS})(?: [^<>\\n]{0,400})?/?>`, "gi");
const CELL_END = /<\/t[dh]>(?=[ \t]*<t[dh])/gi;
const COMMENT = /<!--[^<>\n]{0,400}-->/g;
const LINK = /<(?:tel|https?|ftp|mailto|ssh|sip):[^<>|\n]{0,2000}\|([^<>|\n]{0,2000})>/g;
const BARE_LINK = /<((?:tel|https?|ftp|mailto|ssh):[^<>|\s]{1,2000})>/g;
const MENTION = /<(?:[@#!][A-Za-z0-9^-]{1,40})\|([^<>|\n]{1,200})>/g;
/** What all of them begin with: charon's "<12>" and "<branch|12>" are nothing of the kind, and a log has a million of them. */
const ANY = new RegExp(
  `<(?:/?(?:${ELEMENTS})[ />]|!--|(?:tel|https?|ftp|mailto|ssh|sip):|[@#!][A-Za-z0-9^-]{1,40}\\|)`,
  "i",
);
const ENTITY =
  /&(?:(lt|gt|amp|quot|apos|nbsp|ndash|mdash|lsquo|rsquo|ldquo|rdquo|hellip)|#(\d{1,6})|#[xX]([0-9a-fA-F]{1,5}));/g;

const NAMED: Readonly<Record<string, string>> = {
  lt: "<",
  gt: ">",
  amp: "&",
  quot: '"',
  apos: "'",
  nbsp: " ",
  ndash: "-",
  mdash: "--",
  lsquo: "'",
  rsquo: "'",
  ldquo: '"',
  rdquo: '"',
  hellip: "...",
};

/** Takes HTML tags and Slack's link brackets away and decodes entities; keeps every line break. */
export function withoutMarkup(text: string): string {
  let out = text;
  if (ANY.test(out)) out = withoutTags(withoutLinks(out));
  // A text that was escaped twice ("&amp;lt;") needs a second round.
  for (let round = 0; round < 2 && out.includes("&"); round += 1) {
    const decoded = out.replace(ENTITY, decode);
    if (decoded === out) break;
    out = withoutTags(decoded);
  }
  return out;
}

function withoutTags(text: string): string {
  if (!text.includes("<")) return text;
  return text.replace(CELL_END, "  ").replace(COMMENT, "").replace(TAG, "");
}

/** `<tel:2346433158|2346433158>` → what people see: the label, or the address without its brackets. */
function withoutLinks(text: string): string {
  if (!text.includes(":") && !text.includes("|")) return text;
  return text
    .replace(LINK, "$1")
    .replace(MENTION, "$1")
    .replace(BARE_LINK, (_, target: string) => target.replace(/^(?:tel|mailto):/, ""));
}

function decode(found: string, name?: string, decimal?: string, hex?: string): string {
  if (name !== undefined) return NAMED[name] ?? found;
  const code = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal);
  // Line breaks and controls would change the count of lines.
  if (!(code >= 32 && code <= 0x10ffff) || (code >= 0xd800 && code <= 0xdfff) || code === 127) return found;
  return code === 160 ? " " : String.fromCodePoint(code);
}
