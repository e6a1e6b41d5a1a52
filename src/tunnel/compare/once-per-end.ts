/** Works a thing out once for each end of a tunnel: many questions ask for it, and an access list can be long. */
import type { Tunnel } from "../tunnel.ts";
import type { EndView } from "../view.ts";

/** Views are never changed, so what follows from one can be kept as long as the view is. */
export function oncePerEnd<T>(work: (tunnel: Tunnel, end: EndView) => T): (tunnel: Tunnel, end: EndView) => T {
  const known = new WeakMap<Tunnel, Map<EndView, T>>();
  return (tunnel, end) => {
    let ofTunnel = known.get(tunnel);
    if (!ofTunnel) {
      ofTunnel = new Map();
      known.set(tunnel, ofTunnel);
    }
    const before = ofTunnel.get(end);
    if (before !== undefined || ofTunnel.has(end)) return before as T;
    const result = work(tunnel, end);
    ofTunnel.set(end, result);
    return result;
  };
}
