/** Rows of phase 2: transforms, mode, and what the map entries say beside them. */
import type { ComparedRow, ComparedValue } from "../../../domain/comparison.ts";
import type { Answer } from "../../answer.ts";
import { bothEnds, type Tunnel } from "../../tunnel.ts";
import type { EndView } from "../../view.ts";
import { lifetimeOf, PFS_OFF, type ShownValue, shownPfs } from "../map-attributes.ts";
import { entriesForPeer } from "../map-entry.ts";
import { configuredProposals, type Proposal, transformName } from "../transform-list.ts";
import { closestTransformPair } from "../transform-sets.ts";
import { NOT_SHOWN, rowOf, shown, verdictOf } from "./row.ts";

const SET = "transform set";
const LIFETIMES = "IPsec lifetimes";

type Ask = (question: string) => Answer;

export function transformRows(tunnel: Tunnel, ask: Ask): ComparedRow[] {
  const pair = closestTransformPair(tunnel);
  if (!pair) {
    const [local = NOT_SHOWN, remote = NOT_SHOWN] = bothEnds(tunnel).map((end) =>
      proposalsOf(configuredProposals(tunnel, end)?.proposals ?? []),
    );
    return rowOf([SET, "transform"], local, remote, "unknown");
  }
  const [local, remote] = [proposalsOf([pair.local]), proposalsOf([pair.remote])];
  const isAgreed = pair.same === false && ask("transform-sets-have-a-pair").is === true;
  const transform = isAgreed
    ? rowOf([SET, "transform"], local, remote, "differs-no-fault", { note: "the ends agreed on one all the same" })
    : rowOf([SET, "transform"], local, remote, verdictOf({ is: pair.same }));
  return [...transform, ...modeRow(pair.local, pair.remote, ask)];
}

function modeRow(local: Proposal, remote: Proposal, ask: Ask): ComparedRow[] {
  const values = [shown(local.mode ?? "", local.lines), shown(remote.mode ?? "", remote.lines)] as const;
  if (local.mode === undefined || remote.mode === undefined) return rowOf([SET, "mode"], ...values, "unknown");
  if (local.mode === remote.mode) return rowOf([SET, "mode"], ...values, "same");
  const { is } = ask("ipsec-modes-agree");
  const note = "for traffic between other hosts IOS uses tunnel mode anyway";
  return rowOf(
    [SET, "mode"],
    ...values,
    is === true ? "differs-no-fault" : verdictOf({ is }),
    is === true ? { note } : {},
  );
}

function proposalsOf(proposals: readonly Proposal[]): ComparedValue {
  return shown(
    proposals.map(({ transform }) => transformName(transform)).join("; "),
    proposals.flatMap(({ lines }) => lines),
  );
}

export function mapRows(tunnel: Tunnel, ask: Ask): ComparedRow[] {
  const [localPfs = NOT_SHOWN, remotePfs = NOT_SHOWN] = bothEnds(tunnel).map((end) => pfsOf(tunnel, end));
  return [
    ...rowOf(["PFS", "PFS"], localPfs, remotePfs, verdictOf(ask("pfs-agrees"))),
    ...lifetimeRow(tunnel, "IPsec lifetime", "s"),
    ...lifetimeRow(tunnel, "IPsec volume", "kB"),
  ];
}

function pfsOf(tunnel: Tunnel, end: EndView): ComparedValue {
  const pfs = shownPfs(tunnel, end);
  return pfs ? shown(pfs.value === PFS_OFF ? PFS_OFF : `group ${pfs.value}`, pfs.evidence) : NOT_SHOWN;
}

/** Lifetimes are never a fault: the shorter one is used (catalogue, ipsec-lifetime-mismatch). */
function lifetimeRow(tunnel: Tunnel, attribute: string, unit: "s" | "kB"): ComparedRow[] {
  const found = bothEnds(tunnel).map((end) => lifetimeOf(tunnel, end, unit));
  // Where neither end has the line there is nothing to show.
  if (!found.some((item) => item !== undefined)) return [];
  const ends = bothEnds(tunnel).map((end, index) => found[index] ?? defaultLifetime(end, unit));
  const [local, remote] = ends;
  const values = ends.map((item) => (item ? shown(item.value, item.evidence) : NOT_SHOWN));
  const [one = NOT_SHOWN, other = NOT_SHOWN] = values;
  if (!local || !remote) return rowOf([LIFETIMES, attribute], one, other, "unknown");
  const isSame = withoutMark(local) === withoutMark(remote);
  const note = unit === "s" ? "the shorter is used" : "the smaller is used";
  return rowOf([LIFETIMES, attribute], one, other, isSame ? "same" : "differs-no-fault", isSame ? {} : { note });
}

const DEFAULT = " (default)";
/** Cisco IOS Security Command Reference, "crypto ipsec security-association lifetime". */
const DEFAULT_LIFETIMES = { s: 3600, kB: 4_608_000 } as const;

/** The default holds where the end's whole configuration was seen and has no such line. */
function defaultLifetime(end: EndView, unit: "s" | "kB"): ShownValue | undefined {
  const isWhole = end.mapEntries?.complete === true && end.settings.some(({ item }) => item.complete);
  if (end.platform !== "cisco-ios" || !isWhole || entriesForPeer(end).length === 0) return undefined;
  return { value: `${DEFAULT_LIFETIMES[unit]} ${unit}${DEFAULT}`, order: 0, evidence: [] };
}

function withoutMark({ value }: ShownValue): string {
  return value.endsWith(DEFAULT) ? value.slice(0, -DEFAULT.length) : value;
}
