/** The wrong diagnoses that lie in wait (fault catalogue, section 0), each as pasted text. */
import { describe, expect, it } from "vitest";
import type { Verdict } from "../src/domain/verdict.ts";
import { type LabelledCase, readCases } from "./accuracy/case.ts";
import { run } from "./accuracy/judge.ts";

type Said = Partial<Pick<LabelledCase, "symptom" | "peer" | "platforms">>;

function verdictOf(pastes: readonly (string | { local: string } | { remote: string })[], said: Said = {}): Verdict {
  const named = pastes.map((paste, index) => {
    if (typeof paste === "string") return { name: `paste-${index}`, end: undefined, text: paste };
    return "local" in paste
      ? { name: `paste-${index}`, end: "local" as const, text: paste.local }
      : { name: `paste-${index}`, end: "remote" as const, text: paste.remote };
  });
  return run({ symptom: undefined, peer: undefined, platforms: {}, cannot: [], ...said, pastes: named }).verdict;
}

function ids({ findings }: Verdict): string[] {
  return findings.map(({ id }) => id);
}

function confirmed({ findings }: Verdict): string[] {
  return findings.filter(({ certainty }) => certainty === "confirmed").map(({ id }) => id);
}

describe("T1: no IKE SA can be a fault of phase 2", () => {
  const table = `EDGE#show crypto isakmp sa
IPv4 Crypto ISAKMP SA
dst             src             state          conn-id status
203.0.113.40    198.51.100.6    MM_NO_STATE       1003 ACTIVE (deleted)
EDGE#`;
  const debug = `*Mar  1 00:10:00.101: ISAKMP:(1003):Old State = IKE_I_MM6  New State = IKE_P1_COMPLETE
*Mar  1 00:10:00.105: ISAKMP:(1003):beginning Quick Mode exchange, M-ID of 112233445
*Mar  1 00:10:00.105: ISAKMP:(1003): sending packet to 203.0.113.40 my_port 500 peer_port 500 (I) QM_IDLE
*Mar  1 00:10:00.181: ISAKMP (1003): received packet from 203.0.113.40 dport 500 sport 500 Global (I) QM_IDLE
*Mar  1 00:10:00.185: ISAKMP:(1003): processing HASH payload. message ID = 556677
*Mar  1 00:10:00.185: ISAKMP:(1003): processing NOTIFY PROPOSAL_NOT_CHOSEN protocol 3
*Mar  1 00:10:00.185: ISAKMP:(1003): processing DELETE payload. message ID = 889900
*Mar  1 00:10:00.185: ISAKMP:(1003):peer does not do paranoid keepalives.
*Mar  1 00:10:00.185: ISAKMP:(1003):deleting SA reason "No reason" state (I) QM_IDLE       (peer 203.0.113.40)
*Mar  1 00:10:30.001: ISAKMP:(0): beginning Main Mode exchange
*Mar  1 00:10:30.001: ISAKMP:(0): sending packet to 203.0.113.40 my_port 500 peer_port 500 (I) MM_NO_STATE`;

  it("a lone MM_NO_STATE is no verdict, and a debug is asked for", () => {
    const verdict = verdictOf([table], { peer: "203.0.113.40" });
    expect(verdict.verdict).toBe("need-more");
    expect(confirmed(verdict)).toEqual([]);
    expect(verdict.asks[0]).toMatchObject({ side: "remote" });
    expect(verdict.asks[0]?.command).toContain("debug crypto isakmp");
    expect(verdict.asks[0]?.command).toContain("peer ipv4 198.51.100.6");
  });

  it("with the debug it is phase 2, and the policies are ruled out", () => {
    const verdict = verdictOf([table, debug]);
    expect(ids(verdict)).toEqual(
      expect.arrayContaining(["ipsec-transform-mismatch", "ipsec-pfs-mismatch", "ipsec-proxy-mismatch"]),
    );
    expect(ids(verdict)).not.toContain("ike-policy-mismatch");
    expect(ids(verdict)).not.toContain("ike-no-response");
    expect(verdict.verdict).toBe("need-more");
  });

  it("with both maps it is PFS", () => {
    const map = (host: string, name: string, peer: string, acl: string, pfs: string) => `${host}#show crypto map
Crypto Map IPv4 "${name}" 10 ipsec-isakmp
	Peer = ${peer}
	Extended IP access list VPN
	    access-list VPN permit ip ${acl}
	Current peer: ${peer}
	Security association lifetime: 4608000 kilobytes/3600 seconds
	${pfs}
	Transform sets={
		STRONG:  { esp-256-aes esp-sha256-hmac  } ,
	}
	Interfaces using crypto map ${name}:
		GigabitEthernet0/0
`;
    const near = map("EDGE", "A", "203.0.113.40", "10.1.0.0 0.0.255.255 10.2.0.0 0.0.255.255", "PFS (Y/N): N");
    const far = map(
      "FAR",
      "B",
      "198.51.100.6",
      "10.2.0.0 0.0.255.255 10.1.0.0 0.0.255.255",
      "PFS (Y/N): Y\n\tDH group:  group14",
    );
    const verdict = verdictOf([table, debug, { local: near }, { remote: far }], { peer: "203.0.113.40" });
    expect(verdict.findings[0]).toMatchObject({ id: "ipsec-pfs-mismatch", side: "local" });
    expect(verdict.verdict).toBe("found");
  });
});

