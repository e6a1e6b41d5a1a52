/** When an expected value and ours are the same: spelling is forgiven as far as the fixtures' README says, nothing else. */
import { canonicalAddress } from "../../src/domain/network.ts";

/** Words by which sources and devices say that there is nothing. */
const NOTHING: ReadonlySet<string> = new Set(["", "none", "(none)", "---"]);

/** Equal after normalising: case, "(none)" and "none" for nothing, numbers as text, the spelling of addresses. */
export function isSame(expected: unknown, ours: unknown): boolean {
  return JSON.stringify(normalised(expected)) === JSON.stringify(normalised(ours));
}

function normalised(value: unknown): unknown {
  if (value === undefined || value === null) return null;
  if (Array.isArray(value)) return value.map(normalised);
  if (typeof value === "object")
    return Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([key, member]) => [key, normalised(member)])
      .sort(([one = ""], [other = ""]) => (String(one) < String(other) ? -1 : 1));
  if (typeof value === "number") return String(value);
  if (typeof value === "boolean") return value;
  const text = String(value).trim().toLowerCase();
  if (NOTHING.has(text)) return null;
  if (/^\d{1,15}(?:\.\d{1,15})?$/.test(text)) return String(Number(text));
  return canonicalAddress(text) ?? text;
}
