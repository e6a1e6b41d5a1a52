/** Arguments of the commands, checked; errors are one line that says what to change. */
import { parseArgs } from "node:util";
import { PLATFORM_IDS, type PlatformId, SIDES, type Side, SYMPTOM_IDS, type SymptomId } from "../domain/ids.ts";
import { canonicalAddress } from "../domain/network.ts";
import { quotedWord } from "./echo.ts";

/** Wrong usage or unreadable input; the message is one line. */
export class UsageError extends Error {}

export interface InputArgument {
  /** "-" is standard input. */
  readonly file: string;
  readonly side?: Side | undefined;
}

export interface DiagnoseArguments {
  readonly json: boolean;
  readonly symptom?: SymptomId | undefined;
  readonly platforms: Partial<Readonly<Record<Side, PlatformId>>>;
  readonly peer?: string | undefined;
  readonly cannot: readonly { readonly side: Side; readonly command: string }[];
  readonly inputs: readonly InputArgument[];
}

export function parseDiagnose(args: readonly string[]): DiagnoseArguments {
  const { values, positionals } = parse(args, {
    json: { type: "boolean" },
    symptom: { type: "string" },
    platform: { type: "string", multiple: true },
    peer: { type: "string" },
    cannot: { type: "string", multiple: true },
  });
  return {
    json: values["json"] === true,
    symptom: oneOf(values["symptom"], SYMPTOM_IDS, "--symptom"),
    platforms: platforms((values["platform"] as string[] | undefined) ?? []),
    peer: address(values["peer"] as string | undefined),
    cannot: ((values["cannot"] as string[] | undefined) ?? []).map(cannot),
    inputs: inputs(positionals),
  };
}

export function parseRead(args: readonly string[]): {
  readonly json: boolean;
  readonly inputs: readonly InputArgument[];
} {
  const { values, positionals } = parse(args, { json: { type: "boolean" } });
  return { json: values["json"] === true, inputs: inputs(positionals) };
}

type Options = NonNullable<Parameters<typeof parseArgs>[0]>["options"];

function parse(args: readonly string[], options: NonNullable<Options>) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(wrongOption(error));
  }
}

/** Node's message repeats the argument, which may be a pasted line. */
function wrongOption(error: unknown): string {
  const message = error instanceof Error ? error.message : "";
  const option = /^(?:Unknown option|Option) '(-[a-z]|--[a-z-]{2,20})[ ']/.exec(message)?.[1];
  if (option === undefined) return "there is an option that I do not know; npx tunnelmedic help lists them";
  if (message.startsWith("Unknown")) return `unknown option ${option}; npx tunnelmedic help lists them`;
  return message.includes("does not take") ? `${option} takes no value` : `${option} wants a value`;
}

function inputs(positionals: readonly string[]): InputArgument[] {
  const given = positionals.map((text): InputArgument => {
    const side = SIDES.find((name) => text.startsWith(`${name}=`));
    return side ? { side, file: text.slice(side.length + 1) } : { file: text };
  });
  return given.length > 0 ? given : [{ file: "-" }];
}

function platforms(given: readonly string[]): Partial<Record<Side, PlatformId>> {
  const found: Partial<Record<Side, PlatformId>> = {};
  for (const text of given) {
    const [first = "", second] = text.split("=");
    const id = oneOf(second ?? first, PLATFORM_IDS, "--platform");
    const side = second === undefined ? undefined : oneOf(first, SIDES, "--platform");
    if (id === undefined) continue;
    for (const end of side ? [side] : (["local"] as const)) found[end] = id;
  }
  return found;
}

function cannot(text: string): { side: Side; command: string } {
  const at = text.indexOf("=");
  const side = oneOf(at < 0 ? text : text.slice(0, at), SIDES, "--cannot");
  const command = at < 0 ? "" : text.slice(at + 1).trim();
  if (side === undefined || command === "")
    throw new UsageError(`--cannot wants SIDE=COMMAND, as in --cannot "remote=show crypto isakmp sa"`);
  return { side, command };
}

function address(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const canonical = canonicalAddress(text.trim());
  if (canonical === undefined)
    throw new UsageError(`--peer wants an IPv4 or IPv6 address, not${quotedWord(text) || " that"}`);
  return canonical;
}

function oneOf<T extends string>(value: unknown, allowed: readonly T[], option: string): T | undefined {
  if (value === undefined) return undefined;
  const found = allowed.find((item) => item === value);
  if (found === undefined)
    throw new UsageError(`${option}${quotedWord(String(value))} is not one of ${allowed.join(", ")}`);
  return found;
}
