/** A row of an IPsec SA below the IKE SAs: phase 2 of IKEv1, a child SA of IKEv2. */
import type { Line } from "../../../domain/output.ts";
import type { IpsecFlow, IpsecSa } from "../../../domain/readings/ipsec.ts";
import { panosGroup } from "../algorithms.ts";

export interface ChildRow {
  readonly line: number;
  readonly gateway: string;
  readonly tunnel: string;
  readonly spiIn: string;
  readonly spiOut: string;
  readonly pfsGroup?: number | undefined;
  readonly mode?: "tunnel" | "transport" | undefined;
  readonly state?: string | undefined;
}

const BEGIN =
  /^\s{0,4}(?<gateway>[\w.-]{1,63})\s{1,60}(?<id>\d{1,9})\s{1,20}(?<tunnel>[\w.-]{1,63}(?::[\w.-]{1,63})?)\s{1,60}/;
/** The two SPIs, and the message id. */
const SPIS = /\s(?<in>[0-9A-F]{8})\s{1,4}(?<out>[0-9A-F]{8})\s{1,4}[0-9A-F]{8}\s{1,8}(?<rest>\S.{0,40})?$/;
const PHASE_2 = /ESP\/ {0,2}(?<group>DH\d{1,2}|no-?pfs)\/(?<mode>tunl|trns|tran)/i;
const STATE = /^(?<state>[A-Z][a-z]{3,20})/;

export function readChildRow({ number, text }: Line): ChildRow | undefined {
  const groups = BEGIN.exec(text)?.groups;
  const spis = groups && SPIS.exec(text)?.groups;
  if (!groups || !spis) return undefined;
  const phase2 = PHASE_2.exec(text)?.groups;
  const group = panosGroup(phase2?.["group"] ?? "");
  return {
    line: number,
    gateway: groups["gateway"] ?? "",
    tunnel: groups["tunnel"] ?? "",
    spiIn: spis["in"] ?? "",
    spiOut: spis["out"] ?? "",
    pfsGroup: group === 0 ? undefined : group,
    mode: phase2 && (/tunl/i.test(phase2["mode"] ?? "") ? "tunnel" : "transport"),
    state: STATE.exec(spis["rest"] ?? "")?.groups?.["state"],
  };
}

/** Whether it is not on its way out: that one has a successor or none, and says nothing of now. */
export function isInUse({ state }: ChildRow): boolean {
  return state === undefined || !/^(?:Dead|Dying|Expired)/i.test(state);
}

/** @param peer the address of the row's gateway, from the IKE SAs above it */
export function asChildFlow(row: ChildRow, peer: string | undefined): IpsecFlow {
  const isUp = !/^0+$/.test(row.spiOut);
  const sa = (direction: IpsecSa["direction"], spi: string): IpsecSa => ({
    line: row.line,
    direction,
    protocol: "esp",
    spi: `0x${spi.toLowerCase()}`,
    settings: [],
    mode: row.mode,
    status: row.state,
  });
  return {
    line: row.line,
    peer,
    remoteEndpoint: peer,
    flags: [],
    counters: {},
    outboundSpi: isUp ? `0x${row.spiOut.toLowerCase()}` : "0x0",
    pfsGroup: row.pfsGroup,
    sas: isUp ? [sa("inbound", row.spiIn), sa("outbound", row.spiOut)] : [],
    names: { connection: row.gateway, child: row.tunnel },
    at: { outboundSpi: row.line },
  };
}
