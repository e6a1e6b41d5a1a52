/** Reading expected values: JSON whose shape differs from source to source. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object found by following the keys; an empty one where the way ends. */
export function objectAt(value: Json | undefined, ...keys: readonly string[]): JsonObject {
  let at: Json | undefined = value;
  for (const key of keys) at = isObject(at) ? at[key] : undefined;
  return isObject(at) ? at : {};
}

/** The members of an object that are objects, with their keys, in the order of the file. */
export function objectsIn(value: Json | undefined): [key: string, object: JsonObject][] {
  const found: [string, JsonObject][] = [];
  for (const [key, member] of Object.entries(objectAt(value))) if (isObject(member)) found.push([key, member]);
  return found;
}

/** The objects of a list; none where there is no list. */
export function rowsOf(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter((row: Json) => isObject(row)) : [];
}

/** The list itself; a lone value is a list of one. */
export function listOf(value: Json | undefined): readonly Json[] {
  if (Array.isArray(value)) return value;
  return value === undefined ? [] : [value as Json];
}

export function textOf(value: Json | undefined): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

/** How many single values there are in it. */
export function countLeaves(value: Json | undefined): number {
  if (value === undefined) return 0;
  if (typeof value !== "object" || value === null) return 1;
  let count = 0;
  for (const member of Object.values(value)) count += countLeaves(member as Json);
  return count;
}
