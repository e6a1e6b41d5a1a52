import { describe, expect, it } from "vitest";
import { answerOf, configuration, FAR, NEAR } from "./compare-ends.ts";

/** A wrong answer here would become a wrong verdict: each of these looks like one and proves nothing. */
interface Doubt {
  readonly name: string;
  readonly question: string;
  readonly near?: (text: string) => string;
  readonly far?: (text: string) => string;
  readonly nearText?: string;
  readonly farText?: string;
}
const policy = (lines: string) => `crypto isakmp policy 10\n${lines}`;
const FULL = policy(" encr aes\n hash sha256\n authentication pre-share\n group 14\n");

const DOUBTS: readonly Doubt[] = [
  { name: "a heading of a policy alone", question: "ike-policies-have-a-pair", nearText: FULL, farText: policy("") },
  {
    name: "a fragment without the method",
    question: "ike-policies-have-a-pair",
    nearText: FULL,
    farText: policy(" encr aes\n hash sha256\n group 14\n lifetime 3600\n"),
  },
  {
    name: "the default group, which depends on the release",
    question: "ike-policies-have-a-pair",
    far: (text) => text.replace(" group 14\n", ""),
  },
  {
    name: "certificates on both ends, whose default suites may match",
    question: "ike-policies-have-a-pair",
    near: (text) => text.replace("pre-share", "rsa-sig"),
    far: (text) => text.replace("pre-share", "rsa-sig").replace("group 14", "group 19"),
  },
  {
    name: "a masked key",
    question: "pre-shared-keys-are-equal",
    far: (text) => text.replace("TopSecret1", "*****"),
  },
  {
    name: "an encrypted key",
    question: "pre-shared-keys-are-equal",
    far: (text) => text.replace("key TopSecret1", "key 6 BeHgaJRTcIXXXZZdSUgdZGAdPM"),
  },
  {
    name: "two keyrings with a key for the peer, and no profile",
    question: "pre-shared-keys-are-equal",
    far: (text) =>
      text.replace(
        "!\ncrypto ipsec",
        "crypto keyring K\n  pre-shared-key address 192.0.2.1 key Other99\n!\ncrypto ipsec",
      ),
  },
  {
    name: "a wildcard key of a fragment",
    question: "pre-shared-keys-are-equal",
    nearText: "crypto isakmp key Alpha111 address 198.51.100.9\n",
    farText: "crypto isakmp key Beta2222 address 0.0.0.0 0.0.0.0\n",
  },
  {
    name: "no key, but certificates",
    question: "pre-shared-key-exists-for-peer",
    far: (text) =>
      text
        .replace(/crypto isakmp key.*\n/, "")
        .replace("crypto isakmp policy 10", "crypto isakmp policy 5\n encr aes\n group 14\ncrypto isakmp policy 10"),
  },
  {
    name: "no key for the address, but one for a host name",
    question: "pre-shared-key-exists-for-peer",
    far: (text) => text.replace("address 192.0.2.1\n!", "hostname gw.example.net\n!"),
  },
  {
    name: "a second transform set that was not pasted",
    question: "transform-sets-have-a-pair",
    nearText: "crypto ipsec transform-set A esp-aes esp-sha-hmac\n",
    farText:
      "crypto map M 1 ipsec-isakmp\n set peer 192.0.2.1\n set transform-set B C\n match address X\ncrypto ipsec transform-set B esp-3des esp-md5-hmac\n",
  },
  {
    name: "two transform sets and no map",
    question: "transform-sets-have-a-pair",
    nearText: "crypto ipsec transform-set A esp-aes esp-sha-hmac\n",
    farText: "crypto ipsec transform-set B esp-3des esp-md5-hmac\ncrypto ipsec transform-set C esp-des esp-md5-hmac\n",
  },
  {
    name: "an object group in the crypto ACL",
    question: "crypto-acls-are-mirrors",
    far: (text) =>
      text.replace(
        "permit ip 172.16.5.0 0.0.0.255 10.20.0.0 0.0.255.255\n!",
        "permit ip object-group OURS object-group THEIRS\n!",
      ),
  },
  {
    name: "an entry of the crypto ACL that can't be read",
    question: "crypto-acls-are-mirrors",
    near: (text) => text.replace("\n!\nend", "\n permit ip 10.99.0.0 0.0.255.255 172.16.5.0 0.0.0.255\n!\nend"),
    far: (text) => text.replace("\n!\nend", "\n permit ip 172.16.5.0 0.0.0.255 10.99.0.0\n!\nend"),
  },
  {
    name: "a deny that touches the entry without mirror",
    question: "crypto-acls-are-mirrors",
    near: (text) =>
      text.replace(
        "TO-FAR\n permit",
        "TO-FAR\n deny ip host 10.20.0.9 any\n permit ip host 10.20.0.9 172.16.5.0 0.0.0.127\n permit",
      ),
  },
  {
    name: "two lists of different tunnels, without any map",
    question: "crypto-acls-are-mirrors",
    nearText: "ip access-list extended A\n permit ip 10.1.0.0 0.0.255.255 10.2.0.0 0.0.255.255\n",
    farText: "ip access-list extended B\n permit ip 10.3.0.0 0.0.255.255 10.4.0.0 0.0.255.255\n",
  },
  {
    name: "a NAT list, without any map",
    question: "crypto-acls-are-mirrors",
    nearText: "ip access-list extended A\n permit ip 10.1.0.0 0.0.255.255 10.2.0.0 0.0.255.255\n",
    farText:
      "access-list 100 deny ip 10.2.0.0 0.0.255.255 10.1.0.0 0.0.255.255\naccess-list 100 permit ip 10.2.0.0 0.0.255.255 any\n",
  },
  {
    name: "a peer behind address translation",
    question: "peers-point-at-each-other",
    near: (text) => text.replaceAll("198.51.100.9", "203.0.113.4"),
    far: (text) => text.replace(" ip address 198.51.100.9 255", " ip address 10.77.0.2 255"),
  },
  {
    name: "a peer by host name",
    question: "peers-point-at-each-other",
    far: (text) => text.replace("set peer 192.0.2.1", "set peer gw.example.net dynamic"),
  },
  {
    name: "a dynamic map that may serve the peer",
    question: "map-entry-exists-for-peer",
    far: (text) =>
      text
        .replace("set peer 192.0.2.1", "set peer 192.0.2.99")
        .replace("crypto map VPN 10", "crypto map VPN 99 ipsec-isakmp dynamic DYN\ncrypto map VPN 10"),
  },
  {
    name: "a map whose interfaces were not pasted",
    question: "map-is-applied",
    far: (text) => text.replace(/version 15.7\n/, "").replace(/^interface [\s\S]*?^ip nat/m, "ip nat"),
  },
  {
    name: "part of the flow in a lower entry",
    question: "lower-entry-steals-flow",
    far: (text) =>
      text
        .replace(
          "crypto map VPN 10 ",
          "crypto map VPN 5 ipsec-isakmp\n set peer 203.0.113.5\n set transform-set STRONG\n match address PART\ncrypto map VPN 10 ",
        )
        .replace(
          "ip access-list extended NAT",
          "ip access-list extended PART\n permit ip host 172.16.5.4 10.20.0.0 0.0.255.255\nip access-list extended NAT",
        ),
  },
  {
    name: "NAT of a few hosts",
    question: "nat-takes-the-traffic",
    far: (text) => text.replace(/ deny ip 172.*\n permit ip .*\n/, " permit ip host 172.16.5.9 any\n"),
  },
  {
    name: "a deny of NAT that can't be read",
    question: "nat-takes-the-traffic",
    far: (text) => text.replace(/ deny ip 172.*\n/, " deny ip 172.16.5.0 0.0.0.255 10.20.0.0\n"),
  },
  {
    name: "a filter with an entry that can't be read",
    question: "interface-acl-blocks-ipsec",
    far: (text) => text.replace(/ permit esp.*\n/, " permit esp host 192.0.2.1\n"),
  },
  {
    name: "a filter with an object group",
    question: "interface-acl-blocks-ipsec",
    far: (text) => text.replace(/ permit esp.*\n/, " permit object-group TUNNELS any any\n"),
  },
  {
    name: "a spoke's network within the summary towards its hub",
    question: "protected-networks-overlap",
    near: (text) => text.replaceAll("172.16.5.0 0.0.0.255", "10.0.0.0 0.255.255.255"),
    far: (text) => text.replaceAll("172.16.5.0 0.0.0.255", "10.0.0.0 0.255.255.255"),
  },
];

describe("what proves nothing is not known", () => {
  it.each(DOUBTS)("$name", ({ question, near, far, nearText, farText }) => {
    const local = nearText ?? configuration(NEAR, near);
    const remote = farText ?? configuration(FAR, far);
    expect(answerOf(question, local, remote)).toEqual({ is: undefined, evidence: [] });
    expect(answerOf(question, remote, local)).toEqual({ is: undefined, evidence: [] });
  });
});
