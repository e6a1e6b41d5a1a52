/** The page's stylesheet, script and picture, each at an address that changes with what is in them. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

const SCRIPT = "text/javascript; charset=utf-8";
/** In the order in which they are joined into one file. */
const SOURCES = {
  "page.css": {
    files: ["base.css", "table.css", "reply.css", "case.css", "paste.css", "start.css", "composer.css", "layout.css"],
    type: "text/css; charset=utf-8",
  },
  "page.js": { files: ["page.js"], type: SCRIPT },
  "case.js": { files: ["case.js"], type: SCRIPT },
  "composer.js": { files: ["composer.js"], type: SCRIPT },
  "sending.js": { files: ["sending.js"], type: SCRIPT },
  "paste.js": { files: ["paste.js"], type: SCRIPT },
  "icon.svg": { files: ["icon.svg"], type: "image/svg+xml" },
} as const;
export type AssetName = keyof typeof SOURCES;

export interface Assets {
  href(name: AssetName): string;
  /** undefined for an address that we never gave out, or of another version. */
  find(hash: string, name: string): { readonly body: string; readonly type: string } | undefined;
}

/** Reads them once; they stand beside this module, in the sources and in the build. One hash for all: scripts name each other. */
export function loadAssets(): Assets {
  const held = new Map(
    Object.entries(SOURCES).map(([name, { files, type }]) => {
      const texts = files.map((file) => readFileSync(new URL(`./browser/${file}`, import.meta.url), "utf8"));
      return [name, { body: texts.join("\n"), type }];
    }),
  );
  const all = createHash("sha256");
  for (const { body } of held.values()) all.update(body);
  const version = all.digest("hex").slice(0, 16);
  return {
    href: (name) => `/assets/${version}/${name}`,
    find: (hash, name) => (hash === version ? held.get(name) : undefined),
  };
}
