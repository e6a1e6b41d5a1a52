/** What is known, for an assistant to read: every root cause and every state, as `explain` tells them. */
import type { Engine } from "../api/engine.ts";
import type { Reply } from "../domain/reply.ts";
import { speakExplanation } from "../speech/explanation.ts";

const SCHEME = "tunnelmedic";
/** Kinds that are listed, and what their addresses say: "tunnelmedic://findings/ike-psk-mismatch". */
const LISTED = { finding: "findings", state: "states" } as const;

export interface Resource {
  readonly uri: string;
  readonly name: string;
  readonly title: string;
  readonly mimeType: "text/plain";
}

export function listResources(engine: Engine): Resource[] {
  return engine.glossary().flatMap(({ about, id, title }) => {
    if (about !== "finding" && about !== "state") return [];
    return [{ uri: `${SCHEME}://${LISTED[about]}/${id}`, name: id, title, mimeType: "text/plain" }];
  });
}

/** What stands at an address; undefined where nothing does. */
export function readResource(engine: Engine, uri: string): Reply | undefined {
  const listed = listResources(engine).find((resource) => resource.uri === uri);
  return listed && speakExplanation(engine.explain(listed.name));
}
