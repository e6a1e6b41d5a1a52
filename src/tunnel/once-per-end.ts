/** Works a thing out once for each end of a tunnel: many questions ask for it, and an access list can be long. */
import type { Tunnel } from "./tunnel.ts";
import type { EndView } from "./view.ts";

/** Views are never changed and belong to one tunnel, so what follows from one can be kept with it. */
export function oncePerEnd<T>(work: (tunnel: Tunnel, end: EndView) => T): (tunnel: Tunnel, end: EndView) => T {
  return (tunnel, end) => {
    const before = end.kept.get(work);
    if (before !== undefined || end.kept.has(work)) return before as T;
    const result = work(tunnel, end);
    end.kept.set(work, result);
    return result;
  };
}

/** The same for what follows from both ends together. */
export function oncePerTunnel<T>(work: (tunnel: Tunnel) => T): (tunnel: Tunnel) => T {
  return (tunnel) => {
    const { kept } = tunnel.local;
    const before = kept.get(work);
    if (before !== undefined || kept.has(work)) return before as T;
    const result = work(tunnel);
    kept.set(work, result);
    return result;
  };
}

/** The same for what follows from the one end alone. */
export function oncePerView<T>(work: (end: EndView) => T): (end: EndView) => T {
  return (end) => {
    const before = end.kept.get(work);
    if (before !== undefined || end.kept.has(work)) return before as T;
    const result = work(end);
    end.kept.set(work, result);
    return result;
  };
}
