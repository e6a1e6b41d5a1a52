/** Debug of IOS read as negotiations: whatever consoles, chats and releases do to its lines. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Log } from "../src/domain/readings/log.ts";
import { readSignatures } from "../src/knowledge/read.ts";
import { readPrefix } from "../src/vendors/cisco-ios/debug/line-prefix.ts";
import { createLogClock } from "../src/vendors/cisco-ios/debug/log-clock.ts";
import { showLogging } from "../src/vendors/cisco-ios/syslog.ts";

const signatures = readSignatures().filter(({ platform }) => platform === "cisco-ios");

function sample(name: string): string {
  return readFileSync(new URL(`../src/vendors/cisco-ios/samples/show-logging/${name}.txt`, import.meta.url), "utf8");
}

function read(text: string) {
  const lines = text.split("\n").map((line, index) => ({ number: index + 1, text: line.trimEnd() }));
  const parsed = showLogging.parse({ command: "show logging", lines }, { signatures });
  return { log: parsed.values[0] as Log, unread: parsed.unread.map((line) => line.text) };
}

/** What must not depend on time stamps and headings. */
function attemptsOf(log: Log) {
  return log.attempts.map(({ events, ...rest }) => ({
    ...rest,
    events: events.map(({ line, signature, peer }) => ({ line, signature, peer })),
  }));
}

const STAMP = /^(?:\d+: )?\*?[A-Z][a-z]{2} {1,2}\d{1,2} [\d:.]+(?: [A-Z]{3})?: /gm;
const NEGOTIATIONS = ["healthy-initiator", "healthy-responder", "two-peers", "phase-2-refused-by-peer", "no-answer"];

describe.each(NEGOTIATIONS)("%s reads the same", (name) => {
  const text = sample(name);
  const expected = attemptsOf(read(text).log);
  const forms: Record<string, (text: string) => string> = {
    "without time stamps": (all) => all.replace(STAMP, ""),
    "with numbers before the stamps": (all) => all.replace(STAMP, (stamp) => `000123: ${stamp}`),
    "with the headings of IOS-XE": (all) => all.replace(/ISAKMP ?:?\((\d+)\):/g, "ISAKMP: ($1):"),
    "with the headings of old releases": (all) => all.replace(/ISAKMP ?:?\((\d+)\):/g, "ISAKMP (0:$1): "),
    "with blanks collapsed and no indentation": (all) => all.replace(/[ \t]+/g, " ").replace(/^ /gm, ""),
  };
  it.each(Object.entries(forms))("%s", (_, change) => {
    const { log, unread } = read(change(text));
    expect(unread).toEqual([]);
    expect(attemptsOf(log)).toEqual(expected);
  });
});

it("tells the attempts of two peers apart, also in their retransmissions", () => {
  const [up, silent] = read(sample("two-peers")).log.attempts;
  expect(up).toMatchObject({ peer: "203.0.113.9", connections: ["1077"], furthestState: "QM_IDLE" });
  expect(up?.events.some(({ signature }) => signature === "phase1-retransmit")).toBe(false);
  expect(silent).toMatchObject({ peer: "192.0.2.200", connections: [], furthestState: "MM_NO_STATE" });
  expect(silent?.heardFromPeerLine).toBeUndefined();
});

it("keeps a phase 2 that the peer refused apart from the attempt after it (trap T1)", () => {
  const [refused, next] = read(sample("phase-2-refused-by-peer")).log.attempts;
  expect(refused).toMatchObject({ connections: ["1003"], furthestState: "QM_IDLE", role: "initiator" });
  expect(refused?.phase1CompleteLine).toBeDefined();
  expect(refused?.phase2CompleteLine).toBeUndefined();
  expect(next).toMatchObject({ furthestState: "MM_NO_STATE" });
  expect(next?.events.every(({ noise }) => noise === true)).toBe(true);
});

