/** Where a replica can be killed: named steps of one message's way, and of one reply's. */
export const KILL_POINTS = [
  "received",
  "in the transaction",
  "before commit",
  "after commit",
  "before acknowledging",
  "after acknowledging",
  "claimed",
  "sent, not yet noted",
  "sent and noted",
] as const;
export type KillPoint = (typeof KILL_POINTS)[number];

export function isOnMessagesWay(point: KillPoint): boolean {
  return KILL_POINTS.indexOf(point) < KILL_POINTS.indexOf("claimed");
}

/** What a replica is told in its environment, as JSON in REPLICA. */
export interface ReplicaOptions {
  readonly databaseUrl?: string | undefined;
  readonly dataDir: string;
  /** Where what it sends goes. */
  readonly platform: string;
  readonly owner: string;
  /** Milliseconds. */
  readonly lease: number;
  readonly send: number;
  /** As no bot may do: to see that the tests notice. */
  readonly acknowledgesFirst?: boolean | undefined;
  /** Kill it when it comes to that point for the nth time. */
  readonly kill?: { readonly at: KillPoint; readonly nth: number } | undefined;
}
