/**
 * What people paste by mistake, or half: through the reading, the verdict and the conversation. Nothing throws, the answer
 * is always a clear sentence, and it does not take long.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NEW_CASE, situationOf } from "../src/case/case.ts";
import { hear } from "../src/case/converse.ts";
import { renderTerminal } from "../src/chat/terminal/render.ts";
import type { Reply } from "../src/domain/reply.ts";
import type { Verdict } from "../src/domain/verdict.ts";
import { speakVerdict } from "../src/speech/diagnosis.ts";
import { VENDORS } from "../src/vendors/index.ts";
import { diagnose } from "../src/verdict/diagnose.ts";
import { VerdictJson } from "./contract.ts";
import { writtenUp } from "./hand-offs.ts";
import { DAMAGES, seeded } from "./mess.ts";
import { conversationTools } from "./scenarios-play.ts";

/** What each 64 KB may cost, in milliseconds of CPU; times 4 for machines that are shared. */
const MS_FOR_64_KB = 100;
const GENEROUS = 4;
const BLOCK = 65_536;

interface Answered {
  readonly verdict: Verdict;
  /** What `diagnose` says, on one line. */
  readonly said: string;
  /** What the conversation replies, on one line. */
  readonly reply: string;
}

function answer(...texts: readonly string[]): Answered {
  const tools = conversationTools();
  const pastes = texts.map((text, index) => ({ paste: tools.read(`paste ${index + 1}`, text) }));
  for (const { paste } of pastes) expect(paste.outputs.filter(({ fault }) => fault !== undefined)).toEqual([]);
  const diagnosis = diagnose({ pastes, platforms: {}, cannot: [] }, tools.knowledge);
  const { verdict } = diagnosis;
  VerdictJson.parse(JSON.parse(JSON.stringify(verdict)));
  const said = oneLine(speakVerdict(diagnosis));
  let now = NEW_CASE;
  let reply = "";
  for (const text of texts) {
    const turn = hear(now, text, tools);
    now = turn.case;
    reply = oneLine(turn.reply);
  }
  situationOf(now, tools.knowledge);
  const handOffs = writtenUp(now, tools, ["next-shift"]).flatMap(({ md, html, pictures }) => [md, html, ...pictures]);
  for (const words of [said, reply, ...handOffs]) {
    expect(words.trim()).not.toBe("");
    expect(words).not.toMatch(/undefined|\[object|NaN|(?<!-|integrity |h=|\()\bnull\b/);
  }
  return { verdict, said, reply };
}

function oneLine(reply: Reply): string {
  return renderTerminal(reply, { colours: false, width: 100 }).replace(/\s+/g, " ");
}

/** Milliseconds of CPU for each 64 KB of the text, from the paste to the words; the best of several runs. */
function cost(text: string): number {
  const tools = conversationTools();
  const blocks = Math.max(1, text.length / BLOCK);
  let best = Number.POSITIVE_INFINITY;
  for (let runs = 0, spent = 0; runs < 1 || (spent < 200 && runs < 5); runs += 1) {
    const before = process.cpuUsage();
    const paste = tools.read("paste", text);
    speakVerdict(diagnose({ pastes: [{ paste }], platforms: {}, cannot: [] }, tools.knowledge));
    const { user, system } = process.cpuUsage(before);
    spent += (user + system) / 1000;
    best = Math.min(best, (user + system) / 1000 / blocks);
  }
  return best;
}

const random = seeded(20_261_123);
const under = (limit: number) => Math.floor(random() * limit);

function noise(length: number, unit: () => string): string {
  const parts: string[] = [];
  for (let size = 0; size < length; ) {
    const part = unit();
    parts.push(part);
    size += part.length;
  }
  return parts.join("").slice(0, length);
}

const printable = () =>
  `${Array.from({ length: 1 + under(160) }, () => String.fromCharCode(32 + under(95))).join("")}\n`;
const WORDS =
  "tunnel router show crypto isakmp sa peer key interface the a is down up 192.0.2.1 error and policy # > : -- 0x12".split(
    " ",
  );
const wordy = () => `${Array.from({ length: 1 + under(14) }, () => WORDS[under(WORDS.length)]).join(" ")}\n`;
const bytes = () => Buffer.from(Array.from({ length: 512 }, () => under(256))).toString("utf8");
const latin = () => Buffer.from(Array.from({ length: 512 }, () => under(256))).toString("latin1");

const NOTHING_IN_IT = /There was nothing in that paste\./;
const NO_TEXT = /That is not text\. Paste or attach what the device prints, as text\./;
const NOT_RECOGNISED = /I could not recognise any output in that\. Paste it with its prompt line/;
const NOT_UNDERSTOOD = /I did not understand that\. Type "help" for what I understand/;

describe("nothing in it", () => {
  it.each<[string, string]>([
    ["an empty paste", ""],
    ["only blank lines", "\n \n\t\n   \r\n\n"],
    ["only non-breaking blanks", "\u00a0\u00a0\n\u200b\n"],
    ["an empty fence", "```\n```"],
  ])("%s", (_, text) => {
    const { verdict, said, reply } = answer(text);
    expect(reply).toMatch(NOTHING_IN_IT);
    expect(said).toMatch(/there is nothing in it that I recognise\./);
    expect(verdict.verdict).toBe("need-more");
    expect(verdict.asks.length).toBeGreaterThan(0);
  });
});

describe("no output in it", () => {
  const GERMAN = `Hallo zusammen,\n\nseit heute Nacht ist der Tunnel nach Pune weg. Die Kollegen drüben sagen, bei ihnen sei nichts\ngeändert worden. Könnt ihr bitte einmal nachsehen, woran es liegt?\n\nViele Grüße\nJürgen Müßig\n-- \nNetzbetrieb, Tel. 0123 456789\n`;
  const TRACEBACK = `Traceback (most recent call last):\n  File "/opt/poll/run.py", line 42, in <module>\n    main(sys.argv)\n  File "/opt/poll/run.py", line 17, in main\n    raise TimeoutError("no answer")\nTimeoutError: no answer\n`;
  const DIFF = `diff --git a/poll/run.py b/poll/run.py\nindex 1a2b3c4..5d6e7f8 100644\n--- a/poll/run.py\n+++ b/poll/run.py\n@@ -14,7 +14,7 @@ def main(argv):\n     hosts = read(argv[1])\n-    limit = 5\n+    limit = 10\n     return poll(hosts, limit)\n`;
  const PAGE = `<!DOCTYPE html>\n<html lang="en"><head><title>Status</title><style>p { color: red }</style></head>\n<body><div class="card"><h1>All systems operational</h1>\n<p>Updated 5 minutes ago &middot; <a href="https://status.example.net/">history</a></p></div>\n<script>var a = [1, 2, 3];</script></body></html>\n`;
  const JSON_TEXT = JSON.stringify(
    { hosts: [{ name: "hub", ports: [22, 443], tags: { site: "Lyon" } }], total: 1 },
    null,
    2,
  );
  it.each<[string, string]>([
    ["JSON", JSON_TEXT],
    ["an HTML page", PAGE],
    ["a Git diff", DIFF],
    ["a traceback", TRACEBACK],
    ["an e-mail in German", GERMAN],
    ["a line of blanks and one word", `${" ".repeat(200_000)}word\nand another one\n`],
  ])("%s", (_, text) => {
    const { verdict, said, reply } = answer(text);
    expect(reply).toMatch(NOT_RECOGNISED);
    expect(said).toMatch(/I recognise no output in it\.|there is nothing in it that I recognise\./);
    expect(verdict).toMatchObject({ verdict: "need-more", findings: [] });
  });

  it("a short line that means nothing", () => {
    expect(answer("lorem ipsum dolor").reply).toMatch(NOT_UNDERSTOOD);
  });

  it.each<[string, string]>([
    ["a program", `\u007fELF\u0002\u0001\u0001${noise(4096, bytes)}`],
    [
      "a picture",
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, ...Buffer.from(noise(2048, latin), "latin1")]).toString(
        "utf8",
      ),
    ],
  ])("binary: %s", (_, text) => {
    const { reply, said } = answer(text);
    expect(reply).toMatch(NO_TEXT);
    expect(said).toMatch(/there is nothing in it that I recognise\./);
  });
});

