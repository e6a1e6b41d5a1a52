/** The lines of one gateway of `get vpn ipsec tunnel details`. */
import type { Line } from "../../../domain/output.ts";
import type { IpsecFlow } from "../../../domain/readings/ipsec.ts";
import { readSelector } from "../selectors.ts";
import { endpointIn } from "../tunnel-list/head.ts";
import { flowsOf, openSelectors, type Phase2 } from "../tunnel-list/phase2.ts";

export interface Details {
  name: string;
  local: string | undefined;
  remote: string | undefined;
  remotePort: number | undefined;
  inUdp: boolean;
  /** Packets are counted for the tunnel, not for its selectors. */
  rx?: number;
  tx?: number;
  isCounted?: boolean;
  tunnelAt: Record<string, number>;
  phase2?: Phase2 | undefined;
  direction?: "inbound" | "outbound";
}

const FIELD = /^(?<name>[a-z][\w -]{0,30}?)\s{0,3}: {0,6}(?<value>\S.{0,300})$/i;
const PACKETS = /^(?<way>rx|tx) {1,4}packets: (?<packets>\d{1,20}) /;
const ALONE = /^(?:selectors|SA|inbound|outbound)$/;
const KEYED = /^(?<what>enc|auth): {1,6}(?<cipher>[\w-]{2,24})\b/;
const ASIDE =
  /^(?:dpd-link|mode|interface|rx|tx|dpd|auto-negotiate|tx-esp-seq|replay|qat|esn|NPU acceleration|fec|selectors|tun_id)\b/i;

/** Reads one line; a new selector closes the one before, whose flow goes to `flows`. */
export function readDetail(details: Details, { text, number }: Line, flows: IpsecFlow[]): boolean {
  const plain = text.trim();
  const packets = PACKETS.exec(plain)?.groups;
  if (packets) {
    details[packets["way"] === "rx" ? "rx" : "tx"] = Number(packets["packets"]);
    details.tunnelAt[packets["way"] === "rx" ? "decaps" : "encaps"] = number;
    return true;
  }
  if (ALONE.test(plain)) {
    if (plain === "inbound" || plain === "outbound") details.direction = plain;
    return true;
  }
  if (details.phase2 && readOfSa(details, details.phase2, plain, number)) return true;
  const { name, value = "" } = FIELD.exec(plain)?.groups ?? {};
  switch (name) {
    case "name":
      return nameOf(details, value.replaceAll("'", ""), number, flows);
    case "local-gateway":
      details.local = endpointIn(value).address;
      return true;
    case "remote-gateway":
      details.remote = endpointIn(value).address;
      details.remotePort = endpointIn(value).port;
      return true;
    case "nat traversal mode":
      details.inUdp = value !== "none";
      return true;
    case "src":
    case "dst": {
      const { phase2 } = details;
      (name === "src" ? phase2?.local : phase2?.remote)?.push(readSelector(value));
      if (phase2) phase2.at[name === "src" ? "localIdent" : "remoteIdent"] ??= number;
      return phase2 !== undefined;
    }
    default:
      return ASIDE.test(plain);
  }
}

/** The first name is the gateway's, the others are of its selectors. */
function nameOf(details: Details, name: string, line: number, flows: IpsecFlow[]): boolean {
  if (details.name === "") {
    details.name = name;
    details.tunnelAt["line"] = line;
    return true;
  }
  closePhase2(details, flows);
  details.phase2 = openSelectors({ name, sas: "0" }, line);
  return true;
}

function readOfSa(details: Details, phase2: Phase2, plain: string, line: number): boolean {
  const spi = /^spi: ([0-9a-f]{8})$/.exec(plain)?.[1];
  const keyed = KEYED.exec(plain)?.groups;
  const [, life, left] = /^lifetime\/rekey: (\d{1,9})\/(-?\d{1,9})$/.exec(plain) ?? [];
  const mtu = /^mtu: (\d{1,6})$/.exec(plain)?.[1];
  if (spi !== undefined) {
    phase2.sas.push({
      line,
      direction: details.direction ?? "inbound",
      spi: `0x${spi}`,
      cipher: "",
      keyBytes: undefined,
    });
    if (details.direction === "outbound") phase2.at["outboundSpi"] = line;
  } else if (keyed) {
    const sa = phase2.sas.at(-1);
    const { cipher = "" } = keyed;
    // The names are cut short here ("aes-cb"), and the length of the key went with the key.
    if (sa && keyed["what"] === "enc") phase2.sas[phase2.sas.length - 1] = { ...sa, cipher };
    else if (sa) sa.hash = cipher;
  } else if (life !== undefined) phase2.secondsLeft = Math.max(0, Number(left));
  else if (mtu !== undefined) phase2.mtu = Number(mtu);
  else return false;
  return true;
}

export function closePhase2(details: Details, flows: IpsecFlow[]): void {
  const { phase2, name, tunnelAt } = details;
  if (!phase2) return;
  const isFirst = details.isCounted !== true;
  // Counted once for the tunnel: they go with its first selector.
  if (isFirst && phase2.sas.length > 0) {
    details.isCounted = true;
    phase2.inbound = details.rx;
    phase2.outbound = details.tx;
    phase2.at["decaps"] = tunnelAt["decaps"] ?? phase2.line;
    phase2.at["encaps"] = tunnelAt["encaps"] ?? phase2.line;
  }
  flows.push(...flowsOf(phase2, { ...details, line: tunnelAt["line"] ?? phase2.line, name, isInterface: false }));
  details.phase2 = undefined;
}
