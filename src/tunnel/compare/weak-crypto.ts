/** Algorithms that are no longer to be used: RFC 8247 (IKE), RFC 8221 (ESP), and IOS-XE that refuses them (trap T12). */
import type { Difference, Evidence } from "../../domain/verdict.ts";
import { type Answer, at, NOT_KNOWN, no, type Question, yes } from "../answer.ts";
import { bothEnds, type Tunnel } from "../tunnel.ts";
import { type EndView, lineOf } from "../view.ts";
import { knownSuites } from "./ike-policy-list.ts";
import type { IkeAttribute } from "./ike-suite.ts";
import { distinct } from "./lines.ts";
import { configuredProposals } from "./transform-list.ts";

interface Use {
  readonly attribute: "encryption" | "integrity" | "dh-group";
  readonly value: string;
  readonly evidence: readonly Evidence[];
}

const WEAK: Readonly<Record<Use["attribute"], ReadonlySet<string>>> = {
  encryption: new Set(["des", "3des"]),
  integrity: new Set(["md5"]),
  "dh-group": new Set(["1", "2", "5"]),
};

/**
 * Does the tunnel use DES, 3DES, MD5 or group 1, 2 or 5? By its SAs, its policies (not the default suites) and its
 * transform sets. `differs` names what is weak on each end, "-" for nothing seen. "No" needs both phases of both ends.
 */
export function weakCryptoInUse(tunnel: Tunnel): Answer {
  const [local, remote] = bothEnds(tunnel).map((end) => [...ikeUses(tunnel, end), ...ipsecUses(tunnel, end)]);
  const weak = { local: (local ?? []).filter(isWeak), remote: (remote ?? []).filter(isWeak) };
  const evidence = distinct([...weak.local, ...weak.remote].flatMap((use) => use.evidence));
  if (evidence.length > 0) return yes(evidence, { differs: named(weak.local, weak.remote), side: sideOf(weak) });
  const phases = bothEnds(tunnel).flatMap((end) => [ikeUses(tunnel, end), ipsecUses(tunnel, end)]);
  if (phases.some((uses) => uses.length === 0)) return NOT_KNOWN;
  return no(distinct(phases.flatMap((uses) => uses.flatMap((use) => use.evidence))));
}

export const WEAK_CRYPTO_COMPARISONS: Readonly<Record<string, Question>> = { "weak-crypto-in-use": weakCryptoInUse };

function ikeUses(tunnel: Tunnel, end: EndView): Use[] {
  const uses: Use[] = [];
  for (const held of end.ikeSas.at(-1)?.items ?? []) {
    const evidence = [at(tunnel, held, held.item.line)];
    const { encryption, integrity, dhGroup } = held.item;
    if (encryption !== undefined) uses.push({ attribute: "encryption", value: encryption, evidence });
    if (integrity !== undefined) uses.push({ attribute: "integrity", value: integrity, evidence });
    if (dhGroup !== undefined) uses.push({ attribute: "dh-group", value: String(dhGroup), evidence });
  }
  if (uses.length > 0) return uses;
  for (const suite of knownSuites(tunnel, end)?.suites ?? []) {
    const use = (attribute: Use["attribute"], field: IkeAttribute) => {
      if (suite.assumed.has(field)) return;
      for (const value of suite.values[field] ?? []) uses.push({ attribute, value, evidence: suite.lines([field]) });
    };
    use("encryption", "encryption");
    use("integrity", "integrity");
    use("dh-group", "dhGroup");
  }
  return uses;
}

function ipsecUses(tunnel: Tunnel, end: EndView): Use[] {
  const uses: Use[] = [];
  const add = (
    transform: { encryption?: string | undefined; integrity?: string | undefined; ah?: string | undefined },
    evidence: readonly Evidence[],
  ) => {
    const { encryption, integrity, ah } = transform;
    if (encryption !== undefined) uses.push({ attribute: "encryption", value: encryption, evidence });
    if (integrity !== undefined) uses.push({ attribute: "integrity", value: integrity, evidence });
    if (ah !== undefined) uses.push({ attribute: "integrity", value: ah, evidence });
  };
  for (const held of end.flows.at(-1)?.items ?? []) {
    for (const sa of held.item.sas) if (sa.transform) add(sa.transform, [at(tunnel, held, sa.line)]);
    if (held.item.pfsGroup !== undefined)
      uses.push({
        attribute: "dh-group",
        value: String(held.item.pfsGroup),
        evidence: [at(tunnel, held, lineOf(held.item, "pfs"))],
      });
  }
  if (uses.length > 0) return uses;
  for (const { transform, lines } of configuredProposals(tunnel, end)?.proposals ?? []) add(transform, lines);
  return uses;
}

function isWeak({ attribute, value }: Use): boolean {
  return WEAK[attribute].has(value);
}

function named(local: readonly Use[], remote: readonly Use[]): Difference[] {
  const values = (uses: readonly Use[], attribute: string) =>
    [...new Set(uses.filter((use) => use.attribute === attribute).map(({ value }) => value))].join(", ") || "-";
  const attributes = [...new Set([...local, ...remote].map(({ attribute }) => attribute))];
  return attributes.map((attribute) => ({
    attribute,
    local: values(local, attribute),
    remote: values(remote, attribute),
  }));
}

function sideOf({ local, remote }: { readonly local: readonly Use[]; readonly remote: readonly Use[] }) {
  if (local.length > 0 && remote.length > 0) return "both";
  return local.length > 0 ? "local" : "remote";
}
