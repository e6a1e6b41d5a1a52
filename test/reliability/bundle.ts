/** A program of ours as one file, as the service runs: it starts fast, and nothing of a transpiler slows it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { packKnowledge } from "../../src/knowledge/pack.ts";

export interface Bundle {
  readonly program: string;
  remove(): void;
}

/** @param entry from the root of the checkout */
export async function bundle(entry: string): Promise<Bundle> {
  const root = fileURLToPath(new URL("../../", import.meta.url));
  // Where the packages that stay outside are found.
  const cache = join(root, "node_modules/.cache");
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "bundle-"));
  const program = join(folder, "program.mjs");
  await build({
    entryPoints: [join(root, entry)],
    outfile: program,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20.19",
    external: ["yaml", "better-sqlite3", "pg", "@slack/bolt", "@resvg/resvg-js", "dejavu-fonts-ttf"],
    logLevel: "error",
  });
  writeFileSync(join(folder, "knowledge.json"), JSON.stringify(packKnowledge()));
  return { program, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
