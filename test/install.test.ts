import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { z } from "zod";

const Lock = z.object({
  packages: z.record(z.string(), z.object({ hasInstallScript: z.boolean().optional() })),
});
const Manifest = z.object({ allowScripts: z.record(z.string(), z.literal(true)) });

const read = (name: string): unknown => JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), "utf8"));

// npm matches a name with a version only where the lock says from where the package was fetched; ours doesn't.
it("every package that is built as it is installed may be, on every platform: npm asks nobody and leaves none out", () => {
  const { packages } = Lock.parse(read("package-lock.json"));
  const built = Object.entries(packages).flatMap(([path, { hasInstallScript }]) =>
    hasInstallScript === true ? [path.replace(/^.*node_modules\//, "")] : [],
  );
  expect(built).toContain("better-sqlite3");
  expect(Object.keys(Manifest.parse(read("package.json")).allowScripts).sort()).toEqual([...new Set(built)].sort());
});
