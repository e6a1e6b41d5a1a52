/** What the peer found wrong: every payload it sends or accepts is checked, and a test ends by looking here. */
import * as spec from "discord-api-spec/zod";

const SCHEMAS = { ...spec };
export type SchemaName = keyof typeof SCHEMAS;

export class Honesty {
  /** One line each; empty in a test that passes. */
  readonly problems: string[] = [];

  /** Something of ours that Discord would never send. */
  sends<T>(schema: SchemaName, value: T): T {
    const wrong = mismatch(schema, value);
    if (wrong !== undefined) this.problems.push(`the peer sends a wrong ${schema}: ${wrong}`);
    return value;
  }

  /** @returns what is wrong with something of the bot's, which Discord would refuse */
  refuses(schema: SchemaName, value: unknown): string | undefined {
    return mismatch(schema, value);
  }

  note(problem: string): void {
    this.problems.push(problem);
  }
}

function mismatch(schema: SchemaName, value: unknown): string | undefined {
  // What goes over the wire has no undefined fields.
  const checked = SCHEMAS[schema].safeParse(JSON.parse(JSON.stringify(value ?? null)));
  if (checked.success) return undefined;
  return checked.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ");
}
