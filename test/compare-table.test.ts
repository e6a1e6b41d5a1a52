import { describe, expect, it } from "vitest";
import { NEW_CASE } from "../src/case/case.ts";
import { hear } from "../src/case/converse.ts";
import { renderTerminal } from "../src/chat/terminal/render.ts";
import type { ComparedRow } from "../src/domain/comparison.ts";
import { compareEnds } from "../src/tunnel/compare/table.ts";
import { configuration, type EndText, FAR, NEAR, tunnelOf } from "./compare-ends.ts";
import { conversationTools } from "./scenarios-play.ts";

const SAS = (end: EndText, [inbound, outbound]: readonly [string, string]) => `${end.host}#show crypto ipsec sa

interface: GigabitEthernet0/0
    Crypto map tag: VPN, local addr ${end.own}

   protected vrf: (none)
   local  ident (addr/mask/prot/port): (${end.lan.startsWith("10.") ? "10.20.0.0/255.255.0.0" : "172.16.5.0/255.255.255.0"}/0/0)
   remote ident (addr/mask/prot/port): (${end.lan.startsWith("10.") ? "172.16.5.0/255.255.255.0" : "10.20.0.0/255.255.0.0"}/0/0)
   current_peer ${end.peer} port 500
     PERMIT, flags={origin_is_acl,}
    #pkts encaps: 41, #pkts encrypt: 41, #pkts digest: 41
    #pkts decaps: 39, #pkts decrypt: 39, #pkts verify: 39
    #send errors 0, #recv errors 0

     local crypto endpt.: ${end.own}, remote crypto endpt.: ${end.peer}
     path mtu 1500, ip mtu 1500, ip mtu idb GigabitEthernet0/0
     current outbound spi: ${outbound}(1)

     inbound esp sas:
      spi: ${inbound}(2)
        transform: esp-256-aes esp-sha256-hmac ,
        in use settings ={Tunnel, }
        sa timing: remaining key lifetime (k/sec): (4381000/2600)
        Status: ACTIVE

     outbound esp sas:
      spi: ${outbound}(1)
        transform: esp-256-aes esp-sha256-hmac ,
        in use settings ={Tunnel, }
        sa timing: remaining key lifetime (k/sec): (4381000/2600)
        Status: ACTIVE
${end.host}#
`;
const A = "0x6E1A90C2";
const B = "0x31D7F005";

function both(changeNear = same, changeFar = same): readonly [string, string] {
  return [configuration(NEAR, changeNear), configuration(FAR, changeFar)];
}
function same(text: string): string {
  return text;
}
function replacing(from: string, to: string): (text: string) => string {
  return (text) => {
    if (!text.includes(from)) throw new Error(`no "${from}" in the configuration`);
    return text.replaceAll(from, to);
  };
}

function rowsOf(local: string, remote: string): readonly ComparedRow[] {
  return compareEnds(tunnelOf(local, remote));
}

function row(rows: readonly ComparedRow[], name: string, of?: string): string[] {
  const found = rows.filter((item) => `${item.topic}, ${item.attribute}` === name && item.of === of);
  expect(found, `${name} is one row`).toHaveLength(1);
  const [item] = found;
  return item ? [item.local.value, item.remote.value, item.verdict, ...(item.note ? [item.note] : [])] : [];
}

