/** The facts of one fixture: what its source expects beside what we read. */
import { countLeaves, type Json, type JsonObject } from "./json.ts";

/** Stands for a field that our model does not keep: counted, not compared. */
export const NOT_KEPT = Symbol("not kept");
/** Stands for a field of the source that no mapping names: always a difference, so that none is passed over unnoticed. */
const UNMAPPED = "(no mapping)";

export interface Fact {
  readonly field: string;
  readonly expected: unknown;
  readonly ours: unknown;
}

/** Collects the facts of one fixture while a mapping walks through its expected value. */
export class Facts {
  readonly list: Fact[] = [];
  /** Single values of the source that our model has no field for. */
  notKept = 0;

  add(field: string, expected: unknown, ours: unknown): void {
    this.list.push({ field, expected, ours });
  }

  /**
   * Compares field by field. `ours` names every field that the source may have; one that it has and `ours` does not name is a
   * difference, and so is a value of ours that the source does not have.
   */
  record(at: string, expected: JsonObject, ours: Readonly<Record<string, unknown>>): void {
    for (const [key, value] of Object.entries(expected)) {
      const field = `${at}.${key}`;
      if (!Object.hasOwn(ours, key)) this.add(field, value, UNMAPPED);
      else if (ours[key] === NOT_KEPT) this.notKept += countLeaves(value);
      else this.add(field, value, ours[key]);
    }
    for (const [key, value] of Object.entries(ours))
      if (value !== undefined && value !== NOT_KEPT && !Object.hasOwn(expected, key))
        this.add(`${at}.${key}`, undefined, value);
  }

  skip(value: Json | undefined): void {
    this.notKept += countLeaves(value);
  }
}
