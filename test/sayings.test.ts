/** Findings are told in the words of the platform that the ends have, and a verdict that is held down says why. */
import { describe, expect, it } from "vitest";
import { comparedInFull } from "../src/speech/comparison.ts";
import { speakVerdict } from "../src/speech/diagnosis.ts";
import { nextStep } from "../src/speech/next-step.ts";
import { readCases } from "./accuracy/case.ts";
import { run } from "./accuracy/judge.ts";

/** What only a Cisco calls so. */
const CISCO =
  /crypto map|transform.set|crypto ACL|ISAKMP|Cap\. column|quick mode|PFS \(Y\/N\)|show running|show crypto/i;

const all = readCases().map((item) => ({ name: `${item.about}: ${item.name}`, diagnosis: run(item) }));
const without = (prefix: string) =>
  all.filter(({ diagnosis: { tunnel } }) => {
    const platforms = [tunnel.local.platform, tunnel.remote.platform].filter((platform) => platform !== "unknown");
    return platforms.length > 0 && platforms.every((platform) => !platform.startsWith(prefix));
  });

describe("where no end is a Cisco", () => {
  it("there are cases of it", () => {
    expect(without("cisco-").length).toBeGreaterThan(60);
  });

  it.each(without("cisco-"))("$name: is not told in a Cisco's words", ({ diagnosis }) => {
    const { findings, asks } = diagnosis.verdict;
    const said = [
      ...findings.flatMap(({ title, why, fix, verify }) => [
        title,
        why,
        ...fix.flatMap(({ commands, note }) => [...commands, note]),
        ...verify.flatMap(({ command, expect: wanted }) => [command, wanted]),
      ]),
      ...asks.flatMap(({ command, why }) => [command, why]),
    ];
    expect(said.filter((text) => CISCO.test(text))).toEqual([]);
    const labels = [...speakVerdict(diagnosis).blocks, ...comparedInFull(diagnosis)].flatMap((block) =>
      block.type === "table" ? block.rows.map(([first = ""]) => first) : block.type === "list" ? block.items : [],
    );
    expect(labels.filter((text) => CISCO.test(text))).toEqual([]);
  });
});

describe("where the ends are routers with IOS", () => {
  it("is told in IOS's words", () => {
    const item = all.find(
      ({ diagnosis: { verdict, tunnel } }) =>
        verdict.findings[0]?.id === "ipsec-proxy-mismatch" && tunnel.local.platform === "cisco-ios",
    );
    expect(item?.diagnosis.verdict.findings[0]?.title).toBe("The crypto ACLs are not mirrors of each other");
  });
});

describe("a verdict that something keeps from being sure", () => {
  const policy = (host: string, lines: string) => `${host}#show running-config | section crypto
crypto isakmp policy 10
${lines}
 authentication pre-share
 group 14
${host}#`;

  it("says that nothing ties the two devices together", () => {
    const { verdict } = run({
      symptom: undefined,
      peer: undefined,
      platforms: {},
      cannot: [],
      pastes: [
        { name: "a", end: undefined, text: policy("LODZ-RTR", " encryption aes 256\n hash sha256") },
        { name: "b", end: undefined, text: policy("PORTO-RTR", " encryption aes\n hash sha256") },
      ],
    });
    const [best] = verdict.findings;
    expect(best).toMatchObject({ id: "ike-policy-mismatch", certainty: "likely" });
    expect(best?.why).toContain("nothing that I was shown ties these two devices together");
  });

  it("says that who points here may be another site", () => {
    const one = all.find(({ name }) => name.endsWith(": it-may-be-another-site"));
    expect(one?.diagnosis.verdict.findings[0]?.why).toContain("its own address was not shown");
  });

  it("says that it left a device out, where it asks which tunnel it is about", () => {
    const one = all.find(({ name }) => name.endsWith(": of-a-hub-with-several-peers-it-is-asked-which-one"));
    if (one === undefined) throw new Error("no such case");
    const { diagnosis } = one;
    const asked = nextStep({ diagnosis, fixTried: false, waiting: { for: "peer", candidates: ["198.51.100.7"] } });
    expect(JSON.stringify(asked)).toMatch(/I leave split-rtr2 out: .*Which one is it about/);
  });

  it("says it of no verdict that is sure, nor of one that rests on one end", () => {
    const wrong = all.flatMap(({ name, diagnosis: { verdict } }) =>
      verdict.findings.flatMap(({ certainty, why }) =>
        certainty === "confirmed" && /likely, not sure/.test(why) ? [name] : [],
      ),
    );
    expect(wrong).toEqual([]);
  });
});
