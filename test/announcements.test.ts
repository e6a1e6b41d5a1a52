import { describe, expect, it } from "vitest";
import { loadKnowledge } from "../src/knowledge/load.ts";
import { readHeading } from "../src/paste/heading.ts";
import { readPaste } from "../src/paste/read.ts";
import { createSecretTagger } from "../src/paste/redact.ts";
import { VENDORS } from "../src/vendors/index.ts";
import { diagnose } from "../src/verdict/diagnose.ts";

const knowledge = await loadKnowledge();
const heading = (text: string) => readHeading(text, { marked: false, spaced: true, hosts: new Set() });

describe("a heading with a bracket says whose the lines below it are", () => {
  it.each([
    ["Cisco (our side):", { side: "local" }],
    ["FortiGate (their side):", { side: "remote" }],
    ["Cisco ASA (our end)", { side: "local" }],
    ["Our side (Palo Alto):", { side: "local" }],
    ["Remote end (MikroTik)", { side: "remote" }],
    ["Remote (AWS):", { side: "remote" }],
    ["Customer's firewall (Juniper SRX):", { side: "remote" }],
    ["LEEDS-FW1 (remote end):", { side: "remote", host: "LEEDS-FW1" }],
    ["Site A (Cisco):", { host: "Site-A" }],
    ["HQ (Cisco 2911):", { host: "HQ" }],
    ["Branch (FortiGate 60F):", { host: "Branch" }],
  ] as const)("%s", (text, told) => expect(heading(text)).toEqual(told));

  it.each([
    "Our side (their side):",
    "Local (see below):",
    "Local Remote (our end):",
    "IKE (Cisco):",
    "Tunnel (ASA)",
    "policy (invalid):",
    "group (2048)",
  ])("but nobody's: %s", (text) => expect(heading(text)).toBeUndefined());
});

describe("a sentence above an output says whose it is", () => {
  it.each([
    "This is our side:",
    "Hi, the tunnel between HQ and the branch is down since Friday. This is our side:",
    "Here's my config:",
    "and here\u2019s my running-config:",
    "On our end we have:",
    "config on this router:",
  ])("ours: %s", (text) => expect(heading(text)).toEqual({ side: "local" }));

  it.each([
    "and this is what they have on their end:",
    "here is the config of the other side:",
    "And the remote router's config:",
    "On the customer side:",
    "From the partner's firewall:",
    "What they have:",
    "Our peer's configuration:",
    "Here is the output of our peer router:",
    "our customer's config:",
    "the output from the other end is:",
  ])("theirs: %s", (text) => expect(heading(text)).toEqual({ side: "remote" }));

  it.each([
    ["Hier ist unsere Seite:", "local"],
    ["Moin, der Tunnel ist seit Freitag weg. Hier die Konfiguration von unserem Router:", "local"],
    ["Hallo zusammen, das ist meine Config:", "local"],
    ["und das ist die andere Seite:", "remote"],
    ["und hier die Ausgabe der Gegenstelle:", "remote"],
    ["Konfiguration unserer Gegenstelle:", "remote"],
    ["Voici notre côté :", "local"],
    ["Bonjour, c\u2019est la config de mon routeur :", "local"],
    ["et voici l'autre côté :", "remote"],
    ["configuration du client :", "remote"],
    ["Este es nuestro lado:", "local"],
    ["y aquí está la configuración del otro extremo:", "remote"],
    ["Aqui está a configuração do nosso roteador:", "local"],
    ["e este é o outro lado:", "remote"],
  ] as const)("in another language: %s", (text, side) => expect(heading(text)).toEqual({ side }));

  it.each([
    "das ist nicht unsere Seite:",
    "unsere Konfiguration, und deren unten:",
    "die andere Seite lehnt unseren Vorschlag ab:",
    "der Tunnel zwischen unserer und der anderen Seite:",
    "voici ce que l'autre côté nous envoie :",
    "notre côté et leur côté :",
    "esta es nuestra propuesta, no la suya:",
    "o outro lado recebe do nosso lado:",
    "hier ist die Seite:",
    "router config:",
  ])("and nothing where it could mean either, in another language: %s", (text) =>
    expect(heading(text)?.side).toBeUndefined(),
  );

  it.each([
    ["this is the hub:", { host: "hub" }],
    ["and here the branch:", { host: "branch" }],
    ["config of site A:", { host: "site-a" }],
    ["here is our hub:", { side: "local", host: "hub" }],
  ])("by its name: %s", (text, expected) => expect(heading(text)).toEqual(expected));

  it.each([
    "it fails with their proposal:",
    "the other side rejects our proposal with:",
    "we see this on our side but not on theirs:",
    "here is what the other side sent us:",
    "Our configuration, and theirs below:",
    "Configuration of both ends, ours first:",
    "The remote peer has rejected:",
    "This is the tunnel to the branch:",
    "the traffic from the branch to hq:",
    "The tunnel to HQ has been down since yesterday, config:",
    "the hub and the spoke:",
    "this is not our side:",
    "Interfaces using crypto map OUTSIDE:",
    "     remote crypto endpt. of our side:",
  ])("and nothing where it could mean either: %s", (text) => expect(heading(text)).toBeUndefined());
});

