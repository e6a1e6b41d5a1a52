/** Two readings of counters in one paste: what they did in between, and in how long, by the clock shown before each. */
import { describe, expect, it } from "vitest";
import { speakVerdict } from "../src/speech/diagnosis.ts";
import { run } from "./accuracy/judge.ts";

function saidOf(text: string): string[] {
  const { blocks } = speakVerdict(
    run({ pastes: [{ name: "paste", end: undefined, text }], cannot: [], platforms: {}, symptom: undefined }),
  );
  return blocks.flatMap((block) =>
    block.type === "list" && block.label === "Since the reading before" ? block.items : [],
  );
}

const asa = (encaps: number, decaps: number) => `kotka-fw# show crypto ipsec sa peer 198.51.100.71
peer address: 198.51.100.71
    Crypto map tag: OUT, seq num: 3, local addr: 203.0.113.9

      local ident (addr/mask/prot/port): (10.21.0.0/255.255.0.0/0/0)
      remote ident (addr/mask/prot/port): (10.22.4.0/255.255.252.0/0/0)
      current_peer: 198.51.100.71

      #pkts encaps: ${encaps}, #pkts encrypt: ${encaps}, #pkts digest: ${encaps}
      #pkts decaps: ${decaps}, #pkts decrypt: ${decaps}, #pkts verify: ${decaps}
      #send errors: 0, #recv errors: 0

      local crypto endpt.: 203.0.113.9/0, remote crypto endpt.: 198.51.100.71/0
      current outbound spi: 9A41C2D7
      current inbound spi : 17C2E605

    inbound esp sas:
      spi: 0x17C2E605 (398648837)
         SA State: active
    outbound esp sas:
      spi: 0x9A41C2D7 (2588001495)
         SA State: active
`;
const asaClock = (time: string) => `kotka-fw# show clock\n${time} EET Fri Nov 27 2026\n`;

const ios = (encaps: number, decaps: number) => `PORI#show crypto session remote 192.0.2.130 detail
Crypto session current status

Code: C - IKE Configuration mode, D - Dead Peer Detection     
K - Keepalives, N - NAT-traversal, T - cTCP encapsulation     
X - IKE Extended Authentication, F - IKE Fragmentation

Interface: GigabitEthernet0/0
Uptime: 01:10:22
Session status: UP-ACTIVE     
Peer: 192.0.2.130 port 500 fvrf: (none) ivrf: (none)
      Phase1_id: 192.0.2.130
      Desc: (none)
  IKEv1 SA: local 198.51.100.20/500 remote 192.0.2.130/500 Active 
          Capabilities:D connid:1044 lifetime:22:49:38
  IPSEC FLOW: permit ip 172.16.8.0/255.255.255.0 172.16.9.0/255.255.255.0 
        Active SAs: 2, origin: crypto map
        Inbound:  #pkts dec'ed ${decaps} drop 0 life (KB/Sec) 4607812/1200
        Outbound: #pkts enc'ed ${encaps} drop 0 life (KB/Sec) 4607733/1200

`;
const iosClock = (time: string) => `PORI#show clock detail\n${time} UTC Fri Nov 27 2026\nTime source is NTP\n`;

describe("the same counters twice in one paste", () => {
  it("tells what they did and in how many seconds, by an ASA's clock before each", () => {
    const text = `${asaClock("18:50:44.123")}${asa(4110, 3987)}${asaClock("18:51:26.310")}${asa(4194, 3987)}kotka-fw#\n`;
    expect(saidOf(text)).toEqual(["kotka-fw, in 42 s: encaps +84 (2.0/s), decaps +0"]);
  });

  it("tells it of a router's sessions as well", () => {
    const text = `${iosClock("*18:50:44.123")}${ios(900, 811)}${iosClock("*18:52:14.124")}${ios(990, 901)}PORI#\n`;
    expect(saidOf(text)).toEqual(["PORI, in 90 s: encaps +90 (1.0/s), decaps +90 (1.0/s)"]);
  });

  it("names no time where one clock stands before both, or none", () => {
    const twice = `${asa(4110, 3987)}${asa(4194, 3990)}kotka-fw#\n`;
    expect(saidOf(twice)).toEqual(["kotka-fw: encaps +84, decaps +3"]);
    expect(saidOf(`${asaClock("18:50:44.123")}${twice}`)).toEqual(["kotka-fw: encaps +84, decaps +3"]);
  });

  it("says nothing of one reading", () => {
    expect(saidOf(`${asaClock("18:50:44.123")}${asa(4110, 3987)}kotka-fw#\n`)).toEqual([]);
  });
});
