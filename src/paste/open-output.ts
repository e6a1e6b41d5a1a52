/** The output that the lines of a paste are being put into, and what ends it. */
import type { Line } from "../domain/output.ts";
import type { Chunk } from "./chunk.ts";
import { ConfigSession } from "./config-session.ts";
import { EarlyLines } from "./early-lines.ts";
import { Messages } from "./messages.ts";
import { isDeviceLike } from "./prose.ts";

/** So many lines of prose end an output; fewer are a remark in the middle of it. */
const MOST_REMARKS = 2;
/** Lines that say nothing where they stand alone. */
const IDLE = /^\s*(?:!|Time source is )/;

export class OpenOutput {
  readonly chunks: Chunk[] = [];
  /** Lines that look like a device's and belong to no output. */
  readonly stray: Line[] = [];
  readonly early = new EarlyLines();
  readonly messages = new Messages(this.chunks);
  #current: Chunk | undefined;
  #session: ConfigSession | undefined;
  /** Lines of prose since the output's last line. */
  #remarks = 0;

  /** The open output, if any, also where a remark stands after it. */
  get chunk(): Chunk | undefined {
    return this.#current;
  }

  /** The open output where nothing has interrupted it. */
  get uninterrupted(): Chunk | undefined {
    return this.#remarks === 0 ? this.#current : undefined;
  }

  get hasRemark(): boolean {
    return this.#remarks > 0;
  }

  /** What was typed in configuration mode, where that is open. */
  get session(): ConfigSession | undefined {
    return this.#session;
  }

  open(chunk: Chunk): void {
    this.#current = chunk;
    this.#remarks = 0;
    this.messages.endRun();
    this.chunks.push(chunk);
  }

  openSession(chunk: Chunk): ConfigSession {
    this.open(chunk);
    this.#session = new ConfigSession(chunk.lines);
    return this.#session;
  }

  push(line: Line): void {
    this.releaseEarly();
    this.#session?.settle();
    this.#remarks = 0;
    this.messages.endRun();
    this.#current?.lines.push(line);
  }

  /** Takes the line if the open output's command knows it for its own without any doubt. */
  takeOwn(line: Line): boolean {
    const current = this.#current;
    const continues = current?.command?.continues;
    if (current === undefined || continues === undefined || !current.confirmed) return false;
    if (this.#remarks > 0 || this.#session || !this.early.isEmpty || !continues(line.text)) return false;
    this.messages.endRun();
    current.lines.push(line);
    return true;
  }

  /** A prompt was seen: remarks before it belong to nothing. */
  endRemarks(): void {
    this.#remarks = 0;
  }

  /** A line of prose was seen. */
  remark(): void {
    const isBegun = this.#current !== undefined && this.#current.lines.length > 0;
    this.releaseEarly();
    if (isBegun) this.#remarks += 1;
    if (this.#remarks > MOST_REMARKS) this.end();
  }

  /** An empty prompt: what follows belongs to no output, but a log may go on. */
  leave(): void {
    this.#current = undefined;
  }

  endSession(): void {
    this.#session?.settle();
    this.#session = undefined;
  }

  /** Nothing after this belongs to the open output, nor to its log. */
  end(): void {
    this.releaseEarly();
    this.endSession();
    this.#current = undefined;
    this.messages.close();
    this.#remarks = 0;
  }

  /** Nothing came of the lines that might have begun an output. */
  releaseEarly(): void {
    if (this.early.isEmpty) return;
    const inside = this.uninterrupted;
    for (const line of this.early.take()) {
      if (inside) inside.lines.push(line);
      else if (isDeviceLike(line.text) && !IDLE.test(line.text)) this.stray.push(line);
    }
  }
}
