import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ROOT_CAUSE_IDS, SYMPTOM_IDS } from "../src/domain/ids.ts";
import { explain } from "../src/knowledge/explain.ts";
import { readAsks, readFindings, readSignatures, readYaml } from "../src/knowledge/read.ts";
import { SharedSignatureFile } from "../src/knowledge/schema.ts";
import { QUESTIONS } from "../src/tunnel/questions.ts";
import { blankNames } from "../src/verdict/blanks/index.ts";
import { STAGE_ASKS } from "../src/verdict/stage-asks.ts";

const folder = new URL("../knowledge/", import.meta.url);
const findings = readFindings();
const asks = readAsks();
const signatures = new Map(readSignatures().map((signature) => [signature.id, signature]));
const blanks = blankNames();

/** Signatures that a finding may name before any platform has one. */
const shared = readYaml("shared-signatures.yaml", SharedSignatureFile);

function conditionsOf(finding: (typeof findings)[number]): string[] {
  const rules = [...finding.for, ...finding.against];
  const steps = Object.values(finding.fix).flatMap((list) => list ?? []);
  const checks = Object.values(finding.verify).flatMap((list) => list ?? []);
  const ofAdvice = [...steps, ...checks].flatMap(({ when, unless }) => [...(when ?? []), ...(unless ?? [])]);
  return [...rules.flatMap(({ when }) => when), ...ofAdvice];
}

const changesLiveness = findings.flatMap(({ id, fix }) =>
  (fix["cisco-ios"] ?? [])
    .filter(({ commands }) => /^crypto (?:isakmp keepalive|ikev2 dpd) \d/m.test(commands))
    .map(({ note }, step) => [`${id}, step ${step + 1}`, note] as const),
);

it.each(changesLiveness)("%s: says that a keepalive on IOS changes all tunnels of the router", (_, note) => {
  expect(note).toMatch(/all IKEv[12] tunnels of this router/);
});

function blanksIn(text: string): string[] {
  return [...text.matchAll(/\{([a-z0-9-]+)\}/g)].map(([, name = ""]) => name);
}