describe("two whole configurations with their SAs that agree", () => {
  const [near, far] = both();
  const rows = rowsOf(`${near}${SAS(NEAR, [A, B])}`, `${far}${SAS(FAR, [B, A])}`);

  it("have every row, each with both values", () => {
    expect(rows.map(({ topic, attribute, of }) => [topic, attribute, of].filter(Boolean).join(", "))).toEqual([
      "peers, peer, local",
      "peers, peer, remote",
      "IKE policy, encryption",
      "IKE policy, hash",
      "IKE policy, group",
      "IKE policy, auth",
      "IKE policy, lifetime",
      "pre-shared key, key",
      "transform set, transform",
      "transform set, mode",
      "PFS, PFS",
      "protected traffic, crypto ACL",
      "protected traffic, traffic",
      "crypto map, applied on",
      "data path, route",
      "data path, NAT",
      "SPIs, outbound SPI, local",
      "SPIs, outbound SPI, remote",
    ]);
    for (const { local, remote, attribute } of rows) {
      expect(local.value, attribute).not.toBe("");
      expect(remote.value, attribute).not.toBe("");
    }
    expect(rows.filter(({ verdict }) => verdict !== "same")).toEqual([]);
  });

  it("show the lines of each end on its own side, and no key", () => {
    for (const { attribute, local, remote } of rows) {
      expect(
        local.evidence.map(({ paste }) => paste).filter((paste) => paste !== "local"),
        attribute,
      ).toEqual([]);
      expect(
        remote.evidence.map(({ paste }) => paste).filter((paste) => paste !== "remote"),
        attribute,
      ).toEqual([]);
      for (const { text } of [...local.evidence, ...remote.evidence]) expect(text).not.toBe("");
    }
    const shown = rows.filter(({ local, remote }) => local.evidence.length > 0 && remote.evidence.length > 0);
    expect(shown.length).toBe(rows.length);
    expect(JSON.stringify(rows)).not.toContain("TopSecret1");
  });

  it("tell peers from endpoints and what is sent from what is received", () => {
    expect(row(rows, "peers, peer", "local")).toEqual([NEAR.peer, FAR.own, "same"]);
    expect(row(rows, "peers, peer", "remote")).toEqual([NEAR.own, FAR.peer, "same"]);
    expect(row(rows, "SPIs, outbound SPI", "local")).toEqual([B, B, "same"]);
    expect(row(rows, "SPIs, outbound SPI", "remote")).toEqual([A, A, "same"]);
    expect(row(rows, "crypto map, applied on")).toEqual(["GigabitEthernet0/0", "GigabitEthernet0/0", "same"]);
    expect(row(rows, "protected traffic, traffic")).toEqual([
      "10.20.0.0/16 → 172.16.5.0/24",
      "172.16.5.0/24 → 10.20.0.0/16",
      "same",
    ]);
  });
});

