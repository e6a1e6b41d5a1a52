/** Reads the inputs of a command and what they say. */
import { readFileSync } from "node:fs";
import type { ReadPaste } from "../domain/output.ts";
import type { Knowledge } from "../knowledge/assemble.ts";
import { readPaste } from "../paste/read.ts";
import { createSecretTagger } from "../paste/redact.ts";
import type { GivenPaste } from "../tunnel/known.ts";
import { VENDORS } from "../vendors/index.ts";
import { type InputArgument, UsageError } from "./arguments.ts";
import { nameOfInput } from "./echo.ts";

/**
 * Reads all inputs as pastes of one case; their names are the file names, "stdin" for standard input.
 * @throws UsageError where an input can't be read, with the remedy.
 */
export async function readInputs(inputs: readonly InputArgument[], { signatures }: Knowledge): Promise<GivenPaste[]> {
  const tools = { vendors: VENDORS, signatures, tagger: createSecretTagger() };
  const names = new Set<string>();
  const given: GivenPaste[] = [];
  for (const [index, { file, side }] of inputs.entries()) {
    const text = await readText(file, index);
    let name = file === "-" ? "stdin" : file;
    for (let again = 2; names.has(name); again += 1) name = `${file} (${again})`;
    names.add(name);
    const paste = readPaste(name, text, tools);
    if (isBinary(paste)) throw new UsageError(`${name} is not text; paste or save what the device prints as text`);
    given.push({ paste, saidSide: side });
  }
  return given;
}

async function readText(file: string, index: number): Promise<string> {
  if (file === "-") {
    if (process.stdin.isTTY) process.stderr.write("Paste what the devices print, then press Ctrl-D:\n");
    const { buffer } = await import("node:stream/consumers");
    return (await buffer(process.stdin)).toString("utf8");
  }
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    throw new UsageError(
      `cannot read ${nameOfInput(file, index)}: ${REASONS[String(code)] ?? "it could not be opened"}`,
    );
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EACCES: "permission denied",
  EISDIR: "it is a folder; name the files in it",
};

function isBinary(paste: ReadPaste): boolean {
  return paste.trouble === "binary";
}