interface End {
  readonly own: string;
  readonly peer: string;
  readonly group: number;
  readonly networks: string;
}

const configuration = ({ own, peer, group, networks }: End) => `crypto isakmp policy 10
 encr aes 256
 hash sha256
 authentication pre-share
 group ${group}
crypto isakmp key n0tTh1s address ${peer}
crypto ipsec transform-set TS esp-aes 256 esp-sha256-hmac
crypto map VPN 10 ipsec-isakmp
 set peer ${peer}
 set transform-set TS
 match address 101
interface GigabitEthernet0/0
 ip address ${own} 255.255.255.0
 crypto map VPN
access-list 101 permit ip ${networks}
`;
const OURS = { own: "203.0.113.10", peer: "198.51.100.20", networks: "10.1.0.0 0.0.255.255 10.2.0.0 0.0.255.255" };
const THEIRS = { own: "198.51.100.20", peer: "203.0.113.10", networks: "10.2.0.0 0.0.255.255 10.1.0.0 0.0.255.255" };

describe("two configurations in one message, with a sentence above each", () => {
  const verdictOf = (text: string) => {
    const paste = readPaste("paste", text, {
      vendors: VENDORS,
      signatures: knowledge.signatures,
      tagger: createSecretTagger(),
    });
    const given = {
      pastes: [{ paste, saidSide: undefined }],
      symptom: undefined,
      platforms: {},
      peer: undefined,
      cannot: [],
    };
    return diagnose(given, knowledge).verdict;
  };
  const ours = configuration({ ...OURS, group: 14 });
  const theirs = configuration({ ...THEIRS, group: 5 });

  it.each([
    [
      "ours first",
      `Tunnel is down. This is our side:\n\n${ours}\nand this is what they have on their end:\n\n${theirs}`,
    ],
    ["theirs first", `The other end's config:\n${theirs}\nAnd here is ours:\n${ours}`],
    ["in brackets", `Cisco (our side):\n${ours}\nCisco (their side):\n${theirs}`],
    ["as two sites", `Site A (Cisco 2911):\n${ours}\nSite B (Cisco 1941):\n${theirs}`],
    ["without blank lines", `here's my config:\n${ours}here is the config of the other side:\n${theirs}`],
  ])("are compared as the two ends: %s", (_, text) => {
    const { verdict, findings } = verdictOf(text);
    expect({ verdict, first: findings[0] }).toMatchObject({
      verdict: "found",
      first: {
        id: "ike-policy-mismatch",
        certainty: "confirmed",
        differs: [{ attribute: "dh-group", local: "14", remote: "5" }],
      },
    });
  });

  it.each([
    ["by the names of their places", `this is the hub:\n${ours}\nand here the branch:\n${theirs}`],
    ["by two letters", `config of site A:\n${ours}\nconfig of site B:\n${theirs}`],
  ])("are compared %s", (_, text) => {
    expect(verdictOf(text).findings[0]).toMatchObject({ id: "ike-policy-mismatch", certainty: "confirmed" });
  });

  it("are not taken for two ends where one device is shown twice", () => {
    const { findings } = verdictOf(
      `This is our side:\n${ours}\nand this is our configuration after the change:\n${ours}`,
    );
    expect(findings.filter(({ certainty }) => certainty === "confirmed")).toEqual([]);
  });
});
