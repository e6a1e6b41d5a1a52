import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toldIn } from "../src/case/told.ts";

const SAID: readonly (readonly [string, string | undefined, string | undefined, string?])[] = [
  [
    "hey, vpn to berlin is down since 02:10, we have a fortigate 100F, they have an asa, peer is 203.0.113.9",
    "fortios",
    "cisco-asa",
    "203.0.113.9",
  ],
  ["Hi, tunnel between our ASA and customer's Palo Alto keeps dropping every hour", "cisco-asa", "panos"],
  ["No traffic through the tunnel to AWS from our SRX", "junos", "aws"],
  [
    "can't ping 10.20.0.5 from 10.10.0.4, tunnel is up. Cisco ISR here, other side is a pfSense",
    "cisco-ios",
    "strongswan",
  ],
  ["I'm on a mikrotik, remote is fortigate", "routeros", "fortios"],
  ["fortigate to asa tunnel is not coming up", "fortios", "cisco-asa"],
  [
    "Tunnel 12 down. Site: Berlin\nOur box: ASA 5516\nTheir box: FortiGate\nPeer IP: 203.0.113.9",
    "cisco-asa",
    "fortios",
    "203.0.113.9",
  ],
  ["peer 198.51.100.20 (asa) does not answer", undefined, "cisco-asa", "198.51.100.20"],
  ["vpn to 198.51.100.7 flaps, we run opnsense", "strongswan", undefined, "198.51.100.7"],
  ["the far gateway is 2001:db8::7 and they use libreswan", undefined, "libreswan", "2001:db8::7"],
  ["our peer is a juniper srx 340, we're on ios-xe", "cisco-ios", "junos"],
  ["it's an asa, and the tunnel is down", "cisco-asa", undefined],
  ["there is a fortigate here and a vyos on their side", "fortios", "strongswan"],
  ["we moved from an asa to a fortigate on our side last night", undefined, undefined],
  ["between fortigate and asa nothing comes up", undefined, undefined],
  ["tunnel to 198.51.100.7 is down, cisco router", "cisco-ios", undefined, "198.51.100.7"],
  ["it is not an asa", undefined, undefined],
];

describe("what a sentence tells of the ends", () => {
  it.each(SAID.map(([text, ...told]) => [text, told] as const))("%s", (text, [local, remote, peer]) => {
    const told = toldIn(text, true);
    expect([told?.platforms.local, told?.platforms.remote, told?.peer]).toEqual([local, remote, peer]);
  });

  it("an inside host is no peer, nor is a network", () => {
    for (const text of [
      "no traffic to 10.20.0.5 through the asa",
      "can't reach 10.1.1.1 from 10.2.2.2 over the vpn",
      "their network 10.20.0.0/24 is not reachable",
      "the remote host 10.20.0.5 does not answer",
    ])
      expect(toldIn(text, true)?.peer).toBeUndefined();
  });

  it("two addresses that could both be the peer are none, but one that works is not meant", () => {
    expect(toldIn("the peer 192.0.2.1 is dead, the peer 192.0.2.9 is down", true)?.peer).toBeUndefined();
    expect(toldIn("the peer 192.0.2.1 works, the peer 192.0.2.9 is down", true)?.peer).toBe("192.0.2.9");
    expect(toldIn("our vpn to 192.0.2.1 is fine", true)?.peer).toBeUndefined();
  });

  it("nothing is heard in what devices print", () => {
    for (const text of [
      "HUB#show crypto isakmp sa",
      "set vpn ipsec site-to-site peer 203.0.113.9 = fortigate",
      "%ASA-5-713119: Group = 203.0.113.9, IP = 203.0.113.9, PHASE 1 COMPLETED",
      "*Nov 27 02:10:11.123: ISAKMP:(1001): peer 203.0.113.9 is an asa",
      "fortigate-hub> get vpn ike gateway",
    ])
      expect(toldIn(text)).toBeUndefined();
  });

  it("no line of any sample, and no piece of one, is taken for a person's words", () => {
    const vendors = new URL("../src/vendors/", import.meta.url);
    const samples = readdirSync(vendors, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".txt"));
    expect(samples.length).toBeGreaterThan(200);
    const taken = samples.flatMap((file) => {
      const text = readFileSync(new URL(file, vendors), "utf8");
      const pieces = Array.from({ length: text.length / 37 }, (_, at) =>
        text.slice(at * 37, at * 37 + 1 + ((at * 259) % 300)),
      );
      return [...text.split("\n"), ...pieces].filter((piece) => toldIn(piece) !== undefined);
    });
    expect(taken).toEqual([]);
  });

  it("is found in time that grows no faster than the text", () => {
    fc.assert(
      fc.property(fc.constantFrom("our asa to ", "peer is ", "their side ip ", "vpn x y to ", "a "), (piece) => {
        toldIn(piece.repeat(60).slice(0, 400));
        return toldIn(piece.repeat(100_000)) === undefined;
      }),
    );
  });
});
