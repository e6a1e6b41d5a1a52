import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, it } from "vitest";
import { isGone, ownerName } from "../../src/main/owner.ts";

it("a process of this machine that has ended is known to be gone, one that runs is not", async () => {
  const child = spawn(process.execPath, ["-e", "process.stdin.resume()"]);
  const theirs = ownerName(undefined, child.pid);
  expect(isGone(theirs, ownerName())).toBe(false);
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(isGone(theirs, ownerName())).toBe(true);
});

it("who had our pid before us is gone: a container's first process always has the same", () => {
  const us = ownerName("bot-7f", 1);
  expect(isGone(ownerName("bot-7f", 1), us)).toBe(true);
  expect(isGone(us, us), "we are here").toBe(false);
});

it("of another machine's processes, and of names that are none of ours, nothing is known", () => {
  const us = ownerName("gw-1", process.pid);
  for (const owner of [ownerName("gw-2", 999_999), ownerName("gw-1-old", 999_999), "me", "", "gw-1-x-12345678"])
    expect(isGone(owner, us), owner).toBe(false);
});
