/** What we call an end: its host name, else its address, else where it is. */
import type { Side } from "../domain/ids.ts";
import type { NamedEnds } from "../domain/named-ends.ts";

export function nameOf(side: Side, ends: NamedEnds): string {
  const end = ends[side];
  return end.host ?? end.own ?? (side === "local" ? "your router" : "the far router");
}
