/** A piece of a paste that one command printed, while it is being cut out. */
import type { PlatformId, Side } from "../domain/ids.ts";
import type { Command, Line, Vendor } from "../domain/output.ts";
import { type Expanded, expandCommandLine } from "./command-line.ts";
import { bestExpansion } from "./known-commands.ts";
import type { Beginning } from "./next-device.ts";
import type { Prompt } from "./prompt.ts";

export interface Chunk {
  platform: PlatformId | "unknown";
  /** Undefined while nobody is known who could read it. */
  command: Command | undefined;
  /** What a typed line can stand for, on each platform that has such a prompt, for the shape of the lines to decide. */
  candidates: readonly Candidate[];
  /** Commands of other platforms that can have printed every line so far as well. */
  alike: readonly Printed[];
  /** The platforms that the prompt can be of, while nothing tells them apart. */
  guesses: readonly PlatformId[];
  /** The command written out. */
  text: string;
  typed: string | undefined;
  host: string | undefined;
  saidSide: Side | undefined;
  isHeaded: boolean;
  readonly firstLine: number;
  readonly lines: Line[];
  /** prompt: typed after a prompt; typed: a command line alone; session: typed in configuration mode. */
  readonly origin: "prompt" | "typed" | "shape" | "none" | "session";
  /** A line that only this command prints was seen. */
  confirmed: boolean;
  /** The last line seen of those that such an output begins with. */
  beginning?: Beginning | undefined;
  /** Another device's output of the same command follows at once: nothing shows that it ended here. */
  endsUnseen?: boolean;
}

/** A command of a platform. */
export interface Printed {
  readonly platform: PlatformId;
  readonly command: Command;
}
export type Candidate = Expanded & Printed;

/** Whose the next output is, from the last prompt or heading. */
export interface Context {
  readonly host?: string | undefined;
  readonly side?: Side | undefined;
  /** A heading named it, no prompt. */
  readonly isHeaded?: boolean | undefined;
}

export function promptChunk(prompt: Prompt, line: Line, vendors: readonly Vendor[], context: Context): Chunk {
  return {
    ...resolved(prompt.typed, prompt.platforms, vendors),
    guesses: prompt.platforms,
    typed: prompt.typed,
    host: context.host,
    saidSide: context.side,
    isHeaded: context.isHeaded === true,
    firstLine: line.number,
    lines: [],
    origin: "prompt",
    confirmed: false,
  };
}

type Resolved = Pick<Chunk, "platform" | "command" | "candidates" | "alike" | "text">;

function resolved(typed: string, platforms: readonly PlatformId[], vendors: readonly Vendor[]): Resolved {
  const [platform = "unknown"] = platforms;
  const found = candidatesFor(typed, platforms, vendors);
  const whole = found.filter((one) => one.whole);
  const [first] = whole;
  if (first)
    return { platform: first.platform, command: first.command, candidates: whole, alike: [], text: first.text };
  const [loose] = found;
  if (loose && loose.keywords > 2) {
    const candidates = found.filter((one) => one.platform === loose.platform);
    return { platform: loose.platform, command: undefined, candidates, alike: [], text: textOf(typed, loose) };
  }
  return { platform, command: undefined, candidates: [], alike: [], text: bestExpansion(typed).text };
}

/** Lines looked up lately: people type the same few commands in each case, and press "up" and return again and again. */
const MOST_LOOKED = 500;
/** In characters. */
const LONGEST_LOOKED = 120;
const looked = new WeakMap<readonly Vendor[], Map<string, readonly Candidate[]>>();

function candidatesFor(
  typed: string,
  platforms: readonly PlatformId[],
  vendors: readonly Vendor[],
): readonly Candidate[] {
  const known = looked.get(vendors) ?? new Map<string, readonly Candidate[]>();
  looked.set(vendors, known);
  const key = `${platforms.join(" ")}:${typed}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const found = platforms.flatMap((platform) =>
    expandCommandLine(typed, vendors.find(({ id }) => id === platform)?.commands ?? []).map((one) => ({
      ...one,
      platform,
    })),
  );
  if (known.size >= MOST_LOOKED) known.clear();
  if (typed.length <= LONGEST_LOOKED) known.set(key, found);
  return found;
}

function textOf(typed: string, loose: Expanded): string {
  const known = bestExpansion(typed);
  return known.whole ? known.text : loose.text;
}

/** A command line without a prompt: only one that a vendor knows in full counts. */
export function typedChunk(typed: string, line: Line, vendors: readonly Vendor[], context: Context): Chunk | undefined {
  const ids = vendors.map(({ id }) => id);
  const candidates = candidatesFor(typed, ids, vendors).filter(
    ({ whole, keywords, text }) => whole && (keywords > 2 || /^ping \S*[.:\d]/.test(text)),
  );
  const [first] = candidates;
  if (first === undefined) return undefined;
  const { platform, command, text } = first;
  return {
    ...shapeChunk({ platform, command }, line, context),
    candidates,
    text,
    typed,
    origin: "typed",
    confirmed: false,
  };
}

export function shapeChunk({ platform, command }: Printed, line: Line, context: Context): Chunk {
  return {
    platform,
    command,
    candidates: [],
    alike: [],
    guesses: [],
    text: bareText(command),
    typed: undefined,
    host: context.host,
    saidSide: context.side,
    isHeaded: context.isHeaded === true,
    firstLine: line.number,
    lines: [],
    origin: "shape",
    confirmed: true,
  };
}

/** Lines that no command is known of. */
export function unknownChunk(platform: PlatformId | "unknown", line: Line, context: Context): Chunk {
  return {
    platform,
    command: undefined,
    candidates: [],
    alike: [],
    guesses: [],
    text: "unknown",
    typed: undefined,
    host: context.host,
    saidSide: context.side,
    isHeaded: context.isHeaded === true,
    firstLine: line.number,
    lines: [],
    origin: "none",
    confirmed: true,
  };
}

/** Lines typed in configuration mode, for the command that reads the platform's configurations, where there is one. */
export function sessionChunk(
  platform: PlatformId | "unknown" = "unknown",
  vendors: readonly Vendor[],
  line: Line,
  context: Context,
): Chunk {
  const command = configCommand(vendors.find(({ id }) => id === platform));
  return { ...unknownChunk(platform, line, context), command, text: "config", origin: "session" };
}

/** The command as its shape tells it: no optional words. */
export function bareText(command: Command): string {
  const at = command.run.indexOf(" [");
  return at < 0 ? command.run : command.run.slice(0, at);
}

/** Logs are printed at any moment, also into the middle of other outputs. */
export function isLog(command: Command | undefined): boolean {
  return command !== undefined && /^(?:debug|syslog|show logging)/.test(command.run);
}

/** The command that reads a vendor's configuration. */
export function configCommand(vendor: Vendor | undefined): Command | undefined {
  return vendor?.commands.find(({ run }) => run === "config" || run.startsWith("show running-config"));
}
