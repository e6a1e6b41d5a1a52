/**
 * Planted secrets through everything the product does with a paste: whatever it says, prints, keeps or writes up holds
 * neither the secret nor its base64 nor a half of it.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { type Case, NEW_CASE, situationOf } from "../src/case/case.ts";
import { hear, open } from "../src/case/converse.ts";
import { renderTerminal } from "../src/chat/terminal/render.ts";
import type { Vendor } from "../src/domain/output.ts";
import type { Reply } from "../src/domain/reply.ts";
import { readSignatures } from "../src/knowledge/read.ts";
import { readPaste } from "../src/paste/read.ts";
import { createSecretTagger } from "../src/paste/redact.ts";
import { speakVerdict } from "../src/speech/diagnosis.ts";
import { VENDORS } from "../src/vendors/index.ts";
import { diagnose } from "../src/verdict/diagnose.ts";
import { allWritten } from "./hand-offs.ts";
import { DAMAGES, seeded } from "./mess.ts";
import { ALL_IN_ONE, PLANTED_SECRETS, seenIn, traces } from "./planted-secrets.ts";
import { bundle } from "./reliability/bundle.ts";
import { conversationTools } from "./scenarios-play.ts";

const root = new URL("..", import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), "tunnelmedic-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const signatures = readSignatures();
/** As one file: it is started for each of many arguments. */
const cli = await bundle("src/cli.ts");
afterAll(() => cli.remove());

const OUTPUT = `HUB#show crypto isakmp sa
IPv4 Crypto ISAKMP SA
dst             src             state          conn-id status
203.0.113.2     198.51.100.1    MM_KEY_EXCH       1017 ACTIVE
`;

function written(reply: Reply): string {
  return `${JSON.stringify(reply)}\n${renderTerminal(reply, { colours: false, width: 100 })}`;
}

/** All that comes of one paste where nobody talks: readings, verdict, words, hand-off. */
function diagnosed(text: string): string {
  const { knowledge, read } = conversationTools();
  const paste = read("paste", text);
  const diagnosis = diagnose({ pastes: [{ paste }], platforms: {}, cannot: [] }, knowledge);
  const { verdict } = diagnosis;
  const handOffs = allWritten({ events: [{ type: "pasted", paste }] }, { knowledge });
  return [JSON.stringify(paste), JSON.stringify(verdict), written(speakVerdict(diagnosis)), handOffs].join("\n");
}

/** All that a conversation says and keeps. */
function talkedAbout(turns: readonly string[]): string {
  const tools = conversationTools();
  const said = [written(open(tools).reply)];
  let now: Case = NEW_CASE;
  for (const turn of turns) {
    const heard = hear(now, turn, tools);
    now = heard.case;
    said.push(written(heard.reply));
  }
  return [...said, JSON.stringify(now), JSON.stringify(situationOf(now, tools.knowledge).diagnosis)].join("\n");
}

function longestLine(text: string): string {
  return text.split("\n").reduce((longest, line) => (line.length > longest.length ? line : longest), "");
}

describe("within the process", () => {
  it.each(PLANTED_SECRETS)("no reading, verdict, reply or hand-off holds it: $name", (planted) => {
    expect(seenIn(diagnosed(planted.text), [planted])).toEqual([]);
    expect(seenIn(diagnosed(`${OUTPUT}${planted.text}\n`), [planted])).toEqual([]);
    const { text } = planted;
    const turns = [text, `${OUTPUT}${text}`, `explain ${longestLine(text)}`, "so far", "hand over"];
    expect(seenIn(talkedAbout(turns), [planted])).toEqual([]);
  });

  it("nor of all together", () => {
    expect(seenIn(diagnosed(ALL_IN_ONE), PLANTED_SECRETS)).toEqual([]);
    expect(seenIn(diagnosed(`${OUTPUT}${ALL_IN_ONE}`), PLANTED_SECRETS)).toEqual([]);
    const lines = ALL_IN_ONE.split("\n").filter((line) => line.trim() !== "" && line.length < 100);
    const asides = ["so far", "more", "why", "can't run that", "undo", "hand over", "quit"];
    const explained = lines.filter((_, index) => index % 5 === 0).map((line) => `explain ${line}`);
    expect(
      seenIn(talkedAbout([ALL_IN_ONE, `${OUTPUT}${ALL_IN_ONE}`, ...explained, ...asides]), PLANTED_SECRETS),
    ).toEqual([]);
    expect(seenIn(talkedAbout([...PLANTED_SECRETS.map(({ text }) => text), ...asides]), PLANTED_SECRETS)).toEqual([]);
  });
});

