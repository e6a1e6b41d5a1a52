/** The line that begins a tunnel in `diagnose vpn tunnel list`. */
import { canonicalAddress } from "../../../domain/network.ts";
import type { TunnelHead } from "./phase2.ts";

export function readTunnelHead(groups: Readonly<Record<string, string | undefined>>, line: number): TunnelHead {
  const { name = "", local = "", remote = "", localPort, remotePort } = groups;
  const port = Number(remotePort);
  return {
    line,
    name,
    local: known(local),
    remote: known(remote),
    // 0 stands for ESP without UDP.
    remotePort: port === 0 ? undefined : port,
    inUdp: Number(localPort) === 4500 || port === 4500,
    isInterface: false,
  };
}

/** A gateway for whoever comes has no address of a peer. */
function known(text: string): string | undefined {
  const address = canonicalAddress(text);
  return address === "0.0.0.0" || address === "::" ? undefined : address;
}

/** "198.51.100.1:0 (static)" without what stands for any address. */
export function endpointIn(text: string): { address: string | undefined; port: number | undefined } {
  const [, host = "", port] = /^([0-9a-fA-F.:]{2,45}):(\d{1,5})/.exec(text) ?? [];
  return { address: known(host), port: Number(port) > 0 ? Number(port) : undefined };
}
