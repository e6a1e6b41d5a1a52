import { describe, expect, it } from "vitest";
import { loadKnowledge } from "../src/knowledge/load.ts";
import { readPaste } from "../src/paste/read.ts";
import { createSecretTagger } from "../src/paste/redact.ts";
import { viewTunnel } from "../src/tunnel/tunnel.ts";
import { VENDORS } from "../src/vendors/index.ts";
import { diagnose } from "../src/verdict/diagnose.ts";

const knowledge = await loadKnowledge();

function given(...texts: readonly string[]) {
  const tools = { vendors: VENDORS, signatures: knowledge.signatures, tagger: createSecretTagger() };
  const pastes = texts.map((text, index) => ({
    paste: readPaste(`paste ${index + 1}`, text, tools),
    saidSide: undefined,
  }));
  return { pastes, symptom: undefined, platforms: {}, peer: undefined, cannot: [] };
}

function countersOf(...texts: readonly string[]) {
  return viewTunnel(given(...texts)).local.flows.flatMap(({ items }) =>
    items.map(({ item: { remoteEndpoint, counters } }) => ({
      remoteEndpoint,
      encaps: counters.encaps,
      decaps: counters.decaps,
    })),
  );
}

const BERLIN = "198.51.100.10";
const HULL = "203.0.113.20";

const installed = (packets: { toHull: number; toBerlin: number }) =>
  `[admin@gw] > /ip ipsec installed-sa print
Flags: S - seen-traffic; H - hw-aead; A - AH, E - ESP
 0 HE spi=0xDFD18A5 src-address=${BERLIN} dst-address=${HULL} state=mature auth-algorithm=sha256 enc-algorithm=aes-cbc enc-key-size=256 addtime=nov/27/2026 10:00:00 expires-in=21m add-lifetime=24m/30m current-packets=${packets.toHull} replay=128
 1 HE spi=0x44D2F0A src-address=${HULL} dst-address=${BERLIN} state=mature auth-algorithm=sha256 enc-algorithm=aes-cbc enc-key-size=256 addtime=nov/27/2026 10:00:00 expires-in=21m add-lifetime=24m/30m current-packets=${packets.toBerlin} replay=128
[admin@gw] >
`;
const peersOf = (own: string, peer: string) =>
  `[admin@gw] > /ip ipsec active-peers print detail
Flags: R - responder; N - natt-peer
 0    id="${peer}" local-address=${own} port=500 remote-address=${peer} port=500 state=established side=initiator uptime=1h2m3s last-seen=12s ph2-total=1 spii="a1b2c3d4e5f60718" spir="18f7e6d5c4b3a291"
[admin@gw] >
`;
const xfrmState = (from: string, to: string, spi: string, packets: number) => `src ${from} dst ${to}
	proto esp spi ${spi} reqid 1(0x00000001) mode tunnel
	replay-window 32 seq 0x00000000 flag af-unspec (0x00100000)
	auth-trunc hmac(sha256) 0x (256 bits) 128
	enc cbc(aes) 0x (256 bits)
	lifetime current:
	  0(bytes), ${packets}(packets)
	  add 2026-11-27 10:00:00 use -
`;
const xfrm = ({ toHull, toBerlin }: { toHull: number; toBerlin: number }) =>
  `root@gw:~# ip -s xfrm state
${xfrmState(BERLIN, HULL, "0xc1f2a3b4(3253904308)", toHull)}${xfrmState(HULL, BERLIN, "0xc5d6e7f8(3319195640)", toBerlin)}root@gw:~#
`;
const pingFrom = (own: string, peer: string) => `root@gw:~# ping -c 2 -I ${own} ${peer}
PING ${peer} (${peer}) from ${own} : 56(84) bytes of data.
64 bytes from ${peer}: icmp_seq=1 ttl=61 time=11.2 ms
64 bytes from ${peer}: icmp_seq=2 ttl=61 time=11.4 ms

--- ${peer} ping statistics ---
2 packets transmitted, 2 received, 0% packet loss, time 1001ms
rtt min/avg/max/mdev = 11.200/11.300/11.400/0.100 ms
root@gw:~#
`;

describe("SAs that are printed without telling which end prints them", () => {
  it("are counted from this end once another output shows its address, before them or behind", () => {
    const berlin = [{ remoteEndpoint: HULL, encaps: 0, decaps: 100 }];
    const hull = [{ remoteEndpoint: BERLIN, encaps: 100, decaps: 0 }];
    const table = installed({ toHull: 0, toBerlin: 100 });
    expect(countersOf(peersOf(BERLIN, HULL), table)).toEqual(berlin);
    expect(countersOf(table, peersOf(BERLIN, HULL))).toEqual(berlin);
    expect(countersOf(peersOf(HULL, BERLIN), table)).toEqual(hull);
  });

  it("say nothing of either end before, neither that packets are missing nor that there are no SAs", () => {
    for (const text of [installed({ toHull: 0, toBerlin: 100 }), xfrm({ toHull: 7, toBerlin: 0 })]) {
      expect(countersOf(text).filter(({ encaps, decaps }) => encaps !== undefined || decaps !== undefined)).toEqual([]);
      const { verdict } = diagnose(given(text), knowledge);
      expect(verdict).toMatchObject({ verdict: "need-more" });
      expect(verdict.findings).toEqual([]);
    }
  });

  it("are read the same on Linux, where a kernel that has not sent yet does not show the direction", () => {
    const table = xfrm({ toHull: 7, toBerlin: 0 });
    expect(countersOf(pingFrom(BERLIN, HULL), table)).toEqual([{ remoteEndpoint: HULL, encaps: 7, decaps: 0 }]);
    expect(countersOf(pingFrom(HULL, BERLIN), table)).toEqual([{ remoteEndpoint: BERLIN, encaps: 0, decaps: 7 }]);
  });
});
