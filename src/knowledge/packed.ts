/**
 * The checked documents of knowledge/ as the build packs them: one JSON file beside the bundle, by file name. Run from
 * the sources (tests, tsx) there is none, and the YAML is read.
 */
import { existsSync, readFileSync } from "node:fs";

const FILE = new URL("./knowledge.json", import.meta.url);

/** Documents by their name within knowledge/, such as "findings/ike-psk-mismatch.yaml". */
export type PackedDocuments = Readonly<Record<string, unknown>>;

let documents: PackedDocuments | undefined;

/** All packed documents, read once; undefined where nothing was built. They were checked when they were packed. */
export function packedDocuments(): PackedDocuments | undefined {
  if (!documents && existsSync(FILE)) documents = JSON.parse(readFileSync(FILE, "utf8")) as PackedDocuments;
  return documents;
}