describe("T2: paranoid keepalives are no fault", () => {
  it("weighs nothing", () => {
    const verdict = verdictOf(["*Mar  1 00:10:00.185: ISAKMP:(1003):peer does not do paranoid keepalives."]);
    expect(ids(verdict)).toEqual([]);
  });
});

describe("T4: the end that answers knows why", () => {
  const debug = (lines: string) => `ISAKMP (0): received packet from 192.0.2.9 dport 500 sport 500 Global (N) NEW SA
${lines}`;

  it("the initiator's notify leads to the other end's debug", () => {
    const verdict = verdictOf([
      `ISAKMP:(0): beginning Main Mode exchange
ISAKMP:(0): sending packet to 198.51.100.6 my_port 500 peer_port 500 (I) MM_NO_STATE
ISAKMP (0): received packet from 198.51.100.6 dport 500 sport 500 Global (I) MM_NO_STATE
ISAKMP:(0): processing NOTIFY PROPOSAL_NOT_CHOSEN protocol 1`,
    ]);
    expect(verdict.verdict).toBe("need-more");
    expect(verdict.asks[0]).toMatchObject({ side: "remote" });
    expect(verdict.asks[0]?.command).toContain("debug crypto isakmp");
  });

  it("where this end answers, its own debug is asked for", () => {
    const verdict = verdictOf(
      [
        "R1#show crypto isakmp sa\ndst             src             state          conn-id status\n192.0.2.1       192.0.2.9       MM_NO_STATE          0 ACTIVE (deleted)\nR1#",
      ],
      { peer: "192.0.2.9" },
    );
    expect(verdict.asks[0]).toMatchObject({ side: "local" });
    expect(verdict.asks[0]?.command).toContain("debug crypto isakmp");
  });

  it("its debug decides", () => {
    const verdict = verdictOf([
      debug(`ISAKMP:(0):Checking ISAKMP transform 1 against priority 10 policy
ISAKMP:      encryption AES-CBC
ISAKMP:      keylength of 256
ISAKMP:      hash SHA256
ISAKMP:      default group 14
ISAKMP:      auth pre-share
ISAKMP:(0):Hash algorithm offered does not match policy!
ISAKMP:(0):atts are not acceptable. Next payload is 0
ISAKMP:(0):no offers accepted!
ISAKMP:(0): phase 1 SA policy not acceptable! (local 192.0.2.1 remote 192.0.2.9)`),
    ]);
    expect(verdict.findings[0]).toMatchObject({ id: "ike-policy-mismatch", certainty: "confirmed" });
    expect(verdict.findings[0]?.evidence.map(({ text }) => text).join("\n")).toContain("Hash algorithm offered");
  });
});