describe("findings", () => {
  it("are in files of their own names", () => {
    const files = readdirSync(new URL("findings/", folder)).sort();
    expect(files).toEqual(findings.map(({ id }) => `${id}.yaml`).sort());
  });

  it("cover every root cause", () => {
    const known = new Set<string>(findings.map(({ id }) => id));
    expect(ROOT_CAUSE_IDS.filter((id) => !known.has(id))).toEqual([]);
  });

  it.each(findings.map((finding) => [finding.id, finding] as const))(
    "%s: every condition means something",
    (_, finding) => {
      const unknown = conditionsOf(finding).filter((condition) => {
        const [kind, name = ""] = condition.startsWith("log ")
          ? ["log", condition.slice(4).replace(/ x\d+$/, "")]
          : condition.startsWith("symptom ")
            ? ["symptom", condition.slice(8)]
            : ["question", condition.replace(/^no /, "")];
        if (kind === "log") return !signatures.has(name) && shared[name] === undefined;
        if (kind === "symptom") return !SYMPTOM_IDS.some((id) => id === name);
        return QUESTIONS[name] === undefined;
      });
      expect(unknown).toEqual([]);
    },
  );

  it.each(findings.map((finding) => [finding.id, finding] as const))(
    "%s: no noise confirms or weighs alone",
    (_, finding) => {
      const byNoise = finding.for.filter(({ when }) =>
        when.every((condition) => signatures.get(condition.replace(/^log | x\d+$/g, ""))?.noise === true),
      );
      expect(byNoise).toEqual([]);
    },
  );

  it.each(findings.map((finding) => [finding.id, finding] as const))(
    "%s: a symptom alone is only weak evidence",
    (_, finding) => {
      const strong = finding.for.filter(
        ({ when, weight }) => weight !== "weak" && when.every((item) => item.startsWith("symptom ")),
      );
      expect(strong).toEqual([]);
    },
  );

  it.each(findings.map((finding) => [finding.id, finding] as const))(
    "%s: what settles it can be asked",
    (_, finding) => {
      expect(finding.settle.map(({ ask }) => ask).filter((ask) => !asks.has(ask))).toEqual([]);
      expect(finding.settle.length).toBeGreaterThan(0);
    },
  );

  it.each(findings.map((finding) => [finding.id, finding] as const))(
    "%s: has a fix and a check for IOS",
    (_, finding) => {
      expect(finding.fix["cisco-ios"]?.length ?? 0).toBeGreaterThan(0);
      expect(finding.verify["cisco-ios"]?.length ?? 0).toBeGreaterThan(0);
    },
  );

  it.each(findings.map((finding) => [finding.id, finding] as const))(
    "%s: uses only blanks that can be filled",
    (_, finding) => {
      const texts = [
        ...Object.values(finding.fix).flatMap((list) => (list ?? []).flatMap(({ commands, note }) => [commands, note])),
        ...Object.values(finding.verify).flatMap((list) =>
          (list ?? []).flatMap(({ command, expect: wanted }) => [command, wanted]),
        ),
      ];
      expect(texts.flatMap(blanksIn).filter((name) => !blanks.has(name))).toEqual([]);
    },
  );

  it.each(findings.map((finding) => [finding.id, finding] as const))(
    "%s: changes are entered from configuration mode",
    (_, finding) => {
      for (const { commands, risk } of finding.fix["cisco-ios"] ?? []) {
        const lines = commands.trim().split("\n");
        const begins = lines.indexOf("configure terminal");
        const ends = lines.indexOf("end");
        const changes = lines.filter(
          (line, index) => !isExec(line) && !(begins >= 0 && index >= begins && index <= ends),
        );
        expect(changes).toEqual([]);
        if (lines.some((line) => line.startsWith("clear crypto"))) expect(risk).toBe("drops-this-tunnel");
        if (lines.every((line) => /^(?:show|ping|traceroute)[ []/.test(line))) expect(risk).toBe("none");
      }
    },
  );
});

/** Commands of the exec mode. */
function isExec(line: string): boolean {
  return /^(?:show|ping|traceroute|clear|debug|undebug)[ []/.test(line);
}

describe("remedies", () => {
  it.each(findings.map(({ id, remedy }) => [id, remedy.text] as const))(
    "%s: are short, of no platform, and use blanks that can be filled",
    (_, text) => {
      expect(text.length).toBeLessThan(320);
      expect(text).not.toMatch(/\b(?:configure|crypto (?:isakmp|ikev2|ipsec)|swanctl|set security|show) /);
      expect(blanksIn(text).filter((name) => !blanks.has(name))).toEqual([]);
    },
  );
});

describe("asks", () => {
  it("are filled from blanks that exist", () => {
    const texts = [...asks.values()].flatMap(({ commands }) =>
      Object.values(commands).flatMap((words) => [words?.command ?? "", words?.ikev2?.command ?? ""]),
    );
    expect(texts.flatMap(blanksIn).filter((name) => !blanks.has(name))).toEqual([]);
  });

  it("are each wanted by something", () => {
    const wanted = new Set([
      ...findings.flatMap(({ settle }) => settle.map(({ ask }) => ask)),
      ...Object.values(STAGE_ASKS).flatMap(({ first, last }) => [...first, ...last].map(({ ask }) => ask)),
    ]);
    expect([...asks.keys()].filter((id) => !wanted.has(id))).toEqual([]);
    expect([...wanted].filter((id) => !asks.has(id))).toEqual([]);
  });

  it("trace one peer only", () => {
    for (const { commands } of asks.values()) {
      const words = commands["cisco-ios"];
      for (const text of [words?.command ?? "", words?.ikev2?.command ?? ""])
        if (text.includes("debug crypto"))
          expect(text).toMatch(/^debug crypto condition peer \{peer-family\} \{peer\}\n/);
    }
  });
});

/** Every text of knowledge that a person can come to read; not the patterns and their samples. */
function texts(): { file: string; line: number; text: string }[] {
  return ["findings", "states", "topics", "."].flatMap((sub) =>
    readdirSync(new URL(`${sub}/`, folder), { withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith(".yaml"))
      .flatMap((entry) =>
        readFileSync(new URL(`${sub}/${entry.name}`, folder), "utf8")
          .split("\n")
          .map((text, index) => ({ file: `${sub}/${entry.name}`, line: index + 1, text }))
          // Other names by which people look something up, mistakes among them.
          .filter(({ text }) => !/^ *(?:also|commands|says):/.test(text)),
      ),
  );
}

/** The topic of the ASA's commands lists them by these words. */
const OF_THE_ASA = /\bASA\b|IOS-XR|\bnot\b|vpn-sessiondb|of one peer|of everybody|clear crypto ikev[12] sa/i;

/** Mistakes of the article (catalogue, section 6) that must not reach anyone; `but` are texts that correct them. */
const MISTAKES: readonly { readonly what: string; readonly pattern: RegExp; readonly but?: RegExp }[] = [
  { what: "ESP and AH have no ports", pattern: /\b(?:tcp|udp) port 5[01]\b/i, but: /not|no ports|never|wrong/i },
  {
    what: "the window is set with the word replay",
    pattern: /security-association window-size/i,
    but: /not|without|missing|replay/i,
  },
  { what: "IOS clears without sa", pattern: /clear crypto isakmp sa\b/i, but: OF_THE_ASA },
  { what: "IOS clears IPsec SAs with clear crypto sa", pattern: /clear crypto ipsec sa\b/i, but: OF_THE_ASA },
  { what: "the command has the word engine", pattern: /show crypto connections? active/i, but: /not|no such|engine/i },
  { what: "one keepalive line replaces the other", pattern: /keepalive 60 10[^\n]*keepalive 60 periodic/i, but: /not/ },
  {
    what: "a pre-shared key is never sent",
    pattern: /(?:exchang|send|sent)[a-z]* (?:the |their )?pre-shared keys?/i,
    but: /never|not|no /i,
  },
  { what: "MM_WAIT_MSG6 is phase 1", pattern: /MM_WAIT_MSG6[^.]*phase 2/i, but: /not|wrong/i },
  { what: "NAT traversal works with transport mode", pattern: /transport mode[^.]*(?:does not|not) support[^.]*NAT/i },
  {
    what: "the replay window of IOS is 64 by default, up to 1024",
    pattern: /replay window[^.]*(?:32|128) packets by default on IOS/i,
  },
  { what: "show … peer, not per", pattern: /show crypto ipsec sa \[?per\b/i },
  {
    what: "aggressive mode is not the only one with NAT discovery",
    pattern: /NAT-?D[^.]*only[^.]*aggressive/i,
    but: /not/i,
  },
  {
    what: "main mode works with certificates and dynamic addresses",
    pattern: /main mode (?:requires|needs) a (?:static|fixed) (?:IP|address)/i,
    but: /keys|not/i,
  },
  { what: "on IOS phase 1 ends in QM_IDLE", pattern: /IOS[^.]*MM_ACTIVE/i, but: /ASA|not/i },
];

describe("the article's mistakes", () => {
  it.each(MISTAKES)("$what", ({ pattern, but }) => {
    const found = texts().filter(({ text }) => pattern.test(text) && but?.test(text) !== true);
    expect(found).toEqual([]);
  });

  it("nothing tells to use an algorithm that is weak", () => {
    const told = findings.flatMap(({ id, fix }) =>
      Object.values(fix).flatMap((steps) =>
        (steps ?? []).flatMap(({ commands }) => commands.split("\n").map((line) => `${id}: ${line}`)),
      ),
    );
    const weak = /\b(?:esp-des|esp-3des|3des|des|md5|esp-md5-hmac|group ?(?:1|2|5)|key cisco)\b/i;
    expect(told.filter((line) => weak.test(line.replace(/^[^:]+: /, "")))).toEqual([]);
  });

  it("nothing clears all tunnels", () => {
    const clears = findings.flatMap(({ fix }) =>
      Object.values(fix).flatMap((steps) =>
        (steps ?? []).flatMap(({ commands }) => commands.split("\n").filter((line) => line.startsWith("clear crypto"))),
      ),
    );
    expect(clears.filter((line) => !line.includes("{peer}"))).toEqual([]);
  });
});

describe("texts", () => {
  it.each(findings.map((finding) => [finding.id, finding] as const))(
    "%s: is short and plain",
    (_, { title, why, fix }) => {
      expect(title).not.toMatch(/[.!]$/);
      expect(why.trim().length).toBeLessThan(520);
      for (const { note } of fix["cisco-ios"] ?? []) expect(note.length).toBeLessThan(420);
      expect(`${title} ${why}`).not.toMatch(/[`*_]{2}|—|please/i);
    },
  );

  it.each(findings.map(({ id }) => [id] as const))("%s can be explained", (id) => {
    expect(JSON.stringify(explain(id))).toContain(id);
  });
});
