/** What a tunnel that runs will meet at its next rekey: SAs live on when the configurations behind them no longer match. */
import type { RootCauseId } from "../domain/ids.ts";
import type { Finding } from "../domain/verdict.ts";
import type { KnownFault } from "../knowledge/finding-schema.ts";
import { answering } from "../tunnel/questions.ts";
import { asConfigured, type Tunnel } from "../tunnel/tunnel.ts";
import { type Weighing, weighingOf } from "./conditions.ts";
import { byCertainty, type WeighedFinding, weigh } from "./weigh.ts";

export const AT_THE_NEXT_REKEY =
  "The tunnel runs on what was negotiated before. Unless this was changed since it was pasted, it will not come up again at the next rekey.";

/**
 * The faults that the two configurations show by themselves, as if no SA were up; never more than likely, since the
 * tunnel does run and a configuration may have been pasted before it was mended.
 */
export function findingsOfTheNextRekey(
  tunnel: Tunnel,
  findings: readonly KnownFault[],
  toFinding: (item: WeighedFinding, weighing: Weighing, preface: string) => Finding,
): Finding[] {
  const configured = asConfigured(tunnel);
  if (!configured.local.seen && !configured.remote.seen) return [];
  const weighing = weighingOf(configured, answering(configured));
  return findings
    .filter(({ stage }) => stage === "ike-sa" || stage === "ipsec-sa")
    .map((finding) => weigh(finding, weighing))
    .filter((item) => item.certainty === "confirmed" && canWaitUntilRekey(item, configured))
    .sort(byCertainty)
    .map((item) => toFinding({ ...item, certainty: "likely" }, weighing, `${AT_THE_NEXT_REKEY} `));
}

/** A difference between the ends, not something without which no SA lives; of policies, only where all were shown. */
function canWaitUntilRekey({ finding, differs }: WeighedFinding, { local, remote }: Tunnel): boolean {
  if (finding.id === "ike-policy-mismatch" && !(local.policies?.complete && remote.policies?.complete)) return false;
  return differs.length > 0 || WITHOUT_VALUES.has(finding.id);
}

/** Keys differ without their values ever being shown. */
const WITHOUT_VALUES: ReadonlySet<RootCauseId> = new Set(["ike-psk-mismatch"]);
