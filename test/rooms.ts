/** Who may import whom: an allow-list of rooms, checked import by import. */
import { dirname, join, normalize } from "node:path/posix";
import { isNode, lineAt, parseSource, type SourceFile, type SyntaxNode, walk } from "./source-tree.ts";

export interface Import {
  readonly specifier: string;
  readonly line: number;
  readonly typeOnly: boolean;
}

/** What a room may import: other rooms, packages, `node:`; "types:" in front of what it may know the types of only. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  "src/domain": ["zod", "ipaddr.js"],
  flows: ["src/domain", "xstate"],
  "src/signatures": ["src/domain"],
  "src/negotiations": ["src/domain", "src/signatures"],
  "src/vendors": ["src/domain", "src/signatures", "src/negotiations"],
  "src/paste": ["src/domain", "node:"],
  "src/knowledge": ["src/domain", "yaml", "zod", "minisearch", "node:"],
  "src/tunnel": ["src/domain", "ipaddr.js"],
  "src/verdict": ["src/domain", "src/tunnel", "types:src/knowledge", "flows"],
  "src/speech": ["src/domain", "types:src/knowledge"],
  "src/api": ["src/domain", "src/knowledge", "src/paste", "src/vendors", "src/tunnel", "src/verdict", "zod"],
  "src/mcp": ["src/domain", "src/api", "src/speech", "@modelcontextprotocol/"],
  "src/store": ["src/domain", "node:", "zod", "better-sqlite3", "pg"],
  "src/pictures": ["src/domain", "node:", "@resvg/resvg-js", "dejavu-fonts-ttf"],
  "src/hand-off": ["src/domain", "src/pictures"],
  "src/case": [
    "src/hand-off",
    "src/pictures",
    "src/domain",
    "flows",
    "src/vendors",
    "src/paste",
    "src/knowledge",
    "src/tunnel",
    "src/verdict",
    "src/speech",
    "xstate",
    "beautiful-mermaid",
    "zod",
    "node:",
  ],
  "src/bot": [
    "src/domain",
    "src/store",
    "src/looking-back",
    "src/case",
    "src/paste",
    "src/vendors",
    "src/speech",
    "node:",
    "zod",
    "lru-cache",
    "prom-client",
  ],
  "src/looking-back": ["src/domain", "src/case", "src/speech", "types:src/store"],
  "src/chat/terminal": ["src/domain", "src/pictures", "src/case", "node:"],
  "src/chat/web": [
    "src/domain",
    "src/api",
    "src/pictures",
    "src/case",
    "src/speech",
    "src/looking-back",
    "types:src/store",
    "types:src/verdict",
    "types:src/tunnel",
    "node:",
    "zod",
    "hono",
    "beautiful-mermaid",
  ],
  "src/chat/webhook": ["src/domain", "node:"],
  "src/chat/slack": [
    "src/domain",
    "src/pictures",
    "src/case",
    "src/speech",
    "src/looking-back",
    "types:src/store",
    "node:",
    "zod",
    "@slack/",
  ],
  "src/chat/discord": [
    "src/domain",
    "src/pictures",
    "src/case",
    "src/speech",
    "src/looking-back",
    "types:src/store",
    "node:",
    "zod",
    "discord.js",
  ],
};

/** The files that put everything together; they may import anything, and nothing imports them. */
const TOP = /^src\/(?:cli|main)(?:\.ts$|\/)/;

/** What is wrong with a file's imports: "src/a.ts:3 imports …, which src/a may not". */
export function roomViolations(file: SourceFile): string[] {
  if (TOP.test(file.path)) return computedImports(file);
  const room = roomOf(file.path);
  if (room === undefined) return [`${file.path}:1 is in no room`];
  const wrong = computedImports(file);
  for (const { specifier, line, typeOnly } of readImports(file)) {
    const target = resolveImport(file.path, specifier);
    if (!mayImport(file.path, room, target, typeOnly))
      wrong.push(`${file.path}:${line} imports ${target}${typeOnly ? " (types)" : ""}, which ${room} may not`);
  }
  return wrong;
}

function mayImport(path: string, room: string, target: string, typeOnly: boolean): boolean {
  if (isWithin(target, room)) return room !== "src/vendors" || mayCrossVendors(path, target);
  return (ROOMS[room] ?? []).some((allowed) => {
    const [kind, name] = allowed.startsWith("types:") ? ["types", allowed.slice(6)] : ["all", allowed];
    if (kind === "types" && !typeOnly) return false;
    if (name === "node:" || name.endsWith("/")) return target.startsWith(name);
    return isWithin(target, name);
  });
}

