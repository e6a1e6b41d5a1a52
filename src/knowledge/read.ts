/** Reads and checks knowledge/. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { LineCounter, parseDocument } from "yaml";
import type { z } from "zod";
import type { Signature } from "../domain/signature.ts";
import { compileSignatures } from "./compile.ts";
import { type AskEntry, AskFile, FindingFile } from "./finding-schema.ts";
import { packedDocuments } from "./packed.ts";
import { SignatureFile } from "./schema.ts";

/** knowledge/ as seen from src/knowledge/ and from the bundle in dist/. */
const ROOT =
  ["../../knowledge/", "../knowledge/"]
    .map((path) => new URL(path, import.meta.url))
    .find((folder) => existsSync(new URL("asks.yaml", folder))) ?? new URL("../../knowledge/", import.meta.url);

/**
 * Reads one file of knowledge/ against its schema: from the YAML, or as the build packed it. `name` is its path within
 * knowledge/.
 * @throws Error naming file, line and field, with what was expected there.
 */
export function readYaml<T>(name: string, schema: z.ZodType<T>): T {
  const packed = packedDocuments()?.[name];
  return packed === undefined ? checkYaml(name, readFileSync(new URL(name, ROOT), "utf8"), schema) : (packed as T);
}

function checkYaml<T>(name: string, text: string, schema: z.ZodType<T>): T {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [broken] = document.errors;
  if (broken) throw new Error(`knowledge/${name}: ${broken.message}`);
  const checked = schema.safeParse(document.toJS());
  if (checked.success) return checked.data;
  const problems = checked.error.issues.map((issue) => {
    const node = document.getIn(issue.path, true) as { range?: [number, number, number] } | undefined;
    const line = node?.range ? lines.linePos(node.range[0]).line : 1;
    return `knowledge/${name}:${line} ${issue.path.join(".")}: ${issue.message}`;
  });
  throw new Error(problems.join("\n"));
}

/** The YAML files of a folder of knowledge/, as names for {@link readYaml}, sorted. */
export function yamlFiles(folder: string): string[] {
  const packed = packedDocuments();
  const names = packed
    ? Object.keys(packed).filter((name) => name.startsWith(`${folder}/`))
    : readdirSync(new URL(folder, ROOT)).map((file) => `${folder}/${file}`);
  return names.filter((name) => name.endsWith(".yaml")).sort();
}

/** All signatures with their patterns compiled. */
export function readSignatures(): Signature[] {
  return yamlFiles("signatures").flatMap((file) => compileSignatures(readYaml(file, SignatureFile)));
}

/** All findings, in name order. */
export function readFindings(): FindingFile[] {
  return yamlFiles("findings").map((file) => readYaml(file, FindingFile));
}

/** All asks by id. */
export function readAsks(): Map<string, AskEntry> {
  const { asks } = readYaml("asks.yaml", AskFile);
  return new Map(asks.map((ask) => [ask.id, ask]));
}
