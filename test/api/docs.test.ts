/** docs/machines.md: its examples run, as they stand there. */
import { execFileSync, spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ExplanationSchema } from "../../src/domain/explanation-schema.ts";
import { VerdictJson } from "../contract.ts";
import { startProcess } from "../main/started.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const doc = readFileSync(`${root}docs/machines.md`, "utf8");
const blockOf = (language: string) => new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, "m").exec(doc)?.[1] ?? "";

/** Somebody else's project, with the package in it as npm would put it there. */
const project = mkdtempSync(join(tmpdir(), "machines-"));
beforeAll(() => {
  if (!existsSync(`${root}dist/types`)) execFileSync("npm", ["run", "-s", "build"], { cwd: root });
  mkdirSync(join(project, "node_modules/@types"), { recursive: true });
  symlinkSync(root, join(project, "node_modules/tunnelmedic"));
  symlinkSync(`${root}node_modules/@types/node`, join(project, "node_modules/@types/node"));
  for (const file of ["hub.txt", "spoke.txt"]) copyFileSync(`${root}docs/examples/${file}`, join(project, file));
  writeFileSync(join(project, "package.json"), '{"type":"module"}');
}, 60_000);
afterAll(() => rmSync(project, { recursive: true, force: true }));

describe("the library's example", () => {
  it("prints what it says it prints", () => {
    writeFileSync(join(project, "example.js"), blockOf("js"));
    const { stdout, stderr } = spawnSync(process.execPath, ["example.js"], { cwd: project, encoding: "utf8" });
    expect(stderr).toBe("");
    const lines = stdout.trimEnd().split("\n");
    const shown = blockOf("text").trimEnd().split("\n");
    expect(shown.length).toBeGreaterThan(2);
    expect(lines.slice(0, shown.length)).toEqual(shown);
    expect(lines.at(-2)).toMatch(/^We are the initiator/);
    expect(lines.at(-1)).toBe("/pastes/0/side must be one of local, remote");
  });

  /** The compiler's errors on a module of that project. */
  function errorsIn(text: string, file = "module.ts"): string {
    writeFileSync(join(project, file), text);
    const options = ["--noEmit", "--strict", "--exactOptionalPropertyTypes", "--target", "es2023", "--types", "node"];
    const modules = ["--module", "nodenext", "--skipLibCheck", "--checkJs", file];
    const args = [`${root}node_modules/typescript/bin/tsc`, ...options, ...modules];
    return spawnSync(process.execPath, args, { cwd: project, encoding: "utf8" }).stdout;
  }

  it("has types: what it shows fits but for the end that is none, which they refuse", () => {
    expect(errorsIn(blockOf("js"), "checked.js").match(/error TS\d+.*/g)).toEqual([expect.stringContaining('"left"')]);
  });

  it("has types that say what is in an answer", () => {
    const right = `import { diagnose, type Finding, type Verdict } from "tunnelmedic";
      const verdict: Verdict = await diagnose([{ text: "" }]);
      const [finding]: readonly Finding[] = verdict.findings;
      export const certainty: "confirmed" | "likely" | "possible" | undefined = finding?.certainty;\n`;
    expect(errorsIn(right)).toBe("");
    expect(errorsIn(`${right}export const no: "sure" | undefined = finding?.certainty;`)).toContain("TS2322");
  });

  it("publishes its schemas", () => {
    for (const name of ["diagnose", "read", "explain"]) {
      const print = `import schema from "tunnelmedic/schema/${name}.json" with { type: "json" }; console.log(schema.$schema)`;
      const args = ["--input-type=module", "--no-warnings", "-e", print];
      const { stdout } = spawnSync(process.execPath, args, { cwd: project, encoding: "utf8" });
      expect(stdout).toBe("https://json-schema.org/draft/2020-12/schema\n");
    }
  });
});

it.runIf(existsSync("/usr/bin/curl"))(
  "the HTTP examples are answered by the service",
  async () => {
    const token = "correct horse battery staple";
    const service = await startProcess(project, { WEB_TOKEN: token });
    try {
      const calls = blockOf("sh")
        .split(/^(?=curl )/m)
        .filter((call) => call !== "");
      const env = { PATH: process.env["PATH"] ?? "", URL: service.url, WEB_TOKEN: token };
      const answers = calls.map(
        (call) => JSON.parse(execFileSync("sh", ["-c", call], { env, encoding: "utf8" })) as unknown,
      );
      expect(VerdictJson.parse(answers[0]).verdict).toBe("need-more");
      expect(ExplanationSchema.parse(answers[1])).toMatchObject({ id: "mm-no-state" });
      expect(answers[2]).toMatchObject({ openapi: "3.1.0" });
    } finally {
      await service.end("SIGTERM");
    }
  },
  60_000,
);

it("the assistants' configuration starts the MCP server, with the tools and resources it names", async () => {
  const { mcpServers } = JSON.parse(blockOf("json")) as {
    mcpServers: { tunnelmedic: { command: string; args: string[] } };
  };
  const { command, args } = mcpServers.tunnelmedic;
  const client = new Client({ name: "test", version: "1" });
  const here = args.map((arg) => arg.replace("/path/to/tunnelmedic/", root));
  await client.connect(new StdioClientTransport({ command, args: here, cwd: project }));
  try {
    const { tools } = await client.listTools();
    expect([...doc.matchAll(/tool `(\w+)`/g)].map(([, name]) => name)).toEqual(tools.map(({ name }) => name));
    const named = [...doc.matchAll(/`(tunnelmedic:\/\/[^`]+)`/g)].map(([, uri]) => uri ?? "");
    expect(named).toHaveLength(2);
    for (const uri of named) expect((await client.readResource({ uri })).contents).toHaveLength(1);
  } finally {
    await client.close();
  }
}, 60_000);
