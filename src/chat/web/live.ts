/** Tells open pages that their case has changed. They then fetch what is new; nothing of a case travels here. */
import type { Context } from "hono";
import { streamSSE } from "hono/streaming";
import type { Store } from "../../store/store.ts";

export interface LiveTools {
  readonly cases: Pick<Store, "caseById" | "watch">;
  /** Ends all streams: the server is leaving. */
  readonly stopping?: AbortSignal | undefined;
}

/** `watch` is best effort, so each stream looks by itself this often; it also keeps proxies from hanging up. */
const LOOK_EVERY_MS = 10_000;
const MOST_STREAMS = 500;

export interface Live {
  /** The stream of one case; undefined where too many are open. */
  stream(c: Context, caseId: string): Response | undefined;
}

/** What a page compares: whether it shows the case as it is. */
export function versionOf(head: { readonly version: number; readonly status: string }): string {
  return `${head.version}-${head.status}`;
}

export function createLive({ cases, stopping }: LiveTools): Live {
  const bells = new Map<string, Set<() => void>>();
  let open = 0;
  const unwatch = cases.watch((caseId) => {
    for (const ring of bells.get(caseId) ?? []) ring();
  });
  stopping?.addEventListener("abort", () => {
    unwatch();
    for (const rings of bells.values()) for (const ring of rings) ring();
  });

  return {
    stream(c, caseId) {
      if (open >= MOST_STREAMS || stopping?.aborted === true) return undefined;
      open += 1;
      return streamSSE(c, async (stream) => {
        let ring = () => {};
        const bell = () => ring();
        const rings = bells.get(caseId) ?? new Set();
        bells.set(caseId, rings.add(bell));
        stream.onAbort(bell);
        let told = "";
        try {
          while (!stream.aborted && stopping?.aborted !== true) {
            const rung = new Promise<void>((resolve) => {
              const timer = setTimeout(resolve, LOOK_EVERY_MS);
              ring = () => {
                clearTimeout(timer);
                resolve();
              };
            });
            const head = await cases.caseById(caseId).catch(() => undefined);
            const version = head && versionOf(head);
            if (version !== undefined && version !== told) {
              told = version;
              await stream.writeSSE({ event: "version", data: version, retry: 2000 });
            } else await stream.write(": still here\n\n");
            await rung;
          }
        } finally {
          open -= 1;
          rings.delete(bell);
          if (rings.size === 0) bells.delete(caseId);
        }
      });
    },
  };
}
