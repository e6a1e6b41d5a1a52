/** A terminal's text with its colours as an SVG; light and dark by what the reader prefers. */

const FONT = 14;
const LINE = 20;
const COLUMN = 8.43;
const CLASSES: Readonly<Record<string, string>> = { "1": "b", "2": "d", "31": "r", "32": "g", "33": "y", "36": "c" };

const STYLE = `
text{font:${FONT}px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:#1f2328;white-space:pre}
.w{fill:#f6f8fa;stroke:#d1d9e0}.b{font-weight:700}.d{fill:#59636e}.r{fill:#cf222e;font-weight:700}
.g{fill:#1a7f37;font-weight:700}.y{fill:#9a6700}.c{fill:#0550ae}
@media(prefers-color-scheme:dark){text{fill:#e6edf3}.w{fill:#0d1117;stroke:#3d444d}.d{fill:#9198a1}.r{fill:#ff7b72}
.g{fill:#56d364}.y{fill:#e3b341}.c{fill:#79c0ff}}`;

export function drawTerminal(ansi: string): string {
  const lines = ansi.split("\n");
  const widest = Math.max(...lines.map((line) => plain(line).length));
  const width = Math.ceil(widest * COLUMN + 40);
  const height = lines.length * LINE + 32;
  const text = lines.map((line, index) => `<text x="20" y="${30 + index * LINE}">${spans(line)}</text>`).join("\n");
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeXml(plain(lines.find((line) => line.includes("✗ ")) ?? "diagnose"))}">
<style>${STYLE}</style>
<rect class="w" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8"/>
${text}
</svg>
`;
}

/** The text without its escape sequences. */
export function plain(ansi: string): string {
  return ansi
    .split("\x1b")
    .map((part, index) => (index === 0 ? part : part.replace(/^\[[\d;]*m/, "")))
    .join("");
}

function spans(line: string): string {
  let style = "";
  return line
    .split("\x1b")
    .map((part, index) => {
      const [code, number = ""] = index === 0 ? [""] : (/^\[([\d;]*)m/.exec(part) ?? [""]);
      if (index > 0) style = CLASSES[number] ?? "";
      const text = escapeXml(part.slice(code.length));
      return text === "" || style === "" ? text : `<tspan class="${style}">${text}</tspan>`;
    })
    .join("");
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
