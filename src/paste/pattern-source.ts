/** Reads the source of a regular expression piece by piece. */
import { addRange, escapeOf, inAnyCase, inverse, type Symbols } from "./symbols.ts";

const QUANTIFIER = /^(?:[*+?]|\{(\d{1,6})(,(\d{0,6}))?\})\??/;
const OPENING = /^\?(?::|=|!|<=|<!|<[A-Za-z_$][\w$]{0,60}>)/;

/** The source has something that this reader does not know. */
export class Unknown extends Error {}

export class PatternSource {
  at = 0;
  readonly #source: string;
  readonly #anyCase: boolean;

  constructor({ source, flags }: RegExp) {
    this.#source = source;
    this.#anyCase = flags.includes("i");
  }

  /** The sign `ahead` of where the reader is; empty behind the end. */
  peek(ahead = 0): string {
    return this.#source[this.at + ahead] ?? "";
  }

  /** Passes this sign, if it is the next. */
  passes(sign: string): boolean {
    if (this.#source[this.at] !== sign) return false;
    this.at += 1;
    return true;
  }

  get isAtEnd(): boolean {
    return this.at >= this.#source.length;
  }

  /** How often the atom before may stand there. */
  quantifier(): readonly [least: number, most: number] {
    const sign = this.#source[this.at];
    if (sign !== "*" && sign !== "+" && sign !== "?" && sign !== "{") return [1, 1];
    const counted = QUANTIFIER.exec(this.#source.slice(this.at, this.at + 24));
    if (!counted) throw new Unknown();
    this.at += counted[0].length;
    if (sign === "*") return [0, Number.POSITIVE_INFINITY];
    if (sign === "+") return [1, Number.POSITIVE_INFINITY];
    if (sign === "?") return [0, 1];
    const least = Number(counted[1]);
    const most = counted[3] === "" ? Number.POSITIVE_INFINITY : Number(counted[3] ?? least);
    return [least, most];
  }

  /** What kind of group begins, after its bracket. */
  group(): "group" | "look-around" {
    if (this.peek() !== "?") return "group";
    const opening = OPENING.exec(this.#source.slice(this.at, this.at + 80))?.[0];
    if (opening === undefined) throw new Unknown();
    this.at += opening.length;
    return opening === "?:" || opening.endsWith(">") ? "group" : "look-around";
  }

  /** What a class stands for, after its bracket. */
  class(): Symbols {
    const isNegated = this.#source[this.at] === "^";
    if (isNegated) this.at += 1;
    const members = [0, 0, 0, 0, 0];
    while (this.#source[this.at] !== "]") {
      const low = this.#member();
      if (typeof low === "number") addRange(members, low, low);
      else for (const [word, bits] of low.entries()) members[word] = (members[word] ?? 0) | bits;
      if (this.#source[this.at] !== "-" || this.#source[this.at + 1] === "]") continue;
      this.at += 1;
      const high = this.#member();
      if (typeof low !== "number" || typeof high !== "number") throw new Unknown();
      addRange(members, low, high);
    }
    this.at += 1;
    // The case is folded before the class is turned round.
    const folded = this.#anyCase ? inAnyCase(members) : members;
    return isNegated ? inverse(folded) : folded;
  }

  /** What an escape stands for, after its backslash. */
  escaped(): Symbols {
    const symbols = escapeOf(this.#source[this.at] ?? "");
    if (symbols === undefined) throw new Unknown();
    this.at += 1;
    return symbols;
  }

  /** One member of a class: the code of a character, or all that an escape stands for. */
  #member(): Symbols | number {
    const sign = this.#source[this.at];
    if (sign === undefined) throw new Unknown();
    this.at += 1;
    if (sign !== "\\") return sign.charCodeAt(0);
    return this.escaped();
  }

  /** On to the end of the alternative. */
  skip(): void {
    let depth = 0;
    let isInClass = false;
    for (; this.at < this.#source.length; this.at += 1) {
      const sign = this.#source[this.at];
      if (sign === "\\") this.at += 1;
      else if (isInClass) isInClass = sign !== "]";
      else if (sign === "[") isInClass = true;
      else if (sign === "(") depth += 1;
      else if (depth === 0 && (sign === ")" || sign === "|")) return;
      else if (sign === ")") depth -= 1;
    }
  }
}
