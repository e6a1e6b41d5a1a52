/** A case as it stands, for whoever shows more of it than its last reply: rebuilt from its events. */

import type { Situation } from "./case.ts";
import type { CaseEvent } from "./events.ts";

export interface CaseLook {
  readonly caseId: string;
  /** The number of the last turn that is in it. */
  readonly version: number;
  readonly events: readonly CaseEvent[];
  readonly situation: Situation;
}
