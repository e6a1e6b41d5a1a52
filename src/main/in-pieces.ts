/** A large value on its way between threads, in pieces: taking it in whole would hold up the thread that gets it. */

/** Items at once; ten thousand tunnels and half a million lines of a hub arrive in steps of some milliseconds. */
const AT_ONCE = 1_000;

type Path = readonly string[];

/** `head`: the value without its long arrays; `items` belong at the end of the array at `path`. */
export type Piece = { readonly head: unknown } | { readonly path: Path; readonly items: readonly unknown[] };

/** A plain value (JSON) → its pieces, the head first. */
export function* piecesOf(value: unknown): Generator<Piece> {
  const long: { path: Path; items: readonly unknown[] }[] = [];
  yield { head: withoutLong(value, [], long) };
  for (const { path, items } of long)
    for (let from = 0; from < items.length; from += AT_ONCE) yield { path, items: items.slice(from, from + AT_ONCE) };
}

function withoutLong(value: unknown, path: Path, long: { path: Path; items: readonly unknown[] }[]): unknown {
  if (Array.isArray(value)) {
    if (value.length <= AT_ONCE) return value.map((item, index) => withoutLong(item, [...path, String(index)], long));
    long.push({ path, items: value });
    return [];
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [name, withoutLong(field, [...path, name], long)]),
  );
}

/** Puts pieces together again, in the order in which they were made. */
export class Assembly {
  #value: unknown;

  add(piece: Piece): void {
    if ("head" in piece) {
      this.#value = piece.head;
      return;
    }
    let at = this.#value;
    for (const name of piece.path) at = (at as Record<string, unknown>)[name];
    (at as unknown[]).push(...piece.items);
  }

  /** The whole, once all pieces are there. */
  get value(): unknown {
    return this.#value;
  }
}
