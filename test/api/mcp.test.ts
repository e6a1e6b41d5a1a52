import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { InMemoryTransport } from "@modelcontextprotocol/sdk/inMemory.js";
import { CallToolResultSchema } from "@modelcontextprotocol/sdk/types.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ipsecSaText } from "../../bench/ipsec-sa-text.ts";
import { createEngine } from "../../src/api/engine.ts";
import { ExplanationSchema } from "../../src/domain/explanation-schema.ts";
import { ROOT_CAUSE_IDS } from "../../src/domain/ids.ts";
import { loadKnowledge } from "../../src/knowledge/load.ts";
import { createMcpServer } from "../../src/mcp/server.ts";
import { ReadJson, VerdictJson } from "../contract.ts";
import { ALL_IN_ONE, PLANTED_SECRETS, seenIn } from "../planted-secrets.ts";

const root = new URL("../..", import.meta.url).pathname;
const textOf = (file: string) => readFileSync(`${root}${file}`, "utf8");
const HUB = { name: "hub.txt", text: textOf("docs/examples/hub.txt"), side: "local" };
const SPOKE = { name: "spoke.txt", text: textOf("docs/examples/spoke.txt") };
const SERVER = ["--import", "tsx", "src/cli.ts", "mcp"];

/** The SDK's own client, which checks what a tool answers against the schema it was told; the server is a process. */
const client = new Client({ name: "test", version: "1" });
let printed = "";
beforeAll(async () => {
  const transport = new StdioClientTransport({ command: process.execPath, args: SERVER, cwd: root, stderr: "pipe" });
  transport.stderr?.on("data", (chunk: Buffer) => {
    printed += chunk.toString();
  });
  await client.connect(transport);
  await client.listTools();
}, 60_000);
afterAll(() => client.close());

async function call(name: string, args: Record<string, unknown>) {
  const { content, structuredContent, isError } = CallToolResultSchema.parse(
    await client.callTool({ name, arguments: args }),
  );
  const text = content.map((part) => (part.type === "text" ? part.text : "")).join("\n");
  return { text, structured: structuredContent, isError: isError === true };
}

describe("what an assistant is told", () => {
  it("the tools, which change nothing, with the schemas of what goes in and out", async () => {
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(["diagnose", "read", "explain"]);
    for (const { annotations, inputSchema, outputSchema } of tools) {
      expect(annotations).toMatchObject({ readOnlyHint: true, destructiveHint: false, openWorldHint: false });
      expect([inputSchema.type, outputSchema?.type]).toEqual(["object", "object"]);
    }
    expect(Object.keys(tools[0]?.inputSchema.properties ?? {})).toEqual([
      "pastes",
      "symptom",
      "platforms",
      "peer",
      "cannot",
    ]);
  });

  it("that findings are quoted with their lines, certainty is not raised, and asks are passed on", async () => {
    const { tools } = await client.listTools();
    const [diagnose = ""] = tools.map(({ description }) => description);
    for (const rule of [/evidence: paste, line number and text/, /Never raise a certainty/, /Pass on the first ask/])
      expect(diagnose).toMatch(rule);
    expect(diagnose).toMatch(/risk before them/);
    expect(client.getInstructions()).toMatch(/do not fill the gap/);
  });

  it("who it talks to, in the version of the package", () => {
    const { version } = JSON.parse(textOf("package.json")) as { version: string };
    expect(client.getServerVersion()).toMatchObject({ name: "tunnelmedic", version });
  });
});

