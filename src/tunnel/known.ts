/** All that a case knows: pastes as read, what was said, and what can't be run. */
import type { PlatformId, RootCauseId, Side, SymptomId } from "../domain/ids.ts";
import type { ReadPaste } from "../domain/output.ts";
import type { Reading, ReadingKind } from "../domain/readings/index.ts";
import type { Evidence } from "../domain/verdict.ts";

/** A paste with the end it was said to come from, if anyone said so. */
export interface GivenPaste {
  readonly paste: ReadPaste;
  readonly saidSide?: Side | undefined;
  /** When it was sent, in milliseconds since 1970. */
  readonly at?: number | undefined;
}

/** A fix that somebody put in. */
export interface TriedFix {
  readonly finding: RootCauseId;
  /** The pastes that were there before it. */
  readonly before: readonly string[];
}

export interface Known {
  /** In the order in which they were given, which is taken as the order in time. */
  readonly pastes: readonly GivenPaste[];
  readonly symptom?: SymptomId | undefined;
  /** Platforms that were said, by end. */
  readonly platforms: Partial<Readonly<Record<Side, PlatformId>>>;
  /** The far end's address, where it was said. */
  readonly peer?: string | undefined;
  /** Commands that can't be run there; canonical or as asked. */
  readonly cannot: readonly { readonly side: Side; readonly command: string }[];
  /** In the order in which they were tried. */
  readonly tried?: readonly TriedFix[] | undefined;
}

/** A record with the paste it stands in and its place in the order of readings. */
export interface Held<T> {
  readonly item: T;
  readonly paste: string;
  readonly order: number;
}

export type OrderedReading<K extends ReadingKind = ReadingKind> = Reading<K> & { readonly order: number };

/** A line of evidence is cut here; nobody reads more of one line. */
const LONGEST_EVIDENCE = 300;

/** Looks up lines of pastes by name and number. */
export interface LineSource {
  /** The line as evidence; its text is "" where the paste has no such line. */
  evidence(paste: string, line: number): Evidence;
}

/** A line source over the pastes; lookups are binary searches. */
export function lineSource(pastes: readonly GivenPaste[]): LineSource {
  const byName = new Map(pastes.map(({ paste }) => [paste.name, paste.lines]));
  return {
    evidence(paste, line) {
      const lines = byName.get(paste) ?? [];
      let low = 0;
      let high = lines.length - 1;
      while (low <= high) {
        const middle = (low + high) >> 1;
        const found = lines[middle];
        if (found === undefined) break;
        if (found.number === line) return { paste, line, text: found.text.trim().slice(0, LONGEST_EVIDENCE) };
        if (found.number < line) low = middle + 1;
        else high = middle - 1;
      }
      return { paste, line, text: "" };
    },
  };
}
