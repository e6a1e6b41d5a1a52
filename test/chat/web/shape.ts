/** What a browser would see in our markup, by a small reader of the HTML that we write (quoted attributes only). */

export interface Shape {
  /** Elements in order, each with the names of its attributes: "a[class,href]", "/a". */
  readonly elements: readonly string[];
  /** Elements that are never closed, or closed in the wrong order. */
  readonly unclosed: readonly string[];
}

const VOID: ReadonlySet<string> = new Set(["input", "br", "meta", "link", "img", "hr", "source"]);

export function shape(page: string): Shape {
  const elements: string[] = [];
  const open: string[] = [];
  const unclosed: string[] = [];
  for (const { name, attributes, closes } of tags(page)) {
    elements.push(closes ? `/${name}` : `${name}[${attributes.join(",")}]`);
    if (closes && open.pop() !== name) unclosed.push(`/${name}`);
    else if (!closes && !VOID.has(name)) open.push(name);
  }
  return { elements, unclosed: [...unclosed, ...open] };
}

/** The text of a page without its elements. */
export function wordsOf(page: string): string {
  let words = "";
  let at = 0;
  for (const { from, to } of tags(page)) {
    words += page.slice(at, from);
    at = to;
  }
  return decoded(words + page.slice(at));
}

interface Tag {
  readonly name: string;
  readonly attributes: readonly string[];
  readonly closes: boolean;
  readonly from: number;
  readonly to: number;
}

function* tags(page: string): Generator<Tag> {
  let at = page.indexOf("<");
  while (at >= 0) {
    const closes = page[at + 1] === "/";
    const start = at + (closes ? 2 : 1);
    let end = start;
    let quoted = false;
    while (end < page.length && (quoted || page[end] !== ">")) {
      if (page[end] === '"') quoted = !quoted;
      end += 1;
    }
    const inside = page.slice(start, end);
    const name = /^[!\w-]*/.exec(inside)?.[0].toLowerCase() ?? "";
    const bare = inside.slice(name.length).replace(/"[^"]*"/g, '""');
    const attributes = bare
      .split(/\s+/)
      .filter(Boolean)
      .map((item) => item.replace('=""', ""));
    if (name !== "!doctype") yield { name, attributes, closes, from: at, to: end + 1 };
    at = page.indexOf("<", end);
  }
}

function decoded(text: string): string {
  return text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");
}