describe("diagnose", () => {
  it("gives the verdict by the contract, and as text that quotes the very lines", async () => {
    const { text, structured, isError } = await call("diagnose", { pastes: [HUB, SPOKE] });
    const { findings } = VerdictJson.parse(structured);
    const [finding] = findings;
    expect([isError, finding?.id, finding?.certainty]).toEqual([false, "ipsec-proxy-mismatch", "confirmed"]);
    expect(text).toContain(finding?.title);
    expect(text).toContain("confirmed");
    const lines = text.split("\n").map((shown) => shown.trim().replace(/\s+/, " "));
    for (const { paste, line, text: quoted } of finding?.evidence ?? [])
      expect(lines).toContain(`${paste}:${line} ${quoted.trim()}`);
    for (const { commands } of finding?.fix ?? [])
      for (const line of commands.flatMap((command) => command.split("\n"))) expect(text).toContain(line.trim());
  });

  it("asks for what would tell, and not for what can't be run", async () => {
    const first = await call("diagnose", { pastes: [HUB] });
    const { verdict, asks } = VerdictJson.parse(first.structured);
    const [ask] = asks;
    expect(verdict).toBe("need-more");
    for (const line of ask?.command.split("\n") ?? []) expect(first.text).toContain(line);
    const again = await call("diagnose", { pastes: [HUB], cannot: [{ side: ask?.side, command: ask?.command }] });
    expect(VerdictJson.parse(again.structured).asks[0]?.command).not.toBe(ask?.command);
  });

  it("begins with nothing, too", async () => {
    expect(VerdictJson.parse((await call("diagnose", {})).structured).verdict).toBe("need-more");
  });

  it("takes what a hub with thousands of tunnels prints", async () => {
    const text = ipsecSaText(5300);
    expect(text.length).toBeGreaterThan(11_000_000);
    const { pastes } = VerdictJson.parse((await call("diagnose", { pastes: [{ text }] })).structured);
    expect(pastes[0]?.outputs.map(({ command }) => command)).toEqual(["show crypto ipsec sa detail"]);
  }, 60_000);
});

describe("read and explain", () => {
  it("read", async () => {
    const { text, structured } = await call("read", { pastes: [HUB] });
    const reports = ReadJson.parse(structured?.["outputs"]);
    expect(reports.map(({ command }) => command)).toContain("show crypto isakmp sa");
    for (const { command } of reports) expect(text).toContain(command);
  });

  it("explain, also what nobody knows", async () => {
    const { text, structured } = await call("explain", { words: "stuck in MM_WAIT_MSG4" });
    expect(ExplanationSchema.parse(structured)).toMatchObject({ kind: "explanation", id: "mm-wait-msg4" });
    expect(text).toMatch(/What it is not/);
    expect((await call("explain", { words: "xyzzy plugh" })).structured).toMatchObject({ kind: "suggestions" });
  });
});

describe("what is known can be read", () => {
  it("every root cause and every state", async () => {
    const { resources } = await client.listResources();
    const uris = resources.map(({ uri }) => uri);
    for (const id of ROOT_CAUSE_IDS) expect(uris).toContain(`tunnelmedic://findings/${id}`);
    expect(uris).toContain("tunnelmedic://states/mm-key-exch");
    expect(new Set(uris).size).toBe(uris.length);
    for (const uri of ["tunnelmedic://findings/ike-psk-mismatch", "tunnelmedic://states/qm-idle"]) {
      const { contents } = await client.readResource({ uri });
      expect(contents).toMatchObject([{ uri, mimeType: "text/plain" }]);
      expect(JSON.stringify(contents).length).toBeGreaterThan(200);
    }
  });

  it("but nothing else", async () => {
    await expect(client.readResource({ uri: "file:///etc/passwd" })).rejects.toThrow(/no such resource/);
  });
});

describe("what can't be used is told by its place and the remedy", () => {
  it.each<[string, string, Record<string, unknown>, RegExp]>([
    ["pastes as one text", "diagnose", { pastes: "HUB#" }, /\/pastes must be an array.*call again/],
    [
      "an end that is none",
      "read",
      { pastes: [{ text: "", side: "left" }] },
      /\/pastes\/0\/side must be one of local, remote/,
    ],
    [
      "a field that is not known",
      "diagnose",
      { symptoms: "slow" },
      /known are pastes, symptom, platforms, peer, cannot/,
    ],
    ["nothing to explain", "explain", {}, /\/words is missing/],
  ])("%s", async (_, name, args, words) => {
    const { text, isError, structured } = await call(name, args);
    expect([isError, structured]).toEqual([true, undefined]);
    expect(text).toMatch(words);
  });

  it("a tool that is none", async () => {
    await expect(client.callTool({ name: "repair", arguments: {} })).rejects.toThrow(
      /there are diagnose, read, explain/,
    );
  });
});

