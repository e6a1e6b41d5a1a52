/** What logs and tables of IKEv2, of whatever platform, show of the two SAs. */
import { describe, expect, it } from "vitest";
import type { IpsecFlow } from "../src/domain/readings/ipsec.ts";
import type { LogEvent } from "../src/domain/readings/log.ts";
import { readAsks, readFindings } from "../src/knowledge/read.ts";
import { QUESTIONS } from "../src/tunnel/questions.ts";
import type { Tunnel } from "../src/tunnel/tunnel.ts";
import { diagnose } from "../src/verdict/diagnose.ts";
import { type EndOf, espProposal, HERE, log, selector, THERE, tunnelOf } from "./connection-ends.ts";

const knowledge = { findings: readFindings(), asks: readAsks() };

function is(tunnel: Tunnel, question: string) {
  return QUESTIONS[question]?.(tunnel).is;
}

function verdictOf(local: EndOf, remote: EndOf) {
  return diagnose(tunnelOf(local, remote).known, knowledge).verdict;
}

function event(signature: string, line: number, peer = THERE): LogEvent {
  return { line, signature, captures: {}, peer };
}

const flow = (encaps: number, decaps: number): IpsecFlow => ({
  line: 30,
  localIdent: selector("10.1.0.0/16"),
  remoteIdent: selector("10.2.0.0/16"),
  peer: THERE,
  flags: [],
  counters: { encaps, decaps },
  outboundSpi: "0xC0FFEE01",
  sas: [
    { line: 32, direction: "inbound", protocol: "esp", spi: "0xC0FFEE02", settings: [] },
    { line: 33, direction: "outbound", protocol: "esp", spi: "0xC0FFEE01", settings: [] },
  ],
  at: { encaps: 34, decaps: 35 },
});
const ready: EndOf["values"] = [
  { kind: "ike-sas", sas: [{ version: 2, line: 3, local: HERE, remote: THERE, state: "READY", standing: "up" }] },
];

describe("the first child rides in IKE_AUTH (trap T1)", () => {
  const tunnel = tunnelOf(
    {
      values: [
        log(THERE, {
          version: 2,
          role: "responder",
          progress: "keyed",
          espCompared: { configured: [espProposal("aes-256 sha256")], received: [espProposal("aes-256 sha1")] },
          events: [event("child-proposals-refused", 27)],
        }),
      ],
    },
    {},
  );

  it("a refused child shows that IKE was authenticated", () => {
    expect(is(tunnel, "phase-1-was-completed")).toBe(true);
    expect(is(tunnel, "ike-sa-is-up")).toBe(true);
    expect(is(tunnel, "ipsec-sa-is-up")).toBe(false);
  });

  it("so that nothing of phase 1 is blamed", () => {
    const { verdict, findings } = diagnose(tunnel.known, knowledge).verdict;
    expect(verdict).toBe("found");
    expect(findings[0]).toMatchObject({
      id: "ipsec-transform-mismatch",
      certainty: "confirmed",
      differs: [{ attribute: "integrity", local: "sha256", remote: "sha1" }],
    });
    expect(findings.filter(({ id }) => id.startsWith("ike-"))).toEqual([]);
  });
});

describe("authentication", () => {
  const attempt = (signature: string, role: "initiator" | "responder" = "responder") =>
    log(THERE, { version: 2, role, progress: "keyed", furthestStateLine: 22, events: [event(signature, 26)] });

  it.each([
    ["key-check-failed", "ike-psk-mismatch", "confirmed"],
    ["identity-refused", "ike-identity-mismatch", "confirmed"],
    ["auth-method-refused", "ike-auth-method-mismatch", "confirmed"],
    // Key, identity or certificate: only the peer's log tells.
    ["authentication-failed-by-peer", "ike-psk-mismatch", "possible"],
  ])("%s is %s, %s", (signature, id, certainty) => {
    const { findings } = verdictOf({ values: [attempt(signature)] }, {});
    expect(findings[0]).toMatchObject({ id, certainty });
    expect(findings.filter((finding) => finding.certainty === "confirmed").length).toBe(
      certainty === "confirmed" ? 1 : 0,
    );
  });

  it("an end that took the SA for up hears that the other refused it: the refusal counts", () => {
    const up = log(HERE, { version: 2, role: "responder", phase1CompleteLine: 24, phase2CompleteLine: 25 });
    const refuses = log(THERE, {
      version: 2,
      role: "initiator",
      progress: "keyed",
      events: [event("identity-refused", 28)],
    });
    const { findings } = verdictOf({ values: [refuses] }, { values: [up] });
    expect(findings[0]).toMatchObject({ id: "ike-identity-mismatch", certainty: "confirmed" });
  });
});

describe("IKE proposals that were refused", () => {
  it("without the lists are likely a mismatch of policies, never sure: it may be the group", () => {
    const refused = log(THERE, {
      version: 2,
      role: "responder",
      progress: "begun",
      events: [event("ike-proposals-refused", 25)],
    });
    const { findings } = verdictOf({ values: [refused] }, {});
    expect(findings[0]).toMatchObject({ id: "ike-policy-mismatch", certainty: "likely" });
    expect(findings.map(({ id }) => id)).toContain("ike-dh-mismatch");
  });

  it("with IKEv1 are one", () => {
    const refused = log(THERE, {
      version: 1,
      role: "responder",
      progress: "begun",
      events: [event("ike-proposals-refused", 25)],
    });
    expect(verdictOf({ values: [refused] }, {}).findings[0]).toMatchObject({
      id: "ike-policy-mismatch",
      certainty: "confirmed",
    });
  });
});

describe("half-open (trap T5)", () => {
  const sas = (...flows: IpsecFlow[]): NonNullable<EndOf["values"]> => [
    ...(ready ?? []),
    { kind: "ipsec-sas", flows, detail: false },
  ];

  it("an end that is READY and has sent nothing yet is not healthy by its own word", () => {
    const verdict = verdictOf({ values: sas(flow(0, 0)) }, {});
    expect(verdict.verdict).toBe("need-more");
    expect(verdict.asks.length).toBeGreaterThan(0);
  });

  it("packets in both directions are", () => {
    expect(verdictOf({ values: sas(flow(500, 480)) }, {}).verdict).toBe("healthy");
  });
});
