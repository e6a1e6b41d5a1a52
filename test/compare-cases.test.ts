import { describe, expect, it } from "vitest";
import { answerOf, configuration, FAR, NEAR, told } from "./compare-ends.ts";

const swapIn = (from: string | RegExp, to: string) => (text: string) => text.replace(from, to);

describe("modes", () => {
  const transport = swapIn(" mode tunnel", " mode transport");
  const betweenEnds = (text: string) =>
    text
      .replace(/TO-FAR\n permit ip 10.*/, "TO-FAR\n permit gre host 192.0.2.1 host 198.51.100.9")
      .replace(/TO-FAR\n permit ip 172.*/, "TO-FAR\n permit gre host 198.51.100.9 host 192.0.2.1");
  it("fall back to tunnel where the flow is not between the endpoints", () => {
    expect(answerOf("ipsec-modes-agree", configuration(NEAR, transport), configuration(FAR)).is).toBe(true);
  });
  it("matter between the endpoints", () => {
    const near = configuration(NEAR, (text) => betweenEnds(transport(text)));
    const answer = answerOf("ipsec-modes-agree", near, configuration(FAR, betweenEnds));
    expect(answer).toMatchObject({ is: false, differs: [{ attribute: "mode", local: "transport", remote: "tunnel" }] });
    expect(
      answerOf(
        "ipsec-modes-agree",
        near,
        configuration(FAR, (text) => betweenEnds(transport(text))),
      ).is,
    ).toBe(true);
  });
});

describe("lifetimes", () => {
  it("are told where they are shown, of the entry or for all", () => {
    const entry = swapIn(" match address", " set security-association lifetime seconds 1800\n match address");
    const global = swapIn(
      "crypto map VPN 10",
      "crypto ipsec security-association lifetime seconds 3600\ncrypto map VPN 10",
    );
    const answer = answerOf("lifetimes-agree", configuration(NEAR, entry), configuration(FAR, global));
    expect(answer).toMatchObject({
      is: false,
      differs: [{ attribute: "lifetime", local: "1800 s", remote: "3600 s" }],
    });
    expect(answerOf("lifetimes-agree", configuration(NEAR, entry), configuration(FAR)).is).toBeUndefined();
    const ike = swapIn(" group 14\n", " group 14\n lifetime 28800\n");
    expect(answerOf("ike-lifetimes-agree", configuration(NEAR), configuration(FAR, ike)).differs).toEqual([
      { attribute: "lifetime", local: "86400s", remote: "28800s" },
    ]);
    expect(answerOf("ike-policies-have-a-pair", configuration(NEAR), configuration(FAR, ike)).is).toBe(true);
  });
});

describe("keys", () => {
  const question = "pre-shared-keys-are-equal";
  const with_ = (lines: string) => swapIn(/crypto isakmp key.*\n/, lines);
  it("the most specific wins", () => {
    const far = with_(
      "crypto isakmp key Anybody99 address 0.0.0.0\ncrypto isakmp key TopSecret1 address 192.0.2.0 255.255.255.0\n",
    );
    expect(answerOf(question, configuration(NEAR), configuration(FAR, far)).is).toBe(true);
    const narrower = with_(
      "crypto isakmp key TopSecret1 address 192.0.2.0 255.255.255.0\ncrypto isakmp key Narrow777 address 192.0.2.1\n",
    );
    const answer = answerOf(question, configuration(NEAR), configuration(FAR, narrower));
    expect(answer.is).toBe(false);
    expect(told(answer)).toContain("remote: crypto isakmp key <secret> address 192.0.2.1");
  });
  it("the profile of the entry names the keyring", () => {
    const far = (key: string) => (text: string) =>
      with_(`crypto isakmp key Global555 address 192.0.2.1
crypto keyring RING
  pre-shared-key address 192.0.2.1 key ${key}
crypto isakmp profile P
 keyring RING
 match identity address 192.0.2.1 255.255.255.255
`)(text).replace(" match address", " set isakmp-profile P\n match address");
    expect(answerOf(question, configuration(NEAR), configuration(FAR, far("TopSecret1"))).is).toBe(true);
    expect(answerOf(question, configuration(NEAR), configuration(FAR, far("Another22"))).is).toBe(false);
  });
  it("a wildcard key is a key", () => {
    const far = configuration(FAR, with_("crypto isakmp key TopSecret1 address 0.0.0.0 0.0.0.0\n"));
    expect(answerOf("pre-shared-key-exists-for-peer", configuration(NEAR), far).is).toBe(true);
    expect(answerOf(question, configuration(NEAR), far).is).toBe(true);
  });
});

