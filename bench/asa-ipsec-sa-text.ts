/** A concentrator's `show crypto ipsec sa` as an ASA prints it, as long as wanted: different names, addresses, counters. */
import { numbersFrom } from "./ipsec-sa-text.ts";

const TRANSFORMS = [
  "esp-3des esp-sha-hmac",
  "esp-aes esp-sha-hmac",
  "esp-aes-256 esp-sha-256-hmac",
  "esp-aes-gcm-256 esp-null-hmac",
];

/** The output with its prompt line, about 2.7 KB a tunnel. */
export function asaIpsecSaText(tunnels: number): string {
  const next = numbersFrom(11);
  const parts = ["fw-hub# show crypto ipsec sa\ninterface: outside\n"];
  for (let tunnel = 0; tunnel < tunnels; tunnel += 1) parts.push(identity(tunnel, next));
  parts.push("fw-hub# \n");
  return parts.join("");
}

function identity(tunnel: number, next: (below: number) => number): string {
  const peer = `198.51.${tunnel >> 8}.${tunnel & 255}`;
  const near = `10.${next(250)}.${next(250)}.0 255.255.255.0`;
  const far = `172.${16 + (tunnel >> 12)}.${(tunnel >> 4) & 255}.${(tunnel & 15) * 16} 255.255.255.240`;
  const encaps = next(90_000_000);
  const decaps = next(90_000_000);
  const port = tunnel % 7 === 0 ? 4500 : 500;
  const inbound = spi(next);
  const outbound = spi(next);
  const transform = TRANSFORMS[next(TRANSFORMS.length)] ?? "";
  return `    Crypto map tag: OUT_MAP, seq num: ${tunnel + 1}, local addr: 192.0.2.1

      access-list VPN-${tunnel} extended permit ip ${near} ${far} 
      local ident (addr/mask/prot/port): (${near.replace(" ", "/")}/0/0)
      remote ident (addr/mask/prot/port): (${far.replace(" ", "/")}/0/0)
      current_peer: ${peer}


      #pkts encaps: ${encaps}, #pkts encrypt: ${encaps}, #pkts digest: ${encaps}
      #pkts decaps: ${decaps}, #pkts decrypt: ${decaps}, #pkts verify: ${decaps}
      #pkts compressed: 0, #pkts decompressed: 0
      #pkts not compressed: ${encaps}, #pkts comp failed: 0, #pkts decomp failed: 0
      #pre-frag successes: 0, #pre-frag failures: 0, #fragments created: 0
      #PMTUs sent: 0, #PMTUs rcvd: 0, #decapsulated frgs needing reassembly: 0
      #TFC rcvd: 0, #TFC sent: 0
      #Valid ICMP Errors rcvd: 0, #Invalid ICMP Errors rcvd: 0
      #send errors: ${next(9)}, #recv errors: ${next(9)}

      local crypto endpt.: 192.0.2.1/${port}, remote crypto endpt.: ${peer}/${port}
      path mtu 1500, ipsec overhead 78(44), media mtu 1500
      PMTU time remaining (sec): 0, DF policy: copy-df
      ICMP error validation: disabled, TFC packets: disabled
      current outbound spi: ${outbound.slice(2)}
      current inbound spi : ${inbound.slice(2)}

    inbound esp sas:
${sa(tunnel, inbound, transform, port, next)}
    outbound esp sas:
${sa(tunnel, outbound, transform, port, next)}

`;
}

function spi(next: (below: number) => number): string {
  return `0x${(next(0xffff_0000) + 256).toString(16).toUpperCase().padStart(8, "0")}`;
}

function sa(id: number, spiText: string, transform: string, port: number, next: (below: number) => number): string {
  return `      spi: ${spiText} (${Number(spiText)})
         SA State: active
         transform: ${transform} no compression 
         in use settings ={L2L, Tunnel, ${port === 4500 ? " NAT-T-Encaps, " : ""}IKEv2, }
         slot: 0, conn_id: ${4096 + id}, crypto-map: OUT_MAP
         sa timing: remaining key lifetime (kB/sec): (${4_000_000 + next(600_000)}/${next(28_800)})
         IV size: 16 bytes
         replay detection support: Y
         Anti replay bitmap: 
          0xFFFFFFFF 0xFFFFFFFF`;
}
