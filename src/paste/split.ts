/** Cuts the lines of a paste into outputs: at prompts, and where a line can only belong to another command. */
import type { Line, Vendor } from "../domain/output.ts";
import { type Chunk, isLog, promptChunk, sessionChunk, typedChunk } from "./chunk.ts";
import type { Mark } from "./clean.ts";
import { readHeading } from "./heading.ts";
import { beginningIn, isOfNextDevice } from "./next-device.ts";
import { OpenOutput } from "./open-output.ts";
import { type Prompt, readPrompt } from "./prompt.ts";
import { isDeviceLike, isProse } from "./prose.ts";
import { type Recognised, type Recogniser, recogniserFor } from "./recognise.ts";
import { settlePlatform } from "./settle-platform.ts";
import { ShapedLines } from "./shaped-lines.ts";
import { partStrangers } from "./strangers.ts";
import { Whose } from "./whose.ts";

export interface Split {
  readonly chunks: readonly Chunk[];
  /** Lines that look like a device's and belong to no output. */
  readonly stray: readonly Line[];
}

/** Commands that are run from configuration mode: IOS wants `do` before them, the ASA does not. */
const EXEC = /^(?:do|sho?w?|ping|packet-tracer)\s/i;
const TYPED_ALONE = /^(?:[-*] )?(?:do )?(?:sho?w?|ping) \S/i;

/** `marks` tells which lines had a heading mark before they were cleaned. */
export function split(
  lines: readonly Line[],
  vendors: readonly Vendor[],
  marks: ReadonlyMap<number, Mark> = new Map(),
): Split {
  const splitter = new Splitter(vendors, marks);
  for (const line of lines) splitter.take(line);
  return splitter.finish();
}

class Splitter {
  readonly #vendors: readonly Vendor[];
  readonly #marks: ReadonlyMap<number, Mark>;
  readonly #recogniser: Recogniser;
  readonly #whose = new Whose();
  readonly #output = new OpenOutput();
  readonly #shaped = new ShapedLines(this.#output, this.#whose);
  /** Blanks before the last prompt, and before all that it printed. */
  #indent = 0;
  #previous = 0;

  constructor(vendors: readonly Vendor[], marks: ReadonlyMap<number, Mark>) {
    this.#vendors = vendors;
    this.#marks = marks;
    this.#recogniser = recogniserFor(vendors);
  }