it.each<[string, (text: string) => string, string, string | undefined, string[]]>([
  [
    "another cipher",
    replacing("encr aes 256", "encr 3des"),
    "IKE policy, encryption",
    undefined,
    ["aes-256", "3des", "differs"],
  ],
  [
    "another hash",
    replacing(" hash sha256", " hash sha512"),
    "IKE policy, hash",
    undefined,
    ["sha256", "sha512", "differs"],
  ],
  ["another group", replacing(" group 14\n", " group 5\n"), "IKE policy, group", undefined, ["14", "5", "differs"]],
  [
    "another IKE lifetime",
    replacing(" group 14\n", " group 14\n lifetime 28800\n"),
    "IKE policy, lifetime",
    undefined,
    ["86400 s", "28800 s", "differs-no-fault", "the shorter is used"],
  ],
  [
    "another key",
    replacing("TopSecret1", "TopSecret2"),
    "pre-shared key, key",
    undefined,
    ["different", "different", "differs"],
  ],
  [
    "an encrypted key",
    replacing("key TopSecret1", "key 6 PQRSdXYZaLfaGWNMdJfFFMGRVYdQKc"),
    "pre-shared key, key",
    undefined,
    ["set", "set", "unknown", "masked, encrypted or several: can't be compared"],
  ],
  [
    "no key for the peer",
    replacing(`key TopSecret1 address ${FAR.peer}`, "key TopSecret1 address 203.0.113.77"),
    "pre-shared key, key",
    undefined,
    ["set", "none for the peer", "differs"],
  ],
  [
    "another transform set",
    replacing("esp-aes 256 esp-sha256-hmac", "esp-aes esp-sha256-hmac"),
    "transform set, transform",
    undefined,
    ["aes-256 sha256", "aes-128 sha256", "differs"],
  ],
  [
    "transport mode between hosts behind the ends",
    replacing(" mode tunnel", " mode transport"),
    "transform set, mode",
    undefined,
    ["tunnel", "transport", "differs-no-fault", "for traffic between other hosts IOS uses tunnel mode anyway"],
  ],
  ["no PFS", replacing(" set pfs group14\n", ""), "PFS, PFS", undefined, ["group 14", "off", "differs"]],
  [
    "its own IPsec lifetime",
    replacing(" set pfs group14\n", " set pfs group14\n set security-association lifetime seconds 28800\n"),
    "IPsec lifetimes, IPsec lifetime",
    undefined,
    ["3600 s (default)", "28800 s", "differs-no-fault", "the shorter is used"],
  ],
  [
    "an IPsec lifetime that is the default anyway",
    replacing(" set pfs group14\n", " set pfs group14\n set security-association lifetime seconds 3600\n"),
    "IPsec lifetimes, IPsec lifetime",
    undefined,
    ["3600 s (default)", "3600 s", "same"],
  ],
  [
    "another network in its ACL",
    replacing(
      "permit ip 172.16.5.0 0.0.0.255 10.20.0.0 0.0.255.255",
      "permit ip 172.16.6.0 0.0.0.255 10.20.0.0 0.0.255.255",
    ),
    "protected traffic, traffic",
    undefined,
    ["10.20.0.0/16 → 172.16.5.0/24", "172.16.6.0/24 → 10.20.0.0/16", "differs"],
  ],
  [
    "the map on no interface",
    replacing(" crypto map VPN\n!", "!"),
    "crypto map, applied on",
    undefined,
    ["GigabitEthernet0/0", "no interface", "differs"],
  ],
  [
    "NAT that takes the traffic",
    replacing(" deny ip 172.16.5.0 0.0.0.255 10.20.0.0 0.0.255.255\n", ""),
    "data path, NAT",
    undefined,
    ["leaves it alone", "takes the traffic", "differs"],
  ],
  [
    "a peer that is somebody else",
    replacing(`set peer ${FAR.peer}`, "set peer 192.0.2.200"),
    "peers, peer",
    "remote",
    [NEAR.own, "192.0.2.200", "differs"],
  ],
])("a far end with %s has its row", (_, change, name, of, expected) => {
  const [near, far] = both(same, change);
  expect(row(rowsOf(near, far), name, of)).toEqual(expected);
  // The other way round the two values change places, and nothing else.
  const swapped = of === "remote" ? "local" : of;
  const [one = "", other = "", ...rest] = expected;
  expect(row(rowsOf(far, near), name, swapped)).toEqual([other, one, ...rest]);
});

it("lists of many entries show a few of each kind and count the rest", () => {
  const acl = (swap: boolean, last: number) =>
    Array.from({ length: last }, (_, index) => {
      const [here, there] = [`10.20.${index}.0 0.0.0.255`, `172.16.${index}.0 0.0.0.255`];
      return ` permit ip ${swap ? there : here} ${swap ? here : there}`;
    }).join("\n");
  const near = configuration(NEAR, replacing(" permit ip 10.20.0.0 0.0.255.255 172.16.5.0 0.0.0.255", acl(false, 40)));
  const far = configuration(FAR, replacing(" permit ip 172.16.5.0 0.0.0.255 10.20.0.0 0.0.255.255", acl(true, 33)));
  const rows = rowsOf(near, far).filter(({ topic }) => topic === "protected traffic");
  const count = (verdict: string) =>
    rows.filter((item) => item.attribute === "traffic" && item.verdict === verdict).length;
  expect([count("differs"), count("same")]).toEqual([5, 5]);
  expect(
    rows
      .filter(({ attribute }) => attribute === "more traffic")
      .map(({ local, remote }) => [local.value, remote.value]),
  ).toEqual([
    ["2 more", ""],
    ["28 more", "28 more"],
  ]);
});

