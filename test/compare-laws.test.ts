import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Answer } from "../src/tunnel/answer.ts";
import { COMPARISONS } from "../src/tunnel/compare/index.ts";
import { answerOf, ask, configuration, FAR, NEAR, tunnelOf } from "./compare-ends.ts";

interface Rule {
  readonly protocol: string;
  readonly from: string;
  readonly to: string;
  readonly fromPort: string;
  readonly toPort: string;
}

const dotted = (bits: number) => [bits >>> 24, (bits >>> 16) & 255, (bits >>> 8) & 255, bits & 255].join(".");
/** Any address with any wildcard, holes and all; the wildcarded bits are zero, as IOS shows them. */
const ipv4 = fc.oneof(
  fc.tuple(fc.nat(0xffffffff), fc.nat(32)).map(([bits, length]) => {
    const wildcard = length === 32 ? 0 : 0xffffffff >>> length;
    return `${dotted((bits & ~wildcard) >>> 0)} ${dotted(wildcard)}`;
  }),
  fc
    .tuple(fc.nat(0xffffffff), fc.nat(0xffffffff))
    .map(([bits, any]) => `${dotted((bits & ~any) >>> 0)} ${dotted(any)}`),
  fc.nat(0xffffffff).map((bits) => `host ${dotted(bits)}`),
  fc.constant("any"),
);
const ipv6 = fc
  .tuple(fc.nat(0xffff), fc.constantFrom(32, 48, 56, 64, 128))
  .map(([group, length]) => `2001:db8:${group.toString(16)}::/${length}`);
const ruleOf = (address: fc.Arbitrary<string>): fc.Arbitrary<Rule> =>
  fc.oneof(
    fc.record({
      protocol: fc.constantFrom("ip", "gre", "icmp"),
      from: address,
      to: address,
      fromPort: fc.constant(""),
      toPort: fc.constant(""),
    }),
    fc.record({
      protocol: fc.constantFrom("tcp", "udp"),
      from: address,
      to: address,
      fromPort: fc.constantFrom("", " eq 8080", " range 5 9", " eq www"),
      toPort: fc.constantFrom("", " gt 1023", " eq 443"),
    }),
  );
const mirror = (rule: Rule): Rule => ({
  protocol: rule.protocol,
  from: rule.to,
  to: rule.from,
  fromPort: rule.toPort,
  toPort: rule.fromPort,
});
const entry = (rule: Rule) => ` permit ${rule.protocol} ${rule.from}${rule.fromPort} ${rule.to}${rule.toPort}`;
const list = (name: string, rules: readonly Rule[], heading = "ip access-list extended") => `${heading} ${name}
${rules.map(entry).join("\n")}
`;
const map = (peer: string, acl: string) => `crypto map M 10 ipsec-isakmp
 set peer ${peer}
 set transform-set T
 match address ${acl}
`;
const mirrors = (local: string, remote: string) =>
  answerOf("crypto-acls-are-mirrors", map("198.51.100.9", "A") + local, map("192.0.2.1", "B") + remote).is;

