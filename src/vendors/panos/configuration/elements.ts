/** The form in XML: `<entry name="GW">` names a thing, `<member>` is a value of a list, every other element is a word. */
import type { Statement } from "../../../domain/set-lines.ts";

const TOKEN = /<secret [^<>]{1,20}>|<[A-Za-z/?!][^<>]{0,1000}>|[^<>]{1,4000}/g;
const TAG = /^<(?<close>\/?)(?<name>[\w.-]{1,64})(?<attributes>(?:[^\w.<>-][^<>]{0,1000})?)>$/;
const NAME = /\bname=(?:"([^"]{0,200})"|'([^']{0,200})')/;
/** What the API puts around a configuration. */
const AROUND = /^(?:response|result)$/;
const DEEPEST = 40;

interface Element {
  readonly tag: string;
  readonly words: readonly string[];
  text: string;
  isLeaf: boolean;
}

export class ElementsReader {
  readonly paths: Statement[] = [];
  readonly #open: Element[] = [];
  #wasBroken = false;

  get isBalanced(): boolean {
    return this.#open.length === 0 && !this.#wasBroken;
  }

  /** Within a value: its element goes on in the next line. */
  get isOpen(): boolean {
    const last = this.#open.at(-1);
    return last?.isLeaf === true && last.text !== "";
  }

  /** Takes a line; false for one that is nothing of such a configuration. */
  take(text: string, line: number): boolean {
    let isRead = true;
    for (const token of text.match(TOKEN) ?? []) {
      if (token.startsWith("<?") || token.startsWith("<!")) continue;
      const tag = token.startsWith("<secret ") ? undefined : TAG.exec(token)?.groups;
      if (tag) isRead = this.#tag(tag, line) && isRead;
      else this.#text(token);
    }
    return isRead;
  }

  #text(text: string): void {
    const last = this.#open.at(-1);
    if (last) last.text += text.trim();
  }

  #tag({ close, name = "", attributes = "" }: Partial<Record<string, string>>, line: number): boolean {
    if (close !== "") return this.#close(name, line);
    if (this.#open.length >= DEEPEST) return false;
    const above = this.#open.at(-1);
    if (above) above.isLeaf = false;
    const named = NAME.exec(attributes);
    const word = name === "entry" ? (named?.[1] ?? named?.[2]) : /^member$/.test(name) ? undefined : name;
    const words = word === undefined || AROUND.test(name) ? (above?.words ?? []) : [...(above?.words ?? []), word];
    this.#open.push({ tag: name, words, text: "", isLeaf: true });
    return !attributes.endsWith("/") || this.#close(name, line);
  }

  /** What was never closed ends with what holds it. */
  #close(name: string, line: number): boolean {
    const at = this.#open.findLastIndex(({ tag }) => tag === name);
    if (at < 0 || at < this.#open.length - 1) this.#wasBroken = true;
    if (at < 0) return false;
    for (const element of this.#open.splice(at).reverse()) this.#finish(element, line);
    return true;
  }

  #finish({ words, text, isLeaf }: Element, line: number): void {
    if (!isLeaf || words.length === 0) return;
    this.paths.push({ line, words: text === "" ? words : [...words, text] });
  }
}