it("gives a quick mode to the attempt that made its IKE SA", () => {
  const again = sample("healthy-initiator").split("\n");
  const rekey = again.slice(0, 7).concat(again.slice(126));
  const { log } = read([...again, ...rekey].join("\n"));
  expect(log.attempts).toHaveLength(1);
  expect(log.attempts[0]?.ipsecOffers).toHaveLength(2);
});

it("takes no NAT for one because of the first of its two lines", () => {
  expect(read(sample("healthy-initiator")).log.attempts[0]?.natFoundLine).toBeUndefined();
  expect(read("ISAKMP (1001): His hash no match - this node outside NAT").log.attempts[0]?.natFoundLine).toBe(1);
});

it("points to the line on which a broken message says it", () => {
  const { log } = read(
    "ISAKMP:(1022): IPSec policy invalidated proposal with error 256ISAKMP:(1022):\nphase 2 SA policy not acceptable! (local 192.0.2.1 remote 203.0.113.9)",
  );
  expect(log.events.map(({ line, signature }) => [line, signature])).toEqual([
    [1, "ipsec-proposal-error-256"],
    [2, "phase2-policy-unacceptable"],
  ]);
});

it("joins what an 80-column screen broke in the middle of a word", () => {
  const whole = `${"*Nov 23 10:33:27.123: ISAKMP:(0): phase 1 SA policy not acceptable! (local 198.51.100.1 remote 203.0.113.9)"}`;
  const { log, unread } = read(`${whole.slice(0, 80)}\n${whole.slice(80)}`);
  expect(unread).toEqual([]);
  expect(log.events[0]).toMatchObject({ signature: "phase1-policy-unacceptable", peer: "203.0.113.9" });
});

it("says what it could not read", () => {
  const { unread } = read("ISAKMP:(0):no offers accepted!\nthis happened again after lunch");
  expect(unread).toEqual(["this happened again after lunch"]);
});

describe("the clock", () => {
  const secondsOf = (...stamps: string[]) => {
    const clock = createLogClock();
    return stamps.map((stamp) => {
      const { moment } = readPrefix(`${stamp}: x`);
      return moment === undefined ? undefined : clock(moment);
    });
  };
  const intervals = (...stamps: string[]) => {
    const [first = 0, ...rest] = secondsOf(...stamps);
    return rest.map((seconds) => Math.round(((seconds ?? 0) - first) * 1000) / 1000);
  };

  it("goes on over New Year", () => {
    expect(intervals("*Dec 31 23:59:59.500", "*Jan  1 00:00:01.000")).toEqual([1.5]);
    expect(intervals("Dec 31 2026 23:59:59", "Jan 1 2027 00:00:09")).toEqual([10]);
  });
  it("never goes back", () => {
    expect(intervals("Nov 23 10:00:00", "Nov 23 09:00:00", "Nov 23 09:00:30")).toEqual([0, 30]);
  });
  it("reads uptimes", () => {
    expect(intervals("00:00:10", "00:01:00")).toEqual([50]);
    expect(secondsOf("1d02h", "1w2d")).toEqual([93_600, 777_600]);
  });
});

it("reads any text without a fault", () => {
  const word = fc.constantFrom(
    "ISAKMP:(0):",
    "IPSEC(x): ",
    "*Nov 23 10:33:27.123: ",
    "(key eng. msg.) INBOUND ",
    "local_proxy= ",
    "1.1.1.0/24/0/0",
    " (I) MM_NO_STATE",
    "!",
    ".",
    "\n",
    "transform 1, ESP_AES",
    "encryption AES-CBC",
    "Old State = IKE_READY  New State = IKE_I_MM1",
    "sending packet to 192.0.2.1 ",
    "%CRYPTO-4-IKMP_NO_SA: ",
    "(",
    "1001",
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(word, fc.string())), (parts) => {
      const { log } = read(parts.join(""));
      expect(log.kind).toBe("log");
    }),
  );
});
