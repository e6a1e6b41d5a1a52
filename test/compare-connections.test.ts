/** Ends without crypto maps are compared as well as those with them, and with each other. */
import { describe, expect, it } from "vitest";
import type { Connection } from "../src/domain/readings/connection.ts";
import { compareEnds } from "../src/tunnel/compare/table.ts";
import { QUESTIONS } from "../src/tunnel/questions.ts";
import type { Tunnel } from "../src/tunnel/tunnel.ts";
import { configuration, FAR } from "./compare-ends.ts";
import {
  child,
  connections,
  espProposal,
  HERE,
  ikeProposal,
  log,
  selector,
  THERE,
  tunnelOf,
} from "./connection-ends.ts";

function ends(local: Partial<Connection>, remote: Partial<Connection>): Tunnel {
  return tunnelOf(
    { platform: "strongswan", values: [connections(HERE, THERE, local)] },
    { platform: "junos", values: [connections(THERE, HERE, remote)] },
  );
}

function ask(tunnel: Tunnel, question: string) {
  const { is, side, differs = [], evidence } = QUESTIONS[question]?.(tunnel) ?? { is: "no such question" };
  const words = differs.map(({ attribute, local, remote }) => `${attribute}: ${local} / ${remote}`);
  if (is !== undefined) expect(evidence?.length).toBeGreaterThan(0);
  return { is, ...(is === undefined ? {} : { side, differs: words }) };
}

describe("two ends that agree", () => {
  const tunnel = ends({}, {});
  it.each([
    "ike-policies-have-a-pair",
    "auth-methods-agree",
    "pre-shared-keys-are-equal",
    "transform-sets-have-a-pair",
    "pfs-agrees",
    "crypto-acls-are-mirrors",
    "peers-point-at-each-other",
    "ike-versions-agree",
    "map-entry-exists-for-peer",
    "tunnel-is-ikev2",
    "ipsec-modes-agree",
  ])("%s", (question) => {
    expect(ask(tunnel, question).is).toBe(true);
  });

  it("find each other", () => {
    expect([tunnel.local.own, tunnel.local.peer, tunnel.remote.peer]).toEqual([HERE, THERE, HERE]);
  });

  it("are the same in every row of the table that both show", () => {
    const rows = compareEnds(tunnel);
    expect(rows.filter(({ verdict }) => verdict === "differs")).toEqual([]);
    expect(rows.filter(({ verdict }) => verdict === "same").map(({ attribute }) => attribute)).toEqual(
      expect.arrayContaining(["peer", "encryption", "hash", "group", "key", "transform", "PFS", "traffic"]),
    );
  });
});

