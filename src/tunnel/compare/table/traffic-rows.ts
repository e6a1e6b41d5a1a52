/** Rows of the protected traffic: each entry of a crypto ACL beside its mirror, or beside the one most like it. */
import type { ComparedRow, ComparedValue } from "../../../domain/comparison.ts";
import type { Answer } from "../../answer.ts";
import { bothEnds, type Tunnel } from "../../tunnel.ts";
import { cryptoAcls } from "../crypto-acl.ts";
import { flowKey, flowName, likeness, mirrored } from "../flow.ts";
import { type ProtectedFlow, protectedFlows } from "../protected-flows.ts";
import { linesOfSide, NOT_SHOWN, rowOf, shown, verdictOf } from "./row.ts";

const TOPIC = "protected traffic";
/** More entries than this are counted: nobody reads a table of a thousand. */
const MOST_ROWS = 5;

interface Pair {
  readonly local?: ProtectedFlow | undefined;
  readonly remote?: ProtectedFlow | undefined;
}

export function trafficRows(tunnel: Tunnel, ask: (question: string) => Answer): ComparedRow[] {
  const mirrors = ask("crypto-acls-are-mirrors");
  const names = bothEnds(tunnel).map((end): ComparedValue => {
    const acls = cryptoAcls(tunnel, end) ?? [];
    const lines = linesOfSide(tunnel, end.side, mirrors.evidence);
    return shown(acls.map(({ name }) => name).join(", "), lines);
  });
  const [local = NOT_SHOWN, remote = NOT_SHOWN] = names;
  return [
    ...rowOf([TOPIC, "crypto ACL"], local, remote, verdictOf(mirrors), { note: MIRROR_NOTES[verdictOf(mirrors)] }),
    ...flowRows(tunnel, mirrors),
  ];
}

const MIRROR_NOTES: Partial<Readonly<Record<string, string>>> = { same: "exact mirrors", differs: "no mirrors" };

function flowRows(tunnel: Tunnel, mirrors: Answer): ComparedRow[] {
  const [local, remote] = bothEnds(tunnel).map((end) => protectedFlows(tunnel, end) ?? []);
  if (!local || !remote) return [];
  const there = new Map(remote.map((flow) => [flowKey(mirrored(flow)), flow]));
  const here = new Set(local.map(flowKey));
  const matched = local.flatMap((flow) => ({ local: flow, remote: there.get(flowKey(flow)) })).filter(hasBoth);
  const rest = paired(
    local.filter((flow) => !there.has(flowKey(flow))),
    remote.filter((flow) => !here.has(flowKey(mirrored(flow)))),
  );
  const verdict = mirrors.is === false ? "differs" : mirrors.is === true ? "differs-no-fault" : "unknown";
  const note = mirrors.is === true ? { note: "the ends agree all the same" } : {};
  return [
    ...limited(rest).flatMap((pair) =>
      rowOf([TOPIC, "traffic"], shownBy(pair.local), shownBy(pair.remote), verdict, note),
    ),
    ...limited(matched).flatMap((pair) => rowOf([TOPIC, "traffic"], shownBy(pair.local), shownBy(pair.remote), "same")),
    ...counted(rest, verdict),
    ...counted(matched, "same"),
  ];
}

function limited(pairs: readonly Pair[]): readonly Pair[] {
  return pairs.slice(0, MOST_ROWS);
}

/** How many more there are. */
function counted(pairs: readonly Pair[], verdict: ComparedRow["verdict"]): ComparedRow[] {
  const more = pairs.slice(MOST_ROWS);
  const count = (side: keyof Pair) => more.filter((pair) => pair[side] !== undefined).length;
  const words = (side: keyof Pair) => shown(count(side) === 0 ? "" : `${count(side)} more`, []);
  return rowOf([TOPIC, "more traffic"], words("local"), words("remote"), verdict);
}

/** The entries without a mirror, each beside the one most like it that is left. */
function paired(local: readonly ProtectedFlow[], remote: readonly ProtectedFlow[]): Pair[] {
  // Of long lists only those that are shown are worth the comparison of each with each.
  const left = remote.slice(0, 10 * MOST_ROWS);
  const pairs: Pair[] = local.slice(0, 10 * MOST_ROWS).map((flow) => {
    const best = left.toSorted((one, other) => likeness(flow, mirrored(other)) - likeness(flow, mirrored(one)))[0];
    if (best) left.splice(left.indexOf(best), 1);
    return { local: flow, remote: best };
  });
  const others = [...left, ...remote.slice(10 * MOST_ROWS)].map((flow) => ({ remote: flow }));
  return [...pairs, ...local.slice(10 * MOST_ROWS).map((flow) => ({ local: flow })), ...others];
}

function hasBoth(pair: Pair): boolean {
  return pair.local !== undefined && pair.remote !== undefined;
}

function shownBy(flow: ProtectedFlow | undefined): ComparedValue {
  return flow ? shown(flowName(flow), flow.evidence) : NOT_SHOWN;
}
