import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    setupFiles: ["test/seed.ts"],
    testTimeout: 120_000,
    // vitest leaves one processor to itself, which on two is half of them; no test measures the clock.
    maxWorkers: "100%",
  },
});
