import { describe, expect, it } from "vitest";
import { COMPARISONS } from "../src/tunnel/compare/index.ts";
import { compareEnds } from "../src/tunnel/compare/table.ts";
import { answerOf, ask, configuration, FAR, NEAR, told, tunnelOf } from "./compare-ends.ts";

const GOOD: Readonly<Record<string, boolean>> = {
  "ike-policies-have-a-pair": true,
  "pre-shared-keys-are-equal": true,
  "pre-shared-key-exists-for-peer": true,
  "transform-sets-have-a-pair": true,
  "ipsec-modes-agree": true,
  "pfs-agrees": true,
  "ike-lifetimes-agree": true,
  "crypto-acls-are-mirrors": true,
  "crypto-acls-share-a-flow": true,
  "crypto-acl-exists": true,
  "netmask-in-wildcard-place": false,
  "peers-point-at-each-other": true,
  "map-entry-exists-for-peer": true,
  "map-entry-is-complete": true,
  "map-is-applied": true,
  "lower-entry-steals-flow": false,
  "ike-modes-agree": true,
  "route-to-protected-network-exists": true,
  "nat-takes-the-traffic": false,
  "interface-acl-blocks-ipsec": false,
  "protected-networks-overlap": false,
  "weak-crypto-in-use": false,
};

describe("two whole configurations that agree", () => {
  const tunnel = tunnelOf(configuration(NEAR), configuration(FAR));
  it.each(Object.entries(GOOD))("%s: %s", (question, is) => {
    const answer = ask(tunnel, question);
    expect(answer.is).toBe(is);
    expect(answer.evidence.length).toBeGreaterThan(0);
  });

  it("have no row that differs", () => {
    const rows = compareEnds(tunnel);
    expect(rows.filter(({ verdict }) => verdict !== "same")).toEqual([]);
    expect(rows.map(({ attribute }) => attribute)).toContain("NAT");
  });

  it("show lines that exist, and no key", () => {
    for (const question of Object.keys(COMPARISONS))
      for (const { text } of ask(tunnel, question).evidence) {
        expect(text).not.toBe("");
        expect(text).not.toContain("TopSecret1");
      }
  });
});

it("knows nothing from nothing, and from one end only what one end can tell", () => {
  for (const question of Object.keys(COMPARISONS)) {
    expect(answerOf(question, "", "").is).toBeUndefined();
    const alone = answerOf(question, configuration(NEAR), "");
    if (alone.is !== undefined)
      expect(`${question} ${alone.is}`).toMatch(
        /^local-|^protected-networks-overlap false|^dpd-on-both-ends false|^end-only-answers false/,
      );
  }
});

