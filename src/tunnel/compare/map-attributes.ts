/** What else the two map entries should have in common: PFS and lifetimes. */
import type { ConnectionChild } from "../../domain/readings/connection.ts";
import type { Evidence } from "../../domain/verdict.ts";
import { type Answer, at, NOT_KNOWN, no, type Question, yes } from "../answer.ts";
import type { Held } from "../known.ts";
import { bothEnds, type Tunnel } from "../tunnel.ts";
import type { EndView } from "../view.ts";
import { childrenForPeer } from "./connection.ts";
import { weakerEnd } from "./crypto-values.ts";
import { distinct, linesOf } from "./lines.ts";
import { entriesForPeer } from "./map-entry.ts";
import { type Statement, settle } from "./settle.ts";
import { lastQuickMode } from "./transform-list.ts";

/** A value that an end was shown to have, with where; values compare as text. */
export interface ShownValue {
  readonly value: string;
  readonly order: number;
  readonly evidence: readonly Evidence[];
}

/**
 * Do both ends ask for the same PFS group, or neither for any? "No" tells of a difference, not that it breaks: an IOS
 * end without PFS accepts any group that is offered to it, so that such a tunnel comes up from one side only (Cisco IOS
 * Security Command Reference, "set pfs"). Sources: the map entries; the peer's offer in this end's debug.
 */
export function pfsAgrees(tunnel: Tunnel): Answer {
  const local = shownPfs(tunnel, tunnel.local);
  const remote = shownPfs(tunnel, tunnel.remote);
  const statements = [compareShown("dh-group", local, remote)];
  for (const end of bothEnds(tunnel)) {
    statements.push(pfsInLog(tunnel, end));
    const offered = offeredPfs(tunnel, end);
    const own = end.side === "local" ? local : remote;
    if (offered && own && own.value !== PFS_OFF)
      statements.push(
        end.side === "local" ? compareShown("dh-group", own, offered) : compareShown("dh-group", offered, own),
      );
  }
  const answer = settle(statements);
  if (answer.is !== false) return answer;
  const [difference] = answer.differs ?? [];
  if (!difference) return answer;
  const off = difference.local === PFS_OFF ? "local" : difference.remote === PFS_OFF ? "remote" : undefined;
  return {
    ...answer,
    differs: [
      { ...difference, attribute: "pfs", local: inWords(difference.local), remote: inWords(difference.remote) },
    ],
    side: off ?? weakerEnd([difference]),
  };
}

/** Do the IPsec SA lifetimes agree? Informational: the lower one is used. */
export function lifetimesAgree(tunnel: Tunnel): Answer {
  const seconds = compareShown(
    "lifetime",
    lifetimeOf(tunnel, tunnel.local, "s"),
    lifetimeOf(tunnel, tunnel.remote, "s"),
  );
  const volume = compareShown(
    "volume",
    lifetimeOf(tunnel, tunnel.local, "kB"),
    lifetimeOf(tunnel, tunnel.remote, "kB"),
  );
  const differing = [seconds, volume].flatMap((item) => (item?.answer.is === false ? [item.answer] : []));
  if (differing.length > 0)
    return no(distinct(differing.flatMap(({ evidence }) => evidence)), {
      differs: differing.flatMap(({ differs }) => differs ?? []),
      side: "both",
    });
  return seconds?.answer ?? NOT_KNOWN;
}

export const MAP_ATTRIBUTE_COMPARISONS: Readonly<Record<string, Question>> = {
  "pfs-agrees": pfsAgrees,
  "lifetimes-agree": lifetimesAgree,
};

/** Shown where no group is asked for. */
export const PFS_OFF = "off";

/**
 * The PFS group of the entries for the peer, or "off". An entry without the line has it off only where all entries are
 * known to be written out in full.
 */
export function shownPfs(tunnel: Tunnel, end: EndView): ShownValue | undefined {
  const children = childrenForPeer(end);
  if (children.length > 0) return agreed(children.map((child) => pfsOfChild(tunnel, child)));
  return agreed(
    entriesForPeer(end).map((held) => {
      const { pfs } = held.item;
      if (pfs === undefined && end.mapEntries?.complete !== true) return undefined;
      const value = pfs?.group === undefined ? PFS_OFF : String(pfs.group);
      return { value, order: held.order, evidence: linesOf(tunnel, held, "pfs") };
    }),
  );
}

