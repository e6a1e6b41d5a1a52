import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { publishedSchemas } from "../../src/api/json-schema.ts";
import { diagnose, explain, read, WrongInput } from "../../src/api/library.ts";
import { ExplanationSchema } from "../../src/domain/explanation-schema.ts";
import { ReadJson, VerdictJson } from "../contract.ts";
import { ALL_IN_ONE, PLANTED_SECRETS, seenIn } from "../planted-secrets.ts";

const root = new URL("../..", import.meta.url).pathname;
const HUB = "docs/examples/hub.txt";
const SPOKE = "docs/examples/spoke.txt";
const textOf = (file: string) => readFileSync(`${root}${file}`, "utf8");

/** What the command prints for the same. */
function printed(args: readonly string[]): unknown {
  const all = ["--import", "tsx", "src/cli.ts", ...args];
  return JSON.parse(spawnSync(process.execPath, all, { cwd: root, encoding: "utf8" }).stdout);
}

describe("the library says what the command says", () => {
  const pastes = [
    { name: HUB, text: textOf(HUB), side: "local" },
    { name: SPOKE, text: textOf(SPOKE), side: "remote" },
  ] as const;

  it("diagnose", async () => {
    const verdict = await diagnose(pastes);
    expect(VerdictJson.parse(verdict).findings[0]?.id).toBe("ipsec-proxy-mismatch");
    expect(verdict).toEqual(printed(["diagnose", "--json", `local=${HUB}`, `remote=${SPOKE}`]));
  });

  it("diagnose with all that can be known beside the pastes", async () => {
    const options = {
      symptom: "one-way",
      platforms: { remote: "strongswan" },
      peer: " 198.51.100.7 ",
      cannot: [{ side: "local", command: "sh cry isa sa" }],
    } as const;
    const flags = ["--symptom", "one-way", "--platform", "remote=strongswan", "--peer", "198.51.100.7"];
    const expected = printed(["diagnose", "--json", ...flags, "--cannot", "local=sh cry isa sa", HUB]);
    expect(await diagnose([{ name: HUB, text: textOf(HUB) }], options)).toEqual(expected);
  });

  it("read", async () => {
    const reports = await read([{ name: HUB, text: textOf(HUB) }]);
    expect(ReadJson.parse(reports)).toHaveLength(3);
    expect(JSON.parse(JSON.stringify(reports))).toEqual(printed(["read", "--json", HUB]));
  });

  it("explain", async () => {
    expect(await explain("MM_WAIT_MSG4")).toMatchObject({ kind: "explanation", id: "mm-wait-msg4" });
    const near = await explain("xyzzy plugh");
    expect(near.kind).toBe("suggestions");
    for (const words of ["QM_IDEL", "xyzzy", "sh cry isa sa"]) ExplanationSchema.parse(await explain(words));
  });
});

describe("pastes", () => {
  it("are numbered where they have no name, and told apart where two have one name", async () => {
    const text = "PUNE#show crypto isakmp policy\n";
    const { pastes } = await diagnose([{ text }, { name: "pune", text }, { name: "pune", text }, { text }]);
    expect(pastes.map(({ name }) => name)).toEqual(["paste 1", "pune", "pune (2)", "paste 4"]);
  });

  it("may be none at all: then it says what to begin with", async () => {
    const { verdict, asks } = await diagnose([]);
    expect([verdict, asks.length > 0]).toEqual(["need-more", true]);
    expect(await read([])).toEqual([]);
  });
});

