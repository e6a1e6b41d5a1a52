/**
 * `show dmvpn [detail]`: for each NHRP peer what its tunnel waits for, which is a word on its crypto session as well.
 * Source: Cisco IOS Security Command Reference, "show dmvpn"; not checked against a device.
 */
import { canonicalAddress } from "../../domain/network.ts";
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { InterfaceState } from "../../domain/readings/path.ts";
import type { CryptoSession } from "../../domain/readings/session.ts";
import { isFiller } from "./ike-output.ts";

const TITLE = /^\s*Interface: (?<name>Tunnel\d{1,10}), IPv[46] NHRP Details/;
const STATE =
  /^\s*Interface (?<name>Tunnel\d{1,10}) is (?<status>up|down|administratively down)\/(?<protocol>up|down), Addr\. is /;
const SOURCE = /^\s*Tunnel Src\.\/Dest\. addr: (?<source>[0-9A-Fa-f.:]{2,45})\//;
const PROTECTION = /^\s*Protocol\/Transport: "[^"]{1,40}", Protect "(?<name>[^"]{0,100})"/;
const LEGEND = /^\s*(?:Legend: Attrb -->|# Ent --> |NHS Status: E -->|UpDn Time --> )/;
const HEAD = /^\s*# Ent {1,4}Peer NBMA Addr/;
const ROW =
  /^\s{1,8}\d{1,5} (?<nbma>[0-9.]{7,15}) {1,20}(?<tunnel>[0-9.]{7,15}|UNKNOWN) {1,12}(?<state>UP|DOWN|IKE|IPSEC|NHRP|INTF) {1,12}(?<time>\S{1,12})(?: {1,12}[A-Z0-9]{1,6})?(?: {1,20}[0-9.]{7,15}\/\d{1,2})?\s*$/;
/** A peer whose outside address is of IPv6; what belongs to it stands on the next line. */
const IPV6_PEER = /^\s{1,8}\d{1,5} (?<nbma>(?=[0-9A-Fa-f]{0,4}:)[0-9A-Fa-f:]{2,45})\s*$/;
/** A further tunnel address of the peer above, or the first of one with an IPv6 address. */
const MORE = /^\s{9,60}(?:[0-9.]{7,15}|UNKNOWN) {1,12}(?<state>UP|DOWN|IKE|IPSEC|NHRP|INTF) {1,12}(?<time>\S{1,12})/;
const ASIDE =
  /^\s*(?:N - |T1 - |C - |I2 - |Type:|IPv[46] (?:NHS|Registration)|Interface State Control|nhrp event-publisher|Crypto Session Details|Pending DMVPN|Interface: Tunnel\d{1,10}$|\d[0-9.]{6,14} {1,4}[REW]{1,3} |Registration Timer|First|N\/A|Attrb )/;
/** Not "NHRP", where the registration is not answered: nobody knows whether the SAs carry anything. */
const STATUS: Readonly<Record<string, string>> = {
  UP: "UP-ACTIVE",
  IPSEC: "UP-IDLE",
  IKE: "DOWN-NEGOTIATING",
  DOWN: "DOWN",
};

type OpenInterface = { -readonly [Field in keyof Omit<InterfaceState, "at">]: InterfaceState[Field] } & {
  at: Record<string, number>;
};

export const showDmvpn: Command = {
  run: "show dmvpn [detail] [interface NAME] [peer] [nbma ADDRESS] [tunnel ADDRESS] [static] [vrf NAME]",
  looksLike: [LEGEND, TITLE, STATE, HEAD],
  parse(output: Output): Parsed {
    const sessions: CryptoSession[] = [];
    const interfaces: OpenInterface[] = [];
    const unread: Line[] = [];
    let name: string | undefined;
    let ipv6: Line | undefined;
    for (const line of output.lines) {
      const row = ROW.exec(line.text)?.groups;
      const [peer, more] = [ipv6, MORE.exec(line.text)?.groups];
      ipv6 = IPV6_PEER.test(line.text) ? line : undefined;
      if (peer && !more) unread.push(peer);
      const title = TITLE.exec(line.text)?.groups?.["name"];
      if (title !== undefined) name = title;
      else if (row) sessions.push(sessionOf(row, line.number, name));
      else if (peer && more)
        sessions.push(sessionOf({ ...IPV6_PEER.exec(peer.text)?.groups, ...more }, line.number, name, peer.number));
      else if (ipv6) continue;
      else if (readInterface(interfaces, line)) name = interfaces.at(-1)?.name;
      else if (!isAside(line.text)) unread.push(line);
    }
    if (ipv6) unread.push(ipv6);
    const values: Parsed["values"] = [
      ...(interfaces.length > 0
        ? [{ kind: "interfaces" as const, from: "brief" as const, interfaces, complete: false }]
        : []),
      // The peers that NHRP knows: of others it says nothing.
      ...(sessions.length > 0
        ? [{ kind: "crypto-sessions" as const, sessions, restrictedTo: "NHRP peers", detail: false }]
        : []),
    ];
    return { values, unread };
  },
};

function isAside(text: string): boolean {
  return isFiller(text) || LEGEND.test(text) || HEAD.test(text) || MORE.test(text) || ASIDE.test(text);
}

function sessionOf(
  { nbma = "", state = "", time = "" }: Readonly<Record<string, string | undefined>>,
  line: number,
  name: string | undefined,
  firstLine = line,
): CryptoSession {
  const status = STATUS[state];
  return {
    line: firstLine,
    peer: canonicalAddress(nbma),
    ...(name !== undefined && { interface: name }),
    ...(status !== undefined && { status }),
    ...(state === "UP" && { uptime: time }),
    ikeSas: [],
    flows: [],
    at: { status: line },
  };
}

function readInterface(interfaces: OpenInterface[], { text, number }: Line): boolean {
  const head = STATE.exec(text)?.groups;
  const open = interfaces.at(-1);
  const source = SOURCE.exec(text)?.groups?.["source"];
  const protection = PROTECTION.exec(text)?.groups?.["name"];
  if (head)
    interfaces.push({
      line: number,
      name: head["name"] ?? "",
      status: head["status"],
      protocol: head["protocol"],
      at: { status: number },
    });
  else if (open && source !== undefined) {
    open.tunnelSource = canonicalAddress(source);
    open.at["tunnelSource"] = number;
  } else if (open && protection !== undefined) {
    if (protection !== "") open.tunnelProtection = protection;
    open.at["tunnelProtection"] = number;
  } else return false;
  return true;
}