/** What a platform prints as its elder sibling does is read by that one's readers. */
const SIBLINGS: Readonly<Record<string, string>> = { "cisco-asa": "cisco-ios", libreswan: "strongswan" };

/**
 * A vendor folder knows itself only, its elder sibling, and the tools of Linux, which run beside several; the list of vendors
 * knows their index files.
 */
function mayCrossVendors(path: string, target: string): boolean {
  const own = /^src\/vendors\/([^/]+)\//.exec(path)?.[1];
  if (own === undefined) return /^src\/vendors\/(?:[^/]+\/)?[^/]+$/.test(target);
  return [own, SIBLINGS[own], "linux"].some(
    (folder) => folder !== undefined && target.startsWith(`src/vendors/${folder}/`),
  );
}

function roomOf(path: string): string | undefined {
  return Object.keys(ROOMS).find((room) => isWithin(path, room));
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

/** Relative specifiers as paths from the root; others as they are, Node's own modules with `node:`. */
export function resolveImport(path: string, specifier: string): string {
  return specifier.startsWith(".") ? normalize(join(dirname(path), specifier)) : specifier;
}

/** Every module a file names: static, type-only, dynamic, re-exported, `import("…").T`, `import x = require("…")`. */
export function readImports(file: SourceFile): Import[] {
  const imports: Import[] = [];
  for (const node of walk(parseSource(file))) {
    const source = sourceOf(node);
    if (typeof source === "string")
      imports.push({ specifier: source, line: lineAt(file.text, node.start), typeOnly: isTypeOnly(node) });
  }
  return imports;
}

/** `import(name)`: what can't be read can't be allowed. */
function computedImports(file: SourceFile): string[] {
  return [...walk(parseSource(file))]
    .filter((node) => namesModule(node) && typeof sourceOf(node) !== "string")
    .map((node) => `${file.path}:${lineAt(file.text, node.start)} imports a module whose name is computed`);
}

const MODULE_NAMES: readonly string[] = [
  "ImportDeclaration",
  "ExportAllDeclaration",
  "ImportExpression",
  "TSImportType",
  "TSExternalModuleReference",
];

function namesModule(node: SyntaxNode): boolean {
  if (node.type === "ExportNamedDeclaration") return isNode(node.source);
  if (node.type === "CallExpression") return isRequire(node);
  return MODULE_NAMES.includes(node.type);
}

function isRequire(node: SyntaxNode): boolean {
  const callee = node.callee;
  return isNode(callee) && callee.type === "Identifier" && callee.name === "require";
}

function sourceOf(node: SyntaxNode): unknown {
  if (!namesModule(node)) return undefined;
  const called = Array.isArray(node.arguments) ? node.arguments[0] : undefined;
  const named = node.source ?? node.expression ?? called;
  if (!isNode(named)) return undefined;
  if (named.type === "TSLiteralType" && isNode(named.literal)) return named.literal.value;
  return named.value;
}

function isTypeOnly(node: SyntaxNode): boolean {
  if (node.type === "TSImportType") return true;
  if (node.importKind === "type" || node.exportKind === "type") return true;
  const names = node.specifiers;
  if (!Array.isArray(names) || names.length === 0) return false;
  return names.every((name) => isNode(name) && (name.importKind === "type" || name.exportKind === "type"));
}

/** The first ring of imports among the files, as "a → b → a"; types count, because they tie files together as well. */
export function findCycle(files: readonly SourceFile[]): string | undefined {
  const known = new Set(files.map((file) => file.path));
  const edges = new Map(
    files.map((file) => [
      file.path,
      readImports(file)
        .map(({ specifier }) => resolveImport(file.path, specifier))
        .filter((target) => known.has(target)),
    ]),
  );
  const done = new Set<string>();
  for (const start of known) {
    const ring = ringFrom(start, edges, done);
    if (ring) return ring.join(" → ");
  }
  return undefined;
}

function ringFrom(
  start: string,
  edges: ReadonlyMap<string, readonly string[]>,
  done: Set<string>,
): string[] | undefined {
  const path = [{ at: start, next: 0 }];
  while (path.length > 0) {
    const top = path.at(-1);
    if (top === undefined) break;
    const target = edges.get(top.at)?.[top.next];
    top.next += 1;
    if (target === undefined) {
      done.add(top.at);
      path.pop();
      continue;
    }
    const seen = path.findIndex((step) => step.at === target);
    if (seen >= 0) return [...path.slice(seen).map((step) => step.at), target];
    if (!done.has(target)) path.push({ at: target, next: 0 });
  }
  return undefined;
}