  take(line: Line): void {
    const spaced = line.number > this.#previous + 1;
    this.#previous = line.number;
    if (this.#indent === 0 && this.#output.takeOwn(line)) return;
    const prompt = readPrompt(line.text, this.#vendors);
    if (prompt?.log !== undefined) {
      this.#enter(prompt);
      this.#takeLine({ number: line.number, text: prompt.log }, spaced);
    } else if (prompt) this.#takePrompt(prompt, line);
    else this.#takeLine(this.#indent > 0 ? outdented(line, this.#indent) : line, spaced);
  }

  #takeLine(line: Line, spaced: boolean): void {
    if (this.#recogniser.hasShape(line.text)) this.#takeShaped(line, spaced);
    else if (this.#output.messages.isMessage(line.text)) this.#takeMessage(line);
    // Indented lines of an open output are neither headings nor prose; most lines of a paste are such.
    else if (line.text.charCodeAt(0) === 32 && this.#output.uninterrupted) this.#takePlain(line);
    else if (!this.#takeWords(line, spaced)) this.#takePlain(line);
  }

  /** A heading, a command line alone, or prose: what people write around outputs. */
  #takeWords(line: Line, spaced: boolean): boolean {
    return this.#takeHeading(line, spaced) || this.#takeTyped(line) || this.#takeProse(line);
  }

  finish(): Split {
    this.#output.end();
    for (const chunk of this.#output.chunks)
      settlePlatform(chunk, this.#whose.platformOf(chunk.host), this.#vendors, this.#recogniser);
    partStrangers(this.#output.chunks);
    const chunks = this.#output.chunks
      .filter(({ origin, lines }) => lines.length > 0 || origin === "prompt")
      .filter((chunk, at, all) => !(isSameNothing(all[at - 1], chunk) && isSameNothing(chunk, all[at + 1])));
    chunks.sort((one, other) => one.firstLine - other.firstLine);
    this.#output.stray.sort((one, other) => one.number - other.number);
    return { chunks, stray: this.#output.stray };
  }

  #takePrompt(prompt: Prompt, line: Line): void {
    this.#output.releaseEarly();
    const current = this.#output.chunk;
    const sameHost = prompt.host === undefined || current?.host === undefined || prompt.host === current.host;
    // Somebody pressed return while a log ran by.
    if (prompt.typed === "" && isLog(current?.command) && sameHost) return;
    this.#enter(prompt);
    if (prompt.configMode !== undefined && !EXEC.test(prompt.typed)) this.#takeConfigured(prompt, line);
    else {
      this.#output.messages.enter(current, this.#whose.context.host);
      this.#output.endSession();
      const platforms = this.#whose.platformsOf(prompt);
      const chunk = promptChunk({ ...prompt, platforms }, line, this.#vendors, this.#whose.context);
      const isPiece = current?.command?.inPieces === true && current.origin === "prompt" && current.host === chunk.host;
      if (isPiece && (prompt.typed === "" || chunk.command === current.command)) return;
      if (prompt.typed === "") this.#output.leave();
      else this.#output.open(chunk);
    }
  }

  #takeConfigured(prompt: Prompt, line: Line): void {
    const { context } = this.#whose;
    const { chunk } = this.#output;
    let { session } = this.#output;
    if (chunk?.origin !== "session" || !session || chunk.host !== context.host) {
      this.#output.end();
      session = this.#output.openSession(
        sessionChunk(this.#whose.platformsOf(prompt)[0], this.#vendors, line, context),
      );
    }
    session.type(line.number, prompt.configMode ?? "", prompt.typed);
  }

  #enter(prompt: Prompt): void {
    this.#indent = prompt.indent;
    this.#output.endRemarks();
    this.#whose.follow(prompt);
  }

  #takeShaped(line: Line, spaced: boolean): void {
    this.#leaveDevice(line);
    this.#takeShapedLine(line, spaced);
    const { chunk } = this.#output;
    const beginning = beginningIn(chunk?.command, line.text);
    if (chunk !== undefined && beginning !== undefined) chunk.beginning = beginning;
    this.#learnPlatform(chunk);
  }

  #learnPlatform(chunk: Chunk | undefined): void {
    if (!chunk?.confirmed || chunk.alike.length > 0 || chunk.platform === "unknown") return;
    if (chunk.origin === "prompt" || chunk.host === undefined) this.#whose.isOn(chunk.host, chunk.platform);
  }

  /** Where a second configuration follows the first at once: it is another device's, whatever was said of the first. */
  #leaveDevice({ text }: Line): void {
    const { chunk } = this.#output;
    const beginning = beginningIn(chunk?.command, text);
    if (chunk === undefined || beginning === undefined || chunk.origin === "session") return;
    if (!isOfNextDevice(beginning, chunk.beginning, chunk.lines.at(-1)?.text)) return;
    chunk.endsUnseen = true;
    this.#output.end();
    this.#whose.head(undefined);
  }

  #takeShapedLine(line: Line, spaced: boolean): void {
    const current = this.#output.uninterrupted;
    const isSettled = current?.confirmed && current.alike.length === 0;
    if (isSettled && current.command && this.#recogniser.looksLike(current.command, line.text)) this.#output.push(line);
    else {
      const shapes = this.#recogniser.shapesOf(line.text);
      // "## IPSEC:" is a heading and no message, whatever follows the word.
      const isTitle = this.#marks.get(line.number) === "heading" && shapes.every(isLogShape);
      if (!isTitle || !this.#takeHeading(line, spaced)) this.#shaped.take(line, shapes);
    }
  }

  #takeMessage(line: Line): void {
    if (isLog(this.#output.chunk?.command)) this.#output.push(line);
    else {
      const isIntoOutput = this.#output.uninterrupted?.command !== undefined;
      this.#output.messages.takeUnread(line, isIntoOutput, this.#whose.context);
    }
  }

  #takeHeading(line: Line, spaced: boolean): boolean {
    const mark = this.#marks.get(line.number);
    const heading = readHeading(line.text, { marked: mark !== undefined, spaced, hosts: this.#whose.hosts });
    if (heading === undefined && mark !== "heading") return false;
    // A heading may stand between a command line and what it printed.
    const isWaiting = this.#output.chunk?.origin === "prompt" && this.#output.chunk.lines.length === 0;
    if (heading === undefined && isWaiting) return true;
    this.#output.end();
    this.#indent = 0;
    this.#whose.head(heading);
    return true;
  }

  #takeTyped(line: Line): boolean {
    if (line.text.length > 160 || !TYPED_ALONE.test(line.text)) return false;
    const typed = line.text.replace(/^[-*] /, "").replace(/ ?:$/, "");
    const chunk = typedChunk(typed, line, this.#vendors, this.#whose.context);
    if (chunk === undefined) return false;
    this.#output.end();
    this.#output.open(chunk);
    return true;
  }

  #takeProse(line: Line): boolean {
    const { uninterrupted } = this.#output;
    if (!isProse(line.text, uninterrupted !== undefined && uninterrupted.lines.length > 0)) return false;
    this.#output.remark();
    return true;
  }

  #takePlain(line: Line): void {
    if (this.#output.early.follow(line)) return;
    this.#output.releaseEarly();
    if (this.#output.session?.answers(line.text)) return;
    if (!this.#output.uninterrupted && !isDeviceLike(line.text)) return;
    if (this.#output.chunk === undefined) this.#output.stray.push(line);
    else if (!this.#output.messages.continues(line)) this.#output.push(line);
  }
}

/** A command line typed again while it printed nothing: of many, the first and the last tell all. */
function isSameNothing(one: Chunk | undefined, next: Chunk | undefined): boolean {
  if (!one || !next || one.lines.length > 0 || next.lines.length > 0) return false;
  return (
    one.typed !== undefined && one.typed === next.typed && one.host === next.host && one.saidSide === next.saidSide
  );
}

function isLogShape(shape: Recognised): boolean {
  return isLog(shape.command);
}

function outdented(line: Line, indent: number): Line {
  let at = 0;
  while (at < indent && (line.text[at] === " " || line.text[at] === "\t")) at += 1;
  return at === 0 ? line : { number: line.number, text: line.text.slice(at) };
}