describe("IKE proposals", () => {
  const pair = (local: string[], remote: string[], version: 1 | 2 = 2) =>
    ask(
      ends(
        { version, ikeProposals: local.map((text) => ikeProposal(text)) },
        { version, ikeProposals: remote.map((text) => ikeProposal(text)) },
      ),
      "ike-policies-have-a-pair",
    );

  it("of lists one in common is enough, attribute by attribute", () => {
    expect(pair(["aes-128/aes-256 sha1/sha256 2/14"], ["aes-256/3des sha512/sha256 14/20"]).is).toBe(true);
  });

  it("have no pair where an attribute has nothing in common; the closest proposal tells", () => {
    expect(pair(["aes-128 sha1 2", "aes-256 sha256 14"], ["aes-256 sha384 14"])).toEqual({
      is: false,
      side: "local",
      differs: ["integrity: sha256 / sha384"],
    });
  });

  it("are not combined across proposals", () => {
    expect(pair(["aes-256 sha1 14", "aes-128 sha256 14"], ["aes-256 sha256 14"]).is).toBe(false);
  });

  it("need no integrity with a cipher that has its own", () => {
    const gcm = (dhGroups: number[]) => [ikeProposal("aes-gcm-256", { prf: ["sha384"], dhGroups })];
    const both = (one: number[], other: number[]) => ends({ ikeProposals: gcm(one) }, { ikeProposals: gcm(other) });
    expect(ask(both([20], [19, 20]), "ike-policies-have-a-pair").is).toBe(true);
    expect(ask(both([20], [19]), "ike-proposals-differ-only-in-group")).toMatchObject({
      is: true,
      differs: ["dh-group: 20 / 19"],
    });
  });

  it("differ in the PRF only where both write it down", () => {
    const withPrf = (prf: string[] | undefined) => ({ ikeProposals: [ikeProposal("aes-256 sha256 14", { prf })] });
    expect(ask(ends(withPrf(["sha1"]), withPrf(["sha256"])), "ike-policies-have-a-pair")).toMatchObject({
      is: false,
      differs: ["prf: sha1 / sha256"],
    });
    expect(ask(ends(withPrf(["sha1"]), withPrf(undefined)), "ike-policies-have-a-pair").is).toBeUndefined();
    expect(ask(ends(withPrf(["sha256"]), withPrf(undefined)), "ike-policies-have-a-pair").is).toBe(true);
  });

  it("that are not shown are not known, never different", () => {
    expect(ask(ends({ ikeProposals: [] }, {}), "ike-policies-have-a-pair").is).toBeUndefined();
    const partly = [{ line: 5, encryption: ["aes-256"], integrity: ["sha256"] }];
    expect(ask(ends({ ikeProposals: partly }, {}), "ike-policies-have-a-pair").is).toBeUndefined();
  });

  it("are compared in the method too with IKEv1", () => {
    const proposals = { version: 1, ikeProposals: [ikeProposal("aes-256 sha256 14")] } as const;
    const certificates = { ...proposals, localAuth: { method: "rsa-sig" }, remoteAuth: { method: "rsa-sig" } };
    const tunnel = ends(proposals, certificates);
    expect(ask(tunnel, "ike-pair-differs-only-in-auth").is).toBe(true);
    expect(ask(tunnel, "auth-methods-agree")).toMatchObject({ is: false, differs: ["auth: psk / rsa-sig"] });
  });

  it("of a device that names them apart count as those of connections do", () => {
    const tunnel = tunnelOf(
      {
        platform: "cisco-ios",
        values: [
          {
            kind: "ike-proposals",
            version: 2,
            proposals: [ikeProposal("aes-256 sha512 19", { name: "P" })],
            complete: true,
          },
        ],
      },
      { values: [connections(THERE, HERE, { ikeProposals: [ikeProposal("aes-256 sha512 14")] })] },
    );
    expect(ask(tunnel, "ike-proposals-differ-only-in-group")).toMatchObject({
      is: true,
      differs: ["dh-group: 19 / 14"],
    });
  });

  it("as a responder prints them when it refuses are enough by themselves", () => {
    const refused = (side: "local" | "remote", configured: string, received: string) => {
      const value = log(side === "local" ? THERE : HERE, {
        version: 2,
        role: "responder",
        progress: "begun",
        ikeCompared: { configured: [ikeProposal(configured)], received: [ikeProposal(received)] },
      });
      return side === "local" ? tunnelOf({ values: [value] }, {}) : tunnelOf({}, { values: [value] });
    };
    expect(ask(refused("local", "aes-256 sha256 14", "aes-128 sha256 14"), "ike-policies-have-a-pair")).toMatchObject({
      is: false,
      differs: ["encryption: aes-256 / aes-128"],
    });
    expect(
      ask(refused("remote", "aes-256 sha256 14", "aes-256 sha256 2"), "ike-proposals-differ-only-in-group"),
    ).toMatchObject({ is: true, differs: ["dh-group: 2 / 14"] });
    // What looks equal was refused for something that is not printed.
    expect(
      ask(refused("local", "aes-256 sha256 14", "aes-256 sha256 14"), "ike-policies-have-a-pair").is,
    ).toBeUndefined();
  });
});