describe("T4: what came in from the peer does not say why", () => {
  const refusals: readonly (readonly [string, string, readonly string[], string])[] = [
    [
      "strongSwan, authentication",
      `Nov 20 06:11:02 gw-oslo charon[612]: 07[IKE] <oslo-riga|4> initiating IKE_SA oslo-riga[4] to 203.0.113.90
Nov 20 06:11:02 gw-oslo charon[612]: 09[ENC] <oslo-riga|4> parsed IKE_SA_INIT response 0 [ SA KE No N(NATD_S_IP) N(NATD_D_IP) ]
Nov 20 06:11:02 gw-oslo charon[612]: 09[ENC] <oslo-riga|4> generating IKE_AUTH request 1 [ IDi IDr AUTH SA TSi TSr ]
Nov 20 06:11:02 gw-oslo charon[612]: 11[ENC] <oslo-riga|4> parsed IKE_AUTH response 1 [ N(AUTH_FAILED) ]
Nov 20 06:11:02 gw-oslo charon[612]: 11[IKE] <oslo-riga|4> received AUTHENTICATION_FAILED notify error`,
      ["ike-psk-mismatch", "ike-identity-mismatch", "ike-auth-method-mismatch", "ike-cert-failure"],
      "journalctl -u strongswan",
    ],
    [
      "strongSwan, IKE proposals",
      `Nov 20 06:12:02 gw-oslo charon[612]: 07[IKE] <oslo-riga|5> initiating IKE_SA oslo-riga[5] to 203.0.113.90
Nov 20 06:12:02 gw-oslo charon[612]: 09[ENC] <oslo-riga|5> parsed IKE_SA_INIT response 0 [ N(NO_PROP) ]
Nov 20 06:12:02 gw-oslo charon[612]: 09[IKE] <oslo-riga|5> received NO_PROPOSAL_CHOSEN notify error`,
      ["ike-policy-mismatch", "ike-dh-mismatch", "ike-wrong-peer", "ike-version-mismatch"],
      "journalctl -u strongswan",
    ],
    [
      "IOS, authentication",
      `IKEv2:(SESSION ID = 3,SA ID = 1):Sending Packet [To 203.0.113.90:500/From 198.51.100.12:500/VRF i0:f0]
Initiator SPI : 0A0B0C0D0E0F1011 - Responder SPI : 0000000000000000 Message id: 0
IKEv2 IKE_SA_INIT Exchange REQUEST
IKEv2:(SESSION ID = 3,SA ID = 1):Completed SA init exchange
IKEv2:(SESSION ID = 3,SA ID = 1):Received Packet [From 203.0.113.90:500/To 198.51.100.12:500/VRF i0:f0]
Initiator SPI : 0A0B0C0D0E0F1011 - Responder SPI : A1B2C3D4E5F60718 Message id: 1
IKEv2 IKE_AUTH Exchange RESPONSE
Payload contents:
 NOTIFY(AUTHENTICATION_FAILED)
IKEv2-ERROR:(SESSION ID = 3,SA ID = 1):: Failed to authenticate the IKE SA
IKEv2-ERROR:(SESSION ID = 3,SA ID = 1):: Auth exchange failed`,
      ["ike-psk-mismatch", "ike-identity-mismatch", "ike-auth-method-mismatch", "ike-cert-failure"],
      "debug crypto condition peer ipv4 198.51.100.12\ndebug crypto ikev2",
    ],
    [
      "ASA, IKEv1 proposals",
      `Nov 20 2026 06:20:01: %ASA-7-715046: IP = 203.0.113.90, constructing ISAKMP SA payload
Nov 20 2026 06:20:01: %ASA-7-713236: IP = 203.0.113.90, IKE_DECODE SENDING Message (msgid=0) with payloads : HDR + SA (1) + VENDOR (13) + NONE (0) total length : 168
Nov 20 2026 06:20:01: %ASA-5-713904: IP = 203.0.113.90, Received an un-encrypted NO_PROPOSAL_CHOSEN notify message, dropping`,
      ["ike-policy-mismatch", "ike-wrong-peer", "ike-auth-method-mismatch"],
      "debug crypto condition peer",
    ],
  ];

  it.each(refusals)("%s: all that it can be, and the other end's log is asked for", (_, log, candidates, command) => {
    const verdict = verdictOf([{ local: log }]);
    expect(verdict.verdict).toBe("need-more");
    expect(ids(verdict)).toEqual(expect.arrayContaining([...candidates]));
    expect(verdict.findings.filter(({ certainty }) => certainty !== "possible")).toEqual([]);
    expect(verdict.asks[0]?.side).toBe("remote");
    expect(verdict.asks[0]?.command).toContain(command);
  });

  it("where the end that answered hears it, the end that began has the reason", () => {
    const verdict = verdictOf([
      {
        local: `Nov 21 09:00:00 gw-riga charon[77]: 05[NET] <8> received packet: from 198.51.100.12[500] to 203.0.113.90[500] (464 bytes)
Nov 21 09:00:00 gw-riga charon[77]: 05[ENC] <8> parsed IKE_SA_INIT request 0 [ SA KE No N(NATD_S_IP) N(NATD_D_IP) ]
Nov 21 09:00:00 gw-riga charon[77]: 05[IKE] <8> 198.51.100.12 is initiating an IKE_SA
Nov 21 09:00:00 gw-riga charon[77]: 06[ENC] <riga-oslo|8> parsed IKE_AUTH request 1 [ IDi AUTH SA TSi TSr ]
Nov 21 09:00:00 gw-riga charon[77]: 06[IKE] <riga-oslo|8> authentication of '198.51.100.12' with pre-shared key successful
Nov 21 09:00:00 gw-riga charon[77]: 07[ENC] <riga-oslo|8> parsed INFORMATIONAL request 2 [ N(AUTH_FAILED) ]
Nov 21 09:00:00 gw-riga charon[77]: 07[IKE] <riga-oslo|8> received AUTHENTICATION_FAILED notify error`,
      },
    ]);
    expect(verdict.verdict).toBe("need-more");
    expect(verdict.asks[0]).toMatchObject({ side: "remote" });
    expect(verdict.asks[0]?.command).toContain("journalctl");
  });
});

