/**
 * `npm run build`, also at the end of every `npm install`: the command as a bundle (a third of the start-up time of its
 * two hundred files), with knowledge/ checked and packed beside it.
 */
import { chmodSync, cpSync, existsSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

/**
 * Bundled is what every start needs. The rest stays where npm put it: YAML and zod, which the packed knowledge makes
 * unnecessary for the commands; what brings native parts or loads its own files; and the SDKs of chats that may be off.
 */
const EXTERNAL = [
  "yaml",
  "zod",
  "better-sqlite3",
  "pg",
  "pino",
  "prom-client",
  "lru-cache",
  "hono",
  "@hono/node-server",
  "beautiful-mermaid",
  "@slack/bolt",
  "discord.js",
];

rmSync("dist", { recursive: true, force: true });
await build({
  entryPoints: { cli: "src/cli.ts", main: "src/main.ts", pack: "src/knowledge/pack.ts" },
  outdir: "dist",
  bundle: true,
  splitting: true,
  platform: "node",
  format: "esm",
  target: "node20.19",
  external: EXTERNAL,
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
