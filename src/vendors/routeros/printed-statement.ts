/** Records that `print` shows, as the statements of an export: what is read from the one is read from the other. */
import type { Statement } from "./configuration/statements.ts";
import type { PrintedRecord } from "./records.ts";

/** `print` marks by flags what an export writes as settings: X is disabled, T a template, "*" what is there by default. */
export function statementOf({ line, flags, fields }: PrintedRecord, menu: string): Statement {
  const all = new Map(fields);
  if (/[XI]/.test(flags)) all.set("disabled", { value: "yes", line });
  if (flags.includes("T")) all.set("template", { value: "yes", line });
  const text = [...fields].map(([name, { value }]) => `${name}=${value}`).join(" ");
  return { line, menu, action: "add", fields: all, isDefault: flags.includes("*"), text };
}
