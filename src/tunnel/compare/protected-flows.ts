/** The traffic that an end sends into this tunnel. */
import type { Evidence } from "../../domain/verdict.ts";
import { at } from "../answer.ts";
import { oncePerEnd } from "../once-per-end.ts";
import type { Tunnel } from "../tunnel.ts";
import { type EndView, lineOf } from "../view.ts";
import { childrenForPeer } from "./connection.ts";
import { cryptoAcls } from "./crypto-acl.ts";
import { type Flow, flowOfEntry, flowOfSelectors, isEverything } from "./flow.ts";

export interface ProtectedFlow extends Flow {
  readonly evidence: readonly Evidence[];
}

/**
 * Permit entries of the crypto ACL, else the idents of `show crypto ipsec sa` or of the session; undefined where neither is known or an
 * entry can't be resolved. Source and destination are from the end's own point of view.
 */
export const protectedFlows = oncePerEnd(findProtectedFlows);

function findProtectedFlows(tunnel: Tunnel, end: EndView): readonly ProtectedFlow[] | undefined {
  const acls = cryptoAcls(tunnel, end);
  if (!acls) return identFlows(tunnel, end) ?? sessionFlows(tunnel, end);
  const flows: ProtectedFlow[] = [];
  for (const acl of acls) {
    for (const entry of acl.entries) {
      if (entry.action !== "permit") continue;
      const flow = flowOfEntry(entry);
      if (!flow) return undefined;
      // A tunnel that carries whatever is routed into it names no networks.
      if (isEverything(flow) && childrenForPeer(end).length > 0) continue;
      flows.push({ ...flow, evidence: [at(tunnel, acl.held, entry.line)] });
    }
  }
  return flows.length === 0 && childrenForPeer(end).length > 0 ? undefined : flows;
}

/** Proxy identities of the last `show crypto ipsec sa`; undefined where there was none. */
export function identFlows(tunnel: Tunnel, end: EndView): readonly ProtectedFlow[] | undefined {
  const look = end.flows.at(-1);
  const flows: ProtectedFlow[] = [];
  for (const held of look?.items ?? []) {
    const { localIdent, remoteIdent, permit } = held.item;
    if (!localIdent || !remoteIdent || permit === false) continue;
    const lines = new Set([lineOf(held.item, "localIdent"), lineOf(held.item, "remoteIdent")]);
    const evidence = [...lines].map((line) => at(tunnel, held, line));
    flows.push({ ...flowOfSelectors(localIdent, remoteIdent), evidence });
  }
  return flows.length === 0 ? undefined : flows;
}

/** The flows of the last `show crypto session`; undefined where there was none. */
function sessionFlows(tunnel: Tunnel, end: EndView): readonly ProtectedFlow[] | undefined {
  const flows = (end.sessions.at(-1)?.items ?? []).flatMap((held) =>
    held.item.flows.flatMap(({ local, remote, line, at: lines }): ProtectedFlow[] => {
      if (!local || !remote) return [];
      const shown = new Set([lines?.["local"] ?? line, lines?.["remote"] ?? line]);
      return [{ ...flowOfSelectors(local, remote), evidence: [...shown].map((one) => at(tunnel, held, one)) }];
    }),
  );
  return flows.length === 0 ? undefined : flows;
}
