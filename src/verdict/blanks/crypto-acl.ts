/** Blanks about the crypto ACL: what makes it the mirror of the other end's, and where either end may be the one to change. */
import type { Side } from "../../domain/ids.ts";
import { type CryptoAcl, cryptoAcls } from "../../tunnel/compare/crypto-acl.ts";
import { cryptoAclsAreMirrors } from "../../tunnel/compare/crypto-acls.ts";
import { type Flow, flowKey, flowName, flowOfEntry, flowOfSelectors, mirrored } from "../../tunnel/compare/flow.ts";
import { entryForPeer } from "../../tunnel/compare/map-entry.ts";
import { protectedFlows } from "../../tunnel/compare/protected-flows.ts";
import { tunnelInterfaceOf, tunnelModesDiffer } from "../../tunnel/compare/tunnel-interfaces.ts";
import { decidingAttempt } from "../../tunnel/status/attempts.ts";
import { otherSide, type Tunnel } from "../../tunnel/tunnel.ts";
import type { EndView } from "../../tunnel/view.ts";
import type { Blanks } from "../fill.ts";
import { aclTitle, permitLine } from "./ios-words.ts";

/**
 * Where neither end is the one to blame, changing both would only swap the fault: each end's lines are then told as one of
 * two ways, and by what to choose.
 */
export function cryptoAclBlanks(tunnel: Tunnel, side: Side): Blanks {
  const change = aclChange(tunnel, side);
  const lines = change && [...change.title, ...change.out, ...change.into.map(permitLine)].join("\n");
  const isEitherOr = cryptoAclsAreMirrors(tunnel).side === "both" && aclChange(tunnel, otherSide(side)) !== undefined;
  const kind = !change ? undefined : change.out.length === 0 ? "add" : change.into.length === 0 ? "take-out" : "change";
  return {
    "acl-lines-to-mirror": isEitherOr ? undefined : lines,
    "acl-lines-to-add-or": isEitherOr && kind === "add" ? lines : undefined,
    "acl-lines-to-take-out-or": isEitherOr && kind === "take-out" ? lines : undefined,
    "acl-lines-to-change-or": isEitherOr && kind === "change" ? lines : undefined,
    "tunnel-mode-lines": tunnelModeLines(tunnel, side),
    "acl-flows-to-add": change?.into.map(flowName).join(", "),
    "acl-flows-to-take-out": change?.gone.map(flowName).join(", "),
  };
}

/** This end's tunnel interface with the other end's mode. */
function tunnelModeLines(tunnel: Tunnel, side: Side): string | undefined {
  const theirs = tunnelModesDiffer(tunnel).differs?.[0]?.[otherSide(side)];
  const carrier = tunnelInterfaceOf(tunnel[side])?.item;
  if (theirs === undefined || carrier === undefined) return undefined;
  return `interface ${carrier.name}\n tunnel mode ${theirs === "ipsec" ? "ipsec ipv4" : "gre ip"}`;
}

export interface AclChange {
  readonly name: string;
  readonly title: readonly string[];
  readonly out: readonly string[];
  readonly gone: readonly Flow[];
  readonly into: readonly Flow[];
}

/** What to take out of this end's crypto ACL and what to put in, so that it mirrors the other end's. */
export function aclChange(tunnel: Tunnel, side: Side): AclChange | undefined {
  const acl = cryptoAcls(tunnel, tunnel[side])?.[0];
  const theirs = protectedFlows(tunnel, tunnel[otherSide(side)]);
  if (acl && theirs) return mirrorChange(acl, theirs.map(mirrored));
  const asked = flowsAskedOf(tunnel[side]);
  if (asked.length === 0) return undefined;
  const name = acl?.name ?? entryForPeer(tunnel[side])?.item.aclName ?? "<crypto access list>";
  return { name, title: [aclTitle(name, asked[0]?.source.family)], out: [], gone: [], into: asked };
}

function mirrorChange(acl: CryptoAcl, flows: readonly Flow[]): AclChange | undefined {
  const wanted = new Map(flows.map((flow) => [flowKey(flow), flow]));
  const present = new Set<string>();
  const out: string[] = [];
  const gone: Flow[] = [];
  for (const entry of acl.entries) {
    const flow = flowOfEntry(entry);
    const key = flow ? flowKey(flow) : "";
    if (wanted.has(key)) present.add(key);
    else if (entry.action === "permit") {
      out.push(` no ${entry.text}`);
      if (flow) gone.push(flow);
    }
  }
  const into = [...wanted].filter(([key]) => !present.has(key)).map(([, flow]) => flow);
  return out.length + into.length === 0
    ? undefined
    : { name: acl.name, title: [aclTitle(acl.name, flows[0]?.source.family)], out, gone, into };
}

/** What the peer asked this end for in the last negotiation that this end answered. */
function flowsAskedOf(end: EndView): Flow[] {
  const attempt = decidingAttempt(end)?.item;
  if (!attempt || attempt.role === "initiator" || attempt.phase2CompleteLine !== undefined) return [];
  return attempt.proxies.map(({ local, remote }) => flowOfSelectors(local, remote)).slice(-1);
}