describe("crypto ACLs", () => {
  it("are mirrors of their mirror in any order, of either family", () => {
    fc.assert(
      fc.property(fc.array(ruleOf(ipv4), { minLength: 1, maxLength: 6 }), fc.nat(), (rules, seed) => {
        const shuffled = rules
          .map(mirror)
          .sort((a, b) => ((entry(a).length * seed) % 7) - ((entry(b).length * seed) % 7));
        expect(mirrors(list("A", rules), list("B", shuffled))).toBe(true);
      }),
      { numRuns: 60 },
    );
    fc.assert(
      fc.property(fc.array(ruleOf(ipv6), { minLength: 1, maxLength: 4 }), (rules) => {
        const text = (name: string, items: readonly Rule[]) => list(name, items, "ipv6 access-list");
        expect(mirrors(text("A", rules), text("B", rules.map(mirror)))).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it("are none once a bit of a prefix is another", () => {
    const prefixes = fc.tuple(fc.nat(0xffffffff), fc.integer({ min: 9, max: 32 }), fc.nat(31));
    fc.assert(
      fc.property(prefixes, prefixes, ([one, length, bit], [other, otherLength]) => {
        const wildcard = length === 32 ? 0 : 0xffffffff >>> length;
        const flip = 0x80000000 >>> (bit % length);
        const text = (bits: number, any: number) => `${dotted((bits & ~any) >>> 0)} ${dotted(any)}`;
        const far = text(other, otherLength === 32 ? 0 : 0xffffffff >>> otherLength);
        const rule = { protocol: "ip", from: text(one, wildcard), to: far, fromPort: "", toPort: "" };
        const changed = { ...rule, from: text((one ^ flip) >>> 0, wildcard) };
        expect(mirrors(list("A", [rule]), list("B", [mirror(changed)]))).toBe(false);
      }),
      { numRuns: 60 },
    );
  });
});

const policies = fc.array(
  fc.record({
    encryption: fc.constantFrom("3des", "aes", "aes 192", "aes 256"),
    hash: fc.constantFrom("md5", "sha", "sha256", "sha512"),
    auth: fc.constantFrom("pre-share", "pre-share", "rsa-sig"),
    group: fc.constantFrom(2, 5, 14, 19, 20),
  }),
  { minLength: 1, maxLength: 4 },
);
type Policies = typeof policies extends fc.Arbitrary<infer T> ? T : never;
const text = (items: Policies) =>
  items
    .map(
      ({ encryption, hash, auth, group }, index) =>
        `crypto isakmp policy ${(index + 1) * 10}\n encr ${encryption}\n hash ${hash}\n authentication ${auth}\n group ${group}\n`,
    )
    .join("");

describe("IKE policies", () => {
  it("have a pair exactly where two are equal, in whatever order and whichever end is local", () => {
    fc.assert(
      fc.property(policies, policies, (one, other) => {
        const name = (item: Policies[number]) => JSON.stringify(item);
        const isPair = one.some((item) => other.map(name).includes(name(item)));
        const answer = answerOf("ike-policies-have-a-pair", text(one), text(other));
        const usesCertificates = [one, other].every((items) => items.some(({ auth }) => auth === "rsa-sig"));
        expect(answer.is).toBe(isPair ? true : usesCertificates ? undefined : false);
        const reordered = answerOf("ike-policies-have-a-pair", text(one.toReversed()), text(other.toReversed()));
        expect([reordered.is, reordered.differs, reordered.side]).toEqual([answer.is, answer.differs, answer.side]);
        const swapped = answerOf("ike-policies-have-a-pair", text(other), text(one));
        expect(swapped.is).toBe(answer.is);
        expect(swapped.differs).toEqual(
          answer.differs?.map(({ attribute, local, remote }) => ({ attribute, local: remote, remote: local })),
        );
      }),
      { numRuns: 80 },
    );
  });

  it("differ as it says they do", () => {
    fc.assert(
      fc.property(policies, policies, (one, other) => {
        const answer = answerOf("ike-policies-have-a-pair", text(one), text(other));
        for (const { local, remote } of answer.differs ?? []) expect(local).not.toBe(remote);
        if (answer.is === false) expect(answer.differs?.length).toBeGreaterThan(0);
        const onlyAuth = answerOf("ike-pair-differs-only-in-auth", text(one), text(other));
        if (onlyAuth.is === true) expect(onlyAuth.differs?.map(({ attribute }) => attribute)).toEqual(["auth"]);
      }),
      { numRuns: 40 },
    );
  });
});

describe("keys", () => {
  const key = fc.stringMatching(/^[A-Za-z0-9]{8,16}$/);
  it("are different only where both were readable", () => {
    fc.assert(
      fc.property(key, key, fc.constantFrom("", "6 ", "masked"), (one, other, form) => {
        const far = form === "masked" ? "********" : `${form}${other}`;
        const answer = answerOf(
          "pre-shared-keys-are-equal",
          `crypto isakmp key ${one} address 198.51.100.9\n`,
          `crypto isakmp key ${far} address 192.0.2.1\n`,
        );
        expect(answer.is).toBe(form === "" ? one === other : undefined);
      }),
      { numRuns: 40 },
    );
  });
});

describe("any damage to the text", () => {
  const pieces = configuration(NEAR).split("\n");
  const swap = ({ is, side }: Answer) => ({
    is,
    side: side === "local" ? "remote" : side === "remote" ? "local" : side,
  });
  const without = (lines: readonly number[]) =>
    pieces.filter((_, index) => index === 0 || !lines.includes(index)).join("\n");

  it("answers mirror each other when the ends are swapped, and every answer shows a line", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(pieces.length), { maxLength: 12 }), (lines) => {
        const one = without(lines);
        const tunnel = tunnelOf(one, configuration(FAR));
        const swapped = tunnelOf(configuration(FAR), one);
        for (const question of Object.keys(COMPARISONS)) {
          const answer = ask(tunnel, question);
          if (answer.is !== undefined) expect(answer.evidence.length, question).toBeGreaterThan(0);
          if (/^(?:local|remote)-/.test(question)) continue;
          const other = ask(swapped, question);
          expect({ question, is: other.is, side: other.side }).toEqual({ question, ...swap(answer) });
        }
      }),
      { numRuns: 60 },
    );
  });

  it("a piece of a good configuration, cut anywhere, is no bad one", () => {
    const good = tunnelOf(configuration(NEAR), configuration(FAR));
    const expected = new Map(Object.keys(COMPARISONS).map((question) => [question, ask(good, question).is]));
    const line = fc.nat(pieces.length);
    fc.assert(
      fc.property(line, line, fc.boolean(), (from, to, keepsPrompt) => {
        const cut = pieces.slice(Math.min(from, to), Math.max(from, to));
        const one = keepsPrompt ? [pieces[0], ...cut].join("\n") : cut.join("\n");
        const tunnel = tunnelOf(one, configuration(FAR));
        for (const [question, is] of expected)
          if (is !== undefined) expect([question, ask(tunnel, question).is]).not.toEqual([question, !is]);
      }),
      { numRuns: 200 },
    );
  });
});
