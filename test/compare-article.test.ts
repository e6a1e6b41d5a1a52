import { expect, it } from "vitest";
import { networkFromPrefix } from "../src/domain/network.ts";
import type { ReadPaste } from "../src/domain/output.ts";
import type { Attempt } from "../src/domain/readings/log.ts";
import { compareEnds } from "../src/tunnel/compare/table.ts";
import { type Tunnel, viewTunnel } from "../src/tunnel/tunnel.ts";
import { answerOf, ask, told, tunnelOf } from "./compare-ends.ts";

const HUB_POLICY = `HUB# sh crypto isakmp policy

Global IKE policy
Protection suite of priority 10
        encryption algorithm:   AES - Advanced Encryption Standard (128 bit keys).
        hash algorithm:         Secure Hash Standard
        authentication method:  Pre-Shared Key
        Diffie-Hellman group:   #2 (1024 bit)
        lifetime:               7200 seconds, no volume limit
Default protection suite
        encryption algorithm:   DES - Data Encryption Standard (56 bit keys).
        hash algorithm:         Secure Hash Standard
        authentication method:  Rivest-Shamir-Adleman Signature
        Diffie-Hellman group:   #1 (768 bit)
        lifetime:               86400 seconds, no volume limit
`;
const policy = (encryption: string) => `crypto isakmp policy 10
 encr ${encryption}
 authentication pre-share
 group 2
 lifetime 7200
`;

it.each([HUB_POLICY, policy("aes")])("1a: the only policies differ in encryption", (hub) => {
  const answer = answerOf("ike-policies-have-a-pair", hub, policy("3des"));
  expect(answer).toMatchObject({
    is: false,
    side: "remote",
    differs: [{ attribute: "encryption", local: "aes-128", remote: "3des" }],
  });
  expect(told(answer)).toContain("remote: encr 3des");
  expect(answerOf("ike-pair-differs-only-in-auth", hub, policy("3des")).is).toBe(false);
});

it("1a: equal default suites are no pair where neither end has certificates", () => {
  const far = HUB_POLICY.replace("HUB#", "SPOKE#").replace(
    "AES - Advanced Encryption Standard (128 bit keys).",
    "DES - Data Encryption Standard (56 bit keys).",
  );
  expect(answerOf("ike-policies-have-a-pair", HUB_POLICY, far).is).toBe(false);
});

const keyring = (name: string, address: string, key: string) => `crypto keyring ${name}
  pre-shared-key address ${address} key ${key}
`;

it("1b: the keys differ", () => {
  const answer = answerOf(
    "pre-shared-keys-are-equal",
    keyring("SPOKES", "40.10.1.1", "cisco"),
    keyring("HUB", "30.3.1.1", "cisco123"),
  );
  expect(answer.is).toBe(false);
  expect(told(answer).join()).not.toContain("cisco");
  const equal = answerOf(
    "pre-shared-keys-are-equal",
    keyring("SPOKES", "40.10.1.1", "cisco"),
    keyring("HUB", "30.3.1.1", "cisco"),
  );
  expect(equal.is).toBe(true);
});

it("2a: the transform sets differ", () => {
  const hub = `HUB# sh cry ips transform-set
Transform set TS: { esp-aes esp-sha-hmac }
   will negotiate = { Tunnel,  },
`;
  const answer = answerOf("transform-sets-have-a-pair", hub, "crypto ipsec transform-set TS esp-3des esp-sha-hmac\n");
  expect(answer).toMatchObject({ is: false, differs: [{ attribute: "encryption", local: "aes-128", remote: "3des" }] });
  expect(told(answer)).toHaveLength(2);
});

const spokeAcl = `ip access-list extended HUB-ACL
 permit ip 4.1.1.0 0.0.0.255 3.1.1.0 0.0.0.255
`;

