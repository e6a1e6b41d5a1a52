/** A log or debug message that means something; data in the platform's folder, compiled when it is loaded. */
import type { PlatformId } from "./ids.ts";

export interface Signature {
  readonly id: string;
  readonly platform: PlatformId;
  /** Matched against a log line without its time stamp and sequence number. Named groups are kept. */
  readonly pattern: RegExp;
  /** What the line says, in one sentence. */
  readonly means: string;
  /** Also printed on healthy tunnels: weighs nothing by itself. */
  readonly noise: boolean;
}