describe("damaged on its way", () => {
  /** Where the damage makes another text of it, or takes away what tells that a key follows. */
  const OTHER_TEXT = new Set([
    // The bold marks come between a backslash and the line end that it escapes.
    "some lines bold: routeros cut in the middle",
    // Its heading was filtered away: without the command line nothing is left that tells of keys.
    "no command line: key table through a filter",
    // The half with the word for a key is gone.
    ...["used as", "used as, plain word", "turned round", "turned round, plain word", "of both ends, had"].map(
      (form) => `cut in the middle: ${form}`,
    ),
    ...["German, used as", "Spanish, used as", "French, used as"].map((form) => `cut in the middle: ${form}`),
  ]);
  const LOSES_LINES = new Set(["lines dropped"]);
  const readings = (text: string) => JSON.stringify(conversationTools().read("paste", text));

  it.each(DAMAGES)("$name", ({ name, apply }) => {
    const seeds = apply.length > 1 ? [1, 2, 3] : [1];
    const seen = PLANTED_SECRETS.filter((planted) => {
      if (OTHER_TEXT.has(`${name}: ${planted.name}`)) return false;
      if (LOSES_LINES.has(name) && planted.text.includes("\n")) return false;
      return [planted.text, `${OUTPUT}${planted.text}`].some((text) =>
        seeds.some((seed) => seenIn(readings(apply(text, seeded(seed))), [planted]).length > 0),
      );
    });
    expect(seen.map(({ name: form }) => form)).toEqual([]);
  });

  it("by a pager that stopped between any two of its lines", () => {
    const seen = PLANTED_SECRETS.filter((planted) => {
      const lines = planted.text.split("\n");
      return lines.some((_, at) =>
        [" --More-- ", "<--- More --->", "---(more)---"].some(
          (pager) =>
            seenIn(readings([...lines.slice(0, at), pager, ...lines.slice(at)].join("\n")), [planted]).length > 0,
        ),
      );
    });
    expect(seen.map(({ name: form }) => form)).toEqual([]);
  });

  it("in each of these ways, all secrets together", () => {
    for (const { name, apply } of DAMAGES) {
      if (LOSES_LINES.has(name)) continue;
      const seen = seenIn(readings(apply(ALL_IN_ONE, seeded(7))), PLANTED_SECRETS);
      expect(
        seen.filter((form) => !OTHER_TEXT.has(`${name}: ${form}`)),
        name,
      ).toEqual([]);
    }
  });
});

describe("a parser of ours that breaks", () => {
  const [first] = VENDORS;
  const breaking: Vendor[] = first
    ? [
        {
          ...first,
          commands: first.commands.map((command) => ({
            ...command,
            parse: ({ lines, typed }) => {
              throw new Error(`cannot read ${typed}: ${lines.map(({ text }) => text).join("\n")}`);
            },
          })),
        },
      ]
    : [];

  it("tells no secret in its error, and the verdict holds none", () => {
    const { knowledge } = conversationTools();
    for (const planted of PLANTED_SECRETS) {
      const tools = { vendors: breaking, signatures, tagger: createSecretTagger() };
      const paste = readPaste("paste", `${OUTPUT}HUB#show running-config\n${planted.text}\n`, tools);
      const diagnosis = diagnose({ pastes: [{ paste }], platforms: {}, cannot: [] }, knowledge);
      expect(paste.outputs.some(({ fault }) => fault?.startsWith("cannot read"))).toBe(true);
      expect(seenIn(JSON.stringify(paste), [planted])).toEqual([]);
      expect(seenIn(JSON.stringify(diagnosis.verdict) + written(speakVerdict(diagnosis)), [planted])).toEqual([]);
    }
  });
});

