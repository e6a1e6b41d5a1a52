/** The policies or proposals an end can negotiate IKE with, and whether there may be more than it shows. */

import type { IkePolicy } from "../../domain/readings/ike.ts";
import type { Evidence } from "../../domain/verdict.ts";
import { ikeVersionAt } from "../ike-version.ts";
import type { Held } from "../known.ts";
import { oncePerEnd } from "../once-per-end.ts";
import type { Tunnel } from "../tunnel.ts";
import type { EndView } from "../view.ts";
import { connectionsForPeer } from "./connection.ts";
import { type IkeSuite, suiteOfPolicy, suiteOfProposal } from "./ike-suite.ts";
import { linesOf } from "./lines.ts";
import { entriesForPeer } from "./map-entry.ts";

export interface Suites {
  readonly suites: readonly IkeSuite[];
  /** Nothing says that there are more. */
  readonly complete: boolean;
  /** A default suite that was not shown could be used: certificates are in use here. */
  readonly mayUseHiddenDefault: boolean;
}

/** Priorities above are the platform's default suites (catalogue, ike-policy-mismatch); people's own go to 10000. */
const LAST_OWN_PRIORITY = 10_000;

/**
 * The policies with which this end negotiates with the peer; undefined while none is known. Default suites take part
 * where they can be used: where an own policy uses the same method (without certificates RSA signatures can't be
 * offered), or where there is no own policy (newer releases then use their defaults).
 */
export function knownSuites(tunnel: Tunnel, end: EndView): Suites | undefined {
  const ofConnections = connectionSuites(tunnel, end);
  if (ofConnections) return ofConnections;
  const version = ikeVersionAt(tunnel, end.side);
  const hasPolicies = (end.policies?.items.length ?? 0) > 0;
  if (version === 2 || (version === undefined && !hasPolicies)) return proposalSuites(tunnel, end);
  // A device may have both versions, and only IOS is known to use the first where an entry does not say.
  const hasBoth = hasPolicies && end.ikeProposals !== undefined && end.platform !== "cisco-ios";
  return version === undefined && hasBoth ? undefined : policySuites(tunnel, end);
}

/** What the connections for the peer propose; with IKEv1 the method stands beside the proposal. */
function connectionSuites(tunnel: Tunnel, end: EndView): Suites | undefined {
  const suites = connectionsForPeer(end).flatMap((held) => {
    const { version = "any", ikeProposals, localAuth } = held.item;
    return ikeProposals.map((item) => suiteOfProposal(tunnel, { ...held, item }, version, localAuth.method));
  });
  return suites.length === 0 ? undefined : { suites, complete: true, mayUseHiddenDefault: false };
}

/** The device's own proposals; its default ones where it has none of its own. */
function proposalSuites(tunnel: Tunnel, end: EndView): Suites | undefined {
  const proposals = (end.ikeProposals?.items ?? []).filter(({ item }) => item.version !== 1);
  const own = proposals.filter(({ item }) => item.isDefault !== true);
  const usable = own.length > 0 ? own : proposals;
  if (usable.length === 0) return undefined;
  const suites = usable.map((held) => suiteOfProposal(tunnel, held, held.item.version));
  return { suites, complete: true, mayUseHiddenDefault: false };
}

function policySuites(tunnel: Tunnel, end: EndView): Suites | undefined {
  const policies = ikeV1Policies(tunnel, end);
  const own = policies.filter(({ item }) => !item.isDefault);
  const defaults = policies.filter(({ item }) => item.isDefault);
  if (policies.length === 0 || usesIkeV2(tunnel, end)) return undefined;
  const methods = new Set(own.map(({ item }) => item.auth));
  const usable = own.length === 0 ? defaults : [...own, ...defaults.filter(({ item }) => methods.has(item.auth))];
  return {
    suites: usable.map((held) => suiteOfPolicy(tunnel, held, end.policies?.complete === true)),
    complete: !namesAnotherPolicy(end, own),
    mayUseHiddenDefault: defaults.length === 0 && [...methods].some((method) => method !== "psk"),
  };
}

/** This end's own policies (not the defaults) that use a method of authentication. */
export function ownPoliciesWith(tunnel: Tunnel, end: EndView, isWanted: (auth: string) => boolean): Held<IkePolicy>[] {
  return ikeV1Policies(tunnel, end).filter(({ item }) => !item.isDefault && isWanted(item.auth));
}

/** Lines that show the tunnel to be IKEv2 on this end. */
export const ikeV2Lines = oncePerEnd((tunnel, end): readonly Evidence[] => {
  const entries = entriesForPeer(end).filter(({ item }) => item.ikeVersion === 2);
  const profiles = entries.flatMap((held) => linesOf(tunnel, held, held.item.profile === undefined ? "" : "profile"));
  const sas = end.ikeSas.flatMap((look) => look.items.filter(({ item }) => item.version === 2));
  return [...profiles, ...sas.flatMap((held) => linesOf(tunnel, held))];
});

function usesIkeV2(tunnel: Tunnel, end: EndView): boolean {
  return ikeV2Lines(tunnel, end).length > 0;
}

function ikeV1Policies(tunnel: Tunnel, end: EndView): readonly Held<IkePolicy>[] {
  const ofVersion2 = new Set<IkePolicy>();
  for (const { paste } of tunnel.known.pastes)
    for (const output of paste.outputs)
      for (const value of output.values)
        if (value.kind === "ike-policies" && value.version === 2)
          for (const policy of value.policies) ofVersion2.add(policy);
  return (end.policies?.items ?? []).filter(({ item }) => !ofVersion2.has(item));
}

/** A responder's debug names the priority of each policy it tries. */
function namesAnotherPolicy(end: EndView, own: readonly Held<IkePolicy>[]): boolean {
  const shown = new Set(own.map(({ item }) => item.priority));
  const tried = end.attempts.flatMap(({ item }) => item.ikeOffers.map(({ against }) => against));
  return tried.some((priority) => priority !== undefined && priority <= LAST_OWN_PRIORITY && !shown.has(priority));
}
