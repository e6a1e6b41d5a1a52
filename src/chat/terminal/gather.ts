/**
 * Gathers typed lines into messages. A bracketed paste is one message. Without bracketed paste, a line that is no
 * command of ours begins a paste. Outputs have blank lines inside, so a blank line ends it only if nothing follows at
 * once, or what follows is said to us; so does a prompt with nothing behind it. A single line with nothing after it was typed, and gets its answer.
 */

export interface Gatherer {
  line(text: string): void;
  pasteBegins(): void;
  /** `rest` is what stands on the last line, not yet ended by Return. */
  pasteEnds(rest: string): void;
  /** Whether lines wait for the end of a message. */
  isGathering(): boolean;
  /** No more input: what was gathered is a message. */
  end(): void;
}

export interface GatherOptions {
  /** A complete message. */
  readonly message: (text: string) => void;
  /** Whether a single line is a message by itself. */
  readonly isCommand: (text: string) => boolean;
  /** Whether a line is said to us and not part of the paste, given the one before it. */
  readonly endsPaste: (text: string, before: string) => boolean;
  /** How long to wait for more after a blank line, in milliseconds. */
  readonly patience: number;
  /** How long to wait for more after a single line, which somebody may have typed, in milliseconds. */
  readonly patienceAfterOne: number;
}

export function gatherer({ message, isCommand, endsPaste, patience, patienceAfterOne }: GatherOptions): Gatherer {
  let lines: string[] = [];
  let pasting = false;
  let timer: NodeJS.Timeout | undefined;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    const text = lines.join("\n").trimEnd();
    lines = [];
    if (text.trim() !== "") message(text);
  }

  return {
    line(text) {
      clearTimeout(timer);
      if (pasting) {
        lines.push(text);
        return;
      }
      const before = lines.at(-1);
      if (before !== undefined && endsPaste(text, before)) flush();
      if (lines.length === 0 && (text.trim() === "" || isCommand(text))) {
        if (text.trim() !== "") message(text);
        return;
      }
      lines.push(text);
      if (text.trim() === "") timer = setTimeout(flush, patience);
      else if (lines.length === 1) timer = setTimeout(flush, patienceAfterOne);
    },
    pasteBegins() {
      pasting = true;
    },
    pasteEnds(rest) {
      pasting = false;
      // A single pasted line stays on the input line: it may still be edited, and is sent with Return.
      if (lines.length === 0) return;
      if (rest !== "") lines.push(rest);
      flush();
    },
    isGathering() {
      return lines.length > 0;
    },
    end() {
      flush();
    },
  };
}