function run(args: readonly string[], input = "") {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli.program, ...args], {
    cwd: root,
    input,
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  return { status, printed: stdout + stderr, stderr };
}

describe("as a process", () => {
  const file = join(folder, "keys.txt");
  writeFileSync(file, `${OUTPUT}${ALL_IN_ONE}`);

  it.each<[string, readonly string[], string]>([
    ["diagnose of a file", ["diagnose", file], ""],
    ["diagnose --json of both ends", ["diagnose", "--json", `local=${file}`, `remote=${file}`], ""],
    ["diagnose of standard input", ["diagnose"], `${OUTPUT}${ALL_IN_ONE}`],
    ["read", ["read", file], ""],
    ["read --json", ["read", "--json", file], ""],
    ["read --json of standard input", ["read", "--json", "-"], ALL_IN_ONE],
    ["explain", ["explain", ...ALL_IN_ONE.split(/\s+/)], ""],
    ["chat", ["chat"], `${OUTPUT}\n\n${ALL_IN_ONE}\n\nso far\nmore\nhand over\nquit\n`],
    ["chat, a paste each", ["chat"], `${PLANTED_SECRETS.map(({ text }) => text).join("\n\n")}\n\nhand over\nquit\n`],
  ])("%s", (_, args, input) => {
    const { printed, status } = run(args, input);
    expect(printed).not.toBe("");
    expect(status).not.toBe(1);
    expect(seenIn(printed, PLANTED_SECRETS)).toEqual([]);
  });

  const KEY = "Zq1rVx8aLm";
  const LINE = `crypto isakmp key ${KEY} address 203.0.113.2`;
  it.each<[string, readonly string[]]>([
    ["a line as a file", ["diagnose", LINE]],
    ["a line as a file of one end", ["read", `remote=${LINE}`]],
    ["the words of a line", ["diagnose", ...LINE.split(" ")]],
    ["a key as a file", ["diagnose", KEY]],
    ["a URL with a password", ["read", `ftp://bob:${KEY}@192.0.2.8/hub.txt`]],
    ["an option", ["diagnose", `--${LINE}`]],
    ["an option's name", ["diagnose", `--${KEY}`]],
    ["an option's value", ["diagnose", `--psk=${KEY}`]],
    ["a value for an option without one", ["diagnose", `--json=${KEY}`]],
    ["the symptom", ["diagnose", "--symptom", LINE]],
    ["the platform", ["diagnose", "--platform", `${KEY}=cisco-ios`]],
    ["the platform of an end", ["diagnose", "--platform", `local=${KEY}`]],
    ["the peer", ["diagnose", "--peer", KEY]],
    ["what cannot be run", ["diagnose", "--cannot", LINE]],
    ["what cannot be run on an end", ["diagnose", "--cannot", `local=${LINE}`]],
    ["a command", [LINE]],
    ["a command of one word", [KEY]],
    ["a word for chat", ["chat", LINE]],
    ["a word to explain", ["explain", LINE]],
  ])("an argument by mistake: %s", (_, args) => {
    const { printed, status, stderr } = run(args);
    expect(status).not.toBe(1);
    if (status === 2) expect(stderr).toMatch(/^tunnelmedic: \S.{10,}\n$/);
    for (const trace of traces(KEY)) expect(printed).not.toContain(trace);
  });

  it("still names a file that is not there", () => {
    expect(run(["diagnose", "hub.txt"]).stderr).toBe("tunnelmedic: cannot read hub.txt: there is no such file\n");
    expect(run(["diagnose", "pastes/hub"]).stderr).toContain("pastes/hub");
    expect(run(["diagnose", "docs/examples/hub.txt", LINE]).stderr).toContain("cannot read the second input");
  });
});
