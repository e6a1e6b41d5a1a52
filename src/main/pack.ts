/** What the build makes ready so that no start has to: files beside the bundle, by their names. */
import { packKnowledge } from "../knowledge/pack.ts";
import type { PackedSignatureFile } from "../knowledge/schema.ts";
import { packBeginnings } from "../paste/packed-beginnings.ts";
import { shapePatterns } from "../paste/recognise.ts";
import { requiredLiterals } from "../signatures/required-literals.ts";
import { VENDORS } from "../vendors/index.ts";

/** @throws Error naming file, line and field where a document of knowledge/ is not as it must be. */
export function packedFiles(): Readonly<Record<string, string | Buffer>> {
  return {
    "knowledge.json": JSON.stringify(withLiterals(packKnowledge())),
    "beginnings.bin": packBeginnings(shapePatterns(VENDORS)),
  };
}

function withLiterals(documents: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const packed = { ...documents };
  for (const [name, document] of Object.entries(documents)) {
    if (!/^vendors\/[a-z-]+\/signatures\//.test(name)) continue;
    const file = document as PackedSignatureFile;
    const signatures = file.signatures.map((one) => ({ ...one, literals: requiredLiterals(one.pattern) }));
    packed[name] = { ...file, signatures };
  }
  return packed;
}
