/** How the two ends of a case can be called. */
import type { PlatformId, Side } from "./ids.ts";

export interface NamedEnd {
  readonly host?: string | undefined;
  /** Its endpoint address. */
  readonly own?: string | undefined;
  readonly platform: PlatformId | "unknown";
}
export type NamedEnds = Readonly<Record<Side, NamedEnd>>;
