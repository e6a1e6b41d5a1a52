/**
 * How a paste becomes readings: lines, outputs, and what a vendor folder offers to read them.
 */
import type { PlatformId, Side } from "./ids.ts";
import type { ReadingValue } from "./readings/index.ts";
import type { Signature } from "./signature.ts";

/** A line after cleaning and redaction. `number` counts from 1 in the paste as it was given. */
export interface Line {
  readonly number: number;
  readonly text: string;
}

/** What one command printed, cut out of a paste; the prompt line is not among `lines`. */
export interface Output {
  /** The command as typed (without the prompt), if a command line was pasted. */
  readonly typed?: string | undefined;
  /** The command with its words written out, or what the shape of the lines says it is. */
  readonly command: string;
  /** The prompt's host name, or the name in a heading above the output. */
  readonly host?: string | undefined;
  readonly lines: readonly Line[];
  /** Whoever pasted it left lines out (`[...]`): what is absent here may be there all the same. */
  readonly isCut?: boolean | undefined;
  /** It is the last thing in the paste and no prompt follows: nothing shows that it ended here. */
  readonly isOpenEnded?: boolean | undefined;
}

/** What a parser gives back. */
export interface Parsed {
  readonly values: readonly ReadingValue[];
  /** Lines that belong to this output and could not be read; prompts, marks and blank lines are not among them. */
  readonly unread: readonly Line[];
  /** The command as the lines show it, where that says more than the command line did ("… detail"). */
  readonly command?: string | undefined;
}

/** One file of a vendor folder: a command, how to know its output, and how to read it. */
export interface Command {
  /**
   * The canonical command, in lower case: "show crypto ipsec sa". Upper-case words stand for an argument:
   * "show ip route ADDRESS". Words in brackets are optional, in any order: "show crypto ipsec sa [peer ADDRESS] [detail]".
   */
  readonly run: string;
  /** Other commands that print the same. */
  readonly alsoRun?: readonly string[];
  /**
   * Lines that only this output has. One match is enough to recognise it where no command line was pasted, and such a
   * line starts a new output when another output was being read. No `g` flag, anchored, linear.
   */
  readonly looksLike: readonly RegExp[];
  /** Lines that may come before the first `looksLike` line and belong to the output all the same. */
  readonly mayStartWith?: readonly RegExp[];
  /**
   * Lines of `looksLike` that stand at its very beginning, in this order: one that comes again, or after a later one, begins
   * another device's output, where no prompt says so.
   */
  readonly beginsWith?: readonly RegExp[];
  /**
   * Whether a line that comes after a `looksLike` line of the same output surely is of it too. Only for outputs of a
   * million lines, and for those that print another platform's lines under a head of their own: such a line is not looked
   * at any further, so it must be no prompt, and no other command's line but for the latter.
   */
  readonly continues?: (text: string) => boolean;
  /**
   * A configuration that is shown table by table, each by a command of its own: such outputs that follow one another on
   * one device are read as one.
   */
  readonly inPieces?: boolean;
  readonly parse: (output: Output, tools: ParseTools) => Parsed;
}

/** What parsers may use that comes from outside their folder. */
export interface ParseTools {
  /** Signatures of this platform. */
  readonly signatures: readonly Signature[];
}

export interface Vendor {
  readonly id: PlatformId;
  readonly name: string;
  /** Matches a prompt at the start of a line; group `host` is the host name, the rest of the line the command. */
  readonly prompt: RegExp;
  readonly commands: readonly Command[];
}

/** An output that was recognised and read. */
export interface ReadOutput {
  readonly platform: PlatformId | "unknown";
  /** Other platforms that print the same: `platform` is then the likeliest of them, not what the lines show. */
  readonly alsoOf?: readonly PlatformId[] | undefined;
  readonly command: string;
  /** The command as it was typed, written out; `command` is what the lines turned out to be. */
  readonly typed?: string | undefined;
  readonly host?: string | undefined;
  /** The end that was said for this very output (a heading such as "remote:"), if any. */
  readonly saidSide?: Side | undefined;
  /** Whoever pasted it wrote the host's name above it, as one does who lays out both ends. */
  readonly isHeaded?: boolean | undefined;
  readonly firstLine: number;
  readonly lastLine: number;
  readonly unread: readonly Line[];
  readonly values: readonly ReadingValue[];
  /** How many lines a known command printed that nothing is read from (`show version`): passed over, not unread. */
  readonly skipped?: number | undefined;
  /** Our parser broke on it (a fault of our own); all its lines are unread. */
  readonly fault?: string | undefined;
}

/** Why nothing was read from a paste: nothing in it, no text, nothing we know, or only platforms we cannot read yet. */
export type PasteTrouble = "empty" | "binary" | "nothing-recognised" | "other-platform";

/** A paste after reading: what the case keeps of it. */
export interface ReadPaste {
  readonly name: string;
  readonly outputs: readonly ReadOutput[];
  /** The cleaned, redacted lines, numbers rising; a number may be missing (blank or dropped) but none comes twice. */
  readonly lines: readonly Line[];
  readonly secretsRemoved: number;
  /** The last line, where the text breaks off in it: nothing shows that its last word or number is all there. */
  readonly brokenLine?: number | undefined;
  /** Set where no output could be read at all. */
  readonly trouble?: PasteTrouble | undefined;
}
