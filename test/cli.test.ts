import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { ReadJson, VerdictJson } from "./contract.ts";

const root = new URL("..", import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), "tunnelmedic-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(args: readonly string[], input: string | Buffer = "") {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", "src/cli.ts", ...args], {
    cwd: root,
    input,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

function file(name: string, text: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const HUB = "docs/examples/hub.txt";
const SPOKE = "docs/examples/spoke.txt";

describe("diagnose", () => {
  it("prints the contract's JSON and ends with 0 when the cause is found", () => {
    const { status, stdout, stderr } = run(["diagnose", "--json", `local=${HUB}`, `remote=${SPOKE}`]);
    const verdict = VerdictJson.parse(JSON.parse(stdout));
    expect(stderr).toBe("");
    expect(status).toBe(0);
    expect(verdict).toMatchObject({ verdict: "found", secretsRemoved: 2 });
    expect(verdict.findings[0]).toMatchObject({ id: "ipsec-proxy-mismatch", certainty: "confirmed" });
    expect(verdict.findings[0]?.evidence).toContainEqual({
      paste: SPOKE,
      line: 15,
      text: "permit ip 10.8.0.0 0.0.255.255 10.1.0.0 0.0.255.255",
    });
    expect(verdict.pastes.map(({ name, side }) => [name, side])).toEqual([
      [HUB, "local"],
      [SPOKE, "remote"],
    ]);
  });

  it("tells the two ends apart by itself", () => {
    const { stdout } = run(["diagnose", "--json", HUB, SPOKE]);
    const { pastes, findings } = VerdictJson.parse(JSON.parse(stdout));
    expect(pastes.map(({ side }) => side)).toEqual(["local", "remote"]);
    expect(findings[0]?.id).toBe("ipsec-proxy-mismatch");
  });

  it("ends with 3 and a next command when more is needed; nothing at all is fine", () => {
    const { status, stdout } = run(["diagnose", "--json"], "");
    const verdict = VerdictJson.parse(JSON.parse(stdout));
    expect(status).toBe(3);
    expect(verdict.verdict).toBe("need-more");
    expect(verdict.asks.length).toBeGreaterThan(0);
  });

  it("says first that nothing was recognised, where nothing was", () => {
    const notes = file("notes.txt", "dear diary\nthe tunnel is ill\nagain\n");
    expect(run(["diagnose", notes]).stdout).toMatch(/^.*\n\nI could not recognise any output in that\./);
    expect(run(["diagnose", notes, HUB]).stdout).not.toContain("could not recognise any output");
  });

  it("says one key, and no list of what agrees where all that was seen differs", () => {
    const key = "crypto isakmp key Regn3rBerg address 192.0.2.77";
    const here = file(
      "here.txt",
      `${key}\nip access-list extended A\n permit ip 10.8.0.0 0.0.0.255 10.9.0.0 0.0.0.255\n`,
    );
    const there = file("there.txt", "ip access-list extended B\n permit ip 10.9.4.0 0.0.0.255 10.8.0.0 0.0.0.255\n");
    expect(run(["diagnose", `local=${here}`, `remote=${there}`]).stdout).toContain("1 key removed");
    const noKey = file("no-key.txt", "ip access-list extended A\n permit ip 10.8.0.0 0.0.0.255 10.9.0.0 0.0.0.255\n");
    const { stdout } = run(["diagnose", `local=${noKey}`, `remote=${there}`]);
    expect(stdout).toContain("10.9.4.0/24");
    expect(stdout).not.toMatch(/Both ends compared:\n\s*(?:\n|$)/);
  });

  it("does not ask again for what cannot be run", () => {
    const first = VerdictJson.parse(JSON.parse(run(["diagnose", "--json"], "").stdout));
    const [ask] = first.asks;
    const again = run(["diagnose", "--json", "--cannot", `${ask?.side}=${ask?.command}`], "");
    const { asks } = VerdictJson.parse(JSON.parse(again.stdout));
    expect(asks).not.toContainEqual(expect.objectContaining({ side: ask?.side, command: ask?.command }));
    const abbreviated = run(["diagnose", "--json", "--cannot", "local=sh cry isa sa"], "");
    const commands = VerdictJson.parse(JSON.parse(abbreviated.stdout)).asks.map(({ command }) => command);
    expect(commands).not.toContain("show crypto isakmp sa");
  });

  it("reads standard input for - and beside files", () => {
    const { stdout } = run(["diagnose", "--json", `local=${HUB}`, "-"], "PUNE#show crypto isakmp policy\n");
    const { pastes } = VerdictJson.parse(JSON.parse(stdout));
    expect(pastes.map(({ name, side }) => [name, side])).toEqual([
      [HUB, "local"],
      ["stdin", "remote"],
    ]);
  });

  it("takes the symptom, the platform of an end and the peer", () => {
    const args = ["--symptom", "one-way", "--platform", "remote=strongswan", "--peer", "198.51.100.7"];
    const { stdout, status } = run(["diagnose", "--json", ...args, HUB]);
    const { asks } = VerdictJson.parse(JSON.parse(stdout));
    expect(status).toBe(3);
    for (const ask of asks) expect(ask.platform).toBe(ask.side === "local" ? "cisco-ios" : "strongswan");
  });
});

describe("read", () => {
  it("prints what each output was recognised as, with its facts", () => {
    const { status, stdout } = run(["read", "--json", HUB]);
    const outputs = ReadJson.parse(JSON.parse(stdout));
    expect(status).toBe(0);
    expect(outputs.map(({ command }) => command)).toEqual([
      "show crypto isakmp sa",
      "show crypto ipsec sa peer 198.51.100.7",
      "config",
    ]);
    expect(outputs[0]?.facts).toHaveProperty("ike-sas");
  });
});

describe("wrong usage and unreadable input end with 2 and one line", () => {
  it.each<[string, readonly string[]]>([
    ["no such file", ["diagnose", "no-such-file.txt"]],
    ["a folder", ["diagnose", "docs"]],
    ["an unknown option", ["diagnose", "--fast"]],
    ["an unknown symptom", ["diagnose", "--symptom", "sad"]],
    ["an unknown platform", ["diagnose", "--platform", "remote=vms"]],
    ["a peer that is no address", ["diagnose", "--peer", "pune"]],
    ["a cannot without a side", ["diagnose", "--cannot", "show crypto map"]],
    ["an unknown command", ["divine"]],
    ["explain without a word", ["explain"]],
    ["read of a file that is not there", ["read", "local=nowhere.txt"]],
  ])("%s", (_, args) => {
    const { status, stdout, stderr } = run(args);
    expect(status).toBe(2);
    expect(stdout).toBe("");
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  });

  it("a file that is not text", () => {
    const { status, stderr } = run(["diagnose", file("core", Buffer.from([0, 1, 2, 255, 0, 0, 200, 7, 0, 9]))]);
    expect(status).toBe(2);
    expect(stderr).toContain("not text");
  });
});

describe("explain", () => {
  it("explains a state, and ends with 3 for what it does not know", () => {
    expect(run(["explain", "MM_WAIT_MSG4"])).toMatchObject({ status: 0, stderr: "" });
    expect(run(["explain", "xyzzy", "plugh"]).status).toBe(3);
  });
});

it("a pasted key is in no output and no error", () => {
  const key = "Sup3r-Geheim_91";
  const paste = file("keys.txt", `R7#sh run | s crypto\ncrypto isakmp key ${key} address 192.0.2.9\n`);
  for (const args of [
    ["diagnose", paste],
    ["diagnose", "--json", paste],
    ["read", "--json", paste],
    ["read", paste],
  ]) {
    const { stdout, stderr } = run(args);
    expect(stdout + stderr).not.toContain(key);
  }
});