describe("T5: up on one end is not healthy", () => {
  it("one end encrypts, the other has no SA", () => {
    const item = readCases().find(({ name }) => name === "sessions-disagree");
    expect(item).toBeDefined();
    if (!item) return;
    const { verdict } = run(item);
    expect(verdict.verdict).toBe("found");
    expect(verdict.findings[0]).toMatchObject({ id: "sa-half-open", certainty: "confirmed", side: "local" });
  });
});

describe("T6: stuck at the key exchange has four causes", () => {
  const stuck = `R2#show crypto isakmp sa
IPv4 Crypto ISAKMP SA
dst             src             state          conn-id status
192.0.2.1       192.0.2.9       MM_KEY_EXCH       1010 ACTIVE
R2#`;

  it("the state alone names them and asks the end that answers whether the message came", () => {
    const verdict = verdictOf([stuck], { peer: "192.0.2.1" });
    expect(verdict.verdict).toBe("need-more");
    expect(confirmed(verdict)).toEqual([]);
    expect(ids(verdict)).toEqual(expect.arrayContaining(["ike-psk-mismatch", "ike-identity-mismatch", "ike-nat-t"]));
    expect(ids(verdict)).not.toContain("ike-policy-mismatch");
    expect(verdict.asks[0]).toMatchObject({ side: "remote" });
    expect(verdict.asks[0]?.command).toContain("peer ipv4 192.0.2.9");
  });

  it("it came and could not be read: the key", () => {
    const far = `ISAKMP (1044): received packet from 192.0.2.9 dport 500 sport 500 Global (R) MM_KEY_EXCH
ISAKMP: reserved not zero on ID payload!
%CRYPTO-4-IKMP_BAD_MESSAGE: IKE message from 192.0.2.9 failed its sanity check or is malformed`;
    const verdict = verdictOf([{ local: stuck }, { remote: far }], { peer: "192.0.2.1" });
    expect(verdict.findings[0]).toMatchObject({ id: "ike-psk-mismatch", certainty: "confirmed" });
    expect(ids(verdict)).not.toContain("ike-nat-t");
  });
});

describe("T7: one refused transform is normal", () => {
  it("a refusal that is followed by an acceptance is no fault", () => {
    const verdict = verdictOf([
      `ISAKMP (0): received packet from 192.0.2.9 dport 500 sport 500 Global (N) NEW SA
ISAKMP:(0):Checking ISAKMP transform 1 against priority 10 policy
ISAKMP:      encryption 3DES-CBC
ISAKMP:(0):Encryption algorithm offered does not match policy!
ISAKMP:(0):atts are not acceptable. Next payload is 3
ISAKMP:(0):Checking ISAKMP transform 2 against priority 10 policy
ISAKMP:      encryption AES-CBC
ISAKMP:(0):atts are acceptable. Next payload is 0`,
    ]);
    expect(confirmed(verdict)).toEqual([]);
    expect(ids(verdict)).not.toContain("ike-policy-mismatch");
  });
});

/** `show crypto ipsec sa` of one flow. */
function counters(encaps: number, decaps: number, far = "10.9.0.0", spi = "0x11223344(287454020)"): string {
  return `
     local  ident (addr/mask/prot/port): (10.1.0.0/255.255.0.0/0/0)
     remote ident (addr/mask/prot/port): (${far}/255.255.0.0/0/0)
     current_peer 192.0.2.9 port 500
       PERMIT, flags={origin_is_acl,}
      #pkts encaps: ${encaps}, #pkts encrypt: ${encaps}, #pkts digest: ${encaps}
      #pkts decaps: ${decaps}, #pkts decrypt: ${decaps}, #pkts verify: ${decaps}
      #send errors 0, #recv errors 0

       local crypto endpt.: 192.0.2.1, remote crypto endpt.: 192.0.2.9
       current outbound spi: ${spi}

       inbound esp sas:
        spi: 0x55667788(1432778632)
          transform: esp-256-aes esp-sha256-hmac ,
          in use settings ={Tunnel, }
          Status: ACTIVE(ACTIVE)

       outbound esp sas:
        spi: ${spi}
          transform: esp-256-aes esp-sha256-hmac ,
          in use settings ={Tunnel, }
          Status: ACTIVE(ACTIVE)
`;
}
const HEAD = `R1#show crypto ipsec sa

interface: GigabitEthernet0/0
    Crypto map tag: VPN, local addr 192.0.2.1

   protected vrf: (none)`;

