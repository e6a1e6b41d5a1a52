/** Records held together with where they stand: the last word of each name, and single looks. */
import type { ReadingKind, ReadingOf } from "../domain/readings/index.ts";
import type { Held, OrderedReading } from "./known.ts";

/** Things of a kind, and whether all of the device's are here. */
export interface HeldList<T> {
  readonly items: readonly Held<T>[];
  readonly complete: boolean;
}

/** What one output of a kind said about the peer; `items` empty: somebody looked and there was nothing. */
export interface Look<T> {
  readonly items: readonly Held<T>[];
  readonly order: number;
  readonly paste: string;
  /** The lines of the output, as evidence of its emptiness. */
  readonly firstLine: number;
  /** The output showed records, all of them about other peers: one of them may be this peer under another address. */
  readonly onlyOthers: boolean;
  /** By the device's clock, in seconds since any fixed moment. */
  readonly takenAtSeconds?: number | undefined;
  /** The command that the output was recognised as. */
  readonly command: string;
}

/** A record of a reading, held with its paste and its order. */
export function hold<T>(reading: OrderedReading, item: T): Held<T> {
  return { item, paste: reading.origin.paste, order: reading.order };
}

/** What one output said about the peer, also if that is nothing; `all` are its records, of whatever peer. */
export function look<T>(reading: OrderedReading, all: readonly T[], isOurs: (item: T) => boolean): Look<T> {
  const { paste, firstLine, command } = reading.origin;
  const items = all.filter(isOurs).map((item) => hold(reading, item));
  const onlyOthers = items.length === 0 && all.length > 0;
  return { items, order: reading.order, paste, firstLine, onlyOthers, command };
}

/** Later items replace earlier ones of the same name; a complete list replaces all that came before. */
export function merge<K extends ReadingKind, T>(
  readings: readonly OrderedReading<K>[],
  itemsOf: (value: ReadingOf<K>) => readonly T[],
  name: (item: T, value: ReadingOf<K>) => string,
): HeldList<T> | undefined {
  if (readings.length === 0) return undefined;
  let complete = false;
  let items = new Map<string, Held<T>>();
  for (const reading of readings) {
    if ("complete" in reading.value && reading.value.complete) {
      complete = true;
      items = new Map();
    }
    for (const item of itemsOf(reading.value)) items.set(name(item, reading.value), hold(reading, item));
  }
  return { items: [...items.values()], complete };
}
