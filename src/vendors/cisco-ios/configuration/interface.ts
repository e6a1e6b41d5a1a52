/** `interface NAME` and the lines under it that decide about tunnels: addresses, crypto map, filters, NAT, MTU. */
import { canonicalAddress } from "../../../domain/network.ts";
import type { Collected, OpenInterface, Taken } from "./collected.ts";
import type { Statement } from "./statements.ts";

const HEADING =
  /^interface (?<name>[A-Za-z][A-Za-z-]{0,40} ?\d[\d/.:]{0,30})(?: (?:point-to-point|multipoint|type tunnel))?$/;
const ADDRESS = /^ip address (?<address>[0-9.]{7,15}) (?<mask>[0-9.]{7,15})(?<secondary> secondary)?$/;
const IPV6_ADDRESS = /^ipv6 address (?<address>[0-9a-fA-F:]{2,45})\/\d{1,3}$/;
const VRF = /^(?:ip )?vrf forwarding (?<vrf>\S{1,100})$/;
const CRYPTO_MAP = /^(?:ipv6 )?crypto map (?<map>\S{1,100})(?<redundancy> redundancy \S.*)?$/;
const PROTECTION = /^tunnel protection ipsec (?:profile|policy ipv4) (?<name>\S{1,100})/;
const TUNNEL = /^tunnel (?<field>source|destination|vrf) (?<word>[A-Za-z]+ \d[\d/.:]{0,30}|\S{1,100})(?: \S.{0,60})?$/;
const TUNNEL_MODE = /^tunnel mode (?<mode>\S.{0,60})$/;
/** Whom a DMVPN spoke asks: the address outside of the tunnel. */
const NHRP = /^ip nhrp (?:nhs \S{1,100} nbma|map (?!multicast)\S{1,45}) (?<nbma>[0-9A-Fa-f.:]{2,45})(?: |$)/;
const ACCESS_GROUP = /^(?:ip access-group|ipv6 traffic-filter) (?<name>\S{1,100}) (?<way>in|out)$/;
const NAT = /^ip nat (?<side>inside|outside)$/;
const ADJUST_MSS = /^ip tcp adjust-mss (?<bytes>\d{1,5})$/;
const IP_MTU = /^(?:ip|ipv6) mtu (?<bytes>\d{1,5})$/;
/** Other lines of interfaces that begin like a global line. */
const ASIDE =
  /^(?:no ip |no ipv6 |crypto ipsec |ip (?:address|ospf|nhrp|virtual-reassembly|unnumbered|verify|helper-address|flow)\b|ipv6 address |vrf |description )/;

export function takeInterface(statement: Statement, collected: Collected): Taken {
  const name = HEADING.exec(statement.text)?.groups?.["name"]?.replace(" ", "");
  if (name === undefined) return undefined;
  const known = collected.interfaces.get(name) ?? { name, line: statement.line, at: {} };
  collected.interfaces.set(name, known);
  return { mode: "interface", tellsUnread: false, read: (line) => readField(known, line) };
}

function readField(into: OpenInterface, { text, line }: Statement): boolean {
  if (text === "shutdown" || text === "no shutdown") {
    into.shutdown = text === "shutdown";
    into.at["shutdown"] = line;
    return true;
  }
  if (text.startsWith("no crypto map")) {
    into.cryptoMap = undefined;
    delete into.at["cryptoMap"];
    return true;
  }
  if (text.startsWith("tunnel ") && readTunnel(into, text, line)) return true;
  const nbma = canonicalAddress(NHRP.exec(text)?.groups?.["nbma"] ?? "");
  if (nbma !== undefined) {
    into.tunnelDestination ??= nbma;
    into.at["tunnelDestination"] ??= line;
    return true;
  }
  const address = ADDRESS.exec(text)?.groups;
  if (address) return readAddress(into, address, line);
  const ipv6 = IPV6_ADDRESS.exec(text)?.groups?.["address"];
  if (ipv6 !== undefined) {
    // An interface has one address here: the IPv4 one where there are both.
    if (into.address === undefined) {
      into.address = canonicalAddress(ipv6);
      into.at["address"] = line;
    }
    return true;
  }
  return readName(into, text, line) || readNumber(into, text, line) || ASIDE.test(text);
}

const TUNNEL_FIELDS = { source: "tunnelSource", destination: "tunnelDestination", vrf: "tunnelVrf" } as const;

function readTunnel(into: OpenInterface, text: string, line: number): boolean {
  const mode = TUNNEL_MODE.exec(text)?.groups?.["mode"];
  if (mode !== undefined) {
    into.tunnelMode = /multipoint/.test(mode)
      ? "multipoint"
      : /^ipsec/.test(mode)
        ? "ipsec"
        : /^gre/.test(mode)
          ? "gre"
          : "other";
    into.at["tunnelMode"] = line;
    return true;
  }
  const { field = "", word = "" } = TUNNEL.exec(text)?.groups ?? {};
  if (field !== "source" && field !== "destination" && field !== "vrf") return false;
  into[TUNNEL_FIELDS[field]] = canonicalAddress(word) ?? word.replace(" ", "");
  into.at[TUNNEL_FIELDS[field]] = line;
  return true;
}

function readAddress(into: OpenInterface, groups: Record<string, string | undefined>, line: number): boolean {
  if (groups["secondary"] !== undefined) return true;
  into.address = canonicalAddress(groups["address"] ?? "");
  into.mask = canonicalAddress(groups["mask"] ?? "");
  into.at["address"] = line;
  return true;
}

function readName(into: OpenInterface, text: string, line: number): boolean {
  const vrf = VRF.exec(text)?.groups?.["vrf"];
  const map = CRYPTO_MAP.exec(text)?.groups?.["map"];
  const protection = PROTECTION.exec(text)?.groups?.["name"];
  const group = ACCESS_GROUP.exec(text)?.groups;
  const nat = NAT.exec(text)?.groups?.["side"];
  if (vrf !== undefined) {
    into.vrf = vrf;
    into.at["vrf"] = line;
  } else if (map !== undefined) {
    into.cryptoMap = map;
    into.at["cryptoMap"] = line;
    // With HSRP the endpoint is the group's virtual address, not the interface's own.
    if (text.includes(" redundancy ")) delete into.address;
  } else if (protection !== undefined) {
    into.tunnelProtection = protection;
    into.at["tunnelProtection"] = line;
  } else if (group) {
    const field = group["way"] === "in" ? "accessGroupIn" : "accessGroupOut";
    // One filter a direction here: the IPv4 one where there are both.
    if (into[field] !== undefined && text.startsWith("ipv6 ")) return true;
    into[field] = group["name"];
    into.at[field] = line;
  } else if (nat === "inside" || nat === "outside") {
    into.nat = nat;
    into.at["nat"] = line;
  } else return false;
  return true;
}

function readNumber(into: OpenInterface, text: string, line: number): boolean {
  const mss = ADJUST_MSS.exec(text)?.groups?.["bytes"];
  const mtu = IP_MTU.exec(text)?.groups?.["bytes"];
  if (mss !== undefined) {
    into.adjustMss = Number(mss);
    into.at["adjustMss"] = line;
  } else if (mtu !== undefined) {
    into.ipMtu = Number(mtu);
    into.at["ipMtu"] = line;
  } else return false;
  return true;
}
