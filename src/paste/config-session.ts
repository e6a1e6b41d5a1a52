/** Turns what was typed in configuration mode into the lines of a configuration. */
import type { Line } from "../domain/output.ts";

/** What IOS says to a line that it does not take. */
const REFUSAL = /^\s*% ?(?:Invalid input|Incomplete command|Ambiguous command|Unrecognized command|Unknown command)/;

interface Held {
  readonly number: number;
  readonly text: string;
  readonly mode: string;
}

/**
 * A line's level shows only from the prompt after it: a command that was accepted in another mode than it was typed in
 * is a command of the first level. So each line is held until the next prompt.
 */
export class ConfigSession {
  readonly #lines: Line[];
  #held: Held | undefined;
  /** The device answers to the last line; what it says goes on until the next prompt. */
  #isAnswering = false;

  constructor(lines: Line[]) {
    this.#lines = lines;
  }

  /** Takes what was typed at a prompt of configuration mode `mode` ("config", "config-crypto-map"). */
  type(number: number, mode: string, typed: string): void {
    this.settle(mode);
    this.#isAnswering = false;
    // FortiOS, whose modes stand in brackets of their own, closes each table that it opens.
    const isLeaving = mode.startsWith("(") ? /^(?:exit|\?)$/i : /^(?:end|exit|\^Z|\?)$/i;
    if (typed !== "" && !isLeaving.test(typed)) this.#held = { number, text: typed, mode };
  }

  /** Whether a line without a prompt is the device's answer to the last one; a refusal takes that one back. */
  answers(text: string): boolean {
    if (REFUSAL.test(text)) this.#held = undefined;
    if (/^\s*(?:%|\^$)/.test(text)) this.#isAnswering = true;
    return this.#isAnswering;
  }

  /** Writes the held line down; `next` is the mode of the prompt after it, if one was seen. */
  settle(next?: string): void {
    const held = this.#held;
    if (held === undefined) return;
    this.#held = undefined;
    const isSubmode = held.mode.includes("-");
    const stayed = next === undefined || next.startsWith(held.mode);
    this.#lines.push({ number: held.number, text: isSubmode && stayed ? ` ${held.text}` : held.text });
  }
}