describe("keys", () => {
  const secret = (tag: string | undefined) => ({ method: "psk", secret: { tag } });
  it("are compared in both directions", () => {
    const crossed = ends(
      { localAuth: secret("#1"), remoteAuth: secret("#2") },
      { localAuth: secret("#2"), remoteAuth: secret("#1") },
    );
    expect(ask(crossed, "pre-shared-keys-are-equal").is).toBe(true);
    const uncrossed = ends(
      { localAuth: secret("#1"), remoteAuth: secret("#2") },
      { localAuth: secret("#1"), remoteAuth: secret("#2") },
    );
    expect(ask(uncrossed, "pre-shared-keys-are-equal").is).toBe(false);
  });

  it("that are masked or not shown are not known", () => {
    expect(ask(ends({ localAuth: secret(undefined) }, {}), "pre-shared-keys-are-equal").is).toBeUndefined();
    expect(ask(ends({ remoteAuth: { method: "psk" } }, {}), "pre-shared-keys-are-equal").is).toBeUndefined();
    const oneMasked = ends({ localAuth: secret(undefined) }, { localAuth: secret("#7") });
    expect(ask(oneMasked, "pre-shared-keys-are-equal").is).toBe(false);
  });

  it("of IKEv1 serve both directions", () => {
    const one = (tag: string) => ({ version: 1, localAuth: secret(tag), remoteAuth: { method: "psk" } }) as const;
    expect(ask(ends(one("#3"), one("#3")), "pre-shared-keys-are-equal").is).toBe(true);
    expect(ask(ends(one("#3"), one("#4")), "pre-shared-keys-are-equal").is).toBe(false);
  });

  it("of a device's list are taken for the version that the tunnel uses", () => {
    const keys = (version: 1 | 2, use: "local" | "remote", tag: string) => ({
      line: 40,
      keyring: "default",
      address: HERE,
      version,
      use,
      secret: { tag },
    });
    const asa = {
      platform: "cisco-asa",
      values: [
        {
          kind: "ike-keys",
          complete: true,
          keys: [
            { line: 41, keyring: "default", address: HERE, version: 1, secret: { tag: "#9" } },
            keys(2, "local", "#1"),
            keys(2, "remote", "#1"),
          ],
        },
      ],
    } as const;
    const tunnel = tunnelOf({ values: [connections(HERE, THERE)] }, asa);
    expect(ask(tunnel, "pre-shared-keys-are-equal").is).toBe(true);
  });
});

describe("identities", () => {
  const named = (sends: string | undefined, expects: string | undefined) => ({
    localAuth: { method: "psk", id: sends },
    remoteAuth: { method: "psk", id: expects },
  });
  it.each([
    ["@gw.example.net", "gw.example.net", true],
    ["192.0.2.1", "%any", true],
    ["gw.example.net", "other.example.net", false],
    ["10.9.9.9", "192.0.2.1", false],
    ["C=DE, CN=gw", "CN=gw,C=DE", undefined],
    ["gw.example.net", undefined, undefined],
  ])("%s sent, %s expected", (sent, expected, is) => {
    const tunnel = ends(named(sent, "%any"), named("anybody", expected));
    expect(ask(tunnel, "identities-agree").is).toBe(is);
    if (is === false) expect(ask(tunnel, "identities-agree").differs).toEqual([`identity: ${sent} / ${expected}`]);
  });

  it("where none is written the address is sent, which the other end may not expect", () => {
    const behindNat = ends(
      { ...named(undefined, undefined), local: ["10.0.0.5"] },
      { ...named(undefined, "203.0.113.7") },
    );
    expect(ask(behindNat, "own-address-is-not-expected")).toMatchObject({
      is: true,
      side: "remote",
      differs: ["identity: 10.0.0.5 / 203.0.113.7"],
    });
    expect(
      ask(ends(named(undefined, undefined), named(undefined, HERE)), "own-address-is-not-expected").is,
    ).toBeUndefined();
  });
});

