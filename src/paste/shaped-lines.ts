/** Lines whose shape tells which commands print them: whose output each is, and where the next output begins. */
import type { Line } from "../domain/output.ts";
import { type Chunk, isLog, shapeChunk } from "./chunk.ts";
import type { OpenOutput } from "./open-output.ts";
import type { Recognised } from "./recognise.ts";
import { othersIn, retarget, settle } from "./retarget.ts";
import type { Whose } from "./whose.ts";

export class ShapedLines {
  readonly #output: OpenOutput;
  readonly #whose: Whose;

  constructor(output: OpenOutput, whose: Whose) {
    this.#output = output;
    this.#whose = whose;
  }

  /** Puts the line into the open output, or begins another one with it. */
  take(line: Line, shapes: readonly Recognised[]): void {
    const looks = shapes.filter(({ role }) => role === "looks");
    const current = this.#output.chunk;
    const isRepeated = this.#output.hasRemark && current?.lines[0]?.text === line.text;
    const shape = looks.find(({ command }) => this.#output.early.commands.includes(command)) ?? looks[0];
    if (current && !isRepeated && settle(current, looks)) this.#output.push(line);
    else if (shape === undefined) this.#takeStart(line, shapes);
    else if (isLog(shape.command) && this.#isInOutput())
      this.#output.messages.takeLog(line, shape, this.#whose.context);
    else if (current && this.#isStillOpen(current) && !isLog(shape.command)) {
      retarget(current, shape);
      current.alike = othersIn(looks, current);
      this.#output.push(line);
    } else this.#openByShape(line, shape, looks);
  }

  /** Whether nothing tells yet whose output it is, so that the shape may say so against the command line. */
  #isStillOpen({ lines, origin }: Chunk): boolean {
    return lines.length === 0 && origin !== "session" && this.#output.early.isEmpty;
  }

  /** Whether what is open is an output that log messages may be printed into. */
  #isInOutput(): boolean {
    const { command } = this.#output.uninterrupted ?? {};
    return command !== undefined && !isLog(command);
  }

  #openByShape(line: Line, { vendor, command }: Recognised, looks: readonly Recognised[]): void {
    const isEarly = this.#output.early.commands.includes(command);
    if (!isEarly) this.#output.releaseEarly();
    this.#output.messages.enter(this.#output.chunk, this.#whose.context.host);
    this.#output.endSession();
    const lines = [...this.#output.early.take(), line];
    const chunk = shapeChunk({ platform: vendor.id, command }, lines[0] ?? line, this.#whose.context);
    chunk.alike = othersIn(looks, chunk);
    for (const each of lines) chunk.lines.push(each);
    this.#output.open(chunk);
  }

  /** A line that may begin an output; one that the open output may begin with is of that one. */
  #takeStart(line: Line, shapes: readonly Recognised[]): void {
    const commands = shapes.map(({ command }) => command);
    const own = this.#output.uninterrupted?.command;
    if ((own && commands.includes(own)) || this.#output.session) this.#output.push(line);
    else if (!this.#output.early.begin(line, commands)) {
      this.#output.releaseEarly();
      this.#output.early.begin(line, commands);
    }
  }
}
