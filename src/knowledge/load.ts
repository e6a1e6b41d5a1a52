/** Knowledge as the engine uses it, without waiting for YAML and its schemas where the build has packed it. */
import { type Documents, type Knowledge, knowledgeIn } from "./assemble.ts";
import { packedDocuments } from "./packed.ts";

export async function loadKnowledge(): Promise<Knowledge> {
  return knowledgeIn(packedDocuments() ?? (await documents()));
}

async function documents(): Promise<Documents> {
  const { readDocuments } = await import("./read.ts");
  return readDocuments();
}
