import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { readmeExample } from "../scripts/readme-example.ts";
import { drawTerminal } from "../scripts/terminal-picture.ts";

const root = new URL("..", import.meta.url).pathname;
const readme = readFileSync(`${root}README.md`, "utf8");
const examples = [...readme.matchAll(/^\$ npx tunnelmedic (.+)$/gm)].map(([, words = ""]) => words);

it("has examples", () => {
  expect(examples.length).toBeGreaterThan(3);
});

it.each(examples)("the README's example runs: npx tunnelmedic %s", (words) => {
  const args = [...words.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? "");
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", "src/cli.ts", ...args], {
    cwd: root,
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  expect(status).toBe(0);
  expect(stdout.length).toBeGreaterThan(100);
});

it("the picture in the README shows what diagnose prints today (npm run picture)", async () => {
  const picture = readFileSync(`${root}docs/diagnose.svg`, "utf8");
  expect(picture).toBe(drawTerminal(await readmeExample()));
});

it("names only files that exist", () => {
  for (const [, path = ""] of readme.matchAll(/\]\(([^)#]+)\)/g))
    if (!path.startsWith("http")) expect(readFileSync(`${root}${path}`, "utf8").length).toBeGreaterThan(0);
});