it("no planted secret is in any answer, error, or line beside them", async () => {
  const said: string[] = [];
  for (const { text, secret } of PLANTED_SECRETS.filter((_, at) => at % 4 === 0)) {
    for (const name of ["diagnose", "read"]) said.push(JSON.stringify(await call(name, { pastes: [{ text }] })));
    said.push(JSON.stringify(await call("explain", { words: text })));
    said.push(
      JSON.stringify(await call("diagnose", { [text]: secret, peer: secret, pastes: [{ text, side: secret }] })),
    );
    const failed: unknown[] = [];
    await client.callTool({ name: text, arguments: {} }).catch((error: unknown) => failed.push(String(error)));
    await client.readResource({ uri: text }).catch((error: unknown) => failed.push(String(error)));
    expect(failed).toHaveLength(2);
    said.push(...failed.map(String));
  }
  for (const name of ["diagnose", "read"])
    said.push(JSON.stringify(await call(name, { pastes: [{ text: ALL_IN_ONE }] })));
  expect(seenIn(said.join("\n") + printed, PLANTED_SECRETS)).toEqual([]);
  expect(printed).toBe("");
}, 120_000);

describe("as a process", () => {
  const hello = {
    jsonrpc: "2.0",
    id: 1,
    method: "initialize",
    params: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "test", version: "1" } },
  };
  const run = (args: readonly string[], input: string) =>
    spawnSync(process.execPath, [...SERVER, ...args], { cwd: root, input, encoding: "utf8" });

  it("answers what came last before standard input closed, ends with 0, and prints nothing but protocol", () => {
    const explain = {
      jsonrpc: "2.0",
      id: 2,
      method: "tools/call",
      params: { name: "explain", arguments: { words: "dpd" } },
    };
    const { status, stdout, stderr } = run([], `${JSON.stringify(hello)}\n${JSON.stringify(explain)}\n`);
    const answers = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { id: number });
    expect([status, stderr, answers.map(({ id }) => id)]).toEqual([0, "", [1, 2]]);
  });

  it("repeats nothing of what is no message", () => {
    const key = "crypto isakmp key Zq1rVx8a address 203.0.113.2";
    const { status, stdout, stderr } = run([], `${key}\n{"jsonrpc":"2.0","${key}":\n${JSON.stringify(hello)}\n`);
    expect([status, (JSON.parse(stdout) as { id: number }).id]).toEqual([0, 1]);
    expect(stderr).toMatch(/no JSON-RPC/);
    expect(stdout + stderr).not.toContain("Zq1rVx8a");
  });

  it("takes no arguments", () => {
    expect(run(["docs/examples/hub.txt"], "").status).toBe(2);
  });
});

it("a fault of ours is told as one, and not by its message", async () => {
  const engine = createEngine(await loadKnowledge());
  const failed: unknown[] = [];
  const server = createMcpServer({
    engine: {
      ...engine,
      diagnose() {
        throw new Error("crypto isakmp key Zq1rVx8a");
      },
    },
    version: "1",
    render: () => "",
    failed: (error) => failed.push(error),
  });
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  const near = new Client({ name: "test", version: "1" });
  await Promise.all([server.connect(ours), near.connect(theirs)]);
  const answer = JSON.stringify(await near.callTool({ name: "diagnose", arguments: {} }));
  expect(answer).toContain("fault of TunnelMedic");
  expect(answer).not.toContain("Zq1rVx8a");
  expect(failed).toHaveLength(1);
  await near.close();
});
