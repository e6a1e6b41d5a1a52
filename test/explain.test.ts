import { describe, expect, it } from "vitest";
import type { Explanation } from "../src/domain/explanation.ts";
import { ROOT_CAUSE_IDS, SYMPTOM_IDS, type SymptomId } from "../src/domain/ids.ts";
import { explain } from "../src/knowledge/explain.ts";
import { readEntries } from "../src/knowledge/explain-entries.ts";
import { readSymptoms, symptomFromWords } from "../src/knowledge/symptoms.ts";
import { speakBriefly } from "../src/speech/explanation.ts";

const { entries, signatures } = readEntries();
const written = entries.filter(({ about }) => about === "state" || about === "topic");

function explained(words: string): Explanation {
  const found = explain(words);
  if (found.kind !== "explanation") throw new Error(`"${words}" gave only suggestions`);
  return found;
}

function wholeText(found: Explanation): string {
  return [found.title, found.short, ...found.paragraphs, ...found.next, ...found.not].join("\n");
}

/** As people type it, and where it should lead. */
it.each(
  Object.entries({
    "ike phase one": "phase-1",
    "agressive mode": "aggressive-mode",
    quickmode: "quick-mode",
    "identity protection mode": "main-mode",
    "difference between main mode and agressive mode": "main-versus-aggressive",
    "ISAKMP vs IKE": "isakmp",
    "exchange type": "exchange-types",
    "initiator cookie": "cookies",
    nonces: "nonce",
    "vendor id": "vendor-id",
    "HDR*": "isakmp-header",
    SKEYID_d: "skeyid",
    "ah vs esp": "ah-versus-esp",
    "tunel mode": "tunnel-mode",
    "tcp port 50": "esp",
    "nat t": "nat-t",
    "port 4500": "udp-4500",
    "on-demand dpd": "dpd",
    "periodic keepalive": "periodic-keepalives",
    "reverse-route static": "rri",
    "antireplay window": "anti-replay-window",
    "sho cry ses": "show-crypto-session",
    "sh crypto engin conn active": "show-crypto-engine-connections-active",
    "show ip int brief": "show-ip-interface-brief",
    "clear crypto ipsec sa": "clear-asa",
    "conditional debug": "conditional-debug",
    "diffie-helman": "diffie-hellman",
    OM_IDLE: "qm-idle",
    mm_wait_msg5: "mm-wait-msg5",
    "pcp sas": "compression-counters",
    sibling_flags: "ipsec-sa-fields",
    "idle timeout": "sa-idle-timeout",
    "crypto ipsec security-association idle-time 600": "sa-idle-timeout",
    "hub and spoke": "hub-and-spoke",
    "overlapping networks": "overlapping-networks",
    "remote access": "remote-access",
    "gateway of last resort": "show-ip-route",
    "local-address": "peer-address",
    NO_PROPOSAL_CHOSEN: "no-proposal-chosen",
    "peer does not do paranoid keepalives": "paranoid-keepalives",
    "phase 2 SA policy not acceptable!": "phase-2-not-acceptable",
    "what does D mean in Cap": "capabilities",
    sha: "hmac",
    "life type in seconds": "lifetimes",
  }),
)('"%s" leads to %s', (words, id) => {
  expect(explained(words).id).toBe(id);
});

