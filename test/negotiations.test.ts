import { describe, expect, it } from "vitest";
import type { NegotiationStep, Signature } from "../src/domain/signature.ts";
import type { LogMessage } from "../src/negotiations/message.ts";
import { readNegotiations } from "../src/negotiations/negotiations.ts";

const STEPS: Readonly<Record<string, NegotiationStep>> = {
  "we begin": "initiator",
  "they begin": "responder",
  "keys are there": "keyed",
  "ike is up": "ike-up",
  "child begins": "child-begins",
  "child is up": "child-up",
  "it is over": "over",
};
const signatures = Object.entries(STEPS).map(
  ([text, step]): Signature => ({
    id: text.replaceAll(" ", "-"),
    platform: "strongswan",
    pattern: new RegExp(text, "i"),
    means: text,
    noise: false,
    step,
  }),
);

function read(...lines: readonly (readonly [text: string, more?: Partial<LogMessage>])[]) {
  const messages = lines.map(([text, more], index) => ({ line: index + 1, text, ...more }));
  return readNegotiations(messages, signatures, "ike").attempts;
}

describe("a log that is read by its signatures", () => {
  it("shows one attempt from its beginning to its SAs", () => {
    const attempts = read(
      ["they begin", { exchange: "hub|1", peer: "192.0.2.1" }],
      ["keys are there", { exchange: "hub|1" }],
      ["ike is up", { exchange: "hub|1" }],
      ["child begins", { exchange: "hub|1" }],
      ["child is up", { exchange: "hub|1" }],
    );
    expect(attempts).toHaveLength(1);
    expect(attempts[0]).toMatchObject({
      role: "responder",
      peer: "192.0.2.1",
      phase1CompleteLine: 3,
      phase2StartedLine: 4,
      phase2CompleteLine: 5,
      connections: ["hub|1"],
    });
    expect(attempts[0]?.progress).toBeUndefined();
  });

  it("counts the time that runs out after a refusal to the refusal, though its exchange is named only then", () => {
    const attempts = read(
      ["we begin", { peer: "192.0.2.1" }],
      ["they refuse: it is over", { peer: "192.0.2.1" }],
      ["time is up: it is over", { exchange: "c00c1e", peer: "192.0.2.1" }],
      ["time is up: it is over", { exchange: "0dd", peer: "198.51.100.7" }],
    );
    expect(attempts.map(({ peer, connections }) => ({ peer, connections }))).toEqual([
      { peer: "192.0.2.1", connections: ["c00c1e"] },
      { peer: "198.51.100.7", connections: ["0dd"] },
    ]);
  });

  it("tells apart what two peers do at once", () => {
    const attempts = read(
      ["we begin", { exchange: "a|1", peer: "192.0.2.1" }],
      ["they begin", { exchange: "b|2", peer: "198.51.100.7" }],
      ["keys are there", { exchange: "a|1" }],
      ["it is over", { exchange: "b|2" }],
    );
    expect(attempts.map(({ peer, role, progress }) => ({ peer, role, progress }))).toEqual([
      { peer: "192.0.2.1", role: "initiator", progress: "keyed" },
      { peer: "198.51.100.7", role: "responder", progress: "begun" },
    ]);
  });

  it("begins anew after an attempt that is over", () => {
    const attempts = read(
      ["we begin", { peer: "192.0.2.1" }],
      ["keys are there", { peer: "192.0.2.1" }],
      ["it is over", { peer: "192.0.2.1" }],
      ["we begin", { peer: "192.0.2.1" }],
    );
    expect(attempts.map(({ progress }) => progress)).toEqual(["keyed", "begun"]);
  });

  it("takes a first message that is sent again for the same attempt", () => {
    expect(read(["we begin", { peer: "192.0.2.1" }], ["we begin", { peer: "192.0.2.1" }])).toHaveLength(1);
  });

  it("gives an exchange its name where the name comes late", () => {
    const attempts = read(["we begin", { peer: "192.0.2.1" }], ["keys are there", { exchange: "hub|4" }]);
    expect(attempts).toHaveLength(1);
    expect(attempts[0]?.connections).toEqual(["hub|4"]);
  });

  it("counts plain talk, which begins nothing", () => {
    const log = readNegotiations([{ line: 1, text: "a fine day" }], signatures, "ike");
    expect(log).toMatchObject({ attempts: [], events: [], chatter: 1 });
  });
});