describe("phase 1 mode and identity", () => {
  const profile = (lines: string) => (text: string) =>
    text
      .replace("!\ncrypto ipsec", `crypto isakmp profile P\n${lines}!\ncrypto ipsec`)
      .replace(" match address", " set isakmp-profile P\n match address");
  it("aggressive mode against an end that has it off", () => {
    const near = configuration(
      NEAR,
      profile(" match identity address 198.51.100.9 255.255.255.255\n initiate mode aggressive\n"),
    );
    const off = configuration(FAR, swapIn("!\ncrypto ipsec", "crypto isakmp aggressive-mode disable\n!\ncrypto ipsec"));
    expect(answerOf("ike-modes-agree", near, off)).toMatchObject({ is: false, side: "local" });
    expect(answerOf("ike-modes-agree", off, near)).toMatchObject({ is: false, side: "remote" });
    expect(answerOf("ike-modes-agree", near, configuration(FAR)).is).toBeUndefined();
  });
  it("aggressive mode by the peer's own block, which is no main mode and whose password is the key", () => {
    const block = (heading: string, lines: string) =>
      configuration(NEAR, swapIn("!\ncrypto ipsec", `crypto isakmp peer ${heading}\n${lines}!\ncrypto ipsec`));
    const both =
      " set aggressive-mode password Qx71Brine\n set aggressive-mode client-endpoint user-fqdn a@example.net\n";
    const off = configuration(FAR, swapIn("!\ncrypto ipsec", "crypto isakmp aggressive-mode disable\n!\ncrypto ipsec"));
    const begins = answerOf("ike-modes-agree", block("address 198.51.100.9", both), off);
    expect(begins).toMatchObject({ is: false, side: "local" });
    expect(told(begins).join("\n")).not.toContain("Qx71Brine");
    expect(answerOf("ike-modes-agree", off, block("address 198.51.100.9", both))).toMatchObject({ side: "remote" });
    expect(answerOf("ike-modes-agree", block("address 198.51.100.9", both), configuration(FAR)).is).toBeUndefined();
    expect(answerOf("ike-modes-agree", block("hostname b.example.net", both), off).is).toBeUndefined();
    expect(answerOf("ike-modes-agree", block("address 198.51.100.77", both), off).is).toBe(true);
    expect(answerOf("ike-modes-agree", block("address 198.51.100.9", " description far end\n"), off).is).toBe(true);
    expect(answerOf("pre-shared-keys-are-equal", block("address 198.51.100.9", both), off).is).toBeUndefined();
    expect(answerOf("pre-shared-keys-are-equal", block("address 198.51.100.77", both), off).is).toBe(true);
  });
  it("the identity that the peer showed", () => {
    const peers = `EDGE-A#show crypto isakmp peers
Peer: 198.51.100.9 Port: 4500 Local: 192.0.2.1
 Phase1 id: 10.77.0.2
`;
    const near = (match: string) => configuration(NEAR, profile(` match identity ${match}\n`)) + peers;
    const question = "local-ike-identity-matches-profile";
    expect(answerOf(question, near("address 198.51.100.9 255.255.255.255"), "")).toMatchObject({
      is: false,
      differs: [{ attribute: "identity", remote: "address 10.77.0.2" }],
    });
    expect(answerOf(question, near("address 10.77.0.0 255.255.0.0"), "").is).toBe(true);
    expect(answerOf(question, near("host edge.example.net"), "").is).toBeUndefined();
  });
});

describe("crypto ACLs of several entries", () => {
  const near = swapIn(
    /TO-FAR\n permit .*/,
    `TO-FAR
 permit ip 10.20.0.0 0.0.255.255 172.16.5.0 0.0.0.255
 permit ip 10.20.7.0 0.0.0.255 172.16.5.0 0.0.0.255
 permit ip 10.99.0.0 0.0.255.255 any log`,
  );
  it("a shadowed entry is not missed, and the order does not matter", () => {
    const far = swapIn(
      /TO-FAR\n permit .*/,
      `TO-FAR
 permit ip any 10.99.0.0 0.0.255.255
 permit ip 172.16.5.0 0.0.0.255 10.20.0.0 0.0.255.255`,
    );
    expect(answerOf("crypto-acls-are-mirrors", configuration(NEAR, near), configuration(FAR, far)).is).toBe(true);
  });
  it("the entry without mirror is shown, and the others are common", () => {
    const answer = answerOf("crypto-acls-are-mirrors", configuration(NEAR, near), configuration(FAR));
    expect(answer.is).toBe(false);
    expect(told(answer)).toContain("local: permit ip 10.99.0.0 0.0.255.255 any log");
    expect(told(answer).filter((line) => line.startsWith("local"))).toHaveLength(1);
    expect(answerOf("crypto-acls-share-a-flow", configuration(NEAR, near), configuration(FAR)).is).toBe(true);
  });
  it("equal denies in equal order are no harm", () => {
    const denied = swapIn("TO-FAR\n permit", "TO-FAR\n deny ip host 10.20.0.9 any\n permit");
    const mirrored = swapIn("TO-FAR\n permit", "TO-FAR\n deny ip any host 10.20.0.9\n permit");
    expect(answerOf("crypto-acls-are-mirrors", configuration(NEAR, denied), configuration(FAR, mirrored)).is).toBe(
      true,
    );
    expect(answerOf("crypto-acls-are-mirrors", configuration(NEAR, denied), configuration(FAR)).is).toBeUndefined();
  });
  it("interfaces tell whose network is wrong", () => {
    const wrongOwn = swapIn(
      "permit ip 172.16.5.0 0.0.0.255 10.20.0.0 0.0.255.255\n!",
      "permit ip 172.16.6.0 0.0.0.255 10.20.0.0 0.0.255.255\n!",
    );
    expect(answerOf("crypto-acls-are-mirrors", configuration(NEAR), configuration(FAR, wrongOwn)).side).toBe("remote");
  });
});

