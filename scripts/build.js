/**
 * `npm run build`, also at the end of every `npm install`: the command as a bundle (a third of the start-up time of its
 * two hundred files), with knowledge/ checked and packed beside it.
 */
import { chmodSync, cpSync, existsSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

rmSync("dist", { recursive: true, force: true });
await build({
  entryPoints: { cli: "src/cli.ts", pack: "src/knowledge/pack.ts" },
  outdir: "dist",
  bundle: true,
  splitting: true,
  platform: "node",
  format: "esm",
  target: "node20.19",
  // The first two are loaded only where YAML is read, which the packed knowledge makes unnecessary; the others bring
  // native parts, and only the database that is used is loaded.
  external: ["yaml", "zod", "better-sqlite3", "pg"],
  logLevel: "warning",
});
const { packKnowledge } = await import("../dist/pack.js");
writeFileSync("dist/knowledge.json", JSON.stringify(packKnowledge()));
// The page's own files stand beside the code that serves them.
cpSync("src/chat/web/browser", "dist/browser", { recursive: true });
chmodSync("dist/cli.js", 0o755);

// npx finds the command of the checkout by itself too, but installs it into its cache first: seconds instead of one.
const link = "node_modules/.bin/tunnelmedic";
if (process.platform !== "win32" && existsSync("node_modules/.bin")) {
  rmSync(link, { force: true });
  symlinkSync("../../dist/cli.js", link);
}
