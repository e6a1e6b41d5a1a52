import { describe, expect, it } from "vitest";
import { type Transactions, WriteQueue } from "../../src/store/write-queue.ts";

function counted(): Transactions & { commits: number } {
  return {
    commits: 0,
    async begin() {},
    commit() {
      this.commits += 1;
    },
    rollback() {},
    savepoint() {},
    release() {},
    rollbackToSavepoint() {},
    isOpen: () => true,
  };
}

describe("one durable commit for several messages", () => {
  it("is shared by those that came in over other connections at the same moment", async () => {
    const transactions = counted();
    const queue = new WriteQueue(transactions);
    // As two sockets that could be read in the same round of the event loop.
    const second = new Promise((resolve) => setImmediate(() => resolve(queue.write(async () => 2))));
    const first = queue.write(async () => 1);
    expect(await Promise.all([first, second])).toEqual([1, 2]);
    expect(transactions.commits).toBe(1);
  });

  it("is not waited for by one that comes alone", async () => {
    const transactions = counted();
    const queue = new WriteQueue(transactions);
    await queue.write(async () => 1);
    await queue.write(async () => 2);
    expect(transactions.commits).toBe(2);
  });
});
