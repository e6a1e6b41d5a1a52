/** The sources as syntax trees, for tests about the sources themselves. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseSync } from "vite";

const ROOT = fileURLToPath(new URL("../", import.meta.url));

export interface SourceFile {
  /** From the root of the repository: "src/paste/read.ts". */
  readonly path: string;
  readonly text: string;
}

/** A node of an ESTree with TypeScript's additions. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly source?: unknown;
  readonly specifiers?: unknown;
  readonly importKind?: unknown;
  readonly exportKind?: unknown;
  readonly expression?: unknown;
  readonly expressions?: unknown;
  readonly literal?: unknown;
  readonly value?: unknown;
  readonly name?: unknown;
  readonly callee?: unknown;
  readonly arguments?: unknown;
  readonly id?: unknown;
  readonly init?: unknown;
  readonly kind?: unknown;
  readonly left?: unknown;
  readonly right?: unknown;
  readonly operator?: unknown;
  readonly object?: unknown;
  readonly property?: unknown;
  readonly computed?: unknown;
  readonly regex?: unknown;
  readonly quasi?: unknown;
  readonly quasis?: unknown;
  readonly tag?: unknown;
  readonly local?: unknown;
  readonly imported?: unknown;
}

/** Every TypeScript file below the folders, in name order; a folder that does not exist has none. */
export function sourceFiles(...folders: readonly string[]): SourceFile[] {
  return folders.flatMap((folder) => {
    let names: string[];
    try {
      names = readdirSync(`${ROOT}${folder}`, { recursive: true, encoding: "utf8" });
    } catch {
      return [];
    }
    return names
      .filter((name) => /\.[cm]?tsx?$/.test(name))
      .sort()
      .map((name) => `${folder}/${name}`)
      .map((path) => ({ path, text: readFileSync(`${ROOT}${path}`, "utf8") }));
  });
}

/**
 * The syntax tree of a file.
 * @throws Error if it does not parse: a file that can't be read can't be checked.
 */
export function parseSource({ path, text }: SourceFile): SyntaxNode {
  const { program, errors } = parseSync(path, text, { lang: path.endsWith("x") ? "tsx" : "ts" });
  const [error] = errors;
  if (error) throw new Error(`${path}: ${error.message}`);
  return program as unknown as SyntaxNode;
}

/** The node and all nodes below it, parents first. */
export function* walk(node: SyntaxNode): Generator<SyntaxNode> {
  const open: unknown[] = [node];
  while (open.length > 0) {
    const next = open.pop();
    if (Array.isArray(next)) open.push(...[...next].reverse());
    else if (isNode(next)) {
      yield next;
      open.push(...Object.values(next).reverse());
    }
  }
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}
