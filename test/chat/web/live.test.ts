import { Hono } from "hono";
import { afterEach, expect, it, vi } from "vitest";
import { createLive } from "../../../src/chat/web/live.ts";
import type { CaseHead } from "../../../src/store/store.ts";

afterEach(() => {
  vi.useRealTimers();
});

/** A case whose version a test moves on; `ring` tells those who watch. */
function watched() {
  let head: CaseHead = {
    id: "7F3K",
    place: { chat: "web", workspace: "", thread: "t" },
    status: "open",
    openedBy: { id: "U1" },
    openedAt: 0,
    changedAt: 0,
    version: 1,
    summary: {},
  };
  const watchers = new Set<(id: string) => void>();
  const stopping = new AbortController();
  let isAway = false;
  const live = createLive({
    stopping: stopping.signal,
    cases: {
      caseById: async () => {
        if (isAway) throw new Error("away");
        return head;
      },
      watch: (changed) => {
        watchers.add(changed);
        return () => watchers.delete(changed);
      },
    },
  });
  const app = new Hono().get("/events", (c) => live.stream(c, "7F3K") ?? c.text("full", 503));
  return {
    watchers,
    stopping,
    change: (more: Partial<CaseHead>) => {
      head = { ...head, ...more };
    },
    away: (is: boolean) => {
      isAway = is;
    },
    ring: (id = "7F3K") => {
      for (const watcher of watchers) watcher(id);
    },
    async open() {
      const response = await app.request("/events");
      const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
      /** The next thing that comes, "end" at the end. */
      const next = async () => (await reader?.read())?.value ?? "end";
      return { next, cancel: () => reader?.cancel(), response };
    },
  };
}

it("tells the version at once, and again when the case changes or closes", async () => {
  const one = watched();
  const { next, cancel, response } = await one.open();
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  expect(await next()).toBe("event: version\ndata: 1-open\nretry: 2000\n\n");
  one.change({ version: 2 });
  one.ring();
  expect(await next()).toContain("data: 2-open");
  one.change({ status: "closed" });
  one.ring();
  expect(await next()).toContain("data: 2-closed");
  await cancel();
});

it("sees a change that nobody told of, and goes on while the database is away", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const one = watched();
  const { next, cancel } = await one.open();
  await next();
  one.away(true);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await next()).toBe(": still here\n\n");
  one.away(false);
  one.change({ version: 7 });
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await next()).toContain("data: 7-open");
  await cancel();
});

it("is not woken by other cases", async () => {
  const one = watched();
  const { next, cancel } = await one.open();
  await next();
  one.change({ version: 2 });
  one.ring("OTHER");
  one.change({ version: 3 });
  one.ring();
  expect(await next()).toContain("data: 3-open");
  await cancel();
});

it("ends every stream when the server is leaving, and opens none any more", async () => {
  const one = watched();
  const { next } = await one.open();
  await next();
  one.stopping.abort();
  expect(await next()).toBe("end");
  expect(one.watchers.size).toBe(0);
  expect((await one.open()).response.status).toBe(503);
});

it("gives a place back when its page is closed", async () => {
  const one = watched();
  for (let i = 0; i < 600; i += 1) {
    const { next, cancel, response } = await one.open();
    expect(response.status).toBe(200);
    await next();
    await cancel();
    one.ring();
    await new Promise((resolve) => setImmediate(resolve));
  }
});