/** In so much noise there is a line that looks like something, and a word after "key". */
const TOLD = /That looks like output of|I could not recognise any output|lines I could not read|I removed \d+ keys/;

describe("5 MB of noise ends in a sentence, and soon", () => {
  it.each<[string, () => string, RegExp]>([
    ["random printable characters", printable, TOLD],
    ["random words", wordy, TOLD],
    ["random bytes read as UTF-8", bytes, NO_TEXT],
    ["random bytes read as Latin 1", latin, /not text|could not recognise/],
  ])("%s", (_, unit, sentence) => {
    const text = noise(5_000_000, unit);
    expect(answer(text).reply).toMatch(sentence);
    expect(cost(text)).toBeLessThan(MS_FOR_64_KB * GENEROUS);
  });
});

describe("a line of 200,000 characters", () => {
  const UNITS = [
    " ",
    "\t",
    "a",
    "7",
    "<",
    "&lt;",
    "&amp;",
    "\\",
    "*",
    "`",
    "_",
    "|",
    ">",
    "#",
    "-",
    ".",
    ":",
    "=",
    '"',
    "'",
    "(",
    "\u00a0",
    "\u200b",
    "\b",
    "\u001b[1m",
    "key ",
    "key=",
    "psk: ",
    "pre-shared-key ",
    "crypto isakmp key ",
    " address 192.0.2.1",
    "password a",
    "://a:b|",
    "R1#",
    "R1(config)#user b sec ",
    "show crypto isakmp sa ",
    "192.0.2.1 ",
    "0x12345678 ",
    "ISAKMP:(0):",
    "%CRYPTO-4-",
    "permit ip ",
    "--More-- ",
    "<a href=x>",
    "[...] ",
    '{"a":',
  ];
  const BEFORE = [
    "",
    "R1#show crypto ipsec sa\n",
    "R1#show running-config\n",
    "R1#show crypto isakmp key\nKeyring      Hostname/Address     Preshared Key\n",
  ];

  it.each(UNITS)("of %j", (unit) => {
    const line = unit.repeat(Math.ceil(200_000 / unit.length)).slice(0, 200_000);
    for (const before of BEFORE) {
      expect(answer(`${before}${line}`).reply.length).toBeLessThan(20_000);
      expect(cost(`${before}${line}\n`)).toBeLessThan(MS_FOR_64_KB * GENEROUS);
    }
  });
});

