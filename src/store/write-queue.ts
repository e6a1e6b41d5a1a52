import { setImmediate } from "node:timers/promises";
import { Undo } from "./database.ts";

/** What the queue needs of a connection; each call is done when it returns. */
export interface Transactions {
  /** @throws StoreUnavailable where it can't be begun. */
  begin(): Promise<void>;
  commit(): void;
  rollback(): void;
  savepoint(): void;
  release(): void;
  rollbackToSavepoint(): void;
  /** Whether the engine still has the transaction: a full disk may have ended it. */
  isOpen(): boolean;
}

interface Job {
  readonly work: () => Promise<unknown>;
  /** Once it was in a transaction that failed as a whole, it gets one of its own. */
  alone: boolean;
  settle(): void;
  resolve(value: unknown): void;
  reject(reason: unknown): void;
}

/** Jobs that share one commit, and how long they may collect: nobody waits long for others' sake. */
const MOST_TOGETHER = 64;
const TOGETHER_MS = 20;

/**
 * One writer at a time. Jobs that wait share one durable commit, each in a savepoint: one that fails takes none of the
 * others along. Each is told only after the commit.
 */
export class WriteQueue {
  readonly #transactions: Transactions;
  #jobs: Job[] = [];
  #between: (() => void)[] = [];
  #running: Promise<void> | undefined;

  constructor(transactions: Transactions) {
    this.#transactions = transactions;
  }

  /** Runs `work` in a transaction; what it throws rolls back. */
  write<T>(work: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#jobs.push({
        work,
        alone: false,
        settle: () => undefined,
        resolve: (value) => resolve(value as T),
        reject,
      });
      this.#running ??= this.#drain();
    });
  }

  /** Resolves when nothing waits or runs. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  /** Runs `work` between two transactions. */
  between<T>(work: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#between.push(() => {
        try {
          resolve(work());
        } catch (error) {
          reject(error);
        }
      });
      this.#running ??= this.#drain();
    });
  }

  async #drain(): Promise<void> {
    // What is asked for in the same breath goes together.
    await setImmediate();
    while (this.#jobs.length + this.#between.length > 0) {
      for (const work of this.#between.splice(0)) work();
      if (this.#jobs.length > 0) await this.#together();
      // Input and timers get their turn, and those just answered may come again and share the next commit.
      if (this.#jobs.length > 0) await setImmediate();
    }
    this.#running = undefined;
  }

  async #together(): Promise<void> {
    try {
      await this.#transactions.begin();
    } catch (error) {
      for (const job of this.#jobs.splice(0)) job.reject(error);
      return;
    }
    const done: Job[] = [];
    const until = performance.now() + TOGETHER_MS;
    const first = this.#jobs.shift();
    if (first && this.#jobs.length === 0 && !(await this.#runFirst(first, done))) return;
    if (first && done.length === 0 && !(await this.#runOne(first, done))) return;
    for (let job = this.#next(done, until); job; job = this.#next(done, until))
      if (!(await this.#runOne(job, done))) return;
    try {
      this.#transactions.commit();
    } catch (error) {
      this.#giveBack(done, error);
      return;
    }
    for (const job of done) job.settle();
  }

  #next(done: readonly Job[], until: number): Job | undefined {
    if (done.length >= MOST_TOGETHER || performance.now() > until) return undefined;
    if (done.some(({ alone }) => alone) || this.#jobs[0]?.alone) return undefined;
    return this.#jobs.shift();
  }

  /**
   * The first of a transaction, where no other waits yet: it can do without a savepoint, which costs copies of all pages.
   * @returns whether the transaction goes on.
   */
  async #runFirst(job: Job, done: Job[]): Promise<boolean> {
    try {
      const value = await job.work();
      job.settle = () => job.resolve(value);
      done.push(job);
      return true;
    } catch (error) {
      this.#rollback();
      if (error instanceof Undo) job.resolve(error.value);
      else job.reject(error);
      return false;
    }
  }

  /** @returns whether the transaction goes on; otherwise all of it is lost. */
  async #runOne(job: Job, done: Job[]): Promise<boolean> {
    const transactions = this.#transactions;
    try {
      transactions.savepoint();
      const value = await job.work();
      transactions.release();
      job.settle = () => job.resolve(value);
    } catch (error) {
      job.settle = error instanceof Undo ? () => job.resolve(error.value) : () => job.reject(error);
      try {
        if (!transactions.isOpen()) throw error;
        transactions.rollbackToSavepoint();
        transactions.release();
      } catch (reason) {
        this.#giveBack([...done, job], reason);
        return false;
      }
    }
    done.push(job);
    return true;
  }

  /** A transaction of several was lost: each gets one of its own, as perhaps only one was too large for the disk. */
  #giveBack(lost: readonly Job[], reason: unknown): void {
    this.#rollback();
    if (lost.length === 1) {
      lost[0]?.reject(reason);
      return;
    }
    for (const job of lost) job.alone = true;
    this.#jobs.unshift(...lost);
  }

  #rollback(): void {
    try {
      if (this.#transactions.isOpen()) this.#transactions.rollback();
    } catch {
      // `begin` tries again.
    }
  }
}