it.each([
  `HUB# sh access-list SPOKE10-ACL
Extended IP access list SPOKE10-ACL
    10 permit ip 3.1.1.0 0.0.0.255 5.1.1.0 0.0.0.255
HUB#
`,
  "ip access-list extended SPOKE10-ACL\n permit ip 3.1.1.0 0.0.0.255 5.1.1.0 0.0.0.255\n",
])("2b: the crypto ACLs, without any map, are no mirrors", (hub) => {
  const answer = answerOf("crypto-acls-are-mirrors", hub, spokeAcl);
  expect(answer).toMatchObject({
    is: false,
    side: "local",
    differs: [{ attribute: "remote-network", local: "5.1.1.0/24", remote: "4.1.1.0/24" }],
  });
  expect(told(answer)).toHaveLength(2);
  expect(answerOf("crypto-acls-are-mirrors", hub.replace("5.1.1.0", "4.1.1.0"), spokeAcl).is).toBe(true);
});

const hubSas = `HUB# sh crypto ipsec sa peer 40.10.1.1

interface: GigabitEthernet0/1
    Crypto map tag: CMAP, local addr 30.3.1.1

   protected vrf: (none)
   local  ident (addr/mask/prot/port): (3.1.1.0/255.255.255.0/0/0)
   remote ident (addr/mask/prot/port): (4.1.1.0/255.255.255.0/0/0)
   current_peer 40.10.1.1 port 500
     PERMIT, flags={origin_is_acl,}
    #pkts encaps: 0, #pkts encrypt: 0, #pkts digest: 0
    #pkts decaps: 9949, #pkts decrypt: 9949, #pkts verify: 9949

     local crypto endpt.: 30.3.1.1, remote crypto endpt.: 40.10.1.1
     path mtu 1500, ip mtu 1500, ip mtu idb GigabitEthernet0/1
     current outbound spi: 0xF6278D63(4129787235)

     inbound esp sas:
      spi: 0x16C58DD4(382045652)
        transform: esp-3des esp-sha-hmac ,
        in use settings ={Tunnel, }

     outbound esp sas:
      spi: 0xF6278D63(4129787235)
        transform: esp-3des esp-sha-hmac ,
        in use settings ={Tunnel, }
`;
const noRoute = `HUB# sh ip route 4.1.1.1
% Network not in table
`;
const cefDrops = `HUB# sh ip cef 4.1.1.1
0.0.0.0/0, version 80, epoch 0, attached, default route handler
0 packets, 0 bytes
  via 0.0.0.0, 0 dependencies
    valid no route adjacency
`;
const route = `HUB# sh ip route 4.1.1.1
Routing entry for 4.1.1.0/24
  Known via "static", distance 1, metric 0
  Routing Descriptor Blocks:
  * 40.10.1.1
      Route metric is 0, traffic share count is 1
`;
const cefForwards = `HUB# sh ip cef 4.1.1.1
4.1.1.0/24, version 83, epoch 0, cached adjacency 30.3.1.2
0 packets, 0 bytes
  via 40.10.1.1, 0 dependencies, recursive
    next hop 30.3.1.2, GigabitEthernet0/1 via 40.0.0.0/8
    valid cached adjacency
`;

it("part 2: CEF drops; the routing table alone proves nothing; after the fix there is a route", () => {
  const question = "local-route-to-protected-network-exists";
  const broken = answerOf(question, hubSas + noRoute + cefDrops, "");
  expect(broken).toMatchObject({ is: false, side: "local" });
  expect(told(broken)).toContain("local: % Network not in table");
  expect(answerOf(question, hubSas + noRoute, "").is).toBeUndefined();
  expect(answerOf("local-route-is-not-in-table", hubSas + noRoute, "").is).toBe(true);
  expect(answerOf(question, hubSas + noRoute + cefDrops + route + cefForwards, "").is).toBe(true);
  expect(answerOf("local-route-is-not-in-table", hubSas + noRoute + route, "").is).toBe(false);
  expect(answerOf(question, hubSas + route + noRoute, "").is).toBeUndefined();
});

