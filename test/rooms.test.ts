import { describe, expect, it } from "vitest";
import { findCycle, readImports, roomViolations } from "./rooms.ts";
import { sourceFiles } from "./source-tree.ts";

const files = sourceFiles("src", "flows");

it("finds the sources", () => {
  expect(files.length).toBeGreaterThan(20);
  expect(files.flatMap((file) => readImports(file)).length).toBeGreaterThan(50);
});

it.each(files)("$path imports only what its room may", (file) => {
  expect(roomViolations(file)).toEqual([]);
});

it("no imports run in a ring", () => {
  expect(findCycle(files)).toBeUndefined();
});

describe("the check itself", () => {
  it.each([
    ["a static import", "src/domain/x.ts", 'import { clean } from "../paste/clean.ts";'],
    ["a type-only import", "src/vendors/cisco-ios/x.ts", 'import type { Known } from "../../tunnel/known.ts";'],
    ["an inline type import", "src/vendors/cisco-ios/x.ts", 'import { type Known } from "../../tunnel/known.ts";'],
    ["a dynamic import", "src/paste/x.ts", 'const x = await import("../vendors/index.ts");'],
    [
      "a dynamic import deep inside",
      "src/paste/x.ts",
      'export function f() { return () => import("../vendors/index.ts"); }',
    ],
    ["a computed import", "src/main.ts", "const x = await import(name);"],
    ["a computed import with parts", "src/paste/x.ts", `const x = await import(\`../\${"x"}.ts\`);`],
    ["a re-export of everything", "src/domain/x.ts", 'export * from "../paste/clean.ts";'],
    ["a re-export by name", "src/domain/x.ts", 'export { clean } from "../paste/clean.ts";'],
    ["a re-export of a type", "src/domain/x.ts", 'export type { Cleaned } from "../paste/clean.ts";'],
    ["an import for its effect", "src/domain/x.ts", 'import "../paste/clean.ts";'],
    ["a bare import of a package", "src/vendors/cisco-ios/x.ts", 'import { z } from "zod";'],
    ["a package that nobody listed", "src/paste/x.ts", 'import left from "left-pad";'],
    ["a type of a module in passing", "src/vendors/cisco-ios/x.ts", 'type K = import("../../tunnel/known.ts").Known;'],
    ["an import by assignment", "src/domain/x.ts", 'import fs = require("node:fs");'],
    ["a require", "src/domain/x.ts", 'const fs = require("node:fs");'],
    ["Node in the domain", "src/domain/x.ts", 'import { readFileSync } from "node:fs";'],
    ["Node in a vendor folder", "src/vendors/cisco-ios/x.ts", 'import { readFileSync } from "node:fs";'],
    ["another vendor", "src/vendors/cisco-ios/x.ts", 'import { junos } from "../junos/index.ts";'],
    ["a vendor's insides from the list", "src/vendors/index.ts", 'import { x } from "./cisco-ios/configuration/x.ts";'],
    ["another chat", "src/chat/slack/x.ts", 'import { x } from "../web/x.ts";'],
    ["another chat's SDK", "src/chat/slack/x.ts", 'import { Client } from "discord.js";'],
    [
      "values of what only the types are known",
      "src/speech/x.ts",
      'import { readFindings } from "../knowledge/read.ts";',
    ],
    ["a chat from the middle", "src/case/x.ts", 'import { x } from "../chat/web/x.ts";'],
    ["the top", "src/case/x.ts", 'import { x } from "../main.ts";'],
    ["paste from the flows", "flows/x.ts", 'import { clean } from "../src/paste/clean.ts";'],
    ["a package whose name only starts like one allowed", "src/domain/x.ts", 'import z from "zod-evil";'],
    ["a folder whose name only starts like one allowed", "src/paste/x.ts", 'import z from "../domain-evil/x.ts";'],
  ])("catches %s", (_, path, text) => {
    expect(roomViolations({ path, text })).toHaveLength(1);
  });

  it.each([
    ["its own room", "src/paste/x.ts", 'import { clean } from "./clean.ts";'],
    ["the domain", "src/vendors/cisco-ios/configuration/x.ts", 'import { x } from "../../../domain/x.ts";'],
    ["types where types are allowed", "src/speech/x.ts", 'import type { Finding } from "../knowledge/read.ts";'],
    [
      "inline types where types are allowed",
      "src/speech/x.ts",
      'import { type A, type B } from "../knowledge/read.ts";',
    ],
    ["an SDK in its chat", "src/chat/slack/x.ts", 'import { App } from "@slack/bolt";'],
    ["anything at the top", "src/main.ts", 'const slack = await import("./chat/slack/index.ts");'],
    [
      "text that only looks like an import",
      "src/domain/x.ts",
      "const s = 'import x from \"../paste/x.ts\"'; // import y",
    ],
  ])("lets %s pass", (_, path, text) => {
    expect(roomViolations({ path, text })).toEqual([]);
  });

  it("catches a file in no room", () => {
    expect(roomViolations({ path: "src/utils/x.ts", text: "" })).toEqual(["src/utils/x.ts:1 is in no room"]);
  });

  it("catches rings of two and three, also of types", () => {
    const a = { path: "src/domain/a.ts", text: 'import type { B } from "./b.ts";' };
    const b = { path: "src/domain/b.ts", text: 'export * from "./c.ts";' };
    const c = { path: "src/domain/c.ts", text: 'const x = () => import("./a.ts");' };
    expect(findCycle([a, b, c])).toBe("src/domain/a.ts → src/domain/b.ts → src/domain/c.ts → src/domain/a.ts");
    expect(findCycle([a, { ...b, text: 'import { a } from "./a.ts";' }])).toBe(
      "src/domain/a.ts → src/domain/b.ts → src/domain/a.ts",
    );
    expect(findCycle([a, { ...b, text: "" }])).toBeUndefined();
  });
});
