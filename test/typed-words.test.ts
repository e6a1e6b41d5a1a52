/** Configuration as people type it, with words cut short: it reads as the lines that the device would show. */
import { describe, expect, it } from "vitest";
import { conversationTools } from "./scenarios-play.ts";

/** Typed in full, cut short, and the mode that the prompt shows. */
const LINES: readonly (readonly [full: string, short: string, mode: string])[] = [
  ["crypto isakmp policy 20", "cry isa pol 20", "config"],
  [" encryption aes 256", "enc aes 256", "config-isakmp"],
  [" hash sha256", "ha sha2", "config-isakmp"],
  [" authentication pre-share", "auth pre", "config-isakmp"],
  [" group 14", "gr 14", "config-isakmp"],
  [" lifetime 3600", "life 3600", "config-isakmp"],
  ["crypto isakmp key Sesame7Street address 198.51.100.7", "cry isa key Sesame7Street addr 198.51.100.7", "config"],
  ["crypto isakmp keepalive 10 3 periodic", "cry isa keepa 10 3 per", "config"],
  ["crypto ipsec transform-set STRONG esp-aes 256 esp-sha256-hmac", "cr ips tr STRONG esp-a 256 esp-sha2", "config"],
  [" mode tunnel", "mo tu", "cfg-crypto-trans"],
  ["ip access-list extended TO-PUNE", "ip access-l ext TO-PUNE", "config"],
  [
    " permit ip 10.1.0.0 0.0.255.255 10.9.0.0 0.0.255.255",
    "per ip 10.1.0.0 0.0.255.255 10.9.0.0 0.0.255.255",
    "config-ext-nacl",
  ],
  [" deny ip host 10.1.0.9 any", "den ip ho 10.1.0.9 any", "config-ext-nacl"],
  ["crypto map WAN 10 ipsec-isakmp", "cry map WAN 10 ipsec-i", "config"],
  [" set peer 198.51.100.7", "set peer 198.51.100.7", "config-crypto-map"],
  [" set transform-set STRONG", "set tr STRONG", "config-crypto-map"],
  [" set pfs group14", "set pf group14", "config-crypto-map"],
  [" set security-association lifetime seconds 900", "set security-a lif sec 900", "config-crypto-map"],
  [" match address TO-PUNE", "match addr TO-PUNE", "config-crypto-map"],
  ["interface GigabitEthernet0/0", "int gi0/0", "config"],
  [" ip address 203.0.113.1 255.255.255.0", "ip addr 203.0.113.1 255.255.255.0", "config-if"],
  [" ip nat outside", "ip nat o", "config-if"],
  [" no shutdown", "no shut", "config-if"],
  [" crypto map WAN", "cry map WAN", "config-if"],
  ["interface Tunnel7", "int tun 7", "config"],
  [" tunnel source GigabitEthernet0/0", "tun so gi0/0", "config-if"],
  [" tunnel destination 198.51.100.9", "tun dest 198.51.100.9", "config-if"],
  [" tunnel mode ipsec ipv4", "tun mode ips ipv4", "config-if"],
  [" tunnel protection ipsec profile VTI", "tun prot ips prof VTI", "config-if"],
  ["ip route 10.9.0.0 255.255.0.0 203.0.113.254", "ip route 10.9.0.0 255.255.0.0 203.0.113.254", "config"],
  ["access-list 150 permit ip any host 10.9.0.1", "acc 150 per ip any ho 10.9.0.1", "config"],
  ["ip nat inside source list 150 interface Gi0/0 overload", "ip nat ins so li 150 int Gi0/0 over", "config"],
];

const IKEV2: typeof LINES = [
  ["crypto ikev2 proposal P", "cry ikev2 prop P", "config"],
  [" encryption aes-cbc-256", "enc aes-cbc-256", "config-ikev2-proposal"],
  [" integrity sha512", "int sha5", "config-ikev2-proposal"],
  [" group 19", "gr 19", "config-ikev2-proposal"],
  ["crypto ikev2 policy POL", "cry ikev2 pol POL", "config"],
  [" proposal P", "prop P", "config-ikev2-policy"],
  ["crypto ikev2 keyring KR", "cry ikev2 keyr KR", "config"],
  [" peer LIMA", "pe LIMA", "config-ikev2-keyring"],
  ["  address 198.51.100.31", "add 198.51.100.31", "config-ikev2-keyring-peer"],
  ["  pre-shared-key local Sesame8Street", "pre-s loc Sesame8Street", "config-ikev2-keyring-peer"],
  ["  pre-shared-key remote Sesame9Street", "pre rem Sesame9Street", "config-ikev2-keyring-peer"],
  ["crypto ikev2 profile PROF", "cry ikev2 prof PROF", "config"],
  [
    " match identity remote address 198.51.100.31 255.255.255.255",
    "match ident rem addr 198.51.100.31 255.255.255.255",
    "config-ikev2-profile",
  ],
  [" authentication local pre-share", "auth loc pre", "config-ikev2-profile"],
  [" authentication remote pre-share", "auth rem pre", "config-ikev2-profile"],
  [" keyring local KR", "keyr loc KR", "config-ikev2-profile"],
  ["crypto ipsec profile VTI", "cry ips prof VTI", "config"],
  [" set ikev2-profile PROF", "set ikev2 PROF", "ipsec-profile"],
];

/** What was read, without the places where it stands and the text that an address list keeps. */
function readingsOf(text: string) {
  const { outputs } = conversationTools().read("paste", text);
  const values = outputs.flatMap((output) => output.values);
  return JSON.parse(
    JSON.stringify({ values, unread: outputs.flatMap(({ unread }) => unread) }, (name, value) =>
      ["line", "at", "text", "number"].includes(name) ? undefined : value,
    ),
  );
}

describe.each([
  ["IKEv1", LINES],
  ["IKEv2", IKEV2],
])("configuration typed with words cut short, %s", (_, lines) => {
  const typedInFull = readingsOf(
    `${lines.map(([full, , mode]) => `HUB(${mode})#${full.trim()}`).join("\n")}\nHUB(config)#end`,
  );
  const written = readingsOf(`${lines.map(([full]) => full).join("\n")}\n!`);

  it("reads at prompts as the full words do", () => {
    const typed = `${lines.map(([, short, mode]) => `HUB(${mode})#${short}`).join("\n")}\nHUB(config)#end`;
    expect(readingsOf(typed)).toEqual(typedInFull);
    expect(typedInFull.unread).toEqual([]);
  });

  it("reads without prompts as the lines of a configuration do", () => {
    expect(readingsOf(`${lines.map(([, short]) => short).join("\n")}\n!`)).toEqual(written);
    expect(written.values.length).toBeGreaterThan(3);
  });
});

describe("a word that IOS would refuse as ambiguous", () => {
  it("is not guessed", () => {
    const { values } = readingsOf(
      "HUB(config)#cry isa pol 20\nHUB(config-isakmp)#auth rsa\nHUB(config-isakmp)#e aes\nHUB#",
    );
    expect(JSON.stringify(values)).not.toContain("aes");
    expect(JSON.stringify(values)).not.toContain("rsa-sig");
  });
});

describe("a line with its answer", () => {
  it("is not taken where the device refused it", () => {
    const text =
      "HUB(config)#cry isa pol 20\nHUB(config-isakmp)#enc aes 265\n                           ^\n% Invalid input detected at '^' marker.\n\nHUB(config-isakmp)#auth pre\nHUB(config-isakmp)#end\nHUB#";
    expect(JSON.stringify(readingsOf(text).values)).not.toContain("265");
  });
});
