/** Which fixed texts a pattern cannot match without, so that most lines need not be tried on it. */

/** One of these stands in every text that matches, in lower case; undefined: nothing is certain. */
export type RequiredLiterals = readonly string[] | undefined;

const SHORTEST = 3;
const QUANTIFIERS = new Set("*+?{");

/**
 * Reads a regular expression's source (of the kind that signatures use: no back references, no `v` flag).
 * @returns of all fixed texts that every match must contain, those whose shortest is longest; a set with one text for
 * each branch where the pattern branches. Undefined where none is sure or the source uses something not known here.
 */
export function requiredLiterals(source: string): RequiredLiterals {
  const reader = new Reader(source);
  const found = reader.alternatives();
  return reader.atEnd ? found?.best : undefined;
}

interface Found {
  /** The whole node is this very text and nothing else. */
  readonly exact?: string | undefined;
  readonly best: RequiredLiterals;
}

const ANYTHING: Found = { best: undefined };
const NOTHING: Found = { exact: "", best: undefined };

class Reader {
  readonly #source: string;
  #at = 0;

  constructor(source: string) {
    this.#source = source;
  }

  get atEnd(): boolean {
    return this.#at >= this.#source.length;
  }

  alternatives(): Found | undefined {
    const branches: Found[] = [];
    for (;;) {
      const branch = this.#sequence();
      if (branch === undefined) return undefined;
      branches.push(branch);
      if (this.#source[this.#at] !== "|") break;
      this.#at += 1;
    }
    const [only] = branches;
    if (branches.length === 1) return only;
    const all: string[] = [];
    for (const { best } of branches) {
      if (best === undefined) return ANYTHING;
      all.push(...best);
    }
    return { best: [...new Set(all)] };
  }

  #sequence(): Found | undefined {
    let run = "";
    let best: RequiredLiterals;
    let isExact = true;
    while (!this.atEnd && this.#source[this.#at] !== "|" && this.#source[this.#at] !== ")") {
      const atom = this.#atom();
      if (atom === undefined) return undefined;
      const times = this.#quantifier();
      if (times === undefined) return undefined;
      if (atom.exact !== undefined && times === "once") {
        run += atom.exact;
        continue;
      }
      isExact = false;
      best = better(best, literal(run));
      run = "";
      if (times !== "maybe") best = better(best, atom.best);
    }
    return { exact: isExact ? run : undefined, best: better(best, literal(run)) };
  }

  /** How often the atom before stands there; undefined for a quantifier that is not known. */
  #quantifier(): "once" | "many" | "maybe" | undefined {
    if (!QUANTIFIERS.has(this.#source[this.#at] ?? "")) return "once";
    const counted = /^(?:[*+?]|\{(\d+)(?:,\d*)?\})\??/.exec(this.#source.slice(this.#at, this.#at + 24));
    if (!counted) return "once";
    this.#at += counted[0].length;
    const isOptional = /^[*?]/.test(counted[0]) || counted[1] === "0";
    return isOptional ? "maybe" : "many";
  }

  #atom(): Found | undefined {
    const sign = this.#source[this.#at] ?? "";
    this.#at += 1;
    if (sign === "^" || sign === "$") return NOTHING;
    if (sign === ".") return ANYTHING;
    if (sign === "(") return this.#group();
    if (sign === "[") return this.#class();
    if (sign === "\\") return this.#escape();
    return { exact: sign, best: undefined };
  }

  #group(): Found | undefined {
    const opening = /^\?(?::|=|!|<=|<!|<[A-Za-z_$][\w$]*>)/.exec(this.#source.slice(this.#at, this.#at + 80))?.[0];
    if (this.#source[this.#at] === "?" && opening === undefined) return undefined;
    this.#at += opening?.length ?? 0;
    const inside = this.alternatives();
    if (inside === undefined || this.#source[this.#at] !== ")") return undefined;
    this.#at += 1;
    return opening !== undefined && /^\?<?[=!]$/.test(opening) ? NOTHING : inside;
  }

  #class(): Found | undefined {
    let at = this.#at;
    while (at < this.#source.length && this.#source[at] !== "]") at += this.#source[at] === "\\" ? 2 : 1;
    if (this.#source[at] !== "]") return undefined;
    this.#at = at + 1;
    return ANYTHING;
  }

  #escape(): Found | undefined {
    const sign = this.#source[this.#at] ?? "";
    this.#at += 1;
    if (/[dDwWsS]/.test(sign)) return ANYTHING;
    if (/[bB]/.test(sign)) return NOTHING;
    return /[A-Za-z0-9]/.test(sign) ? undefined : { exact: sign, best: undefined };
  }
}

/** Only ASCII: other letters change their length or not at all when their case is folded. */
function literal(run: string): RequiredLiterals {
  return run.length < SHORTEST || !/^[ -~]+$/.test(run) ? undefined : [run.toLowerCase()];
}

function better(one: RequiredLiterals, other: RequiredLiterals): RequiredLiterals {
  if (one === undefined || other === undefined) return one ?? other;
  return shortest(other) > shortest(one) ? other : one;
}

function shortest(literals: readonly string[]): number {
  return Math.min(...literals.map((text) => text.length));
}
