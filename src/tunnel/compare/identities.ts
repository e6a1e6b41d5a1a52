/** Does each end send the identity that the other end expects? */
import type { Side } from "../../domain/ids.ts";
import { canonicalAddress, containsNetwork, hostNetwork, networkFromNetmask } from "../../domain/network.ts";
import type { Difference, Evidence } from "../../domain/verdict.ts";
import { type Answer, at, NOT_KNOWN, no, type Question, yes } from "../answer.ts";
import { bothEnds, type Tunnel } from "../tunnel.ts";
import type { EndView } from "../view.ts";
import { connectionForPeer } from "./connection.ts";
import { farEnd } from "./endpoints.ts";
import { distinct, linesOf } from "./lines.ts";
import { entryForPeer } from "./map-entry.ts";

interface Shown {
  /** As configured; several where any of them will do. */
  readonly texts: readonly string[];
  readonly evidence: readonly Evidence[];
}

/**
 * By what is written down on both ends: the identity that one sends against the one that the other expects. No: they are
 * plainly different. Yes: both directions are shown, and agree. `side` is the end that expects.
 */
export function identitiesAgree(tunnel: Tunnel): Answer {
  const directions = bothEnds(tunnel).map((end) => {
    const far = farEnd(tunnel, end);
    return {
      side: end.side,
      sent: identitySentBy(tunnel, end),
      expected: expectedBy(tunnel, far),
      expecting: far.side,
    };
  });
  const shown = directions.flatMap(({ sent, expected, ...sides }) =>
    sent && expected ? [{ sent, expected, ...sides, is: isExpected(sent, expected) }] : [],
  );
  const wrong = shown.find(({ is }) => is === false);
  if (wrong)
    return no(distinct([...wrong.sent.evidence, ...wrong.expected.evidence]), {
      side: wrong.expecting,
      differs: [difference(wrong.side, wrong.sent, wrong.expected)],
    });
  if (shown.length < directions.length || shown.some(({ is }) => is !== true)) return NOT_KNOWN;
  return yes(distinct(shown.flatMap(({ sent, expected }) => [...sent.evidence, ...expected.evidence])));
}

/**
 * Yes: an end that names no identity of its own sends its address (with pre-shared keys all platforms do), its connection
 * says which, and the other end expects another one. Likely, not sure: a release may do otherwise.
 */
function ownAddressIsNotExpected(tunnel: Tunnel): Answer {
  for (const end of bothEnds(tunnel)) {
    const far = farEnd(tunnel, end);
    const expected = expectedBy(tunnel, far);
    const sent = addressSentBy(tunnel, end);
    if (!sent || !expected || isExpected(sent, expected) !== false) continue;
    return yes(distinct([...sent.evidence, ...expected.evidence]), {
      side: far.side,
      differs: [difference(end.side, sent, expected)],
    });
  }
  return NOT_KNOWN;
}

export const IDENTITY_COMPARISONS: Readonly<Record<string, Question>> = {
  "identities-agree": identitiesAgree,
  "own-address-is-not-expected": ownAddressIsNotExpected,
};

/** The identity that an end is configured to send. */
export function identitySentBy(tunnel: Tunnel, end: EndView): Shown | undefined {
  const connection = connectionForPeer(end);
  const id = connection?.item.localAuth.id;
  if (connection && id !== undefined && !isAny(id))
    return {
      texts: [id],
      evidence: [at(tunnel, connection, connection.item.localAuth.at?.["id"] ?? connection.item.line)],
    };
  const profile = profileForPeer(end);
  const [kind, value] = (profile?.item.selfIdentity ?? "").split(" ");
  // "address" alone is whatever address it has.
  if (!profile || kind === undefined || value === undefined) return undefined;
  return { texts: [value], evidence: linesOf(tunnel, profile, "selfIdentity") };
}

function addressSentBy(tunnel: Tunnel, end: EndView): Shown | undefined {
  const connection = connectionForPeer(end);
  const [address, ...others] = connection?.item.local ?? [];
  const auth = connection?.item.localAuth;
  if (!connection || address === undefined || others.length > 0 || auth?.id !== undefined) return undefined;
  if (auth?.method !== "psk" || canonicalAddress(address) === undefined) return undefined;
  return { texts: [address], evidence: linesOf(tunnel, connection, "local") };
}

function expectedBy(tunnel: Tunnel, end: EndView): Shown | undefined {
  const connection = connectionForPeer(end);
  const id = connection?.item.remoteAuth.id;
  if (connection && id !== undefined)
    return {
      texts: [id],
      evidence: [at(tunnel, connection, connection.item.remoteAuth.at?.["id"] ?? connection.item.line)],
    };
  const profile = profileForPeer(end);
  const wanted = profile?.item.matchIdentity ?? [];
  if (!profile || wanted.length === 0) return undefined;
  return { texts: wanted.map(withoutKind), evidence: linesOf(tunnel, profile, "matchIdentity") };
}

/** "remote address 192.0.2.1 255.255.255.255" → "192.0.2.1 255.255.255.255"; a kind that takes whole groups → "%any". */
function withoutKind(text: string): string {
  const words = text.split(" ");
  if (words[0] === "remote") words.shift();
  const [kind = "", ...rest] = words;
  if (kind === "address") return rest.join(" ");
  // A VRF may stand behind the name.
  const [name = "%any"] = rest;
  return /^(?:host|fqdn|email|key-id|user-fqdn|user)$/.test(kind) && name !== "domain" ? name : "%any";
}

function profileForPeer(end: EndView) {
  const name = entryForPeer(end)?.item.profile;
  return name === undefined ? undefined : end.profiles?.items.find(({ item }) => item.name === name);
}

function isExpected(sent: Shown, expected: Shown): boolean | undefined {
  let is: boolean | undefined = false;
  for (const text of expected.texts) {
    const same = matches(sent.texts[0] ?? "", text);
    if (same === true) return true;
    if (same === undefined) is = undefined;
  }
  return is;
}

function matches(sent: string, expected: string): boolean | undefined {
  if (isAny(expected)) return true;
  const [address = "", mask] = expected.split(" ");
  const network = mask === undefined ? hostNetwork(address) : networkFromNetmask(address, mask);
  const host = hostNetwork(sent);
  if (network && host) return containsNetwork(network, host);
  const [one, other] = [nameOf(sent), nameOf(expected)];
  if (one === other) return true;
  // Distinguished names are written in several ways, and patterns match more than themselves.
  return /[=*%]/.test(one + other) ? undefined : false;
}

function isAny(id: string): boolean {
  return /^%any\d?$|^any$|^\*$|^0\.0\.0\.0$/.test(id);
}

/** "@gw.example.net", "fqdn:GW.example.net" → "gw.example.net". */
function nameOf(id: string): string {
  return id
    .toLowerCase()
    .replace(/^["']|["']$/g, "")
    .replace(/^(?:fqdn|keyid|email|userfqdn|ipv4|asn1dn):/, "")
    .replace(/^@{1,2}/, "");
}

function difference(sender: Side, sent: Shown, expected: Shown): Difference {
  const [one, other] = [sent.texts.join(", "), expected.texts.join(", ")];
  const [local, remote] = sender === "local" ? [one, other] : [other, one];
  return { attribute: "identity", local, remote };
}
