/** Knowledge as the engine uses it, without waiting for YAML and its schemas where the build has packed it. */
import type { Signature } from "../domain/signature.ts";
import { compileSignatures } from "./compile.ts";
import type { AskEntry, AskFile, FindingFile } from "./finding-schema.ts";
import { packedDocuments } from "./packed.ts";
import type { SignatureFile } from "./schema.ts";

export interface Knowledge {
  readonly findings: readonly FindingFile[];
  readonly asks: ReadonlyMap<string, AskEntry>;
  readonly signatures: readonly Signature[];
}

export async function loadKnowledge(): Promise<Knowledge> {
  const packed = packedDocuments();
  if (!packed) {
    const { readAsks, readFindings, readSignatures } = await import("./read.ts");
    return { findings: readFindings(), asks: readAsks(), signatures: readSignatures() };
  }
  const folder = (name: string) =>
    Object.entries(packed).flatMap(([file, document]) => (file.startsWith(`${name}/`) ? [document] : []));
  const { asks } = packed["asks.yaml"] as AskFile;
  return {
    findings: folder("findings") as FindingFile[],
    asks: new Map(asks.map((ask) => [ask.id, ask])),
    signatures: (folder("signatures") as SignatureFile[]).flatMap(compileSignatures),
  };
}