interface Fault {
  readonly name: string;
  readonly question: string;
  readonly is: boolean;
  readonly change: (text: string) => string;
  readonly side?: string;
  readonly differs?: readonly unknown[];
  readonly line: string;
}
const FAULTS: readonly Fault[] = [
  {
    name: "another cipher",
    question: "ike-policies-have-a-pair",
    is: false,
    change: (text) => text.replace("encr aes 256", "encr 3des"),
    side: "remote",
    differs: [{ attribute: "encryption", local: "aes-256", remote: "3des" }],
    line: "remote: encr 3des",
  },
  {
    name: "no method written in a whole configuration",
    question: "ike-pair-differs-only-in-auth",
    is: true,
    change: (text) => text.replace(" authentication pre-share\n", ""),
    side: "both",
    differs: [{ attribute: "auth", local: "psk", remote: "rsa-sig" }],
    line: "local: authentication pre-share",
  },
  {
    name: "another group",
    question: "ike-pair-differs-only-in-group",
    is: true,
    change: (text) => text.replace(" group 14\n", " group 19\n"),
    side: "local",
    differs: [{ attribute: "dh-group", local: "14", remote: "19" }],
    line: "remote: group 19",
  },
  {
    name: "another key",
    question: "pre-shared-keys-are-equal",
    is: false,
    change: (text) => text.replace("TopSecret1", "TopSecret2"),
    side: "both",
    line: "remote: crypto isakmp key <secret> address 192.0.2.1",
  },
  {
    name: "a key for somebody else",
    question: "pre-shared-key-exists-for-peer",
    is: false,
    change: (text) => text.replace("TopSecret1 address 192.0.2.1", "TopSecret1 address 203.0.113.77"),
    side: "remote",
    line: "remote: set peer 192.0.2.1",
  },
  {
    name: "another transform",
    question: "transform-sets-have-a-pair",
    is: false,
    change: (text) => text.replace("esp-aes 256 esp-sha256-hmac", "esp-aes esp-sha-hmac"),
    side: "remote",
    differs: [
      { attribute: "encryption", local: "aes-256", remote: "aes-128" },
      { attribute: "integrity", local: "sha256", remote: "sha1" },
    ],
    line: "remote: crypto ipsec transform-set STRONG esp-aes esp-sha-hmac",
  },
  {
    name: "no PFS",
    question: "pfs-agrees",
    is: false,
    change: (text) => text.replace(" set pfs group14\n", ""),
    side: "remote",
    differs: [{ attribute: "pfs", local: "group14", remote: "off" }],
    line: "local: set pfs group14",
  },
  {
    name: "another far network",
    question: "crypto-acls-are-mirrors",
    is: false,
    change: (text) =>
      text.replace(
        "permit ip 172.16.5.0 0.0.0.255 10.20.0.0 0.0.255.255",
        "permit ip 172.16.5.0 0.0.0.255 10.21.0.0 0.0.255.255",
      ),
    side: "remote",
    differs: [{ attribute: "local-network", local: "10.20.0.0/16", remote: "10.21.0.0/16" }],
    line: "remote: permit ip 172.16.5.0 0.0.0.255 10.21.0.0 0.0.255.255",
  },
  {
    name: "a netmask",
    question: "netmask-in-wildcard-place",
    is: true,
    change: (text) => text.replace("permit ip 172.16.5.0 0.0.0.255 10.20", "permit ip 172.16.5.0 255.255.255.0 10.20"),
    side: "remote",
    line: "remote: permit ip 172.16.5.0 255.255.255.0 10.20.0.0 0.0.255.255",
  },
  {
    name: "an ACL of another spelling",
    question: "crypto-acl-exists",
    is: false,
    change: (text) => text.replace("match address TO-FAR", "match address TO-Far"),
    side: "remote",
    line: "remote: match address TO-Far",
  },
  {
    name: "another peer",
    question: "peers-point-at-each-other",
    is: false,
    change: (text) => text.replace("set peer 192.0.2.1", "set peer 192.0.2.7"),
    side: "remote",
    differs: [{ attribute: "peer", local: "192.0.2.1", remote: "192.0.2.7" }],
    line: "remote: set peer 192.0.2.7",
  },
  {
    name: "an entry without ACL",
    question: "map-entry-is-complete",
    is: false,
    change: (text) => text.replace(" match address TO-FAR\n", ""),
    side: "remote",
    line: "remote: crypto map VPN 10 ipsec-isakmp",
  },
  {
    name: "a map that is not applied",
    question: "map-is-applied",
    is: false,
    change: (text) => text.replace(" crypto map VPN\n", ""),
    side: "remote",
    line: "remote: crypto map VPN 10 ipsec-isakmp",
  },
  {
    name: "a map on the wrong interface",
    question: "map-is-applied",
    is: false,
    change: (text) =>
      text.replace(" crypto map VPN\n", "").replace(" ip nat inside\n", " ip nat inside\n crypto map VPN\n"),
    side: "remote",
    line: "remote: ip address 198.51.100.9 255.255.255.0",
  },
  {
    name: "a broad entry in front",
    question: "lower-entry-steals-flow",
    is: true,
    change: (text) =>
      text
        .replace(
          "crypto map VPN 10 ",
          "crypto map VPN 5 ipsec-isakmp\n set peer 203.0.113.5\n set transform-set STRONG\n match address BROAD\ncrypto map VPN 10 ",
        )
        .replace(
          "ip access-list extended NAT",
          "ip access-list extended BROAD\n permit ip any 10.0.0.0 0.255.255.255\nip access-list extended NAT",
        ),
    side: "remote",
    line: "remote: permit ip any 10.0.0.0 0.255.255.255",
  },
  {
    name: "NAT without exemption",
    question: "nat-takes-the-traffic",
    is: true,
    change: (text) => text.replace(/ deny ip 172.*\n/, ""),
    side: "remote",
    line: "remote: permit ip 172.16.5.0 0.0.0.255 any",
  },
  {
    name: "a filter without ESP",
    question: "interface-acl-blocks-ipsec",
    is: true,
    change: (text) => text.replace(/ permit esp.*\n/, ""),
    side: "remote",
    line: "remote: deny ip any any log",
  },
];

describe("one fault in an otherwise good pair", () => {
  it.each(FAULTS)("$name", ({ question, is, change, side, differs, line }) => {
    const answer = answerOf(question, configuration(NEAR), configuration(FAR, change));
    expect(answer.is).toBe(is);
    expect(answer.side).toBe(side);
    if (differs) expect(answer.differs).toEqual(differs);
    expect(told(answer)).toContain(line);
  });

  it.each(FAULTS)("$name, seen from the other end", ({ question, is, change, side, differs }) => {
    const answer = answerOf(question, configuration(FAR, change), configuration(NEAR));
    const swapped = (differs ?? []).map((item) => {
      const { attribute, local, remote } = item as { attribute: string; local: string; remote: string };
      const name = attribute.replace(/^(local|remote)-/, (word) => (word === "local-" ? "remote-" : "local-"));
      return { attribute: name, local: remote, remote: local };
    });
    expect(answer.is).toBe(is);
    expect(answer.side).toBe(side === "local" ? "remote" : side === "remote" ? "local" : side);
    if (differs) expect(answer.differs).toEqual(swapped);
  });

  it.each(FAULTS)("$name: no other comparison is spoiled by more than it has to do with it", ({ change }) => {
    const tunnel = tunnelOf(configuration(NEAR), configuration(FAR, change));
    const bad = Object.entries(GOOD).filter(([question, is]) => ask(tunnel, question).is === !is);
    expect(bad.length).toBeGreaterThan(0);
    expect(bad.length).toBeLessThanOrEqual(3);
  });
});
