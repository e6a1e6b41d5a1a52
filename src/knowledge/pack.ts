/** Packs knowledge/ for the build: every document checked against its schema. */
import type { PackedDocuments } from "./packed.ts";
import { readDocuments, readYaml, yamlFiles } from "./read.ts";
import { StateFile, SymptomFile, TopicFile } from "./topic-schema.ts";

/** @throws Error naming file, line and field where a document is not as it must be. */
export function packKnowledge(): PackedDocuments {
  const folders = [
    ["states", StateFile],
    ["topics", TopicFile],
  ] as const;
  const documents: Record<string, unknown> = {
    ...readDocuments(),
    "symptoms.yaml": readYaml("symptoms.yaml", SymptomFile),
  };
  for (const [folder, schema] of folders)
    for (const name of yamlFiles(folder)) documents[name] = readYaml<unknown>(name, schema);
  return documents;
}