it("part 2: SPIs cross when each end sends with what the other receives with", () => {
  const sas = (
    host: string,
    ends: readonly [string, string],
    lans: readonly [string, string],
    spis: readonly [string, string],
  ) => `${host}# show crypto ipsec sa
interface: GigabitEthernet0/1
    Crypto map tag: CMAP, local addr ${ends[0]}

   local  ident (addr/mask/prot/port): (${lans[0]}/255.255.255.0/0/0)
   remote ident (addr/mask/prot/port): (${lans[1]}/255.255.255.0/0/0)
   current_peer ${ends[1]} port 500
     PERMIT, flags={origin_is_acl,}

     local crypto endpt.: ${ends[0]}, remote crypto endpt.: ${ends[1]}
     current outbound spi: ${spis[1]}(1)

     inbound esp sas:
      spi: ${spis[0]}(1)
        transform: esp-aes esp-sha-hmac ,

     outbound esp sas:
      spi: ${spis[1]}(1)
        transform: esp-aes esp-sha-hmac ,
`;
  const near = sas("HUB", ["30.3.1.1", "40.10.1.1"], ["3.1.1.0", "4.1.1.0"], ["0x16C58DD4", "0xF6278D63"]);
  const far = (spis: readonly [string, string]) =>
    sas("SPOKE", ["40.10.1.1", "30.3.1.1"], ["4.1.1.0", "3.1.1.0"], spis);
  expect(answerOf("spis-cross", near, far(["0xF6278D63", "0x16C58DD4"])).is).toBe(true);
  expect(answerOf("spis-cross", near, far(["0xF6278D63", "0xA1"])).is).toBeUndefined();
  expect(answerOf("spis-cross", near, far(["0xA0", "0xA1"])).is).toBe(false);
  expect(answerOf("spis-cross", near, far(["0x0", "0x0"])).is).toBeUndefined();
  expect(answerOf("crypto-acls-are-mirrors", near, far(["0xA0", "0xA1"])).is).toBe(true);
  const other = sas("SPOKE", ["40.10.1.1", "30.3.1.1"], ["5.1.1.0", "3.1.1.0"], ["0x0", "0x0"]);
  expect(answerOf("crypto-acls-are-mirrors", near, other)).toMatchObject({
    is: false,
    differs: [{ attribute: "remote-network", local: "4.1.1.0/24", remote: "5.1.1.0/24" }],
  });
});

/** The hub as responder, with what its debug showed of the spoke. */
function withAttempt(hub: string, spoke: string, attempt: Partial<Attempt>): Tunnel {
  const { known } = tunnelOf(hub, spoke);
  const lines = [{ number: 1, text: "ISAKMP:(0):Checking ISAKMP transform 1 against priority 10 policy" }];
  const value = {
    kind: "log" as const,
    topic: "isakmp",
    chatter: 0,
    events: [],
    attempts: [
      {
        firstLine: 1,
        lastLine: 1,
        peer: "40.10.1.1",
        local: "30.3.1.1",
        connections: [],
        ikeOffers: [],
        ipsecOffers: [],
        proxies: [],
        events: [],
        ...attempt,
      },
    ],
  };
  const paste: ReadPaste = {
    name: "debug",
    lines,
    secretsRemoved: 0,
    outputs: [
      { platform: "cisco-ios", command: "debug:isakmp", firstLine: 1, lastLine: 1, unread: [], values: [value] },
    ],
  };
  return viewTunnel({ ...known, pastes: [...known.pastes, { paste, saidSide: "local" }] });
}

const offer = {
  line: 1,
  against: 10,
  encryption: "3des",
  integrity: "sha1",
  auth: "psk",
  dhGroup: 2,
  lifetimeSeconds: 7200,
};

