/** Log messages that the console printed into other outputs, gathered in logs of their own. */
import type { Line } from "../domain/output.ts";
import { type Chunk, type Context, isLog, shapeChunk, unknownChunk } from "./chunk.ts";
import type { Recognised } from "./recognise.ts";
import { retarget } from "./retarget.ts";

const SYSLOG =
  /^\s*(?:\d{1,9}: )?(?:[*.]?[A-Z][a-z]{2} {1,2}\d{1,2} [\d:. ]{5,24}(?: [A-Z]{2,5})?: )?%[A-Z][A-Z0-9_]{1,40}-\d-[A-Z0-9_]{2,60}: /;
/** After so many messages in a row, lines without a shape continue the log and not the output before it. */
const LONG_RUN = 3;

export class Messages {
  readonly #chunks: Chunk[];
  #log: Chunk | undefined;
  #run = 0;

  constructor(chunks: Chunk[]) {
    this.#chunks = chunks;
  }

  isMessage(text: string): boolean {
    return text.includes("%") && SYSLOG.test(text);
  }

  /** Another output of `host` begins after `before`; if that was a log of the same host, it may go on. */
  enter(before: Chunk | undefined, host: string | undefined): void {
    if (before && isLog(before.command)) this.#log = before;
    if (this.#log?.host !== undefined && this.#log.host !== host) this.#log = undefined;
  }

  close(): void {
    this.#log = undefined;
    this.#run = 0;
  }

  endRun(): void {
    this.#run = 0;
  }

  takeLog(line: Line, shape: Recognised, context: Context): void {
    if (!this.#log || (this.#log.command !== undefined && this.#log.platform !== shape.vendor.id)) {
      this.#log = shapeChunk({ platform: shape.vendor.id, command: shape.command }, line, context);
      this.#chunks.push(this.#log);
    } else if (this.#log.command === undefined || this.#log.command.run.startsWith("syslog"))
      retarget(this.#log, shape);
    this.#log.lines.push(line);
    this.#run += 1;
  }

  /** A message that no vendor's log reads: it must not break the output that it was printed into. */
  takeUnread(line: Line, isIntoOutput: boolean, context: Context): void {
    const chunk = (isIntoOutput ? this.#log : undefined) ?? {
      ...unknownChunk("cisco-ios", line, context),
      text: "syslog",
    };
    if (chunk.lines.length === 0) this.#chunks.push(chunk);
    chunk.lines.push(line);
    this.#log = chunk;
  }

  /** Whether a line without a shape was taken as the rest of a message. */
  continues(line: Line): boolean {
    if (this.#run < LONG_RUN || !this.#log) return false;
    this.#log.lines.push(line);
    return true;
  }
}
