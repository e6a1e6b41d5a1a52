/** Blanks about phase 2: transform sets, crypto ACL, PFS, map entries. */
import type { IpsecMode, Transform } from "../../domain/crypto.ts";
import type { Side } from "../../domain/ids.ts";
import { cryptoAcls } from "../../tunnel/compare/crypto-acl.ts";
import { lifetimeOf, shownPfs } from "../../tunnel/compare/map-attributes.ts";
import { entryForPeer } from "../../tunnel/compare/map-entry.ts";
import { offeredProposals } from "../../tunnel/compare/transform-list.ts";
import { closestTransformPair } from "../../tunnel/compare/transform-sets.ts";
import { bothEnds, otherSide, type Tunnel } from "../../tunnel/tunnel.ts";
import type { EndView } from "../../tunnel/view.ts";
import type { Blanks } from "../fill.ts";
import { iosTransform, mapEntryLine, weaknessAdvice } from "./ios-words.ts";

const RECOMMENDED: Transform = { encryption: "aes-256", integrity: "sha256" };

export function ipsecBlanks(tunnel: Tunnel, side: Side): Blanks {
  const end = tunnel[side];
  const entry = (entryForPeer(end) ?? onlyEntry(end))?.item;
  const acl = cryptoAcls(tunnel, end)?.[0];
  const pair = closestTransformPair(tunnel);
  const theirs = pair?.[otherSide(side)];
  // Of ends that show no sets, the one that answers is given what it was offered, and the one that offered it nothing new.
  const offer = pair === undefined ? strongOffer(tunnel, end) : undefined;
  const isOffered = pair === undefined && strongOffer(tunnel, tunnel[otherSide(side)]) !== undefined;
  const transform = theirs?.transform ?? offer?.transform ?? RECOMMENDED;
  const maps = [...new Set((end.mapEntries?.items ?? []).map(({ item }) => item.map))];
  const shown = end.flows.at(-1)?.items.find(({ item }) => item.mapTag !== undefined)?.item.mapTag;
  // Where only the modes differ, the flow is one between the endpoints: transport mode is the one to have.
  const differInMode = pair?.same === true && pair.local.mode !== pair.remote.mode;
  const modeIsRight = differInMode && pair[side].mode === "transport";
  const mode = differInMode ? "transport" : (theirs?.mode ?? offer?.mode);
  const pfs = shownPfs(tunnel, tunnel[otherSide(side)]);
  const map = entry?.map ?? (maps.length === 1 ? maps[0] : undefined) ?? shown;
  return {
    map,
    "map-entry-line": mapEntryLine(map, entry?.sequence, end.peer),
    "map-sequence": entry === undefined ? undefined : `${entry.sequence}`,
    "crypto-acl": entry?.aclName ?? acl?.name,
    "transform-set": entry?.transformSets[0] ?? onlyTransformSet(end),
    "transform-set-to-add":
      modeIsRight || isOffered ? undefined : transformSetLines(end, transform, mode, entry).join("\n"),
    "replay-window-lines": replayWindowInUse(end) >= WIDEST ? undefined : replayWindowLines(entry, end.peer),
    "transform-set-advice": weaknessAdvice([transform.encryption ?? "", transform.integrity ?? ""]),
    "sa-lifetime": shorterLifetime(tunnel),
    "pfs-line": pfsLine(pfs?.value),
    "pfs-advice": weaknessAdvice([`group ${pfs?.value ?? "14"}`]),
  };
}

/** The shorter of the two ends' lifetimes in seconds, which both have to go by; undefined where they are not known to differ. */
function shorterLifetime(tunnel: Tunnel): string | undefined {
  const shown = bothEnds(tunnel).flatMap((end) => {
    const seconds = Number.parseInt(lifetimeOf(tunnel, end, "s")?.value ?? "", 10);
    return Number.isNaN(seconds) ? [] : [seconds];
  });
  const [one, other] = shown;
  return one === undefined || other === undefined || one === other ? undefined : `${Math.min(one, other)}`;
}

/** What the peer offered to an end, unless it is so weak that both ends had better move at once. */
function strongOffer(tunnel: Tunnel, end: EndView) {
  const [offer] = offeredProposals(tunnel, end)?.proposals ?? [];
  const { encryption = "", integrity = "" } = offer?.transform ?? {};
  return encryption !== "" && weaknessAdvice([encryption, integrity]) === "" ? offer : undefined;
}

/** The widest anti-replay window that IOS has (Cisco document 116858). */
const WIDEST = 1024;

/** The window of this end's newest SAs, else the one that is configured; 0 where neither was shown. */
function replayWindowInUse(end: EndView): number {
  const sas = (end.flows.at(-1)?.items ?? []).flatMap(({ item }) => item.sas.flatMap((sa) => sa.replayWindow ?? []));
  const configured = end.settings.findLast(({ item }) => item.replayWindow !== undefined)?.item.replayWindow;
  return sas.length > 0 ? Math.min(...sas) : (entryForPeer(end)?.item.replayWindow ?? configured ?? 0);
}

/** Under the entry, else for the whole router: then it holds for every new SA. */
function replayWindowLines(
  entry: { readonly map: string; readonly sequence: number } | undefined,
  peer: string | undefined,
): string {
  if (entry === undefined) return `crypto ipsec security-association replay window-size ${WIDEST}`;
  return `${mapEntryLine(entry.map, entry.sequence, peer)}\n set security-association replay window-size ${WIDEST}`;
}

/** Like the other end; where that has none, or is not known, what is recommended (RFC 8247). */
function pfsLine(theirs: string | undefined): string {
  if (theirs === undefined) return "set pfs group14";
  return /^\d+$/.test(theirs) ? `set pfs group${theirs}` : "no set pfs";
}

/** An entry that lacks its peer is the one to complete where there is no other. */
function onlyEntry(end: EndView) {
  const entries = end.mapEntries?.items ?? [];
  return entries.length === 1 && entries[0]?.item.peers.length === 0 ? entries[0] : undefined;
}

function onlyTransformSet(end: EndView): string | undefined {
  const own = (end.transformSets?.items ?? []).filter(({ item }) => item.isDefault !== true);
  return own.length === 1 ? own[0]?.item.name : undefined;
}

/** A new set like the other end's, and the map entry that then tries it first. */
function transformSetLines(
  end: EndView,
  transform: Transform,
  mode: IpsecMode | undefined,
  entry: { readonly map: string; readonly sequence: number; readonly transformSets: readonly string[] } | undefined,
): string[] {
  const taken = new Set((end.transformSets?.items ?? []).map(({ item }) => item.name));
  let name = "TS-COMMON";
  for (let number = 2; taken.has(name); number += 1) name = `TS-COMMON-${number}`;
  const lines = [`crypto ipsec transform-set ${name} ${iosTransform(transform)}`, ` mode ${mode ?? "tunnel"}`];
  const sets = [name, ...(entry?.transformSets ?? [])].slice(0, 6).join(" ");
  return [...lines, mapEntryLine(entry?.map, entry?.sequence, end.peer), ` set transform-set ${sets}`];
}
