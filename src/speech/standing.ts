/** What of a case's situation speech needs. */
import type { FixCheck } from "../domain/change.ts";
import type { ReadPaste } from "../domain/output.ts";
import type { Said } from "./diagnosis.ts";

export interface Standing {
  readonly diagnosis: Said;
  readonly waiting:
    | { readonly for: "symptom" | "platform" | "output" | "nothing" }
    | { readonly for: "side"; readonly paste: string }
    | { readonly for: "peer" | "far-address"; readonly candidates: readonly string[] }
    | { readonly for: "verification"; readonly of: string };
  readonly fixTried: boolean;
  readonly check?: FixCheck | undefined;
  readonly lastPaste?: ReadPaste | undefined;
}
