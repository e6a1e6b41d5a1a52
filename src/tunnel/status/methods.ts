/** How the ends authenticate, and which version of IKE they speak. */
import { type Answer, at, NOT_KNOWN, no, type Question, yes } from "../answer.ts";
import { ikeV2Lines, ownPoliciesWith } from "../compare/ike-policy-list.ts";
import { linesOf } from "../compare/lines.ts";
import { entriesForPeer } from "../compare/map-entry.ts";
import { bothEnds, otherSide, type Tunnel } from "../tunnel.ts";
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
    const byCertificate = ownPoliciesWith(tunnel, end, isCertificate);
    const byKey = ownPoliciesWith(tunnel, end, (auth) => auth === "psk");
    const [policy] = byCertificate;
    if (policy && byKey.length === 0) return yes(linesOf(tunnel, policy, "auth"));
    const [keyPolicy] = byKey;
    if (keyPolicy && byCertificate.length === 0) return no(linesOf(tunnel, keyPolicy, "auth"));
  }
  return NOT_KNOWN;
}

/** No: the entry of one end names an IKEv2 profile; all of the other end is known, and its entry names none. */
function ikeVersionsAgree(tunnel: Tunnel): Answer {
  for (const end of bothEnds(tunnel)) {
    const two = ikeV2Lines(tunnel, end);
    const other = tunnel[otherSide(end.side)];
    const entries = entriesForPeer(other);
    if (two.length === 0 || entries.length === 0 || other.mapEntries?.complete !== true) continue;
    if (ikeV2Lines(tunnel, other).length > 0) return yes([...two, ...ikeV2Lines(tunnel, other)]);
    const [one, another] = end.side === "local" ? ["2", "1"] : ["1", "2"];
    return no([...two, ...entries.flatMap((entry) => linesOf(tunnel, entry))], {
      side: "both",
      differs: [{ attribute: "ike-version", local: one, remote: another }],
    });
  }
  return NOT_KNOWN;
}
