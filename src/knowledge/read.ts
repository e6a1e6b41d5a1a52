/** Reads and checks knowledge/, and the knowledge/ of each platform's folder. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { LineCounter, parseDocument } from "yaml";
import type { z } from "zod";
import { PLATFORM_IDS } from "../domain/ids.ts";
import type { Signature } from "../domain/signature.ts";
import { type Documents, type Knowledge, knowledgeIn } from "./assemble.ts";
import {
  AskCommandFile,
  type AskEntry,
  AskFile,
  FindingFile,
  FixFile,
  type KnownFault,
  SayingFile,
  WordFile,
} from "./finding-schema.ts";
import { packedDocuments } from "./packed.ts";
import { SignatureFile, SupportFile } from "./schema.ts";

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
  return packed === undefined ? checkYaml(name, readFileSync(placeOf(name), "utf8"), schema) : (packed as T);
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

/** The YAML files of a folder of knowledge/, or of those of the platforms, as names for {@link readYaml}, sorted. */
export function yamlFiles(folder: string): string[] {
  const packed = packedDocuments();
  const names = packed
    ? Object.keys(packed).filter((name) => name.startsWith(`${folder}/`))
    : filesOf(folder).map((file) => `${folder}/${file}`);
  return names.filter((name) => name.endsWith(".yaml")).sort();
}

function filesOf(folder: string): string[] {
  const at = placeOf(folder);
  return existsSync(at) ? readdirSync(at) : [];
}

/** "vendors/PLATFORM/fixes/NAME.yaml" stands in the platform's folder, under knowledge/; everything else in knowledge/. */
function placeOf(name: string): URL {
  const [, platform, rest = ""] = /^vendors\/([a-z-]+)(?:\/(.+))?$/.exec(name) ?? [];
  return platform === undefined ? new URL(name, ROOT) : new URL(`../src/vendors/${platform}/knowledge/${rest}`, ROOT);
}

/** Every document that the engine needs, checked. */
export function readDocuments(): Documents {
  const documents: Record<string, unknown> = {
    "asks.yaml": readYaml("asks.yaml", AskFile),
    "support.yaml": readYaml("support.yaml", SupportFile),
  };
  const take = (names: readonly string[], schema: z.ZodType) => {
    for (const name of names) documents[name] = readYaml(name, schema);
  };
  take(yamlFiles("findings"), FindingFile);
  for (const platform of PLATFORM_IDS) {
    take(yamlFiles(`vendors/${platform}/signatures`), SignatureFile);
    take(yamlFiles(`vendors/${platform}/fixes`), FixFile);
    take(
      yamlFiles(`vendors/${platform}`).filter((name) => name.endsWith("/asks.yaml")),
      AskCommandFile,
    );
    take(
      yamlFiles(`vendors/${platform}`).filter((name) => name.endsWith("/words.yaml")),
      WordFile,
    );
    take(
      yamlFiles(`vendors/${platform}`).filter((name) => name.endsWith("/findings.yaml")),
      SayingFile,
    );
  }
  return documents;
}

let known: Knowledge | undefined;

/** Read and checked once: the files do not change while we run. */
function readKnowledge(): Knowledge {
  known ??= knowledgeIn(readDocuments());
  return known;
}

/** All signatures with their patterns compiled. */
export function readSignatures(): readonly Signature[] {
  return readKnowledge().signatures;
}

/** All findings, in name order. */
export function readFindings(): readonly KnownFault[] {
  return readKnowledge().findings;
}

/** All asks by id. */
export function readAsks(): ReadonlyMap<string, AskEntry> {
  return readKnowledge().asks;
}