describe("crypto map", () => {
  const shown = (tail: string) => `EDGE-A#show crypto map
Crypto Map "VPN" 10 ipsec-isakmp
	Peer = 198.51.100.9
	Extended IP access list TO-FAR
	    access-list TO-FAR permit ip 10.20.0.0 0.0.255.255 172.16.5.0 0.0.0.255
	Current peer: 198.51.100.9
	Security association lifetime: 4608000 kilobytes/3600 seconds
	PFS (Y/N): N
	Transform sets={
		STRONG,
	}
	Interfaces using crypto map VPN:
${tail}
EDGE-A#
`;
  it("is applied or not as its output says", () => {
    expect(answerOf("local-map-is-applied", shown(""), "").is).toBe(false);
    expect(answerOf("local-map-is-applied", shown("		GigabitEthernet0/0"), "").is).toBe(true);
    expect(answerOf("local-map-is-applied", shown("") + shown("		GigabitEthernet0/0"), "").is).toBe(true);
  });
  it("ACL printed in it is compared, and PFS", () => {
    const near = shown("		GigabitEthernet0/0");
    expect(answerOf("crypto-acls-are-mirrors", near, configuration(FAR)).is).toBe(true);
    expect(answerOf("pfs-agrees", near, configuration(FAR))).toMatchObject({
      is: false,
      side: "local",
      differs: [{ attribute: "pfs", local: "off", remote: "group14" }],
    });
  });
  it("names an ACL that is not there", () => {
    const missing = "EDGE-A#show access-lists TO-FAR\nEDGE-A#\n";
    const named = shown("").replace(/.*access-list TO-FAR permit.*\n/, "");
    expect(answerOf("local-crypto-acl-exists", named + missing, "").is).toBe(false);
    expect(answerOf("local-crypto-acl-exists", named + missing.replace("TO-FAR", "To-Far"), "").is).toBeUndefined();
  });
  it("has an entry for the peer or not", () => {
    const far = swapIn("set peer 192.0.2.1", "set peer 203.0.113.200");
    const two = (text: string) =>
      far(text).replace(
        "crypto map VPN 10",
        "crypto map VPN 20 ipsec-isakmp\n set peer 203.0.113.9\n match address X\ncrypto map VPN 10",
      );
    const answer = answerOf("map-entry-exists-for-peer", configuration(NEAR), configuration(FAR, two));
    expect([answer.is, answer.side]).toEqual([false, "remote"]);
  });
});

describe("routes", () => {
  const question = "route-to-protected-network-exists";
  it.each([
    [
      "to Null0",
      'EDGE-B#show ip route 10.20.3.4\nRouting entry for 10.20.0.0/16\n  Known via "static", distance 1, metric 0 (connected)\n  Routing Descriptor Blocks:\n  * directly connected, via Null0\n      Route metric is 0, traffic share count is 1\n',
      false,
    ],
    [
      "inwards",
      'EDGE-B#show ip route 10.20.3.4\nRouting entry for 10.20.0.0/16\n  Known via "ospf 1", distance 110, metric 20\n  Routing Descriptor Blocks:\n  * 172.16.5.7, from 172.16.5.7, 00:10:11 ago, via GigabitEthernet0/1\n      Route metric is 20, traffic share count is 1\n',
      false,
    ],
    [
      "outwards",
      'EDGE-B#show ip route 10.20.3.4\nRouting entry for 10.20.0.0/16\n  Known via "static", distance 1, metric 0\n  Routing Descriptor Blocks:\n  * 198.51.100.254\n      Route metric is 0, traffic share count is 1\n',
      true,
    ],
    ["by a network that is not the far one", "EDGE-B#show ip route 10.55.3.4\n% Subnet not in table\n", true],
  ])("%s", (_, output, is) => {
    const answer = answerOf(question, configuration(NEAR), configuration(FAR) + output);
    expect([answer.is, answer.side]).toEqual([is, is ? "both" : "remote"]);
  });
  it("by reverse route injection", () => {
    const bare = (text: string) => text.replace(/ip route 0.*\n/, "");
    const injected = swapIn(" match address", " reverse-route static\n match address");
    expect(answerOf(question, configuration(NEAR), configuration(FAR, bare)).is).toBeUndefined();
    expect(
      answerOf(
        question,
        configuration(NEAR),
        configuration(FAR, (text) => injected(bare(text))),
      ).is,
    ).toBe(true);
  });
});

