/** The way from a pasted text to readings: clean → redact → split → recognise → parse. */
import type { PlatformId } from "../domain/ids.ts";
import type { Line, Output, Parsed, PasteTrouble, ReadOutput, ReadPaste, Vendor } from "../domain/output.ts";
import type { Signature } from "../domain/signature.ts";
import type { Chunk } from "./chunk.ts";
import { clean } from "./clean.ts";
import { readPrompt } from "./prompt.ts";
import { recogniserFor } from "./recognise.ts";
import { redact, type SecretTagger } from "./redact.ts";
import { split } from "./split.ts";
import { typedValues } from "./typed-values.ts";

export interface ReadTools {
  readonly vendors: readonly Vendor[];
  readonly signatures: readonly Signature[];
  readonly tagger: SecretTagger;
}

/**
 * Reads one paste. `name` is how evidence will refer to it. Never throws on any text; what could not be read is in the
 * outputs' `unread`, and lines outside every output that look like a device's come as one output of platform and
 * command "unknown". Where nothing at all was read, `trouble` says why.
 */
export function readPaste(name: string, text: string, tools: ReadTools): ReadPaste {
  const { vendors } = tools;
  const recogniser = recogniserFor(vendors);
  const startsLine = (line: string) => readPrompt(line, vendors) !== undefined || recogniser.hasShape(line);
  const cleaned = clean(text, startsLine);
  const { lines, removed } = redact(cleaned.lines, tools.tagger);
  const { chunks, stray } = split(lines, vendors, cleaned.marks);
  const lastLine = whereOutputsEnd(lines, chunks.at(-1), vendors);
  const outputs = chunks.map((chunk) => readChunk(chunk, { cuts: cleaned.cuts, lastLine }, tools));
  const [first] = stray;
  if (first)
    outputs.push({
      platform: "unknown",
      command: "unknown",
      firstLine: first.number,
      lastLine: stray.at(-1)?.number ?? first.number,
      unread: stray,
      values: [],
    });
  const trouble = cleaned.binary ? "binary" : troubleOf(outputs, lines.length, vendors);
  const brokenLine = whereItBreaksOff(text, lines, outputs);
  return {
    name,
    outputs,
    lines,
    secretsRemoved: removed,
    ...(brokenLine !== undefined && { brokenLine }),
    ...(trouble && { trouble }),
  };
}

/**
 * The paste's last line; or the last output's, where only words follow and no prompt: nothing shows that it ended there.
 */
function whereOutputsEnd(lines: readonly Line[], last: Chunk | undefined, vendors: readonly Vendor[]): number {
  const written = lines.findLast(({ text }) => text.trim() !== "")?.number ?? 0;
  const end = last?.lines.findLast(({ text }) => text.trim() !== "")?.number ?? last?.firstLine;
  if (end === undefined) return written;
  // From behind: what follows the last output is little, the outputs before it may be a million lines.
  for (let at = lines.length - 1; (lines[at]?.number ?? 0) > end; at -= 1)
    if (readPrompt(lines[at]?.text ?? "", vendors) !== undefined) return written;
  return end;
}

/**
 * The last line, where no line end follows it. A number there, a key, or the last word of a configuration may go on; a log
 * line that ends in words does not.
 */
