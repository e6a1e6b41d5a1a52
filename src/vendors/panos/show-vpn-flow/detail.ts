/** One tunnel of `show vpn flow tunnel-id N`, line by line. */
import { canonicalAddress, networkFromRange, networkFromText } from "../../../domain/network.ts";
import type { Line } from "../../../domain/output.ts";
import type { FlowCounters, IpsecFlow, IpsecSa, Selector } from "../../../domain/readings/ipsec.ts";
import { panosCipher, panosHash } from "../algorithms.ts";

export interface FlowDraft {
  readonly line: number;
  readonly name: string | undefined;
  readonly fields: Map<string, { readonly value: string; readonly line: number }>;
  /** Below "proxy-id:" the words "local ip" mean another thing. */
  inProxy: boolean;
}

const FIELD = /^\s{1,24}(?<name>[a-zA-Z][a-zA-Z/ -]{1,40}?)\s{0,8}:\s{0,40}(?<value>\S.{0,120})?$/;
const PROXY_FIELDS: ReadonlySet<string> = new Set([
  "local ip",
  "remote ip",
  "protocol",
  "local port",
  "remote port",
  "local ip range",
  "remote ip range",
  "local port range",
  "remote port range",
]);
/** A release writes "proxy-id local ip" in one line. */
const IN_ONE_LINE = /^(?:proxy-id|traffic selector) (?=local|remote|protocol)/;

export function openFlow(line: number, name: string | undefined): FlowDraft {
  return { line, name, fields: new Map(), inProxy: false };
}

export function readFlowLine(draft: FlowDraft, { number, text }: Line): boolean {
  if (/^\s*packets received\s*$/.test(text)) return true;
  const groups = FIELD.exec(text)?.groups;
  if (!groups) return false;
  const name = (groups["name"] ?? "").replace(/\s{2,}/g, " ").toLowerCase();
  if (/^(?:proxy-id(?: list)?|traffic selector)$/.test(name)) {
    draft.inProxy = true;
    return true;
  }
  if (draft.inProxy && !PROXY_FIELDS.has(name)) draft.inProxy = false;
  const key = draft.inProxy ? `proxy ${name}` : name.replace(IN_ONE_LINE, "proxy ");
  if (!draft.fields.has(key)) draft.fields.set(key, { value: (groups["value"] ?? "").trim(), line: number });
  return true;
}

/** Our names of its counters; both encap and decap count packets of the tunnel since it was set up. */
const COUNTERS: Readonly<Partial<Record<keyof FlowCounters, string>>> = {
  encaps: "encap packets",
  decaps: "decap packets",
  verifyFailed: "authentication errors",
  decapsFailed: "decryption errors",
  replayFailed: "replay packets",
};

export function finishFlow(draft: FlowDraft): IpsecFlow {
  const at: Record<string, number> = {};
  const of = (name: string, field?: string): string | undefined => {
    const found = draft.fields.get(name);
    if (found && field !== undefined) at[field] = found.line;
    return found?.value;
  };
  const counters: Record<string, number> = {};
  for (const [counter, name] of Object.entries(COUNTERS)) {
    const value = of(name);
    if (value === undefined || !/^\d{1,20}$/.test(value)) continue;
    counters[counter] = Number(value);
    at[counter] = draft.fields.get(name)?.line ?? draft.line;
  }
  const spiOut = of("remote spi", "outboundSpi");
  const state = of("state");
  if (spiOut === undefined && state !== undefined) of("state", "outboundSpi");
  const remote = canonicalAddress(of("peer ip", "remoteEndpoint") ?? "");
  const hasNoSa = state === "init" || (spiOut !== undefined && /^0+$/.test(spiOut));
  // Packets that wanted the tunnel while there was no SA; on one that is up they are of the past.
  const acquired = Number(of("key acquire requests") ?? Number.NaN);
  if (hasNoSa && acquired >= 0) {
    counters["noSaSend"] = acquired;
    of("key acquire requests", "noSaSend");
  }
  const mtu = Number(of("tunnel mtu") ?? Number.NaN);
  return {
    line: draft.line,
    interface: of("inner interface", "interface"),
    localEndpoint: canonicalAddress(of("local ip", "localEndpoint") ?? ""),
    remoteEndpoint: remote,
    peer: remote,
    localIdent:
      selector(of("proxy local ip", "localIdent"), of("proxy protocol"), of("proxy local port")) ??
      selectorOfRange(of("proxy local ip range", "localIdent"), of("proxy protocol"), of("proxy local port range")),
    remoteIdent:
      selector(of("proxy remote ip", "remoteIdent"), of("proxy protocol"), of("proxy remote port")) ??
      selectorOfRange(of("proxy remote ip range", "remoteIdent"), of("proxy protocol"), of("proxy remote port range")),
    flags: state === undefined ? [] : [state],
    counters,
    ipMtu: Number.isNaN(mtu) ? undefined : mtu,
    outboundSpi: hasNoSa ? "0x0" : spiOut && `0x${spiOut.toLowerCase()}`,
    sas: hasNoSa ? [] : sasOf(draft, of),
    names: { child: draft.name, tunnelInterface: of("inner interface"), number: of("id") },
    at,
  };
}

function sasOf(draft: FlowDraft, of: (name: string) => string | undefined): IpsecSa[] {
  const protocol = /AH/i.test(of("protocol") ?? "") ? "ah" : "esp";
  const cipher = of("enc algorithm");
  const hash = panosHash(of("auth algorithm") ?? "");
  const encryption = cipher === undefined ? undefined : panosCipher(cipher);
  const integrity = encryption?.includes("gcm") ? "none" : hash;
  const left = /^(\d{1,9})/.exec(of("lifetime remain") ?? "")?.[1];
  const window = /^(\d{1,6})/.exec(of("anti replay window") ?? "")?.[1];
  const replay = of("anti replay check");
  return (["inbound", "outbound"] as const).flatMap((direction): IpsecSa[] => {
    const name = direction === "inbound" ? "local spi" : "remote spi";
    const spi = of(name);
    if (spi === undefined) return [];
    return [
      {
        line: draft.fields.get(name)?.line ?? draft.line,
        direction,
        protocol,
        spi: `0x${spi.toLowerCase()}`,
        transform: protocol === "ah" ? { ah: hash } : { encryption, integrity },
        settings: [],
        secondsLeft: left === undefined ? undefined : Number(left),
        replayDetection: replay === undefined ? undefined : /^yes/i.test(replay),
        replayWindow: window === undefined ? undefined : Number(window),
        status: of("state"),
      },
    ];
  });
}

/** "10.1.0.0/16", a range of protocol numbers or "0" for any. */
function selector(network: string | undefined, protocol = "0", port = "0"): Selector | undefined {
  const found = networkFromText(network ?? "");
  return found && { network: found, protocol: numberIn(protocol), port: numberIn(port) };
}

/** "10.80.0.0 - 10.80.15.255" and "0 - 65535"; undefined for a range that is no network. */
function selectorOfRange(range: string | undefined, protocol = "0", ports = "0"): Selector | undefined {
  const [, from = "", to = ""] = /^(\S{2,45}) - (\S{2,45})$/.exec(range ?? "") ?? [];
  const network = networkFromRange(from, to);
  const [, port = "0", last = port] = /^(\d{1,5})(?: - (\d{1,5}))?$/.exec(ports) ?? [];
  if (!network || (port !== last && last !== "65535")) return undefined;
  return { network, protocol: numberIn(protocol), port: numberIn(port) };
}

function numberIn(text: string): number {
  return Number(/^\d{1,5}/.exec(text)?.[0] ?? 0);
}