describe("the same line again and again", () => {
  it.each([
    "psk: abc",
    "R1#show crypto ipsec sa",
    "R1#show crypto isakmp sa",
    "R1#show running-config",
    "show crypto isakmp sa",
    "root@gw:~# swanctl --list-sas",
  ])("%s, 3,000 times", (line) => {
    expect(cost(`${line}\n`.repeat(3000))).toBeLessThan(MS_FOR_64_KB * GENEROUS);
  });

  it("of a command line typed many times over, the first, the last and the one that printed something are kept", () => {
    const typed = (times: number) => "R1#show crypto ipsec sa\n".repeat(times);
    const table = "\ninterface: GigabitEthernet0/0\n    Crypto map tag: VPN, local addr 192.0.2.1\n";
    const { outputs } = conversationTools().read("paste", `${typed(50)}${table}${typed(50)}R1#\n`);
    expect(outputs.map(({ firstLine }) => firstLine)).toEqual([1, 49, 50, 54, 103]);
  });
});

const samples = allSamples();

function allSamples(): { name: string; text: string }[] {
  return VENDORS.flatMap(({ id }) => {
    const folder = new URL(`../src/vendors/${id}/samples/`, import.meta.url).pathname;
    return readdirSync(folder).flatMap((command) =>
      readdirSync(join(folder, command))
        .filter((file) => file.endsWith(".txt"))
        .map((file) => ({ name: `${command}/${file}`, text: readFileSync(join(folder, command, file), "utf8") })),
    );
  });
}