it("1a: the peer's offer in the debug against this end's own policies", () => {
  const question = "ike-policies-have-a-pair";
  const refused = ask(
    withAttempt(HUB_POLICY, "", { role: "responder", ikeOffers: [{ ...offer, accepted: false }] }),
    question,
  );
  expect(refused).toMatchObject({
    is: false,
    differs: [{ attribute: "encryption", local: "aes-128", remote: "3des" }],
  });
  expect(ask(withAttempt("", "", { ikeOffers: [offer] }), question).is).toBeUndefined();
  expect(
    ask(withAttempt(HUB_POLICY, "", { ikeOffers: [{ ...offer, encryption: "aes" }] }), question).is,
  ).toBeUndefined();
  expect(ask(withAttempt(HUB_POLICY, "", { ikeOffers: [{ ...offer, against: 20 }] }), question).is).toBeUndefined();
  expect(ask(withAttempt(HUB_POLICY, "", { role: "initiator", ikeOffers: [offer] }), question).is).toBeUndefined();
  const accepted = { ...offer, accepted: true };
  expect(ask(withAttempt(HUB_POLICY, policy("3des"), { ikeOffers: [accepted] }), question).is).toBe(true);
  expect(
    ask(withAttempt(HUB_POLICY, "", { ikeOffers: [{ ...offer, encryption: "aes-128", accepted: false }] }), question)
      .is,
  ).toBeUndefined();
});

const network = (text: string) => {
  const [address = "", length = ""] = text.split("/");
  const found = networkFromPrefix(address, Number(length));
  if (!found) throw new Error(text);
  return { network: found, protocol: 0, port: 0 };
};
const hubMap = `crypto map CMAP 10 ipsec-isakmp
 set peer 40.10.1.1
 set transform-set TS
 match address SPOKE10-ACL
crypto ipsec transform-set TS esp-aes esp-sha-hmac
ip access-list extended SPOKE10-ACL
 permit ip 3.1.1.0 0.0.0.255 5.1.1.0 0.0.0.255
`;

it("2a and 2b: what the peer asked for in quick mode against this end's set and ACL", () => {
  const proxies = [{ line: 1, local: network("3.1.1.0/24"), remote: network("4.1.1.0/24") }];
  const ipsecOffers = [
    { line: 1, transform: { encryption: "3des", integrity: "sha1" }, encapsulation: "tunnel", accepted: true },
  ];
  const tunnel = withAttempt(hubMap, "", { role: "responder", proxies, ipsecOffers });
  expect(ask(tunnel, "crypto-acls-are-mirrors")).toMatchObject({
    is: false,
    side: "local",
    differs: [{ attribute: "remote-network", local: "5.1.1.0/24", remote: "4.1.1.0/24" }],
  });
  expect(ask(tunnel, "transform-sets-have-a-pair")).toMatchObject({
    is: false,
    differs: [{ attribute: "encryption", local: "aes-128", remote: "3des" }],
  });
  const narrower = [{ line: 1, local: network("3.1.1.0/28"), remote: network("5.1.1.7/32") }];
  expect(ask(withAttempt(hubMap, "", { proxies: narrower }), "crypto-acls-are-mirrors").is).toBeUndefined();
  const done = withAttempt(hubMap, "", { proxies, ipsecOffers, phase2CompleteLine: 1 });
  expect(ask(done, "crypto-acls-are-mirrors").is).toBeUndefined();
  expect(ask(done, "transform-sets-have-a-pair").is).toBe(true);
});

it("the table shows a fragment side by side", () => {
  const rows = compareEnds(tunnelOf(policy("aes"), policy("3des")));
  expect(rows.map(({ attribute, local, remote, verdict }) => [attribute, local.value, remote.value, verdict])).toEqual([
    ["encryption", "aes-128", "3des", "differs"],
    ["hash", "sha1 (default)", "sha1 (default)", "same"],
    ["group", "2", "2", "same"],
    ["auth", "psk", "psk", "same"],
    ["lifetime", "7200 s", "7200 s", "same"],
  ]);
});