describe("NAT and filters", () => {
  it("a translation of a protected host towards the far network", () => {
    const table = (inside: string, outside: string) => `EDGE-B#show ip nat translations
Pro Inside global      Inside local       Outside local      Outside global
tcp 198.51.100.9:4100  ${inside}:4100   ${outside}:443   ${outside}:443
`;
    const question = "nat-takes-the-traffic";
    const far = configuration(FAR);
    expect(answerOf(question, configuration(NEAR), far + table("172.16.5.20", "10.20.1.1"))).toMatchObject({
      is: true,
      side: "remote",
    });
    expect(answerOf(question, configuration(NEAR), far + table("172.16.5.20", "203.0.113.80")).is).toBe(false);
  });
  it("a filter without UDP 500", () => {
    const closed = swapIn(/ permit udp host .* eq isakmp\n/, "");
    const answer = answerOf("interface-acl-blocks-ipsec", configuration(NEAR), configuration(FAR, closed));
    expect(answer).toMatchObject({ is: true, side: "remote" });
    expect(told(answer)).toContain("remote: ip access-group OUTSIDE-IN in");
    const open = swapIn(/ permit udp host .* eq isakmp\n/, " permit udp any any range 400 5000\n");
    expect(answerOf("interface-acl-blocks-ipsec", configuration(NEAR), configuration(FAR, open)).is).toBe(false);
  });
});

describe("the two networks and the algorithms", () => {
  it("are the same network", () => {
    const same = (text: string) => text.replaceAll("172.16.5.0 0.0.0.255", "10.20.0.0 0.0.255.255");
    const answer = answerOf("protected-networks-overlap", configuration(NEAR, same), configuration(FAR, same));
    expect([answer.is, answer.side]).toEqual([true, "both"]);
  });
  it("are weak, with what and where", () => {
    const weak = (text: string) => text.replace("encr aes 256", "encr 3des").replace("esp-sha256-hmac", "esp-md5-hmac");
    const answer = answerOf("weak-crypto-in-use", configuration(NEAR), configuration(FAR, weak));
    expect(answer).toMatchObject({ is: true, side: "remote" });
    expect(answer.differs).toEqual([
      { attribute: "encryption", local: "-", remote: "3des" },
      { attribute: "integrity", local: "-", remote: "md5" },
    ]);
  });
  it("DPD on one end only", () => {
    const on = swapIn("!\ncrypto ipsec", "crypto isakmp keepalive 10 3 periodic\n!\ncrypto ipsec");
    expect(answerOf("dpd-on-both-ends", configuration(NEAR, on), configuration(FAR, on)).is).toBe(true);
    expect(answerOf("dpd-on-both-ends", configuration(NEAR, on), configuration(FAR))).toMatchObject({
      is: false,
      side: "remote",
    });
  });
});

it("compares an IPv6 tunnel", () => {
  const end = (host: string, own: string, peer: string, lan: string, far: string) => `hostname ${host}
crypto isakmp key Sixth666 address ipv6 ${peer}/128
crypto map ipv6 SIX 10 ipsec-isakmp
 set peer ${peer}
 match address TO-FAR
interface GigabitEthernet0/0
 ipv6 address ${own}/64
 ipv6 crypto map SIX
ipv6 access-list TO-FAR
 permit ipv6 ${lan} ${far}
`;
  const [a, b] = ["2001:db8:a::1", "2001:DB8:B:0::1"];
  const near = end("A6", a, b, "2001:db8:1::/48", "2001:db8:2::/48");
  const far = end("B6", "2001:db8:b::1", a, "2001:db8:2::/48", "2001:DB8:1::/48");
  expect(answerOf("crypto-acls-are-mirrors", near, far).is).toBe(true);
  expect(answerOf("pre-shared-keys-are-equal", near, far).is).toBe(true);
  expect(answerOf("peers-point-at-each-other", near, far).is).toBe(true);
  expect(answerOf("crypto-acls-are-mirrors", near, far.replace("2001:DB8:1::/48\n", "2001:DB8:3::/48\n")).is).toBe(
    false,
  );
});
