/** What a file of `facts/` offers: which fixtures it knows, and how their expected values map to readings. */
import type { ReadPaste } from "../../src/domain/output.ts";
import type { ReadingKind, ReadingOf } from "../../src/domain/readings/index.ts";
import type { Facts } from "./facts.ts";
import type { Json } from "./json.ts";

export interface Fixture {
  /** Path without extension, below the folder of fixtures: also its name in explained.yaml. */
  readonly name: string;
  readonly source: string;
  readonly platform: "cisco-ios" | "cisco-asa";
  /** The name of its command's folder. */
  readonly command: string;
  readonly shape: string;
  readonly text: string;
  readonly expected: Json | undefined;
  /** The command with its arguments, to be typed before the text. */
  readonly typed: string;
}

export interface Mapping {
  /** The command as the table prints it. */
  readonly command: string;
  readonly folders: RegExp;
  /** The platform whose fixtures it knows; absent: of both. */
  readonly platform?: "cisco-ios" | "cisco-asa";
  /** false: no parser of ours reads these, so that their lines are rightly unread. */
  readonly isRead?: false;
  readonly facts: (facts: Facts, fixture: Fixture, read: ReadPaste) => void;
}

/** Every reading of one kind, in the order of the paste. */
export function readingsOf<K extends ReadingKind>(read: ReadPaste, kind: K): ReadingOf<K>[] {
  const found: ReadingOf<K>[] = [];
  for (const { values } of read.outputs)
    for (const value of values) if (value.kind === kind) found.push(value as ReadingOf<K>);
  return found;
}