it("two routers that are not the ends of one tunnel are not compared", () => {
  const stranger = configuration({ ...FAR, own: "203.0.113.5", peer: "203.0.113.9" });
  expect(rowsOf(configuration(NEAR), stranger)).toEqual([]);
});

it("one end alone shows what it has, and calls nothing different", () => {
  const rows = rowsOf(configuration(NEAR), "");
  expect(rows.length).toBeGreaterThan(5);
  expect(rows.filter(({ verdict }) => verdict !== "unknown")).toEqual([]);
});

describe("in words", () => {
  const [near, far] = both(same, (text) =>
    replacing(
      "esp-aes 256 esp-sha256-hmac",
      "esp-3des esp-sha-hmac",
    )(replacing(" group 14\n", " group 14\n lifetime 28800\n")(text)),
  );

  function saidAfter(pastes: readonly string[], words: string, width = 100): string {
    const tools = conversationTools();
    let now = NEW_CASE;
    for (const paste of pastes) now = hear(now, paste, tools).case;
    return renderTerminal(hear(now, words, tools).reply, { colours: false, width });
  }

  it.each([
    "compare",
    "Compare both ends",
    "comparison",
    "difference",
    "what's the difference?",
    "What are the differences between the two ends?",
    "side by side",
    "show me the table",
    "table",
    "diff",
    "how do they differ?",
    "Compare the two configs, please",
  ])('"%s" shows the whole table', (words) => {
    const said = saidAfter([near, far], words);
    expect(said).toMatch(/transform +aes-256 sha256 +3des sha1 +differs/);
    expect(said).toMatch(/IKE lifetime +86400 s +28800 s +no fault/);
    expect(said).toMatch(/IKE hash +sha256 +sha256 +same/);
    expect(said).toContain("IKE lifetime: the shorter is used");
    expect(said).toMatch(/paste 1:\d+ +crypto ipsec transform-set STRONG esp-aes 256 esp-sha256-hmac/);
    expect(said).toMatch(/paste 2:\d+ +crypto ipsec transform-set STRONG esp-3des esp-sha-hmac/);
  });

  it("differing rows come first", () => {
    const marks = saidAfter([near, far], "compare")
      .split("\n")
      .flatMap((line) => / {2}(differs|no fault|\?|same)$/.exec(line)?.[1] ?? []);
    const order = ["differs", "no fault", "?", "same"];
    expect(marks.length).toBeGreaterThan(10);
    expect(marks).toEqual(marks.toSorted((one, other) => order.indexOf(one) - order.indexOf(other)));
  });

  it.each(["so far", "more"])('"%s" holds it in short', (words) => {
    const said = saidAfter([near, far], words).replace(/\s+/g, " ");
    expect(said).toContain("transform aes-256 sha256 3des sha1");
    expect(said).toContain("Differ, but are no fault: IKE lifetime (86400 s / 28800 s; the shorter is used).");
    expect(said).toContain("IKE policy (aes-256, sha256, group 14, psk)");
    expect(said).toContain("pre-shared key (equal)");
  });

  it.each(["compare", "so far"])('"%s" fits a terminal of 64 columns', (words) => {
    const lines = saidAfter([near, far], words, 64).split("\n");
    expect(lines.length).toBeLessThan(60);
    const evidence = lines.filter((line) => /^ {2}paste \d:/.test(line));
    for (const line of lines.filter((item) => !evidence.includes(item)))
      expect(line.length, line).toBeLessThanOrEqual(64);
  });

  it("asks for what is missing where there is one end, or none", () => {
    expect(saidAfter([near], "compare")).toContain("I need the same from 198.51.100.9");
    expect(saidAfter([], "compare")).toContain("There is no paste yet");
    expect(saidAfter(["EDGE-A#show ip route 172.16.5.1\n% Network not in table\nEDGE-A#\n"], "compare")).toContain(
      "nothing to compare yet",
    );
  });

  it("does not take a question about words for it", () => {
    expect(saidAfter([near, far], "explain the difference between main mode and aggressive mode")).not.toContain(
      "IKE hash",
    );
  });
});