describe("half an output, and two in one another", () => {
  const READ_OR_TOLD =
    /Read|I could not recognise any output|I did not understand|nothing in that paste|removed \d|Which box are you on\?|What do you see\?/;

  it.each(samples)("cut anywhere: $name", ({ text }) => {
    const places = new Set([
      1,
      text.indexOf("\n") - 2,
      text.indexOf("\n") + 1,
      text.length - 3,
      ...Array.from({ length: 3 }, () => under(text.length)),
    ]);
    for (const at of places) {
      const { reply, verdict } = answer(text.slice(0, Math.max(0, at)));
      expect(reply).toMatch(READ_OR_TOLD);
      checkConfirmed(verdict, [text.slice(0, Math.max(0, at))]);
      expect(answer(text.slice(Math.max(0, at))).reply).toMatch(READ_OR_TOLD);
    }
  });

  it("two outputs line by line", () => {
    for (let round = 0; round < 60; round += 1) {
      const [one, other] = [samples[under(samples.length)]?.text ?? "", samples[under(samples.length)]?.text ?? ""];
      const [left, right] = [one.split("\n"), other.split("\n")];
      const text = Array.from({ length: Math.max(left.length, right.length) }, (_, at) => [
        left[at] ?? "",
        right[at] ?? "",
      ])
        .flat()
        .join("\n");
      const { reply, verdict } = answer(text);
      expect(reply).toMatch(READ_OR_TOLD);
      checkConfirmed(verdict, [text]);
    }
  });

  it("an access list of 20,000 entries", { timeout: 120_000 }, () => {
    const entries = Array.from(
      { length: 20_000 },
      (_, at) =>
        `    ${(at + 1) * 10} permit ip 10.${(at >> 8) & 255}.${at & 255}.0 0.0.0.255 172.16.0.0 0.0.255.255 (${at} matches)`,
    );
    const text = `HUB#show access-lists\nExtended IP access list VPN\n${entries.join("\n")}\nHUB#\n`;
    expect(answer(text).reply).toMatch(/Read.*show access-lists/);
    expect(cost(text)).toBeLessThan(MS_FOR_64_KB * GENEROUS);
  });
});

/** A confirmed finding shows lines, and they stand in the paste. */
function checkConfirmed({ findings }: Verdict, texts: readonly string[]): void {
  for (const { id, certainty, evidence } of findings) {
    if (certainty !== "confirmed") continue;
    expect(evidence.length, id).toBeGreaterThan(0);
    for (const { paste, line, text } of evidence) {
      const given = plain(texts[Number(paste.replace("paste ", "")) - 1] ?? "");
      expect(line, id).toBeGreaterThan(0);
      // Keys were taken out of the evidence; what stands around them is compared.
      for (const part of text.split(/<secret [^>]*>/)) expect(given, id).toContain(plain(part));
    }
  }
}

/** Without blanks and the marks of chats, which cleaning takes off. */
function plain(text: string): string {
  return text.replace(/[\s\u00a0\\`*]+/g, "");
}

describe("anything at all", () => {
  const lines = [
    ...new Set(samples.flatMap(({ text }) => text.split("\n"))),
    "```",
    "[...]",
    "### HUB",
    "remote:",
    "R1(config)#",
    "",
  ];

  it("any text never throws", () => {
    const any = fc.oneof(
      fc.string({ unit: "binary", maxLength: 300 }),
      fc.string({ unit: "grapheme", maxLength: 300 }),
      fc.string({ maxLength: 300 }),
    );
    fc.assert(
      fc.property(fc.array(any, { minLength: 1, maxLength: 3 }), (texts) => {
        checkConfirmed(answer(...texts).verdict, texts);
      }),
      { numRuns: 150 },
    );
  });

  it("any mixture of lines that devices print never throws, and what is confirmed is shown by the paste", () => {
    const mixture = fc.array(fc.constantFrom(...lines), { maxLength: 60 }).map((some) => some.join("\n"));
    fc.assert(
      fc.property(fc.array(mixture, { minLength: 1, maxLength: 2 }), (texts) => {
        checkConfirmed(answer(...texts).verdict, texts);
      }),
      { numRuns: 200 },
    );
  });

  it("any pieces of outputs, damaged, never throw, and what is confirmed is shown by the paste", () => {
    const piece = fc
      .tuple(
        fc.constantFrom(...samples),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
      )
      .map(([{ text }, from, to]) =>
        text.slice(Math.floor(text.length * Math.min(from, to)), Math.ceil(text.length * Math.max(from, to))),
      );
    const whole = fc.constantFrom(...samples).map(({ text }) => text);
    const mixture = fc.array(fc.oneof(piece, whole), { minLength: 1, maxLength: 5 }).map((some) => some.join("\n"));
    fc.assert(
      fc.property(
        fc.array(mixture, { minLength: 1, maxLength: 2 }),
        fc.constantFrom(undefined, ...DAMAGES),
        fc.nat(),
        (texts, damage, seed) => {
          const given = damage ? texts.map((text) => damage.apply(text, seeded(seed))) : texts;
          const { verdict } = answer(...given);
          if (damage === undefined || damage.name === "cr lf") checkConfirmed(verdict, given);
          else
            for (const { certainty, evidence } of verdict.findings)
              if (certainty === "confirmed") expect(evidence).not.toEqual([]);
        },
      ),
      { numRuns: 200 },
    );
  });
});