/** As people type it at night: misspelt sentences, other makers' words, lines that a phone cut. */
it.each(
  Object.entries({
    MM_KEY_EXHC: "mm-key-exch",
    mm_no_stat: "mm-no-state",
    "whats mm_no_state meen": "mm-no-state",
    "crypto map incomplet": "crypto-map-incomplete",
    "traffic selecter missmatch": "proxy-identities",
    "certificat expird": "certificate-expired",
    "packets droped replay": "replay-drops",
    "nat travarsal": "nat-t",
    "asymetric routing": "asymmetric-routing",
    "ping works but ssh hangs": "ssh-hangs",
    "tunnel drops evry hour": "flaps-by-the-clock",
    "tunnel wont come up": "tunnel-down",
    "proxy id mismatch": "proxy-identities",
    "blocked by isp": "ports-and-protocols",
    "retransmiting phase 1 MM_NO_STATE": "mm-no-state",
    "identity doesnt match negotiated identity": "packet-outside-identity",
    "%CRYPTO-4-IKMP_NO_SA: IKE message from 198.51.100.7 has no SA and is not an initialization offer":
      "ike-message-without-sa",
    "%ASA-3-713902: Group = 198.51.100.7, IP = 198.51.100.7, QM FSM error (P2 struct &0x74, mess id 0x1)!":
      "qm-fsm-error",
    "Removing peer from correlator table failed, no match!": "asa-free-text-messages",
    "Received non-routine Notify message: Invalid hash info (23)": "invalid-hash-information",
    INVALID_ID_INFORMATION: "invalid-id-information",
    INVALID_KE_PAYLOAD: "invalid-ke-payload",
    "parsed IKE_AUTH response 1 [ N(AUTH_FAILED) ]": "authentication-failed",
    "IKE negotiation failed with error: No proposal chosen": "junos-ike-no-proposal-chosen",
    "diag debug app ike -1": "fortigate-words",
    "phase2 selector": "fortigate-words",
    "fortigate phase1 down": "fortigate-words",
    "vpn ipsec-sa down palo alto": "palo-alto-words",
    "show security ike security-associations": "junos-words",
    st0: "junos-words",
    "xfrm state": "xfrm",
    "ph2-state no-phase2": "routeros-words",
    TunnelIKEPhase1State: "aws-words",
  }),
)('at 3 a.m. "%s" leads to %s', (words, id) => {
  expect(explained(words).id).toBe(id);
});

/** Where several could be meant it offers them, else it explains the one; other platforms have messages of the same words. */
it.each([
  ["phse 2 not comming up", "phase-2-not-acceptable"],
  ["hash algoritm offered does not match policy", "ike-hash-refused"],
  ["Hash algorithm offered does not match", "ike-hash-refused"],
  ["preshared keys dont match", "pre-shared-key"],
  ["tranform set missmatch", "transform-set"],
  ["wich port for ike", "ports-and-protocols"],
  ["why is encaps counting and decaps not", "one-way-traffic"],
])('"%s" is offered %s among the first two', (words, id) => {
  const found = explain(words);
  const offered = found.kind === "suggestions" ? found.suggestions : found.kind === "explanation" ? [found] : [];
  expect(offered.slice(0, 2).map((one) => one.id)).toContain(id);
});

it("what is spelt right is not taken for something else", () => {
  expect(explain("deleted by peer").kind).toBe("suggestions");
});

describe("knowledge", () => {
  it.each(written.map((entry) => [entry.id, entry] as const))("%s is found by every name", (_, entry) => {
    for (const name of entry.names) expect([name, explained(name).id]).toEqual([name, entry.id]);
    for (const name of entry.names.filter((text) => /[_-]/.test(text)))
      expect([name, explained(name.toLowerCase().replace(/[_-]/g, " ")).id]).toEqual([name, entry.id]);
  });

  it("has one state or topic to an id, and none with the id of a root cause", () => {
    const ids = written.map(({ id }) => id);
    expect(ids.length).toBe(new Set(ids).size);
    expect(ids.filter((id) => (ROOT_CAUSE_IDS as readonly string[]).includes(id))).toEqual([]);
  });

  it("refers only to what exists", () => {
    const known = new Set([...written.map(({ id }) => id), ...ROOT_CAUSE_IDS]);
    const loose = entries.flatMap(({ id, see }) => see.filter((to) => !known.has(to)).map((to) => `${id} → ${to}`));
    expect(loose).toEqual([]);
  });

  it("says what it says in phone-sized pieces, with a source", () => {
    for (const entry of written) {
      expect([entry.id, entry.sources.length > 0]).toEqual([entry.id, true]);
      expect([entry.id, entry.short.length < 320]).toEqual([entry.id, true]);
      for (const text of [...entry.paragraphs, ...entry.next, ...entry.not])
        expect([entry.id, text.length < 420]).toEqual([entry.id, true]);
    }
  });

  it("tells every debug with its condition", () => {
    const debugs = written.filter(({ commands }) => commands.some((command) => command.startsWith("debug ")));
    expect(debugs.length).toBeGreaterThan(8);
    for (const debug of debugs)
      expect([debug.id, debug.id === "conditional-debug" || debug.see.includes("conditional-debug")]).toEqual([
        debug.id,
        true,
      ]);
  });

  it("explains every finding, symptom and signature by its id", () => {
    for (const { id, about } of entries)
      if (about === "finding" || about === "symptom") expect(explained(id)).toMatchObject({ id, about });
    for (const { id } of signatures) expect(explained(id).id).toBe(id);
    for (const { about, sources, paragraphs } of entries)
      if (about === "signature")
        expect([sources.length > 0, paragraphs[0]]).toEqual([true, expect.stringMatching(/^Printed by /)]);
  });
});

