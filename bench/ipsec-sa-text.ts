/** A hub's `show crypto ipsec sa detail`, as long as wanted: different names, addresses, counters and algorithms. */

const TRANSFORMS = [
  "esp-3des esp-sha-hmac",
  "esp-aes esp-sha-hmac",
  "esp-256-aes esp-sha256-hmac",
  "esp-gcm 256",
  "esp-192-aes esp-sha512-hmac",
];
const GROUPS = ["none", "group14", "group19", "group20"];

/** Deterministic numbers, so that every run reads the same text (a linear congruential generator, Numerical Recipes). */
export function numbersFrom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 0x1_0000_0000) * below);
  };
}

/** The output with its prompt line, about 2.6 KB a tunnel. */
export function ipsecSaText(tunnels: number): string {
  const next = numbersFrom(7);
  const parts = ["HUB#show crypto ipsec sa detail\n"];
  for (let tunnel = 0; tunnel < tunnels; tunnel += 1) {
    if (tunnel % 50 === 0) parts.push(head(tunnel));
    parts.push(identity(tunnel, next));
  }
  parts.push("HUB#\n");
  return parts.join("");
}

function head(tunnel: number): string {
  return `
interface: GigabitEthernet0/0/${Math.floor(tunnel / 50)}
    Crypto map tag: CMAP-${tunnel}, local addr 192.0.2.${tunnel % 250}
`;
}

function identity(tunnel: number, next: (below: number) => number): string {
  const peer = `198.51.${tunnel >> 8}.${tunnel & 255}`;
  const local = `192.0.2.${(tunnel - (tunnel % 50)) % 250}`;
  const encaps = next(90_000_000);
  const decaps = next(90_000_000);
  const inboundSpi = spi(next);
  const outboundSpi = spi(next);
  const transform = TRANSFORMS[next(TRANSFORMS.length)] ?? "";
  return `
   protected vrf: ${tunnel % 3 === 0 ? `CUSTOMER-${tunnel % 40}` : "(none)"}
   local  ident (addr/mask/prot/port): (10.${next(250)}.${next(250)}.0/255.255.255.0/0/0)
   remote ident (addr/mask/prot/port): (172.${16 + (tunnel >> 12)}.${(tunnel >> 4) & 255}.${(tunnel & 15) * 16}/255.255.255.240/0/0)
   current_peer ${peer} port ${tunnel % 7 === 0 ? 4500 : 500}
     PERMIT, flags={origin_is_acl,}
    #pkts encaps: ${encaps}, #pkts encrypt: ${encaps}, #pkts digest: ${encaps}
    #pkts decaps: ${decaps}, #pkts decrypt: ${decaps}, #pkts verify: ${decaps}
    #pkts compressed: 0, #pkts decompressed: 0
    #pkts not compressed: 0, #pkts compr. failed: 0
    #pkts not decompressed: 0, #pkts decompress failed: 0
    #pkts no sa (send) ${next(9)}, #pkts invalid sa (rcv) ${next(9)}
    #pkts encaps failed (send) 0, #pkts decaps failed (rcv) 0
    #pkts invalid prot (recv) 0, #pkts verify failed: ${next(3)}
    #pkts invalid identity (recv) 0, #pkts invalid len (rcv) 0
    #pkts replay rollover (send): 0, #pkts replay rollover (rcv) 0
    ##pkts replay failed (rcv): ${next(2000)}
    #pkts tagged (send): 0, #pkts untagged (rcv): 0
    #pkts not tagged (send): 0, #pkts not untagged (rcv): 0
    #pkts internal err (send): 0, #pkts internal err (recv) 0

     local crypto endpt.: ${local}, remote crypto endpt.: ${peer}
     plaintext mtu 1438, path mtu 1500, ip mtu 1500, ip mtu idb GigabitEthernet0/0/${Math.floor(tunnel / 50)}
     current outbound spi: ${outboundSpi}
     PFS (Y/N): ${tunnel % 2 === 0 ? "N" : "Y"}, DH group: ${tunnel % 2 === 0 ? "none" : GROUPS[1 + next(3)]}

     inbound esp sas:
${sa(tunnel * 2 + 1, inboundSpi, transform, next)}
     inbound ah sas:

     inbound pcp sas:

     outbound esp sas:
${sa(tunnel * 2 + 2, outboundSpi, transform, next)}
     outbound ah sas:

     outbound pcp sas:
`;
}

function spi(next: (below: number) => number): string {
  const value = next(0xffff_0000) + 256;
  return `0x${value.toString(16).toUpperCase()}(${value})`;
}

function sa(id: number, spiText: string, transform: string, next: (below: number) => number): string {
  return `      spi: ${spiText}
        transform: ${transform} ,
        in use settings ={Tunnel${id % 14 < 2 ? " UDP-Encaps" : ""}, }
        conn id: ${2000 + id}, flow_id: ESG:${id}, sibling_flags FFFFFFFF80000048, crypto map: CMAP-${id - (id % 50)}
        sa timing: remaining key lifetime (k/sec): (${4_000_000 + next(600_000)}/${next(3600)})
        IV size: 16 bytes
        replay detection support: Y
        Status: ACTIVE(ACTIVE)
`;
}
