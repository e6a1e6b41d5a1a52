/** Tunnels for tests of the comparisons, read from text as people paste it. */
import { readSignatures } from "../src/knowledge/read.ts";
import { readPaste } from "../src/paste/read.ts";
import { createSecretTagger } from "../src/paste/redact.ts";
import type { Answer } from "../src/tunnel/answer.ts";
import { COMPARISONS } from "../src/tunnel/compare/index.ts";
import type { GivenPaste } from "../src/tunnel/known.ts";
import { type Tunnel, viewTunnel } from "../src/tunnel/tunnel.ts";
import { VENDORS } from "../src/vendors/index.ts";

const signatures = readSignatures();

/** The tunnel that two pastes show, each said to be of its end. */
export function tunnelOf(local: string, remote: string): Tunnel {
  const tagger = createSecretTagger();
  const read = (name: "local" | "remote", text: string): GivenPaste[] =>
    text === "" ? [] : [{ paste: readPaste(name, text, { vendors: VENDORS, signatures, tagger }), saidSide: name }];
  return viewTunnel({ pastes: [...read("local", local), ...read("remote", remote)], platforms: {}, cannot: [] });
}

export function ask(tunnel: Tunnel, question: string): Answer {
  const asked = COMPARISONS[question];
  if (!asked) throw new Error(`no question ${question}`);
  return asked(tunnel);
}

export function answerOf(question: string, local: string, remote: string): Answer {
  return ask(tunnelOf(local, remote), question);
}

/** The evidence as "paste: text"; keys are all called the same. */
export function told({ evidence }: Answer): string[] {
  return evidence.map(({ paste, text }) => `${paste}: ${text.replace(/<secret [^>]{1,20}>/, "<secret>")}`);
}

export interface EndText {
  readonly host: string;
  readonly own: string;
  readonly peer: string;
  readonly lan: string;
  readonly farLan: string;
}

/** Two ends that agree in everything. */
export const NEAR: EndText = {
  host: "EDGE-A",
  own: "192.0.2.1",
  peer: "198.51.100.9",
  lan: "10.20.0.0 0.0.255.255",
  farLan: "172.16.5.0 0.0.0.255",
};
export const FAR: EndText = { host: "EDGE-B", own: NEAR.peer, peer: NEAR.own, lan: NEAR.farLan, farLan: NEAR.lan };

/** A whole configuration; `change` edits its text. */
export function configuration(end: EndText, change: (text: string) => string = (text) => text): string {
  const lanAddress = end.lan.startsWith("10.") ? "10.20.0.1 255.255.0.0" : "172.16.5.1 255.255.255.0";
  return `${end.host}#show running-config
${change(`Building configuration...

Current configuration : 4120 bytes
!
version 15.7
hostname ${end.host}
!
crypto isakmp policy 10
 encr aes 256
 hash sha256
 authentication pre-share
 group 14
crypto isakmp key TopSecret1 address ${end.peer}
!
crypto ipsec transform-set STRONG esp-aes 256 esp-sha256-hmac
 mode tunnel
!
crypto map VPN 10 ipsec-isakmp
 set peer ${end.peer}
 set transform-set STRONG
 set pfs group14
 match address TO-FAR
!
interface GigabitEthernet0/0
 ip address ${end.own} 255.255.255.0
 ip nat outside
 ip access-group OUTSIDE-IN in
 crypto map VPN
!
interface GigabitEthernet0/1
 ip address ${lanAddress}
 ip nat inside
!
ip nat inside source list NAT interface GigabitEthernet0/0 overload
ip route 0.0.0.0 0.0.0.0 ${end.own.replace(/\d+$/, "254")}
!
ip access-list extended NAT
 deny ip ${end.lan} ${end.farLan}
 permit ip ${end.lan} any
ip access-list extended OUTSIDE-IN
 permit udp host ${end.peer} host ${end.own} eq isakmp
 permit udp host ${end.peer} host ${end.own} eq non500-isakmp
 permit esp host ${end.peer} host ${end.own}
 deny ip any any log
ip access-list extended TO-FAR
 permit ip ${end.lan} ${end.farLan}
!
end`)}
`;
}