describe("what can't be used is told by its place and the remedy", () => {
  it.each<[string, unknown, unknown, string]>([
    ["no list", "HUB#", {}, "/pastes must be an array"],
    ["a paste without text", [{ txt: "x" }], {}, "/pastes/0/text is missing; it must be a string"],
    ["a field that is not known", [{ text: "", end: "x" }], {}, "/pastes/0 has a field that is not known"],
    [
      "an end that is none",
      [{ text: "" }, { text: "", side: "left" }],
      {},
      "/pastes/1/side must be one of local, remote",
    ],
    ["a name of two lines", [{ text: "", name: "a\nb" }], {}, "/pastes/0/name must be one line"],
    ["a symptom that is none", [], { symptom: "sad" }, "/symptom must be one of tunnel-down"],
    ["a platform that is none", [], { platforms: { remote: "vms" } }, "/platforms/remote must be one of cisco-ios"],
    ["a peer that is no address", [], { peer: "pune" }, "/peer must be an IPv4 or IPv6 address"],
    [
      "a command that is none",
      [],
      { cannot: [{ side: "local", command: " " }] },
      "/cannot/0/command must not be empty",
    ],
    [
      "what is not text",
      [{ text: "" }, { text: "\0\u0001\u0002\uFFFD\0\0\0\u0007\0" }],
      {},
      "/pastes/1/text is not text",
    ],
  ])("%s", async (_, pastes, options, words) => {
    const failed = diagnose(pastes as [], options as object);
    await expect(failed).rejects.toThrow(WrongInput);
    await expect(failed).rejects.toThrow(words);
  });

  it("for all places at once", async () => {
    const wrong = await diagnose([{ text: "", side: "left" as "local" }], { peer: "x" }).catch(
      (error: unknown) => error,
    );
    expect(wrong instanceof WrongInput && wrong.problems.map(({ pointer }) => pointer)).toEqual([
      "/pastes/0/side",
      "/peer",
    ]);
  });

  it("never by what it holds", async () => {
    for (const { secret, text } of PLANTED_SECRETS) {
      const odd = { [text]: text, symptom: text, peer: secret, platforms: { [secret]: secret, local: text } };
      const pastes = [{ text, side: secret, name: `a\n${text}`, [secret]: text }, secret];
      const wrong = await diagnose(pastes as unknown as [], odd as object).catch((error: unknown) => error);
      if (!(wrong instanceof WrongInput)) throw new Error("was taken");
      for (const trace of [wrong.message, JSON.stringify(wrong.problems)]) expect(trace).not.toContain(secret);
    }
  });
});

it("no planted secret is in any answer, also where a line with a key was given as a paste's name", async () => {
  for (const planted of PLANTED_SECRETS) {
    const name = planted.text.split(/\p{Cc}/u).find((line) => line !== "") ?? "x";
    const pastes = [{ text: planted.text, name }, { text: planted.text }];
    const said = [await diagnose(pastes), await read(pastes), await explain(planted.text)];
    expect(seenIn(JSON.stringify(said), [planted])).toEqual([]);
  }
  const pastes = [{ text: ALL_IN_ONE }];
  expect(seenIn(JSON.stringify([await diagnose(pastes), await read(pastes)]), PLANTED_SECRETS)).toEqual([]);
});

describe("the published schemas", () => {
  /** A schema without what is there for people, and without bounds that every whole number keeps. */
  function bare(schema: unknown): unknown {
    return JSON.parse(JSON.stringify(schema), (key, value: unknown) =>
      key === "description" || (key === "maximum" && value === Number.MAX_SAFE_INTEGER) ? undefined : value,
    );
  }

  it("are the contract, field by field", () => {
    const { diagnose: verdict, read: reports } = publishedSchemas();
    expect(bare(verdict)).toEqual(bare(z.toJSONSchema(VerdictJson)));
    expect(bare(reports)).toEqual(bare(z.toJSONSchema(ReadJson)));
  });

  it("are whole: each refuses what is no answer, and takes one", async () => {
    const { diagnose: verdict, read: reports, explain: meaning } = publishedSchemas();
    const text = textOf(HUB);
    const answers = [await diagnose([{ text }]), await read([{ text }]), await explain("natt")];
    for (const [index, schema] of [verdict, reports, meaning].entries()) {
      const check = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);
      expect(answers.map((answer) => check.safeParse(answer).success)).toEqual([0, 1, 2].map((at) => at === index));
    }
  });
});
