/** Lines that may begin an output of several commands, kept until a line tells of which one. */
import type { Command, Line } from "../domain/output.ts";

const MOST = 15;

export class EarlyLines {
  #lines: Line[] = [];
  #commands: readonly Command[] = [];

  get isEmpty(): boolean {
    return this.#lines.length === 0;
  }

  /** The commands that all of the lines may belong to. */
  get commands(): readonly Command[] {
    return this.#commands;
  }

  /** Takes a line that one of `commands` may begin with; false if it does not go with the lines kept so far. */
  begin(line: Line, commands: readonly Command[]): boolean {
    const both = this.isEmpty ? commands : this.#commands.filter((command) => commands.includes(command));
    if (both.length === 0) return false;
    this.#commands = both;
    this.#lines.push(line);
    return true;
  }

  /** Takes a line without a shape that came after them; false if nothing is kept, or so much that nothing will come of it. */
  follow(line: Line): boolean {
    if (this.isEmpty || this.#lines.length >= MOST) return false;
    this.#lines.push(line);
    return true;
  }

  /** Gives the lines away. */
  take(): Line[] {
    const lines = this.#lines;
    this.#lines = [];
    this.#commands = [];
    return lines;
  }
}
