/**
 * `npm run build`, also at the end of every `npm install`: the command as a bundle (a third of the start-up time of its
 * two hundred files), with knowledge/ checked and packed beside it.
 */
import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
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
  "@modelcontextprotocol/sdk",
  "@resvg/resvg-js",
  "dejavu-fonts-ttf",
];

rmSync("dist", { recursive: true, force: true });
await build({
  entryPoints: {
    cli: "src/cli.ts",
    main: "src/main.ts",
    "read-worker": "src/main/read-worker.ts",
    library: "src/api/library.ts",
    pack: "src/main/pack.ts",
    schemas: "src/api/json-schema.ts",
  },
  outdir: "dist",
  bundle: true,
  splitting: true,
  platform: "node",
  format: "esm",
  target: "node20.19",
  external: EXTERNAL,
  logLevel: "warning",
});
const { packedFiles } = await import("../dist/pack.js");
for (const [name, content] of Object.entries(packedFiles())) writeFileSync(`dist/${name}`, content);

mkdirSync("dist/schema");
const { publishedSchemas } = await import("../dist/schemas.js");
for (const [name, schema] of Object.entries(publishedSchemas()))
  writeFileSync(`dist/schema/${name}.json`, `${JSON.stringify(schema, null, 2)}\n`);

// The library's types: declarations of all it is made of, of which those are kept that its own ones name.
const ALL = "dist/all-types";
execFileSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "tsconfig.types.json", "--outDir", ALL], {
  stdio: "inherit",
});
const LIBRARY = "src/api/library.d.ts";
const kept = new Set([LIBRARY]);
for (const file of kept) {
  const text = readFileSync(join(ALL, file), "utf8");
  for (const [, path = ""] of text.matchAll(/from "(\.[^"]+)\.ts"/g)) kept.add(`${join(dirname(file), path)}.d.ts`);
  mkdirSync(dirname(join("dist/types", file)), { recursive: true });
  writeFileSync(join("dist/types", file), text.replaceAll(/(from "\.[^"]+)\.ts"/g, '$1.js"'));
}
rmSync(ALL, { recursive: true });

// The page's own files stand beside the code that serves them.
cpSync("src/chat/web/browser", "dist/browser", { recursive: true });
chmodSync("dist/cli.js", 0o755);

// npx finds the command of the checkout by itself too, but installs it into its cache first: seconds instead of one.
const link = "node_modules/.bin/tunnelmedic";
if (process.platform !== "win32" && existsSync("node_modules/.bin")) {
  rmSync(link, { force: true });
  symlinkSync("../../dist/cli.js", link);
}