describe("what protects packets", () => {
  const esp = (text: string[], version: 1 | 2 = 2) => ({
    version,
    children: [child("10.1.0.0/16", "10.2.0.0/16", { proposals: text.map(espProposal) })],
  });
  const far = (text: string[], version: 1 | 2 = 2) => ({
    version,
    children: [child("10.2.0.0/16", "10.1.0.0/16", { proposals: text.map(espProposal) })],
  });

  it("needs one transform in common of all that the lists allow", () => {
    expect(
      ask(ends(esp(["aes-128/aes-256 sha1/sha256"]), far(["3des/aes-256 sha256"])), "transform-sets-have-a-pair").is,
    ).toBe(true);
    expect(ask(ends(esp(["aes-128 sha256"]), far(["aes-256 sha256"])), "transform-sets-have-a-pair")).toMatchObject({
      is: false,
      differs: ["encryption: aes-128 / aes-256"],
    });
    expect(
      ask(ends(esp(["aes-gcm-256 -"]), far(["aes-gcm-256/aes-256 sha256"])), "transform-sets-have-a-pair").is,
    ).toBe(true);
  });

  it("agrees in PFS where one group is common", () => {
    expect(ask(ends(esp(["aes-256 sha256 14/19"]), far(["aes-256 sha256 19"])), "pfs-agrees").is).toBe(true);
    expect(ask(ends(esp(["aes-256 sha256 14"]), far(["aes-256 sha256 19"])), "pfs-groups-differ")).toMatchObject({
      is: true,
      differs: ["pfs: group14 / group19"],
    });
    expect(ask(ends(esp(["aes-256 sha256 14"]), far(["aes-256 sha256"])), "pfs-is-off-at-one-end").is).toBe(true);
  });

  it("compares the sets of a map entry, each with its alternatives, with a connection's proposals", () => {
    const text = configuration(FAR, (words) => words.replaceAll("set transform-set", "set transform-set"));
    const tunnel = tunnelOf({ values: [connections(HERE, THERE, { version: 1 })] }, { text });
    expect(ask(tunnel, "transform-sets-have-a-pair").is).toBeDefined();
    expect(tunnel.remote.platform).toBe("cisco-ios");
  });

  it("is compared as a responder printed both lists", () => {
    const value = log(THERE, {
      version: 2,
      role: "responder",
      phase1CompleteLine: 21,
      espCompared: { configured: [espProposal("aes-256 sha256")], received: [espProposal("aes-128 sha256")] },
    });
    expect(ask(tunnelOf({ values: [value] }, {}), "transform-sets-have-a-pair")).toMatchObject({
      is: false,
      differs: ["encryption: aes-256 / aes-128"],
    });
    // The first child of IKEv2 carries no group, so that equal lists say nothing of PFS.
    expect(ask(tunnelOf({ values: [value] }, {}), "pfs-agrees").is).toBeUndefined();
  });
});

