/** The two ends side by side, attribute by attribute, for people to read. */
import type { Evidence } from "../../domain/verdict.ts";
import type { Answer } from "../answer.ts";
import { bothEnds, type Tunnel } from "../tunnel.ts";
import type { EndView } from "../view.ts";
import { cryptoAcls } from "./crypto-acl.ts";
import { cryptoAclsAreMirrors } from "./crypto-acls.ts";
import { sameAlgorithm } from "./crypto-values.ts";
import { flowName } from "./flow.ts";
import { closestIkePair } from "./ike-policies.ts";
import { IKE_ATTRIBUTE_NAMES, IKE_ATTRIBUTES } from "./ike-suite.ts";
import { COMPARISONS } from "./index.ts";
import { preSharedKeysAreEqual } from "./keys.ts";
import { distinct, linesOf } from "./lines.ts";
import { lifetimeOf, type ShownValue, shownPfs } from "./map-attributes.ts";
import { entriesForPeer } from "./map-entry.ts";
import { protectedFlows } from "./protected-flows.ts";
import { transformName } from "./transform-list.ts";
import { closestTransformPair } from "./transform-sets.ts";

export interface ComparedRow {
  readonly topic: string;
  readonly attribute: string;
  /** What the end shows, "" where it shows nothing. Keys are never shown, only whether they are equal. */
  readonly local: string;
  readonly remote: string;
  /** undefined: can't be told. For what each end answers for itself: whether both are in order. */
  readonly same: boolean | undefined;
  readonly evidence: readonly Evidence[];
}

/** Rows of all topics of which at least one end shows something. */
export function compareEnds(tunnel: Tunnel): readonly ComparedRow[] {
  return [
    ...ikeRows(tunnel),
    ...keyRows(tunnel),
    ...transformRows(tunnel),
    ...mapRows(tunnel),
    ...trafficRows(tunnel),
    ...perEndRows(tunnel),
  ];
}

function ikeRows(tunnel: Tunnel): ComparedRow[] {
  const pair = closestIkePair(tunnel);
  if (!pair) return [];
  const rows = IKE_ATTRIBUTES.map((attribute): ComparedRow => {
    const local = pair.local.values[attribute] ?? "";
    const remote = pair.remote.values[attribute] ?? "";
    const differs = pair.differing.includes(attribute);
    const name = IKE_ATTRIBUTE_NAMES[attribute];
    const same = differs ? false : sameAlgorithm(name, local, remote) === true ? true : undefined;
    const evidence = distinct([...pair.local.lines([attribute]), ...pair.remote.lines([attribute])]);
    return { topic: "IKE policy", attribute: name, local, remote, same, evidence };
  });
  const lifetime = COMPARISONS["ike-lifetimes-agree"]?.(tunnel);
  const seconds = (value: number | undefined) => (value === undefined ? "" : `${value}s`);
  const lifetimeRow: ComparedRow = {
    topic: "IKE policy",
    attribute: "lifetime",
    local: seconds(pair.local.lifetimeSeconds),
    remote: seconds(pair.remote.lifetimeSeconds),
    same: lifetime?.is,
    evidence: lifetime?.evidence ?? [],
  };
  return [...rows, lifetimeRow];
}

function keyRows(tunnel: Tunnel): ComparedRow[] {
  const answer = preSharedKeysAreEqual(tunnel);
  const shows = bothEnds(tunnel).map((end) => (end.keys?.items.length ?? 0) > 0);
  if (!shows.includes(true)) return [];
  const word = answer.is === undefined ? "unknown" : answer.is ? "equal" : "different";
  const [local = "", remote = ""] = shows.map((hasKey) => (hasKey ? word : ""));
  return [{ topic: "pre-shared key", attribute: "key", local, remote, same: answer.is, evidence: answer.evidence }];
}