describe("T9: counters are totals", () => {
  it("totals that differ prove nothing", () => {
    const verdict = verdictOf([`${HEAD}${counters(2900, 1909)}R1#`]);
    expect(verdict.findings).toEqual([]);
  });

  it("totals far apart ask for a second reading", () => {
    const verdict = verdictOf([`${HEAD}${counters(2900, 90)}R1#`]);
    expect(verdict.verdict).toBe("need-more");
    expect(confirmed(verdict)).toEqual([]);
    expect(verdict.asks[0]).toMatchObject({ side: "local" });
    expect(verdict.asks[0]?.command).toContain("show crypto ipsec sa peer 192.0.2.9");
  });

  it("two readings tell: it sends and nothing comes back", () => {
    const verdict = verdictOf([`${HEAD}${counters(2900, 1909)}R1#`, `${HEAD}${counters(3100, 1909)}R1#`]);
    expect(verdict.verdict).toBe("need-more");
    expect(ids(verdict)).toEqual(expect.arrayContaining(["routing-far-side", "esp-blocked"]));
    expect(verdict.asks[0]).toMatchObject({ side: "remote", command: "show crypto ipsec sa peer 192.0.2.1" });
  });

  it("two readings tell: both ways", () => {
    const verdict = verdictOf([`${HEAD}${counters(2900, 90)}R1#`, `${HEAD}${counters(3100, 290)}R1#`]);
    expect(verdict.verdict).toBe("healthy");
  });
});

describe("T10: several flows", () => {
  it("one that works does not hide one that does not", () => {
    const quiet = counters(0, 500, "10.8.0.0", "0x99887766(2575857510)");
    const verdict = verdictOf([`${HEAD}${counters(500, 480)}${quiet}R1#`]);
    expect(verdict.verdict).toBe("need-more");
    expect(verdict.findings[0]?.evidence.map(({ text }) => text)).toContainEqual(expect.stringContaining("encaps: 0"));
  });
});

describe("T11: the platform is what the format says", () => {
  it("an IOS output stays IOS, whatever was said", () => {
    const verdict = verdictOf([`${HEAD}${counters(0, 500)}R1#`], { platforms: { local: "cisco-asa" } });
    expect(verdict.pastes[0]?.outputs[0]?.platform).toBe("cisco-ios");
    for (const ask of verdict.asks.filter(({ side }) => side === "local")) expect(ask.platform).toBe("cisco-ios");
  });
});

describe("T12: the platform refuses weak algorithms", () => {
  it("says so, and offers what both can use", () => {
    const verdict = verdictOf([
      `ISAKMP-PAK: (0):received packet from 192.0.2.9 dport 500 sport 500 Global (N) NEW SA
ISAKMP: (0):Checking ISAKMP transform 1 against priority 10 policy
ISAKMP: (0):      encryption 3DES-CBC
ISAKMP: (0):      hash MD5
ISAKMP: (0):      default group 2
ISAKMP: (0):      auth pre-share
ISAKMP-ERROR: (0):Either (3des) encryption algorithm or (md5) hash algorithmis not CSDL compliant
ISAKMP-ERROR: (0):atts are not acceptable. Next payload is 0
ISAKMP-ERROR: (0):no offers accepted!
ISAKMP-ERROR: (0):phase 1 SA policy not acceptable! (local 192.0.2.1 remote 192.0.2.9)`,
    ]);
    expect(verdict.findings[0]).toMatchObject({ id: "ike-weak-crypto-blocked", certainty: "confirmed" });
    const commands = verdict.findings[0]?.fix.flatMap((step) => step.commands).join("\n") ?? "";
    expect(commands).toContain("encryption aes 256");
    expect(commands).not.toMatch(/3des|md5|group [125]$/m);
  });

  it("what it says of its default suites is no fault of anybody's", () => {
    const verdict = verdictOf([
      "ISAKMP-ERROR: (0):(65514): Either (3des) encryption algorithm or (md5) hash algorithmis not CSDL compliant",
    ]);
    expect(confirmed(verdict)).toEqual([]);
  });
});
