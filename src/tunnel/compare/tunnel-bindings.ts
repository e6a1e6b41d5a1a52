/** Does anything lead into an end's tunnel: the interface that it is bound to, or a policy? */
import { type Answer, NOT_KNOWN, type Question, yes } from "../answer.ts";
import type { Tunnel } from "../tunnel.ts";
import type { EndView } from "../view.ts";
import { connectionForPeer } from "./connection.ts";
import { linesOf } from "./lines.ts";
import { askedOfEachEnd } from "./per-end.ts";

/** Neither an interface nor a policy, in a configuration that was shown whole. */
function leadsNowhere(tunnel: Tunnel, end: EndView): Answer {
  const connection = connectionForPeer(end);
  return connection?.item.leadsNowhere === true ? yes(linesOf(tunnel, connection, "leadsNowhere")) : NOT_KNOWN;
}

function lacksKey(tunnel: Tunnel, end: EndView): Answer {
  const connection = connectionForPeer(end);
  return connection?.item.lacksKey === true ? yes(linesOf(tunnel, connection)) : NOT_KNOWN;
}

/** The st0 unit that it is bound to is not among all the interfaces, so it has no family and never comes up (Junos). */
function unitIsMissing(tunnel: Tunnel, end: EndView): Answer {
  const connection = connectionForPeer(end);
  const name = connection?.item.tunnelInterface;
  const { interfaces } = end;
  if (!connection || name?.startsWith("st0.") !== true || interfaces?.complete !== true) return NOT_KNOWN;
  const isThere = interfaces.items.some(({ item }) => item.name === name);
  return isThere || interfaces.items.length === 0 ? NOT_KNOWN : yes(linesOf(tunnel, connection, "tunnelInterface"));
}

export const TUNNEL_BINDING_COMPARISONS: Readonly<Record<string, Question>> = {
  ...askedOfEachEnd("connection-leads-nowhere", true, leadsNowhere),
  ...askedOfEachEnd("connection-lacks-a-key", true, lacksKey),
  ...askedOfEachEnd("tunnel-unit-is-missing", true, unitIsMissing),
};
