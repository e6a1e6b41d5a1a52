/** The schemas of answers and questions as JSON Schema: for the package, the OpenAPI document and the MCP server. */
import { z } from "zod";
import { ExplanationSchema } from "../domain/explanation-schema.ts";
import { ReadReportsSchema, VerdictSchema } from "../domain/verdict-schema.ts";

export type JsonSchema = Readonly<Record<string, unknown>>;

/** What `diagnose --json`, `read --json` and `explain` answer, by name; JSON Schema 2020-12, each whole by itself. */
export function publishedSchemas(): Readonly<Record<"diagnose" | "read" | "explain", JsonSchema>> {
  return {
    diagnose: answerSchema(VerdictSchema),
    read: answerSchema(ReadReportsSchema),
    explain: answerSchema(ExplanationSchema),
  };
}

/** What is sent back. */
export function answerSchema(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, { io: "output" });
}

/** What may be sent: what has a default may be left out. */
export function requestSchema(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, { io: "input" });
}

/** Schemas by name, each pointing at the others where it holds them. `at` is where a name's schema will stand. */
export function linkedSchemas(
  schemas: Readonly<Record<string, z.ZodType>>,
  io: "input" | "output",
  at: (name: string) => string,
): Record<string, JsonSchema> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(schemas)) registry.add(schema, { id });
  const { schemas: linked } = z.toJSONSchema(registry, { io, uri: at });
  return Object.fromEntries(
    Object.entries(linked).map(([name, { $schema: _version, $id: _id, ...schema }]) => [name, schema]),
  );
}
