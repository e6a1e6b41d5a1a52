/** What happens to outputs on their way into a chat, as functions: each does one kind of damage to a clean paste. */

export interface Damage {
  readonly name: string;
  /**
   * nothing: every fact must still be read, on the same line; lines: on other lines, since the damage adds or drops some;
   * some: facts may be missing, but none may be new.
   */
  readonly loses: "nothing" | "lines" | "some";
  /** What the damage itself brings along: the log readings are then not compared. */
  readonly adds?: "log";
  /** `random` gives numbers from 0 up to 1; the same row of numbers gives the same damage. */
  readonly apply: (text: string, random: () => number) => string;
}

/** A small seeded generator (mulberry32), so that a failing case can be run again. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const DAMAGES: readonly Damage[] = [
  { name: "slack entities", loses: "nothing", apply: (text) => escapeEntities(text) },
  { name: "entities twice", loses: "nothing", apply: (text) => escapeEntities(escapeEntities(text)) },
  { name: "slack links on addresses", loses: "nothing", apply: linkAddresses },
  { name: "code fence", loses: "lines", apply: (text) => `\`\`\`\n${text}\n\`\`\`` },
  { name: "code fence with language", loses: "lines", apply: (text) => `\`\`\`text\n${text}\`\`\`` },
  { name: "quoted", loses: "nothing", apply: (text) => eachLine(text, (line) => `> ${line}`) },
  {
    name: "quoted without blanks after",
    loses: "nothing",
    apply: (text) => eachLine(text, (line) => (line === "" ? ">" : `> ${line}`)),
  },
  {
    name: "quoted as slack entities",
    loses: "nothing",
    apply: (text) => eachLine(escapeEntities(text), (line) => `&gt; ${line}`),
  },
  { name: "cr lf", loses: "nothing", apply: (text) => text.replaceAll("\n", "\r\n") },
  { name: "cr alone", loses: "nothing", apply: (text) => text.replaceAll("\n", "\r") },
  { name: "cr cr lf", loses: "nothing", apply: (text) => text.replaceAll("\n", "\r\r\n") },
  { name: "non-breaking spaces", loses: "nothing", apply: (text) => text.replaceAll(" ", "\u00a0") },
  {
    name: "some odd spaces",
    loses: "nothing",
    apply: (text, random) => text.replace(/ /g, () => pick(random, [" ", "\u00a0", "\u2007", "\u202f"])),
  },
  {
    name: "zero-width characters",
    loses: "nothing",
    apply: (text, random) => text.replace(/ (?=\S)/g, () => (random() < 0.2 ? " \u200b" : " ")),
  },
  { name: "byte order mark", loses: "nothing", apply: (text) => `\ufeff${text}` },
  {
    name: "smart quotes",
    loses: "nothing",
    apply: (text) => text.replace(/"([^"\n]*)"/g, "\u201c$1\u201d").replaceAll("'", "\u2019"),
  },
  {
    name: "trailing double spaces",
    loses: "nothing",
    apply: (text) => eachLine(text, (line) => (line === "" ? line : `${line}  `)),
  },
  { name: "blank line after every line", loses: "lines", apply: (text) => eachLine(text, (line) => `${line}\n`) },
  { name: "blank lines removed", loses: "lines", apply: (text) => text.replace(/\n{2,}/g, "\n") },
  {
    name: "indented by four",
    loses: "nothing",
    apply: (text) => eachLine(text, (line) => (line === "" ? line : `    ${line}`)),
  },
  {
    name: "indented by a tab",
    loses: "nothing",
    apply: (text) => eachLine(text, (line) => (line === "" ? line : `\t${line}`)),
  },
  {
    name: "html span and pre",
    loses: "nothing",
    apply: (text) =>
      `<pre><code>${eachLine(escapeEntities(text), (line) => `<span class="line">${line}</span>`)}</code></pre>`,
  },
  {
    name: "html break at line ends",
    loses: "nothing",
    apply: (text) => eachLine(escapeEntities(text), (line) => `${line}<br/>`),
  },
  {
    name: "markdown escapes",
    loses: "nothing",
    apply: (text) => (text.includes("\\") ? text : text.replace(/[_*#]/g, "\\$&")),
  },
  {
    name: "some lines bold",
    loses: "nothing",
    apply: (text, random) =>
      eachLine(text, (line) =>
        /^\S.*[^\s*]$/.test(line) && !line.includes("*") && random() < 0.2 ? `**${line}**` : line,
      ),
  },
  {
    name: "colours",
    loses: "nothing",
    apply: (text, random) => eachLine(text, (line) => (random() < 0.3 ? `\u001b[1;32m${line}\u001b[0m` : line)),
  },
  {
    name: "more with backspaces",
    loses: "nothing",
    apply: (text, random) =>
      between(text, random, (line) => ` --More-- ${"\b".repeat(9)}${" ".repeat(8)}${"\b".repeat(9)}${line}`),
  },
  {
    name: "more with carriage returns",
    loses: "nothing",
    apply: (text, random) => between(text, random, (line) => `<--- More --->\r              \r${line}`),
  },
  {
    name: "more on lines of its own",
    loses: "lines",
    apply: (text, random) => between(text, random, (line) => ` --More-- \n${line}`),
  },
  {
    name: "typed over",
    loses: "nothing",
    apply: (text) => eachLine(text, (line) => line.replace(/^(\S{1,60}[#>]) ?(sh\w*)/, "$1$2x\b \b")),
  },
  {
    name: "clock lines after prompts",
    loses: "lines",
    apply: (text) =>
      eachLine(text, (line) =>
        /^\S{1,60}[#>] ?sh/.test(line) ? `${line}\nLoad for five secs: 2%/0%; one minute: 3%; five minutes: 3%` : line,
      ),
  },
  {
    name: "arrows with remarks",
    loses: "nothing",
    apply: (text, random) =>
      eachLine(text, (line) => (/\d$/.test(line) && random() < 0.2 ? `${line}  <-- this is the error` : line)),
  },
  {
    name: "prose before and after",
    loses: "lines",
    apply: (text) =>
      `Hi team, this is what I see on our router, could you have a look please?\n\n${text}\n\nThanks, I hope that you can help me with this.`,
  },
  {
    name: "prose in other languages",
    loses: "lines",
    apply: (text) =>
      `Hallo zusammen, ich brauche bitte Hilfe, der Tunnel ist nicht da.\n\nТуннель не поднимается, помогите\n\n${text}\n\nMerci pour votre aide, nous ne savons pas que faire.`,
  },
  { name: "cut mark at the end", loses: "lines", apply: (text) => `${text}\n[...]\n` },
  {
    name: "utf-16 read as bytes",
    loses: "nothing",
    apply: (text) => (Buffer.byteLength(text) === text.length ? text.replace(/[\s\S]/g, "$&\u0000") : text),
  },
  {
    name: "tables as tabs",
    loses: "some",
    apply: (text) => eachLine(text, (line) => line.replace(/(\S) {2,}(?=\S)/g, "$1\t")),
  },
  { name: "indentation lost", loses: "some", apply: (text) => eachLine(text, (line) => line.replace(/^[ \t]+/, "")) },
  {
    name: "columns collapsed",
    loses: "some",
    apply: (text) => eachLine(text, (line) => line.replace(/(\S) {2,}(?=\S)/g, "$1 ")),
  },
  { name: "wrapped at 80", loses: "some", apply: (text) => wrap(text, 80) },
  {
    name: "cut by $ at 80",
    loses: "some",
    apply: (text) => eachLine(text, (line) => (line.length > 80 ? `${line.slice(0, 79)}$` : line)),
  },
  {
    name: "en dashes",
    loses: "some",
    apply: (text) => text.replace(/--/g, "\u2013").replace(/(\w)-(\w)/g, "$1\u2011$2"),
  },
  {
    name: "syslog in the middle",
    loses: "lines",
    adds: "log",
    apply: (text, random) =>
      between(
        text,
        random,
        (line) => `*Oct 25 18:50:01.497: %SYS-5-CONFIG_I: Configured from console by admin\n${line}`,
      ),
  },
  {
    name: "lines dropped",
    loses: "some",
    apply: (text, random) =>
      text
        .split("\n")
        .filter((_, index) => index === 0 || random() > 0.1)
        .join("\n"),
  },
  {
    name: "cut in the middle",
    loses: "some",
    apply: (text, random) => text.slice(0, text.lastIndexOf("\n", Math.floor(text.length * (0.3 + random() * 0.6)))),
  },
  { name: "no command line", loses: "some", apply: (text) => text.replace(/^\S{1,60}[#>].*\n/, "") },
];

function eachLine(text: string, change: (line: string) => string): string {
  return text.split("\n").map(change).join("\n");
}

/** Changes a line here and there, but never the first, which is the command. */
function between(text: string, random: () => number, change: (line: string) => string): string {
  return text
    .split("\n")
    .map((line, index) => (index > 1 && line !== "" && random() < 0.15 ? change(line) : line))
    .join("\n");
}

function pick<T>(random: () => number, choices: readonly [T, ...T[]]): T {
  return choices[Math.floor(random() * choices.length)] ?? choices[0];
}

function escapeEntities(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** Slack takes long numbers for telephones and names with dots for hosts. */
function linkAddresses(text: string): string {
  return escapeEntities(text)
    .replace(/\b\d{10}\b/g, "<tel:$&|$&>")
    .replace(/\b[a-z][a-z0-9-]*\.example\.(?:net|com|org)\b/g, "<http://$&|$&>");
}

function wrap(text: string, width: number): string {
  return eachLine(text, (line) => {
    const parts: string[] = [];
    for (let at = 0; at < line.length; at += width) parts.push(line.slice(at, at + width));
    return parts.join("\n");
  });
}
