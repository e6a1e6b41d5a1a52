/** What single messages tell besides their meaning: who talks with whom, which attempt it is, which networks were refused. */
import { canonicalAddress, networkFromText } from "../../../domain/network.ts";
import type { Selector } from "../../../domain/readings/ipsec.ts";
import type { LogMessage } from "../../../negotiations/message.ts";

type Told = Pick<LogMessage, "exchange" | "peer" | "local" | "version" | "names" | "details">;

/** "Failed SA: 192.0.2.10[500]-203.0.113.2[500] cookie:5d0a64ea0d9a8e2b:0000000000000000": this end comes first. */
const SA = /\bSA: (?<local>[0-9a-fA-F.:]{2,45})\[\d{1,5}\]-(?<peer>[0-9a-fA-F.:]{2,45})\[\d{1,5}\]/;
const BEGINNER = /\b(?:cookie|SPI) ?:(?<id>[0-9a-f]{16}):[0-9a-f]{16}/i;
/** "192.0.2.10[500] - 203.0.113.2[500]:0x7f21 received notify type …" of ikemgr.log. */
const BETWEEN =
  /^(?<local>[0-9a-fA-F.:]{2,45})\[\d{1,5}\] - (?<peer>[0-9a-fA-F.:]{2,45})\[\d{1,5}\](?::(?:0x[0-9a-f]{1,16}|\(nil\)))?/;
/** "…, non-rekey; gateway GW-BR". */
const GATEWAY = /; gateway ([\w.-]{1,63})\b/i;
const IDS =
  /received local id:? {1,2}(?<local>[0-9a-fA-F.:]{2,45}(?:\/\d{1,3})?) type .{1,40}?protocol (?<protocol>\d{1,3}) port (?<localPort>\d{1,5}), received remote id:? {1,2}(?<remote>[0-9a-fA-F.:]{2,45}(?:\/\d{1,3})?) type .{1,40}?protocol \d{1,3} port (?<remotePort>\d{1,5})/i;

/** @param line where the message stands, for what is kept with its line */
export function readTold(text: string, line?: number): Told {
  const ends = (SA.exec(text) ?? BETWEEN.exec(text))?.groups;
  const proxies = line === undefined ? undefined : proxiesIn(text, line);
  const gateway = GATEWAY.exec(text)?.[1];
  const version = /ikev2/i.test(text) ? 2 : /\bphase-?[12]\b/i.test(text) ? 1 : undefined;
  return {
    ...(ends && { local: canonicalAddress(ends["local"] ?? ""), peer: canonicalAddress(ends["peer"] ?? "") }),
    ...(SA.test(text) && { exchange: BEGINNER.exec(text)?.groups?.["id"]?.toLowerCase() }),
    ...(version && { version }),
    ...(gateway !== undefined && { names: { connection: gateway } }),
    ...(proxies && { details: { proxies: [proxies] } }),
  };
}

function proxiesIn(text: string, line: number) {
  const groups = IDS.exec(text)?.groups;
  if (!groups) return undefined;
  const local = selector(groups["local"], groups["protocol"], groups["localPort"]);
  const remote = selector(groups["remote"], groups["protocol"], groups["remotePort"]);
  return local && remote ? { line, local, remote } : undefined;
}

function selector(text = "", protocol = "0", port = "0"): Selector | undefined {
  const network = networkFromText(text);
  return network && { network, protocol: Number(protocol), port: Number(port) };
}