/** Asked → what must be said, and what the article says and is wrong. Numbers are those of the list of its mistakes. */
const CORRECTIONS: [number, string, RegExp, RegExp?][] = [
  [1, "TCP port 50", /ESP is IP protocol 50/, /TCP port 50 for/],
  [1, "TCP port 51", /AH is IP protocol 51/, /TCP port 51 for/],
  [1, "which ports", /not TCP ports/, /TCP port 5[01] for/],
  [2, "NAT-T", /IKE and ESP both run inside UDP 4500/, /4500 for (?:IPsec|ESP)/i],
  [2, "udp 4500", /not for ESP only/, /4500 for (?:IPsec|ESP)/i],
  [3, "transport mode", /NAT traversal does support transport mode/, /NAT traversal is not supported/i],
  [4, "mss", /ESP is added there too/, /additional headers are not required/i],
  [5, "where is transport mode used", /clients use tunnel mode/, /widely used in client/i],
  [6, "NAT discovery", /Both peers send it, both peers log it/, /only in the (?:IKE )?responder/i],
  [7, "main mode", /does not need a static address at both ends/, /requires a static/i],
  [8, "MM_WAIT_MSG2", /carries no Diffie-Hellman key/, /DH public key sent/i],
  [9, "MM_WAIT_MSG4", /No hash of the pre-shared key is exchanged/, /hashes are exchanged/i],
  [10, "MM_WAIT_MSG5", /pre-shared key is never sent/, /exchange (?:the )?pre-shared keys/i],
  [10, "MM_WAIT_MSG6", /pre-shared key is never sent/, /exchange (?:the )?pre-shared keys/i],
  [10, "psk", /never crosses the wire/, /exchange (?:the )?pre-shared keys/i],
  [11, "mm_wait_msg", /Even numbers are the initiator waiting.*odd numbers the responder/],
  [11, "MM_WAIT_MSG3", /We are the responder/],
  [12, "stuck at MSG6", /Phase 1 is not complete here/, /phase 1 (?:finishes|is finished)/i],
  [13, "ACTIVE (deleted)", /not proof of a phase 1 fault/],
  [13, "MM_NO_STATE", /not proof that phase 1 is the fault/],
  [14, "reserved not zero on ID payload!", /Another keyring or profile matches/],
  [15, "crypto ipsec security-association window-size", /security-association replay window-size 1024/],
  [16, "anti-replay", /IOS - default 64.*strongSwan 32/s],
  [17, "crypto isakmp keepalive", /one command and the second line replaces the first/],
  [18, "DPD or periodic keepalives", /they are DPD in periodic mode/, /better to use DPD/i],
  [19, "show crypto connections active", /it is show crypto engine connections active/],
  [20, "clear crypto isakmp sa", /IOS router does not know clear crypto isakmp sa/],
  [20, "clearing VPN tunnel", /are the ASA's commands/],
  [21, "show crypto ipsec sa per", /option is written peer/],
  [22, "ping 40.10.10.1", /when the peer is 40\.10\.1\.1 tests the wrong target/],
  [23, "!!!!", /believe the rate/],
  [24, "sh access-list SPOKE-10-ACL", /Names are exact/],
  [25, "crypto ipsec transform-set", /must not be left out/],
  [26, "inbound pcg sas", /heading is pcp/],
  [27, "proxy identities not supported", /error 32/],
  [28, "#recv errors 60", /Not to be passed over/],
  [29, "slot column", /newer releases do not/],
  [30, "QM_IDLE", /QM_IDLE is IOS\. An ASA shows MM_ACTIVE/],
  [30, "MM_ACTIVE", /ASA's word\. IOS shows QM_IDLE/],
  [31, "reverse-route static", /inside the crypto map entry/],
  [32, "3DES", /deprecated.*group 14 or better/],
  [33, "IKEv2", /Most new tunnels are IKEv2/],
  [34, "ISAKMP", /not another name for IKE/, /also called IKE/i],
  [35, "debug crypto isakmp", /First set debug crypto condition peer ipv4/],
  [36, "default protection suite", /do not count on them/],
];

describe("the article's mistakes are put right", () => {
  it("all of them", () => {
    const numbers = new Set(CORRECTIONS.map(([number]) => number));
    expect([...numbers].sort((a, b) => a - b)).toEqual(Array.from({ length: 36 }, (_, at) => at + 1));
  });

  it.each(CORRECTIONS)("%i: %s", (_, asked, right, wrong) => {
    const text = wholeText(explained(asked));
    expect(text).toMatch(right);
    if (wrong) expect(text).not.toMatch(wrong);
  });
});

describe("finding what was meant", () => {
  it.each([
    ["sh cry isa sa", "show-crypto-isakmp-sa"],
    ["HUB# sh cry isa sa de", "show-crypto-isakmp-sa-detail"],
    ["do sh cry ips sa peer 192.0.2.1 det", "show-crypto-ipsec-sa"],
    ["sh crypto session remote 192.0.2.1 detail", "show-crypto-session"],
    ["cle cry sess rem 192.0.2.1", "clear-crypto-session"],
    ["203.0.113.1 198.51.100.7 MM_KEY_EXCH 1017 ACTIVE", "mm-key-exch"],
    ["203.0.113.1     198.51.100.7    MM_NO_STATE          0    0 ACTIVE (deleted)", "mm-no-state"],
    ["198.51.100.7 203.0.113.1 QM_IDLE 1019 ACTIVE", "qm-idle"],
    ["    Rekey   : no              State   : MM_WAIT_MSG6", "mm-wait-msg6"],
    ["Session status: UP-IDLE", "up-idle"],
    [
      "IKEv2:(SESSION ID = 1,SA ID = 1):SM Trace-> SA: I_SPI=1 R_SPI=0 (I) MsgID = 0 CurState: I_WAIT_AUTH",
      "i-wait-auth",
    ],
    ["what does it mean when the SA is stuck in MM_KEY_EXCH?", "mm-key-exch"],
    ["QM\\_IDLE", "qm-idle"],
    ["OM_IDLE", "qm-idle"],
    ["agressive mode", "aggressive-mode"],
    ["diffie helman", "diffie-hellman"],
    ["natt", "nat-t"],
    ["how many messages are in main mode", "main-mode"],
    ["D", "capability-d"],
    ["READY", "ready"],
  ])("%s", (asked, id) => {
    expect(explained(asked).id).toBe(id);
  });

  it("reads a log line by its signature, with and without time stamp", () => {
    const [asked, stamped] = ["ISAKMP:(0):no offers accepted!", "*Nov 23 10:33:27.123: ISAKMP:(0):no offers accepted!"];
    expect(explained(asked)).toMatchObject({ about: "signature" });
    expect(explained(stamped)).toEqual(explained(asked));
    expect(explained(asked).see.map(({ id }) => id)).toContain("atts-not-acceptable");
  });

  it("takes the new state of a debug line", () => {
    const line = "ISAKMP:(1017):Old State = IKE_R_MM3  New State = IKE_R_MM4";
    const ids = [explained(line).id, ...explained(line).see.map(({ id }) => id)];
    expect(ids).toContain("fsm-ike-r-mm4");
  });

  it("tells the root cause by id, the message by words", () => {
    expect(explained("ike-psk-mismatch").about).toBe("finding");
    expect(explained("invalid SPI").id).toBe("invalid-spi-error");
  });

  it.each(["xyzzy", "", "   ", "a poem about cats", "\\", "🙂"])("suggests something for %j", (asked) => {
    const found = explain(asked);
    expect(found.kind).toBe("suggestions");
    expect(found.kind === "suggestions" && found.suggestions.length).toBeGreaterThan(2);
  });

  it("does not call what it offers to everybody a guess at what was meant", () => {
    const words = (asked: string) => JSON.stringify(speakBriefly(explain(asked)).blocks);
    expect(words("xyzzy")).toContain("nor anything like it");
    expect(words("sh cry i sa")).toContain("Did you mean");
  });

  it("suggests all that an ambiguous command could be", () => {
    const found = explain("sh cry i sa");
    expect(found.kind === "suggestions" && found.suggestions.map(({ id }) => id)).toEqual(
      expect.arrayContaining(["show-crypto-isakmp-sa", "show-crypto-ipsec-sa"]),
    );
  });

  it("does not give back what was asked", () => {
    for (const asked of ["crypto isakmp key Hunter2Hunter2 address 192.0.2.1", "Hunter2Hunter2"])
      expect(JSON.stringify(explain(asked))).not.toContain("Hunter2");
  });

  it("stays quick on very long lines", () => {
    const began = performance.now();
    for (const piece of ["a", "a ", "_-", "MM_NO_STATE ", "show ", "\n", "A-", "#>"]) explain(piece.repeat(50_000));
    expect(performance.now() - began).toBeLessThan(10_000);
  });
});

describe("symptoms in words", () => {
  it("knows every symptom of the contract once", () => {
    expect(
      readSymptoms()
        .map(({ id }) => id)
        .sort(),
    ).toEqual([...SYMPTOM_IDS].sort());
  });

  const SAID: [string, SymptomId | undefined][] = [
    ["tunnel to Pune is down", "tunnel-down"],
    ["the VPN won't come up since the upgrade", "tunnel-down"],
    ["phase 2 fails", "tunnel-down"],
    ["stuck at MM_WAIT_MSG6", "tunnel-down"],
    ["no IPsec SA", "tunnel-down"],
    ["users can’t reach the server in Pune", "up-no-traffic"],
    ["Tunnel is up, but no traffic", "up-no-traffic"],
    ["pings fail, nothing passes", "up-no-traffic"],
    ["one way audio", "one-way"],
    ["one-way traffic since noon", "one-way"],
    ["we send but nothing comes back", "one-way"],
    ["hub keeps sending encrypted traffic, but it is not receiving any", "one-way"],
    ["drops every hour", "flapping"],
    ["the tunnel flaps", "flapping"],
    ["it goes up and down all night", "flapping"],
    ["the tunnel is dropping packets", "intermittent"],
    ["voice quality is bad", "intermittent"],
    ["application is losing intermittent traffic", "intermittent"],
    ["slow, downloads hang", "slow"],
    ["ssh opens and then freezes", "slow"],
    ["large files hang, small pings work", "slow"],
    ["there is some problem with the VPN", "unknown"],
    ["no idea what it is", "unknown"],
    ["the tunnel is not down", undefined],
    ["it is no longer flapping", undefined],
    ["the tunnel is up now, thanks", undefined],
    ["thanks, it works", undefined],
    ["I can't reach the far router", undefined],
    ["can't debug", undefined],
    ["IOS-XE", undefined],
    ["sh cry isa sa", undefined],
    ["what is DPD?", undefined],
    ["the peer is 198.51.100.7", undefined],
    ["I have changed the policy on the hub, look again", undefined],
    ["", undefined],
  ];
  it.each(SAID)("%s → %s", (text, symptom) => {
    expect(symptomFromWords(text)).toBe(symptom);
  });

  it("stays quick on any text", () => {
    const began = performance.now();
    for (const piece of ["a", "tunnel ", "not ", "but ", ",", "'"]) symptomFromWords(piece.repeat(100_000));
    expect(performance.now() - began).toBeLessThan(3_000);
  });
});
