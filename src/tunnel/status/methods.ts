/** How the ends authenticate, and which version of IKE they speak. */
import type { Evidence } from "../../domain/verdict.ts";
import { type Answer, at, NOT_KNOWN, no, type Question, yes } from "../answer.ts";
import { ikeV2ProfileForPeer } from "../compare/auth-methods.ts";
import { connectionForPeer, connectionsForPeer } from "../compare/connection.ts";
import { ikeV2Lines, ownPoliciesWith } from "../compare/ike-policy-list.ts";
import { distinct, linesOf } from "../compare/lines.ts";
import { entriesForPeer } from "../compare/map-entry.ts";
import { bothEnds, type Tunnel } from "../tunnel.ts";
import type { EndView } from "../view.ts";
import { decidingAttempt } from "./attempts.ts";

export const METHOD_QUESTIONS: Readonly<Record<string, Question>> = {
  "certificates-are-used": certificatesAreUsed,
  "ike-versions-agree": ikeVersionsAgree,
};

/** By the SA, by what was agreed in the debug, or by the only method that an end's policies have. */
function certificatesAreUsed(tunnel: Tunnel): Answer {
  const isCertificate = (auth: string | undefined) => auth !== undefined && auth !== "psk";
  for (const end of bothEnds(tunnel)) {
    const sa = end.ikeSas.at(-1)?.items.find(({ item }) => item.auth !== undefined);
    if (sa)
      return isCertificate(sa.item.auth) ? yes([at(tunnel, sa, sa.item.line)]) : no([at(tunnel, sa, sa.item.line)]);
    const attempt = decidingAttempt(end);
    const agreed = attempt?.item.ikeOffers.find(({ accepted, auth }) => accepted === true && auth !== undefined);
    if (attempt && agreed)
      return isCertificate(agreed.auth)
        ? yes([at(tunnel, attempt, agreed.line)])
        : no([at(tunnel, attempt, agreed.line)]);
    const connection = connectionForPeer(end);
    const auths = [connection?.item.localAuth, connection?.item.remoteAuth].filter(
      (auth) => auth?.method !== undefined,
    );
    const lines = connection
      ? distinct(auths.map((auth) => at(tunnel, connection, auth?.at?.["method"] ?? connection.item.line)))
      : [];
    if (auths.length > 0 && auths.every((auth) => auth?.method === "psk")) return no(lines);
    if (auths.length > 0 && auths.every((auth) => isCertificate(auth?.method))) return yes(lines);
    const profile = ikeV2ProfileForPeer(end);
    const own = profile?.item.localAuth;
    if (profile && own !== undefined && own === profile.item.remoteAuth)
      return isCertificate(own)
        ? yes(linesOf(tunnel, profile, "localAuth"))
        : no(linesOf(tunnel, profile, "localAuth"));
    const byCertificate = ownPoliciesWith(tunnel, end, isCertificate);
    const byKey = ownPoliciesWith(tunnel, end, (auth) => auth === "psk");
    const [policy] = byCertificate;
    if (policy && byKey.length === 0) return yes(linesOf(tunnel, policy, "auth"));
    const [keyPolicy] = byKey;
    if (keyPolicy && byCertificate.length === 0) return no(linesOf(tunnel, keyPolicy, "auth"));
  }
  return NOT_KNOWN;
}

/**
 * No: all that one end is configured with for the peer is of one version, and all of the other end's is of the other. Yes:
 * they have one in common, and an end says so itself.
 */
function ikeVersionsAgree(tunnel: Tunnel): Answer {
  const [local, remote] = bothEnds(tunnel).map((end) => configuredVersions(tunnel, end));
  if (!local || !remote || (local.isDefault && remote.isDefault)) return NOT_KNOWN;
  const evidence = [...local.evidence, ...remote.evidence];
  if (local.versions.some((version) => remote.versions.includes(version))) return yes(evidence);
  const differs = [{ attribute: "ike-version", local: local.versions.join(", "), remote: remote.versions.join(", ") }];
  return no(evidence, { side: "both", differs });
}

interface Versions {
  readonly versions: readonly (1 | 2)[];
  readonly evidence: readonly Evidence[];
  /** Nothing names a version: it is what the device does then. */
  readonly isDefault: boolean;
}

/** By the connections or the map entries for the peer. On IOS an entry that names no IKEv2 profile is for IKEv1. */
function configuredVersions(tunnel: Tunnel, end: EndView): Versions | undefined {
  const connections = connectionsForPeer(end);
  if (connections.length > 0) {
    if (connections.some(({ item }) => item.version === undefined)) return undefined;
    const named = connections.map(({ item }) => item.version);
    const versions = ([1, 2] as const).filter((version) => named.includes(version) || named.includes("any"));
    return { versions, evidence: connections.flatMap((held) => linesOf(tunnel, held, "version")), isDefault: false };
  }
  const two = ikeV2Lines(tunnel, end);
  if (two.length > 0) return { versions: [2], evidence: two, isDefault: false };
  const entries = entriesForPeer(end);
  const evidence = entries.flatMap((entry) => linesOf(tunnel, entry));
  if (entries.length === 0) return undefined;
  if (entries.every(({ item }) => item.ikeVersion === 1)) return { versions: [1], evidence, isDefault: false };
  const isWholeIos = end.platform === "cisco-ios" && end.mapEntries?.complete === true;
  return isWholeIos ? { versions: [1], evidence, isDefault: true } : undefined;
}
