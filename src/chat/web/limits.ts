/** How much one caller may do: buckets that fill again with time. */

export interface Limit {
  /** At most this many at once … */
  readonly burst: number;
  /** … and this many a second from then on. */
  readonly perSecond: number;
}

export interface Limiter {
  /** Takes one; returns 0, or how many seconds to wait where there is none left. */
  take(key: string): number;
}

/** Keys that were forgotten first when there are too many: whoever makes up keys gains nothing but a full bucket. */
const MOST_KEYS = 10_000;

export function createLimiter({ burst, perSecond }: Limit, now: () => number): Limiter {
  const buckets = new Map<string, { left: number; at: number }>();
  return {
    take(key) {
      const at = now();
      const before = buckets.get(key) ?? { left: burst, at };
      const left = Math.min(burst, before.left + ((at - before.at) / 1000) * perSecond);
      buckets.delete(key);
      buckets.set(key, { left: left >= 1 ? left - 1 : left, at });
      const [oldest] = buckets.keys();
      if (buckets.size > MOST_KEYS && oldest !== undefined) buckets.delete(oldest);
      return left >= 1 ? 0 : Math.ceil((1 - left) / perSecond);
    },
  };
}
