/** Finds every regular expression of the sources, also those assembled from constants. */
import { resolveImport } from "./rooms.ts";
import { isNode, lineAt, parseSource, type SourceFile, type SyntaxNode, walk } from "./source-tree.ts";

export interface Pattern {
  /** "src/paste/clean.ts:12". */
  readonly at: string;
  readonly source: string;
  readonly flags: string;
}

export interface Patterns {
  readonly patterns: readonly Pattern[];
  /** Places of `new RegExp(…)` whose pattern can't be worked out from constants. */
  readonly unknown: readonly string[];
}

/** Every regular expression literal and `RegExp(…)` of a constant in `files`; constants may come from other `files`. */
export function findPatterns(files: readonly SourceFile[]): Patterns {
  const evaluate = constantsOf(files);
  const patterns: Pattern[] = [];
  const unknown: string[] = [];
  for (const file of files) {
    for (const node of walk(parseSource(file))) {
      const at = `${file.path}:${lineAt(file.text, node.start)}`;
      const literal = regexOf(node);
      if (literal) patterns.push({ at, ...literal });
      if (!isRegExpCall(node)) continue;
      const [source, flags] = Array.isArray(node.arguments) ? node.arguments : [];
      const pattern = isNode(source) ? evaluate(file.path, source) : undefined;
      const given = isNode(flags) ? evaluate(file.path, flags) : "";
      if (pattern === undefined) unknown.push(at);
      else patterns.push({ at, source: pattern, flags: given ?? "i" });
    }
  }
  return { patterns, unknown };
}

function regexOf(node: SyntaxNode): { source: string; flags: string } | undefined {
  const regex = node.regex;
  if (node.type !== "Literal" || typeof regex !== "object" || regex === null) return undefined;
  if (!("pattern" in regex) || !("flags" in regex)) return undefined;
  return { source: String(regex.pattern), flags: String(regex.flags) };
}

function isRegExpCall(node: SyntaxNode): boolean {
  if (node.type !== "NewExpression" && node.type !== "CallExpression") return false;
  return isNode(node.callee) && node.callee.type === "Identifier" && node.callee.name === "RegExp";
}

type Evaluate = (path: string, node: SyntaxNode) => string | undefined;

/** Works out strings from literals, templates, `+`, `String.raw`, `String.fromCharCode`, `X.source`, `[…].join("…")` and constants, also imported. */
function constantsOf(files: readonly SourceFile[]): Evaluate {
  const scopes = new Map(files.map((file) => [file.path, scopeOf(file)]));

  function lookUp(path: string, name: string, depth: number): string | undefined {
    const scope = scopes.get(path);
    const init = scope?.constants.get(name);
    if (init) return evaluate(path, init, depth + 1);
    const from = scope?.imports.get(name);
    return from && lookUp(from.path, from.name, depth + 1);
  }

  function evaluate(path: string, node: SyntaxNode, depth = 0): string | undefined {
    if (depth > 12) return undefined;
    const part = (value: unknown) => (isNode(value) ? evaluate(path, value, depth + 1) : undefined);
    switch (node.type) {
      case "Literal":
        return regexOf(node)?.source ?? (typeof node.value === "string" ? node.value : undefined);
      case "Identifier":
        return lookUp(path, String(node.name), depth);
      case "TemplateLiteral":
        return template(node, "cooked", part);
      case "TaggedTemplateExpression":
        return isNode(node.quasi) ? template(node.quasi, "raw", part) : undefined;
      case "BinaryExpression":
        return node.operator === "+" ? joined([part(node.left), part(node.right)], "") : undefined;
      case "MemberExpression":
        return isNode(node.property) && node.property.name === "source" ? part(node.object) : undefined;
      case "CallExpression":
        return characterCodes(node) ?? joinedArray(node, part);
      case "TSAsExpression":
      case "ParenthesizedExpression":
        return part(node.expression);
      case "NewExpression":
        return isRegExpCall(node) && Array.isArray(node.arguments) ? part(node.arguments[0]) : undefined;
      default:
        return undefined;
    }
  }
  return evaluate;
}

type Part = (value: unknown) => string | undefined;

function template(node: SyntaxNode, form: "cooked" | "raw", part: Part): string | undefined {
  const texts = Array.isArray(node.quasis) ? node.quasis.map((quasi) => textOf(quasi, form)) : [];
  const values = Array.isArray(node.expressions) ? node.expressions.map(part) : [];
  return joined(
    texts.flatMap((text, index) => (index < values.length ? [text, values[index]] : [text])),
    "",
  );
}

function textOf(quasi: unknown, form: "cooked" | "raw"): string | undefined {
  const value = isNode(quasi) ? quasi.value : undefined;
  if (typeof value !== "object" || value === null) return undefined;
  const text = new Map<string, unknown>(Object.entries(value)).get(form);
  return typeof text === "string" ? text : undefined;
}

/** `String.fromCharCode(27)`. */
function characterCodes(node: SyntaxNode): string | undefined {
  const callee = node.callee;
  if (!isNode(callee) || !isNode(callee.property) || callee.property.name !== "fromCharCode") return undefined;
  const codes = Array.isArray(node.arguments) ? node.arguments.map((code) => (isNode(code) ? code.value : code)) : [];
  return codes.every((code) => typeof code === "number") ? String.fromCharCode(...codes) : undefined;
}

/** `["a", "b"].join("|")`. */
function joinedArray(node: SyntaxNode, part: Part): string | undefined {
  const callee = node.callee;
  if (!isNode(callee) || !isNode(callee.property) || callee.property.name !== "join") return undefined;
  const list = callee.object;
  if (!isNode(list) || !("elements" in list) || !Array.isArray(list.elements)) return undefined;
  const by = Array.isArray(node.arguments) ? part(node.arguments[0]) : undefined;
  return by === undefined ? undefined : joined(list.elements.map(part), by);
}

function joined(parts: readonly (string | undefined)[], by: string): string | undefined {
  return parts.some((one) => one === undefined) ? undefined : parts.join(by);
}

interface Scope {
  readonly constants: Map<string, SyntaxNode>;
  readonly imports: Map<string, { path: string; name: string }>;
}

function scopeOf(file: SourceFile): Scope {
  const constants = new Map<string, SyntaxNode>();
  const imports = new Map<string, { path: string; name: string }>();
  for (const node of walk(parseSource(file))) {
    if (node.type === "VariableDeclarator" && isNode(node.id) && isNode(node.init)) {
      const name = String(node.id.name);
      // A name that is used twice may mean either: better not worked out at all.
      if (constants.has(name)) constants.set(name, { type: "Ambiguous", start: node.start, end: node.end });
      else constants.set(name, node.init);
    }
    if (node.type !== "ImportDeclaration" || !Array.isArray(node.specifiers) || !isNode(node.source)) continue;
    const path = resolveImport(file.path, String(node.source.value));
    for (const one of node.specifiers.filter(isNode))
      if (isNode(one.local) && isNode(one.imported))
        imports.set(String(one.local.name), { path, name: String(one.imported.name) });
  }
  return { constants, imports };
}
