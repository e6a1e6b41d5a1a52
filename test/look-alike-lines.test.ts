/** One line that several findings share: it confirms none of them, names them all, and asks for what settles it. */
import { describe, expect, it } from "vitest";
import { PLATFORM_IDS, type PlatformId } from "../src/domain/ids.ts";
import { readAsks, readFindings, readYaml, yamlFiles } from "../src/knowledge/read.ts";
import { SignatureFile } from "../src/knowledge/schema.ts";
import { run } from "./accuracy/judge.ts";

/** What a line of a platform's log stands in. */
const LOGS: Partial<Record<PlatformId, (line: string) => string>> = {
  strongswan: (line) => `Nov 27 03:33:22 fw-hull charon[53721]: 10[IKE] <con1|4> ${line}\n`,
  libreswan: (line) => `Nov 27 03:33:22 gw pluto[812]: "branch" #1: ${line}\n`,
  junos: (line) => `Nov 27 10:11:12  srx-oslo kmd[1417]: ${line}\n`,
  fortios: (line) => `ike 0:HUB:12: ${line}\n`,
  panos: (line) => `2026-11-27 09:01:10.123 +0100  [PERR]: {    1:     }: ${line}\n`,
  routeros: (line) => `09:01:10 ipsec,error ${line}\n`,
  aws: (line) =>
    `{"event_timestamp":1764234070,"details":${JSON.stringify(line)},"dpd_enabled":false,"nat_t_detected":false,"ike_phase1_state":"negotiating","ike_phase2_state":"down"}\n`,
};

const findings = readFindings();
const asks = readAsks();

/** The findings for which the line alone speaks, by how much. */
function sharing(id: string) {
  const weights = findings.flatMap((finding) => {
    const rules = finding.for.filter(({ when }) => when.length === 1 && when[0] === `log ${id}`);
    return rules.length > 0 ? [[finding, rules.map(({ weight }) => weight)] as const] : [];
  });
  const rank = (of: string) => weights.filter(([, all]) => all.includes(of as never)).map(([finding]) => finding);
  return { confirms: rank("confirms"), strong: rank("strong"), weak: rank("weak") };
}

const lines = PLATFORM_IDS.flatMap((platform) => yamlFiles(`vendors/${platform}/signatures`)).flatMap((file) => {
  const { platform, signatures } = readYaml(file, SignatureFile);
  const log = LOGS[platform];
  return signatures.flatMap(({ id, noise, matches: [line = ""] }) => {
    const { confirms, strong, weak } = sharing(id);
    const equals = strong.length > 0 ? strong : weak;
    const isShared = !noise && confirms.length === 0 && strong.length + weak.length > 1;
    return log && isShared ? [[platform, id, log(line), equals, [...strong, ...weak]] as const] : [];
  });
});

describe("a line that several findings share", () => {
  it("there are such lines on every platform that is tried", () => {
    expect(new Set(lines.map(([platform]) => platform))).toEqual(new Set(Object.keys(LOGS)));
  });

  it.each(lines)("%s %s: confirms none of them, and asks for what settles it", (_platform, _id, text, equals, all) => {
    const { verdict } = run({
      pastes: [{ name: "log", end: "local", text }],
      symptom: undefined,
      peer: undefined,
      platforms: {},
      cannot: [],
    });
    expect(verdict.findings.filter(({ certainty }) => certainty === "confirmed")).toEqual([]);
    const named = verdict.findings.map(({ id }) => id);
    expect(named.length).toBeGreaterThan(0);
    if (equals.length > 1) {
      expect(verdict.verdict).toBe("need-more");
      expect(equals.filter(({ id }) => named.includes(id)).length).toBeGreaterThan(1);
    }
    const settling = new Set(
      all.flatMap(({ settle }) =>
        settle.flatMap(({ ask }) =>
          Object.values(asks.get(ask)?.commands ?? {}).flatMap((words) =>
            words ? [words.command.trim().split(/[\s{[]/)[0] ?? ""] : [],
          ),
        ),
      ),
    );
    expect(verdict.asks.length).toBeGreaterThan(0);
    expect(verdict.asks.some(({ command }) => settling.has(command.split(/\s/)[0] ?? ""))).toBe(true);
  });
});
