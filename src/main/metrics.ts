/** Figures for Prometheus, at /metrics. Labels are ids of ours; nothing that was said is among them. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Delivered } from "../bot/deliver.ts";
import type { CommittedTurn } from "../bot/turn-figures.ts";
import type { Store } from "../store/store.ts";

/** Seconds: from a fifth of a disk's commit to what a chat would call late. */
const TURN_BUCKETS = [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 3, 10];

export interface Metrics {
  committed(turn: CommittedTurn): void;
  /** From hearing a message to its commit. */
  heard(chat: string, outcome: string, seconds: number): void;
  delivered(what: Delivered): void;
  /** The text of /metrics and its content type. */
  text(): Promise<{ readonly text: string; readonly type: string }>;
}

export function createMetrics(store: Pick<Store, "outbox">): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const turns = new Counter({
    name: "tunnelmedic_turns_total",
    help: "Messages that were committed as a turn of a case",
    labelNames: ["chat", "content"],
    registers,
  });
  const seconds = new Histogram({
    name: "tunnelmedic_turn_seconds",
    help: "From hearing a message to its commit",
    labelNames: ["chat", "outcome"],
    buckets: TURN_BUCKETS,
    registers,
  });
  const verdicts = new Counter({
    name: "tunnelmedic_verdicts_total",
    help: "Verdicts after each turn, by root cause where one was found",
    labelNames: ["verdict", "cause"],
    registers,
  });
  const removed = new Counter({
    name: "tunnelmedic_secrets_removed_total",
    help: "Keys and passwords removed from pastes",
    registers,
  });
  const unread = new Counter({
    name: "tunnelmedic_unread_lines_total",
    help: "Lines of known outputs that could not be read",
    registers,
  });
  const deliveries = new Counter({
    name: "tunnelmedic_deliveries_total",
    help: "Sends from the outbox by what became of them",
    labelNames: ["chat", "outcome"],
    registers,
  });
  const deliverySeconds = new Histogram({
    name: "tunnelmedic_delivery_seconds",
    help: "From a reply's commit to its being sent",
    labelNames: ["chat"],
    buckets: TURN_BUCKETS,
    registers,
  });
  const waiting = new Gauge({ name: "tunnelmedic_outbox_waiting", help: "Messages waiting to be sent", registers });
  const dead = new Gauge({ name: "tunnelmedic_outbox_dead", help: "Messages that were given up", registers });
  const oldest = new Gauge({
    name: "tunnelmedic_outbox_oldest_seconds",
    help: "Age of the oldest message waiting to be sent",
    registers,
  });
  return {
    committed(turn) {
      turns.inc({ chat: turn.chat, content: turn.content });
      verdicts.inc({ verdict: turn.verdict, cause: turn.cause ?? "" });
      removed.inc(turn.secretsRemoved);
      unread.inc(turn.unreadLines);
    },
    heard(chat, outcome, took) {
      seconds.observe({ chat, outcome }, took);
    },
    delivered({ chat, outcome, afterMs }) {
      deliveries.inc({ chat, outcome });
      if (outcome === "sent") deliverySeconds.observe({ chat }, afterMs / 1000);
    },
    async text() {
      const figures = await store.outbox().catch(() => undefined);
      waiting.set(figures?.waiting ?? Number.NaN);
      dead.set(figures?.dead ?? Number.NaN);
      oldest.set(figures === undefined ? Number.NaN : figures.oldestMs / 1000);
      return { text: await registry.metrics(), type: registry.contentType };
    },
  };
}