/** The groups of all its proposals: any of them may be chosen. */
function pfsOfChild(tunnel: Tunnel, child: Held<ConnectionChild>): ShownValue | undefined {
  const groups = child.item.proposals.map(({ pfsGroups }) => pfsGroups);
  if (groups.length === 0 || groups.includes(undefined)) return undefined;
  const values = groups.flatMap((list) => (list?.length ? list.map(String) : [PFS_OFF]));
  const lines = child.item.proposals.flatMap((item) => linesOf(tunnel, { ...child, item }, "pfsGroups"));
  return { value: [...new Set(values)].join(", "), order: child.order, evidence: lines };
}

/** The lifetime of the SAs in seconds or kilobytes: of the entry, else the global setting. */
export function lifetimeOf(tunnel: Tunnel, end: EndView, unit: "s" | "kB"): ShownValue | undefined {
  const field = unit === "s" ? "lifetimeSeconds" : "lifetimeKilobytes";
  const children = childrenForPeer(end);
  if (children.length > 0)
    return agreed(
      children.map((held): ShownValue | undefined => {
        const value = held.item[field];
        if (value === undefined) return undefined;
        return { value: `${value} ${unit}`, order: held.order, evidence: linesOf(tunnel, held, field) };
      }),
    );
  return agreed(
    entriesForPeer(end).map((held): ShownValue | undefined => {
      const value = held.item[field];
      if (value === undefined) return globalLifetime(tunnel, end, unit);
      return { value: `${value} ${unit}`, order: held.order, evidence: linesOf(tunnel, held, field) };
    }),
  );
}

function globalLifetime(tunnel: Tunnel, end: EndView, unit: "s" | "kB"): ShownValue | undefined {
  const field = unit === "s" ? "saLifetimeSeconds" : "saLifetimeKilobytes";
  const held = end.settings.findLast(({ item }) => item[field] !== undefined);
  const line = held?.item.at[field];
  if (!held || line === undefined) return undefined;
  return { value: `${held.item[field]} ${unit}`, order: held.order, evidence: [at(tunnel, held, line)] };
}

/** The group that the other end asked for in this end's debug; an offer without one may just not show it. */
function offeredPfs(tunnel: Tunnel, end: EndView): ShownValue | undefined {
  const attempt = lastQuickMode(end);
  if (!attempt || attempt.item.role === "initiator") return undefined;
  const groups = new Set(attempt.item.ipsecOffers.map(({ pfsGroup }) => pfsGroup));
  const [group] = groups;
  if (groups.size !== 1 || group === undefined) return undefined;
  const evidence = attempt.item.ipsecOffers.slice(0, 1).map(({ line }) => at(tunnel, attempt, line));
  return { value: String(group), order: attempt.order, evidence };
}

/** Groups in both lists that an end printed when it refused; the first child of IKEv2 has none, so only "no" is told. */
function pfsInLog(tunnel: Tunnel, end: EndView): Statement | undefined {
  const attempt = lastQuickMode(end);
  const compared = attempt?.item.espCompared;
  if (!attempt || !compared || attempt.item.phase2CompleteLine !== undefined) return undefined;
  const [own, theirs] = [compared.configured, compared.received].map((proposals): ShownValue | undefined => {
    const groups = proposals.flatMap(({ pfsGroups = [] }) =>
      pfsGroups.length > 0 ? pfsGroups.map(String) : [PFS_OFF],
    );
    const evidence = proposals.slice(0, 2).map(({ line }) => at(tunnel, attempt, line));
    return { value: [...new Set(groups)].join(", "), order: attempt.order, evidence };
  });
  const [local, remote] = end.side === "local" ? [own, theirs] : [theirs, own];
  const statement = compareShown("dh-group", local, remote);
  return statement?.answer.is === false ? statement : undefined;
}

function agreed(values: readonly (ShownValue | undefined)[]): ShownValue | undefined {
  const [first] = values;
  return first && values.every((item) => item?.value === first.value) ? first : undefined;
}

function compareShown(
  attribute: string,
  local: ShownValue | undefined,
  remote: ShownValue | undefined,
): Statement | undefined {
  if (!local || !remote) return undefined;
  const evidence = distinct([...local.evidence, ...remote.evidence]);
  const order = Math.max(local.order, remote.order);
  const theirs = new Set(remote.value.split(", "));
  if (local.value.split(", ").some((value) => theirs.has(value))) return { answer: yes(evidence), order };
  const differs = [{ attribute, local: local.value, remote: remote.value }];
  return { answer: no(evidence, { differs, side: "both" }), order };
}

function inWords(group: string): string {
  return group
    .split(", ")
    .map((one) => (one === PFS_OFF ? PFS_OFF : `group${one}`))
    .join(", ");
}