function transformRows(tunnel: Tunnel): ComparedRow[] {
  const pair = closestTransformPair(tunnel);
  if (!pair) return [];
  const evidence = distinct([...pair.local.lines, ...pair.remote.lines]);
  const modes = COMPARISONS["ipsec-modes-agree"]?.(tunnel);
  const { local, remote, same } = pair;
  return [
    {
      topic: "transform set",
      attribute: "transform",
      local: transformName(local.transform),
      remote: transformName(remote.transform),
      same,
      evidence,
    },
    {
      topic: "transform set",
      attribute: "mode",
      local: local.mode ?? "",
      remote: remote.mode ?? "",
      same: modes?.is,
      evidence,
    },
  ];
}

function mapRows(tunnel: Tunnel): ComparedRow[] {
  const values = (read: (end: EndView) => ShownValue | undefined) => bothEnds(tunnel).map(read);
  const [localPeer, remotePeer] = bothEnds(tunnel).map((end) => peerOf(tunnel, end));
  const pointed = COMPARISONS["peers-point-at-each-other"]?.(tunnel);
  return [
    row(
      "crypto map",
      "PFS",
      values((end) => shownPfs(tunnel, end)),
    ),
    row(
      "crypto map",
      "lifetime",
      values((end) => lifetimeOf(tunnel, end, "s")),
    ),
    row(
      "crypto map",
      "volume",
      values((end) => lifetimeOf(tunnel, end, "kB")),
    ),
    { ...row("crypto map", "peer", [localPeer, remotePeer]), same: pointed?.is },
  ].filter(({ local, remote }) => local !== "" || remote !== "");
}

function trafficRows(tunnel: Tunnel): ComparedRow[] {
  const names = bothEnds(tunnel).map((end) => (protectedFlows(tunnel, end) ?? []).map(flowName).slice(0, 5).join("; "));
  const acls = bothEnds(tunnel).map((end) => (cryptoAcls(tunnel, end) ?? []).map(({ name }) => name).join(", "));
  const [local = "", remote = ""] = names.map((name, index) => (acls[index] ? `${acls[index]}: ${name}` : name));
  if (local === "" && remote === "") return [];
  const { is, evidence } = cryptoAclsAreMirrors(tunnel);
  return [{ topic: "protected traffic", attribute: "crypto ACL", local, remote, same: is, evidence }];
}

const PER_END: readonly (readonly [topic: string, attribute: string, question: string, goodAnswer: boolean])[] = [
  ["crypto map", "applied", "map-is-applied", true],
  ["data path", "route", "route-to-protected-network-exists", true],
  ["data path", "NAT exemption", "nat-takes-the-traffic", false],
];

function perEndRows(tunnel: Tunnel): ComparedRow[] {
  return PER_END.flatMap(([topic, attribute, question, good]) => {
    const local = COMPARISONS[`local-${question}`]?.(tunnel);
    const remote = COMPARISONS[`remote-${question}`]?.(tunnel);
    if (local?.is === undefined && remote?.is === undefined) return [];
    const words = [inWords(local, good), inWords(remote, good)];
    const same = words.includes("no") ? false : words.includes("") ? undefined : true;
    const evidence = distinct([...(local?.evidence ?? []), ...(remote?.evidence ?? [])]);
    return [{ topic, attribute, local: words[0] ?? "", remote: words[1] ?? "", same, evidence }];
  });
}

function inWords(answer: Answer | undefined, good: boolean): string {
  return answer?.is === undefined ? "" : answer.is === good ? "yes" : "no";
}

function peerOf(tunnel: Tunnel, end: EndView): ShownValue | undefined {
  const entries = entriesForPeer(end).filter(({ item }) => item.peers.length > 0);
  const [first] = entries;
  if (!first) return undefined;
  return { value: first.item.peers.join(", "), order: first.order, evidence: linesOf(tunnel, first, "peers") };
}

function row(topic: string, attribute: string, [local, remote]: readonly (ShownValue | undefined)[]): ComparedRow {
  const same = local && remote ? local.value === remote.value : undefined;
  const evidence = distinct([...(local?.evidence ?? []), ...(remote?.evidence ?? [])]);
  return { topic, attribute, local: local?.value ?? "", remote: remote?.value ?? "", same, evidence };
}