describe("protected networks", () => {
  const nets = (version: 1 | 2, here: readonly [string, string], there: readonly [string, string]) =>
    ends({ version, children: [child(...here)] }, { version, children: [child(...there)] });

  it("that have nothing in common are no mirrors", () => {
    const tunnel = nets(2, ["10.1.0.0/16", "10.2.0.0/16"], ["10.3.0.0/16", "10.1.0.0/16"]);
    expect(ask(tunnel, "crypto-acls-are-mirrors")).toMatchObject({
      is: false,
      differs: ["remote-network: 10.2.0.0/16 / 10.3.0.0/16"],
    });
  });

  it("that overlap may be narrowed with IKEv2, and are no mirrors with IKEv1", () => {
    const wide = ["10.1.0.0/16", "10.2.0.0/16"] as const;
    const narrow = ["10.2.5.0/24", "10.1.0.0/16"] as const;
    expect(ask(nets(2, wide, narrow), "crypto-acls-are-mirrors").is).toBeUndefined();
    expect(ask(nets(2, wide, narrow), "protected-networks-only-overlap").is).toBe(true);
    expect(ask(nets(1, wide, narrow), "crypto-acls-are-mirrors").is).toBe(false);
  });

  it("of a tunnel by routes are no fault beside named ones", () => {
    const any = ["0.0.0.0/0", "0.0.0.0/0"] as const;
    const tunnel = nets(2, any, ["10.2.0.0/16", "10.1.0.0/16"]);
    expect(ask(tunnel, "crypto-acls-are-mirrors").is).toBeUndefined();
    expect(ask(tunnel, "protected-networks-only-overlap").is).toBeUndefined();
    expect(ask(tunnel, "protected-networks-overlap").is).not.toBe(true);
    expect(ask(nets(2, any, any), "crypto-acls-are-mirrors").is).toBe(true);
  });

  it("of a connection are held against a crypto ACL", () => {
    const text = configuration(FAR);
    const right = tunnelOf(
      { values: [connections(HERE, THERE, { version: 1, children: [child("10.20.0.0/16", "172.16.5.0/24")] })] },
      { text },
    );
    expect(ask(right, "crypto-acls-are-mirrors").is).toBe(true);
    const wrong = tunnelOf(
      { values: [connections(HERE, THERE, { version: 1, children: [child("10.20.0.0/16", "172.16.6.0/24")] })] },
      { text },
    );
    expect(ask(wrong, "crypto-acls-are-mirrors").is).toBe(false);
  });

  it("that a peer asked for and that no child has are refused rightly", () => {
    const value = log(THERE, {
      version: 2,
      role: "responder",
      phase1CompleteLine: 21,
      proxies: [{ line: 24, local: selector("10.1.0.0/16"), remote: selector("10.77.0.0/16") }],
    });
    const tunnel = tunnelOf({ values: [connections(HERE, THERE), value] }, {});
    expect(ask(tunnel, "crypto-acls-are-mirrors").is).toBe(false);
  });
});

describe("who is meant", () => {
  it("an end that points elsewhere is told", () => {
    const tunnel = ends({ remote: ["198.51.100.77"] }, {});
    expect(ask(tunnel, "peers-point-at-each-other")).toMatchObject({
      is: false,
      side: "local",
      differs: ["peer: 198.51.100.77 / 198.51.100.9"],
    });
  });

  it("an end that takes whoever comes has its peer from the other end", () => {
    const tunnel = ends({ remote: ["%any"] }, {});
    expect(ask(tunnel, "ike-policies-have-a-pair").is).toBe(true);
    expect(ask(tunnel, "peers-point-at-each-other").is).toBeUndefined();
    expect(ask(tunnel, "local-end-only-answers").is).toBe(true);
  });

  it("versions that differ are told, and nothing else is compared across them", () => {
    const tunnel = ends({ version: 1 }, { version: 2, ikeProposals: [ikeProposal("3des md5 2")] });
    expect(ask(tunnel, "ike-versions-agree")).toMatchObject({ is: false, differs: ["ike-version: 1 / 2"] });
    expect(ask(tunnel, "ike-policies-have-a-pair").is).toBeUndefined();
    expect(ask(ends({ version: "any" }, {}), "ike-versions-agree").is).toBe(true);
  });

  it("exchange modes that differ are told", () => {
    const tunnel = ends({ version: 1, exchange: "aggressive" }, { version: 1, exchange: "main" });
    expect(ask(tunnel, "ike-modes-agree")).toMatchObject({ is: false, differs: ["ike-mode: aggressive / main"] });
  });

  it("a connection that is switched off is none", () => {
    expect(ask(ends({ disabled: true }, {}), "ike-policies-have-a-pair").is).toBeUndefined();
  });

  it("two ends that only answer wait for each other", () => {
    expect(ask(ends({ responderOnly: true }, { responderOnly: true }), "end-only-answers").is).toBe(true);
  });

  it("an end that never probes is told", () => {
    expect(ask(ends({ dpdSeconds: 0 }, { dpdSeconds: 10 }), "dpd-is-negotiated")).toMatchObject({
      is: false,
      side: "local",
    });
  });
});
