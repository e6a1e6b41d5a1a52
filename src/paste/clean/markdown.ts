/** What Markdown (forums, tickets, Discord) does to a line of output. */

const HEADING = /^\s{0,3}#{2,6}(?:\s+|$)/;
/** Not a table's heading of RouterOS, the head of its export, or a command at root's prompt. */
const SINGLE_HEADING =
  /^#[ \t](?![ \t]|\S{3,20}(?: [\d:]{8})? by RouterOS|(?:software id|model|serial number) =|Ent {1,4}(?:-->|Peer NBMA)|(?:sudo|tcpdump|ip|ipsec|swanctl|iptables|iptables-save|ping|cat|tail|grep|journalctl) )/;
const QUOTE = /^\s{0,3}(?:> ?){1,8}/;
/** Junos marks the active next hop of a route so; it is no quotation. */
const NEXT_HOP = /^\s{0,3}> to \S{1,60} via /;
const FENCE = /^\s{0,8}(?:```+|~~~+)/;
const LANGUAGE = /^[A-Za-z0-9+._-]{0,20}$/;
const ESCAPED = /\\([_*#>~`[\]<])/g;
const ESCAPED_PUNCTUATION = /\\([-+.!(){}|=\\])/g;
const ROW = /^\s*\|.*\|$/;
const RULE = /^[\s|:-]{0,400}$/;

/** Which of Markdown's marks occur in a text at all. */
export interface MarkdownSigns {
  readonly fences: boolean;
  readonly quotes: boolean;
  readonly escapes: boolean;
  readonly bold: boolean;
  readonly headings: boolean;
  readonly tables: boolean;
  readonly ticks: boolean;
}

export function markdownSigns(text: string): MarkdownSigns {
  const fences = text.includes("```") || text.includes("~~~");
  const bold = text.includes("**");
  return {
    fences,
    bold,
    quotes: text.startsWith(">") || text.startsWith(" >") || text.includes("\n>") || text.includes("\n >"),
    escapes: text.includes("\\"),
    headings: text.includes("## ") || text.includes("##\n") || ((fences || bold) && /^# /m.test(text)),
    // A table drawn with "+---+" is a device's own.
    tables:
      (text.includes("|--") || text.includes("| --") || text.includes("|:-") || text.includes("| :-")) &&
      !text.includes("+--"),
    ticks: text.includes("`"),
  };
}

/** The text without fences at its ends; undefined for a line that is only a fence with its language. */
export function withoutFence(line: string): string | undefined {
  let out = line;
  const open = FENCE.exec(out);
  if (open) {
    out = out.slice(open[0].length);
    if (LANGUAGE.test(out.trim())) return undefined;
  }
  return out.endsWith("```") ? out.slice(0, -3).trimEnd() : out;
}

export function isQuoted(line: string): boolean {
  return QUOTE.test(line) && !NEXT_HOP.test(line);
}

export function withoutQuote(line: string): string {
  return line.replace(QUOTE, "");
}

/** `QM\_IDLE` → `QM_IDLE`. A pattern after a pipe (`| i 10\.1\.`) keeps what may be its own backslash. */
export function withoutEscapes(line: string): string {
  if (!line.includes("\\")) return line;
  const out = line.replace(ESCAPED, "$1");
  return out.includes("| ") ? out : out.replace(ESCAPED_PUNCTUATION, "$1");
}

/** `**#pkts encaps: 0**` → `#pkts encaps: 0`; asterisks that mask a key stay. */
export function withoutBold(line: string): string {
  let at = line.indexOf("**");
  if (at < 0) return wholeEmphasis(line);
  let out = "";
  let done = 0;
  while (at >= 0) {
    const close = line.indexOf("**", at + 2);
    if (close < 0) break;
    if (opens(line, at) && closes(line, close)) {
      out += line.slice(done, at) + line.slice(at + 2, close);
      done = close + 2;
      at = line.indexOf("**", done);
    } else at = afterStars(line, at);
  }
  return out + line.slice(done);
}

function opens(line: string, at: number): boolean {
  const after = line[at + 2];
  return line[at - 1] !== "*" && after !== undefined && after !== "*" && after !== " ";
}

function closes(line: string, at: number): boolean {
  return line[at + 2] !== "*" && line[at - 1] !== " ";
}

function afterStars(line: string, from: number): number {
  let at = from;
  while (line[at] === "*") at += 1;
  return line.indexOf("**", at);
}

/** `*HUB#sh cry isa sa*`, Slack's bold, where it wraps the whole line. */
function wholeEmphasis(line: string): string {
  if (!line.startsWith("*") || !line.endsWith("*") || line.length < 4 || line[1] === " " || line[1] === "*")
    return line;
  return line.indexOf("*", 1) === line.length - 1 ? line.slice(1, -1) : line;
}

/** `` `show crypto isakmp sa` `` alone on its line. */
export function withoutTicks(line: string): string {
  const text = line.trim();
  if (text.length < 3 || !text.startsWith("`") || !text.endsWith("`")) return line;
  return text.indexOf("`", 1) === text.length - 1 ? text.slice(1, -1) : line;
}

/** The text of a heading without its marks, or undefined if it is none. */
export function headingText(line: string): string | undefined {
  const match = HEADING.exec(line) ?? SINGLE_HEADING.exec(line);
  return match ? line.slice(match[0].length).replace(/[ \t]#{1,6}$/, "") : undefined;
}

/** The cells of a table row in columns, `""` for the rule under the heading, undefined for other lines. */
export function tableRow(line: string): string | undefined {
  if (!line.includes("|")) return undefined;
  if (line.includes("--") && RULE.test(line)) return "";
  if (!ROW.test(line)) return undefined;
  const text = line.trim();
  return text
    .slice(1, -1)
    .split("|")
    .map((cell) => cell.trim())
    .join("  ");
}