function whereItBreaksOff(text: string, lines: readonly Line[], outputs: readonly ReadOutput[]): number | undefined {
  const last = lines.at(-1);
  if (last === undefined || /[\r\n]\s{0,20}$/.test(text.slice(-24))) return undefined;
  const output = outputs.findLast(({ lastLine }) => lastLine === last.number);
  const isOpen = output?.command === "config" || /(?:[\da-f.:]|<secret #\d{1,9}>)$/i.test(last.text.trimEnd());
  return output !== undefined && isOpen ? last.number : undefined;
}

/** What shows whether an output is all there: where lines were left out, and the last line of the paste. */
interface Extent {
  readonly cuts: readonly number[];
  readonly lastLine: number;
}

function readChunk(chunk: Chunk, { cuts, lastLine: end }: Extent, tools: ReadTools): ReadOutput {
  const { platform, command, host, saidSide, isHeaded, firstLine, lines } = chunk;
  const lastLine = lines.at(-1)?.number ?? firstLine;
  const alsoOf = otherPlatformsOf(chunk, tools);
  const base = {
    platform,
    ...(alsoOf.length > 0 && { alsoOf }),
    command: chunk.text,
    host,
    saidSide,
    firstLine,
    lastLine,
    ...(isHeaded && { isHeaded }),
  };
  if (command === undefined) {
    const vendor = tools.vendors.find(({ id }) => id === platform);
    if (vendor === undefined) return { ...base, unread: lines, values: [] };
    return { ...base, unread: [], values: typedValues(chunk), skipped: lines.length };
  }
  const isCut = cuts.some((cut) => cut > firstLine && cut <= lastLine + 1);
  const isOpenEnded = lastLine >= end || chunk.endsUnseen === true;
  // A command line that ends the paste: nobody has shown yet what it prints.
  if (isOpenEnded && lines.every(({ text }) => text.trim() === "")) return { ...base, unread: [], values: [] };
  const said = lines.filter(({ text }) => text.trim() !== "");
  // A command that the device does not know shows nothing, not even that there is nothing.
  if (said.length > 0 && said.every(({ text }) => REFUSED.test(text))) return { ...base, unread: said, values: [] };
  const output: Output = {
    typed: chunk.typed,
    command: chunk.text,
    host,
    lines,
    ...(isCut && { isCut }),
    ...(isOpenEnded && { isOpenEnded }),
  };
  const parsed = parse(command.parse, output, signaturesOf(platform, tools.signatures));
  const typed = chunk.typed === undefined ? {} : { typed: chunk.text };
  return { ...base, ...typed, ...parsed, command: parsed.command ?? chunk.text };
}

/** What devices say to a command that they do not take: IOS and ASA, FortiOS, PAN-OS. */
const REFUSED =
  /^\s*(?:\^|(?:ERROR: )?% ?(?:Invalid input|Incomplete command|Ambiguous command|Unrecognized command|Unknown command)|command parse error before|Command fail\. Return code|Unknown action \d|Invalid syntax\.|Unknown command:)/;

/** The platforms that can have printed the piece just as well. */
function otherPlatformsOf(chunk: Chunk, { vendors }: ReadTools): PlatformId[] {
  const { confirmed, alike, candidates, guesses, platform, command } = chunk;
  // A tool of the system is one command that several platforms share.
  const sharing = vendors.flatMap(({ id, commands }) => (command && commands.includes(command) ? [id] : []));
  const all =
    command === undefined ? guesses : [...sharing, ...(confirmed ? alike : candidates).map((one) => one.platform)];
  return [...new Set(all)].filter((one) => one !== platform);
}

const byPlatform = new WeakMap<readonly Signature[], Map<string, readonly Signature[]>>();

/** The signatures of the platform alone: what others print costs a log nothing. */
export function signaturesOf(platform: Chunk["platform"], all: readonly Signature[]): readonly Signature[] {
  const known = byPlatform.get(all) ?? new Map<string, readonly Signature[]>();
  byPlatform.set(all, known);
  const found = known.get(platform) ?? all.filter((signature) => signature.platform === platform);
  known.set(platform, found);
  return found;
}

/** A parser that breaks on a line nobody thought of must not take the rest of the paste with it. */
function parse(
  read: (output: Output, tools: { signatures: readonly Signature[] }) => Parsed,
  output: Output,
  signatures: readonly Signature[],
): Parsed & Pick<ReadOutput, "fault"> {
  try {
    const { values, unread, command } = read(output, { signatures });
    return { values, unread: rising(unread), command };
  } catch (error) {
    return { values: [], unread: output.lines, fault: error instanceof Error ? error.message : String(error) };
  }
}

/** A parser that reads ahead may tell of its unread lines late, or twice. */
function rising(lines: readonly Line[]): readonly Line[] {
  if (lines.every(({ number }, index) => index === 0 || number > (lines[index - 1]?.number ?? 0))) return lines;
  return [...new Map(lines.map((line) => [line.number, line])).values()].sort(
    (one, other) => one.number - other.number,
  );
}

function troubleOf(
  outputs: readonly ReadOutput[],
  lines: number,
  vendors: readonly Vendor[],
): PasteTrouble | undefined {
  if (lines === 0) return "empty";
  const isReadable = ({ platform }: ReadOutput) => vendors.some(({ id }) => id === platform);
  if (outputs.some(isReadable)) return undefined;
  return outputs.some(({ platform }) => platform !== "unknown") ? "other-platform" : "nothing-recognised";
}
