/** What the matches of a pattern can begin with, place by place, so that a line is tried on few patterns only. */
import { PatternSource, Unknown } from "./pattern-source.ts";
import {
  ANYTHING,
  BLANKS,
  END,
  inAnyCase,
  LINE_END,
  NOT_ASCII,
  OTHERS,
  one,
  SYMBOL_WORDS,
  type Symbols,
} from "./symbols.ts";

/** So many characters are looked at, from the first that is no blank. */
export const PLACES = 6;

export interface Beginning {
  /** Whether a match can begin with a blank. */
  readonly indented: boolean;
  /** From this place on a match can have any symbol, or have ended. */
  readonly open: number;
  /** Which symbols a match can have at the places before; any that is not ASCII may stand there too. */
  readonly places: Int32Array;
}

/**
 * The beginnings of a pattern's matches, each place by itself: what it does not allow cannot match, what it allows may.
 * Undefined where the pattern is not anchored or uses something this reader does not know: then it must always be tried.
 */
export function beginningOf(pattern: RegExp): Beginning | undefined {
  if (pattern.flags !== "" && pattern.flags !== "i") return undefined;
  const reader = new Reader(pattern);
  return reader.read() ? reader : undefined;
}

/** Whether a match can have this symbol at this place. */
export function allows({ open, places }: Beginning, place: number, symbol: number): boolean {
  if (place >= open || symbol === NOT_ASCII) return true;
  return ((places[place * SYMBOL_WORDS + (symbol >> 5)] ?? 0) & (1 << (symbol & 31))) !== 0;
}

/** Where a match may be: a bit for each place, the first also for the blanks before it, the last for all behind them. */
type Places = number;
const START: Places = 1;
const BEHIND: Places = 1 << PLACES;

const SPECIAL = new Set("^$.|()[]{}*+?\\");
const QUANTIFIERS = new Set("*+?{");

/** Walks over the pattern's source once, with all the places that a match may have come to. */
class Reader implements Beginning {
  readonly places = new Int32Array(PLACES * SYMBOL_WORDS);
  /** From this place on a match may have ended. */
  open = PLACES;
  indented = false;
  readonly #source: PatternSource;
  readonly #anyCase: boolean;

  constructor(pattern: RegExp) {
    this.#source = new PatternSource(pattern);
    this.#anyCase = pattern.flags === "i";
  }

  /** False for a pattern that this reader does not know in full. */
  read(): boolean {
    try {
      let ends: Places = 0;
      do {
        if (!this.#source.passes("^")) return false;
        ends |= this.#sequence(START);
      } while (this.#source.passes("|"));
      if (!this.#source.isAtEnd) return false;
      for (let place = PLACES - 1; place >= 0; place -= 1) if (ends & (1 << place)) this.open = place;
      return true;
    } catch (error) {
      if (error instanceof Unknown) return false;
      throw error;
    }
  }

  #alternatives(from: Places): Places {
    let to = this.#sequence(from);
    while (this.#source.passes("|")) to |= this.#sequence(from);
    return to;
  }

  #sequence(from: Places): Places {
    let to = from;
    for (;;) {
      // Nothing behind the places matters, and nothing comes after an end.
      if ((to & ~BEHIND) === 0) this.#source.skip();
      const sign = this.#source.peek();
      if (sign === "" || sign === "|" || sign === ")") return to;
      const isPlain = !SPECIAL.has(sign) && !QUANTIFIERS.has(this.#source.peek(1));
      to = isPlain ? this.#character(to) : this.#quantified(to);
    }
  }

  #quantified(from: Places): Places {
    const start = this.#source.at;
    let last = this.#atom(from);
    const [least, most] = this.#source.quantifier();
    const end = this.#source.at;
    let to = least === 0 ? from | last : last;
    for (let times = 2; times <= most && times <= PLACES + 1; times += 1) {
      this.#source.at = start;
      const next = this.#atom(last);
      if (next === last) break;
      last = next;
      to = times <= least ? last : to | last;
    }
    this.#source.at = end;
    return to;
  }

  #atom(from: Places): Places {
    const sign = this.#source.peek();
    this.#source.at += 1;
    switch (sign) {
      case "(":
        return this.#group(from);
      case "[":
        return this.#take(from, this.#source.class());
      case ".":
        return this.#take(from, ANYTHING);
      case "$":
        for (let place = 0; place < PLACES; place += 1) if ((from & ((2 << place) - 1)) !== 0) this.#mark(place, END);
        return 0;
      case "^":
        throw new Unknown();
      case "\\":
        if (this.#source.passes("b") || this.#source.passes("B")) return from;
        return this.#take(from, this.#source.escaped());
      default:
        return this.#take(from, one(sign.charCodeAt(0)));
    }
  }

  #group(from: Places): Places {
    const kind = this.#source.group();
    const to = kind === "group" ? this.#alternatives(from) : from;
    // What is ahead or behind takes no place.
    if (kind === "look-around")
      do this.#source.skip();
      while (this.#source.passes("|"));
    if (!this.#source.passes(")")) throw new Unknown();
    return to;
  }

  /** The same as `#quantified` for what patterns mostly consist of: plain characters that stand there once. */
  #character(from: Places): Places {
    const code = this.#source.peek().charCodeAt(0);
    if (code <= 32 || code >= LINE_END || (this.#anyCase && code >= 65)) return this.#quantified(from);
    this.#source.at += 1;
    for (let place = 0; place < PLACES; place += 1) {
      if ((from & (1 << place)) === 0) continue;
      const word = place * SYMBOL_WORDS + (code >> 5);
      this.places[word] = (this.places[word] ?? 0) | (1 << (code & 31));
    }
    return ((from << 1) | (from & BEHIND)) & (2 * BEHIND - 1);
  }

  /** One character of `symbols` at each of the places; blanks, also those that are not ASCII, lead from the first to no other. */
  #take(from: Places, symbols: Symbols): Places {
    const all = this.#anyCase ? inAnyCase(symbols) : symbols;
    let to = (from << 1) | (from & BEHIND);
    if (from & START) {
      const visible = all.map((bits, word) => bits & ~(BLANKS[word] ?? 0));
      this.#mark(0, visible);
      if (visible.every((bits) => bits === 0)) to &= ~(START << 1);
      if (visible.some((bits, word) => bits !== all[word])) {
        to |= START;
        this.indented = true;
      } else if (((all[SYMBOL_WORDS - 1] ?? 0) & OTHERS) !== 0) to |= START;
    }
    for (let place = 1; place < PLACES; place += 1) if (from & (1 << place)) this.#mark(place, all);
    return to & (2 * BEHIND - 1);
  }

  #mark(place: number, symbols: Symbols): void {
    for (let word = 0; word < SYMBOL_WORDS; word += 1) {
      const at = place * SYMBOL_WORDS + word;
      this.places[at] = (this.places[at] ?? 0) | (symbols[word] ?? 0);
    }
  }
}
