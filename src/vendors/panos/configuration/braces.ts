/** The form in braces: "gateway { GW { peer-address { ip 203.0.113.9; } } }", lists as "[ aes-256-cbc aes-128-cbc]". */
import type { Statement } from "../../../domain/set-lines.ts";

const TOKEN = /"(?:[^"\\]|\\.){0,1000}"|<secret [^<>]{1,20}>|[{}[\];]|[^\s{}[\];"]{1,500}/g;
const DEEPEST = 40;

export class BracesReader {
  readonly paths: Statement[] = [];
  readonly #levels: (readonly string[])[] = [];
  #words: string[] = [];
  #list: string[] | undefined;
  #wasClosedTooOften = false;

  get isBalanced(): boolean {
    return this.#levels.length === 0 && !this.#wasClosedTooOften;
  }

  /** Takes a line; false for one that is nothing of such a configuration. */
  take(text: string, line: number): boolean {
    const tokens = text.match(TOKEN) ?? [];
    if (!tokens.some((token) => /^[{};]$/.test(token)) && this.#levels.length === 0) return false;
    for (const token of tokens) this.#token(token, line);
    // The sign at the end of a line may have gone with a key, or be lost.
    if (this.#words.length > 1 && !this.#list) this.#settle(line);
    const isWhole = this.#words.length === 0;
    if (!this.#list) this.#words = [];
    return isWhole || this.#list !== undefined;
  }

  #token(token: string, line: number): void {
    if (token === "[") this.#list = [];
    else if (token === "]") this.#settle(line);
    else if (token === ";") this.#settle(line);
    else if (token === "}") this.#close(line);
    else if (token === "{") this.#open();
    else (this.#list ?? this.#words).push(unquoted(token));
  }

  #open(): void {
    if (this.#words.length > 0 && this.#levels.length < DEEPEST)
      this.#levels.push([...(this.#levels.at(-1) ?? []), ...this.#words]);
    this.#words = [];
  }

  #close(line: number): void {
    this.#settle(line);
    if (this.#levels.length > 0) this.#levels.pop();
    else this.#wasClosedTooOften = true;
  }

  #settle(line: number): void {
    const above = [...(this.#levels.at(-1) ?? []), ...this.#words];
    if (this.#list) for (const value of this.#list) this.paths.push({ line, words: [...above, value] });
    else if (this.#words.length > 0) this.paths.push({ line, words: above });
    this.#words = [];
    this.#list = undefined;
  }
}

function unquoted(word: string): string {
  return word.length > 1 && word.startsWith('"') ? word.slice(1, -1) : word;
}
