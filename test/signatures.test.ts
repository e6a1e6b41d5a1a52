/** Every signature proves itself: its lines match, alone and through the reading of a whole paste, and no others do. */
import { describe, expect, it } from "vitest";
import { PLATFORM_IDS, type PlatformId } from "../src/domain/ids.ts";
import { readSignatures, readYaml, yamlFiles } from "../src/knowledge/read.ts";
import { SignatureFile } from "../src/knowledge/schema.ts";
import { readPaste } from "../src/paste/read.ts";
import { createSecretTagger } from "../src/paste/secret-tagger.ts";
import { signatureFinder } from "../src/signatures/find-signatures.ts";
import { requiredLiterals } from "../src/signatures/required-literals.ts";
import { VENDORS } from "../src/vendors/index.ts";

const signatures = readSignatures();
const files = PLATFORM_IDS.flatMap((platform) => yamlFiles(`vendors/${platform}/signatures`));
const entries = files.flatMap((file) => {
  const read = readYaml(file, SignatureFile);
  return read.signatures.map((signature) => ({ platform: read.platform, ...signature }));
});

/** What the devices of a platform print before a message. */
const PREFIXES: Partial<Record<PlatformId, readonly string[]>> = {
  "cisco-ios": [
    "",
    "*Oct 25 18:50:01.497: ",
    ".Jan  1 00:00:01: ",
    "2328304: Jun  8 19:14:38.051 GMT: ",
    "Nov 23 10:33:27.123 UTC: ",
    "000123: *Nov 23 2026 10:33:27.123 +0100: ",
    "00:12:34: ",
    "1w2d: ",
    "<189>123: *Nov 23 10:33:27.123: ",
    "Nov 23 10:33:27 192.0.2.1 000812: *Nov 23 10:33:26.871: ",
    "!!*Nov 23 10:33:27.123: ",
  ],
  "cisco-asa": [
    "",
    "Mar 03 2026 08:11:42: ",
    "Mar 03 08:11:42 ",
    "Mar 03 2026 08:11:42 fw-oslo : ",
    "<166>Mar 03 2026 08:11:42: ",
    "Nov 23 10:33:27 192.0.2.1 ",
    "2026-11-23T10:33:27Z fw-oslo : ",
  ],
  junos: [
    "Nov 27 10:11:12  srx-oslo kmd[1417]: ",
    "Nov  3 10:11:12 srx-oslo iked[20814]: ",
    "Nov 27 10:11:12.482 srx-oslo RT_IPSEC: ",
    "<30>Nov 27 10:11:12 192.0.2.1 kmd[1417]: ",
    "2026-11-27T10:11:12.482+01:00 srx-oslo iked[20814]: ",
    "<30>1 2026-11-27T10:11:12.482+01:00 srx-oslo kmd 1417 - - ",
    "[Nov 27 10:11:12]",
    "[Nov 27 10:11:12 PIC 0/0/0 KMD1]",
    "[Nov 27 10:11:12.482018 TID 80]  ",
  ],
  fortios: [
    "ike 0:HUB:12: ",
    "ike V=root:0:HUB:12: ",
    "2026-11-27 08:12:33 ike 0:HUB:12: ",
    "2026-11-27 08:12:33.104233 ike V=dmz:3:HUB:12: ",
  ],
  libreswan: [
    '"branch" #1: ',
    '"rw"[3] 203.0.113.77 #11: ',
    '003 "branch" #1: ',
    'Nov 27 03:33:22.104233: "branch" #1: ',
    'Nov  3 10:02:11 fw-hull pluto[53721]: "con/1x2" #7: ',
    '2026-11-27T03:35:42.104233+01:00 gw pluto[77]: "branch" #1: ',
    "packet from 203.0.113.9:500: ",
    "Nov 27 03:33:40 gw pluto[812]: packet from 203.0.113.9:500: ",
  ],
  strongswan: [
    "10[IKE] <branch|3> ",
    "[IKE] ",
    "Nov 27 03:33:22 07[NET] ",
    "Nov  3 10:02:11 fw-hull charon[53721]: 10[CFG] <con1|4> ",
    "Nov 27 03:33:40 gw charon-systemd[812]: ",
    "2026-11-27T03:35:42.104233+01:00 gw charon: 13[IKE] <1> ",
  ],
  routeros: [
    "09:01:10 ipsec,error ",
    "nov/27 09:01:10 ipsec,info ",
    "nov/27/2026 09:01:10 ipsec,debug ",
    " 2026-11-27 09:01:10 ipsec,error ",
    " 11-27 09:01:10 ipsec,info ",
    "Nov 27 09:01:10 gw-brno ipsec,error ",
    "ipsec,debug ",
  ],
  panos: [
    "2026-11-27 09:01:10.123 +0100  [PERR]: {    1:     }: ",
    "2026-11-27 09:01:10.123 +0100  [INFO]: ",
    "2014-08-05 03:02:07 [PROTO_ERR]: ",
    "2026/11/27 09:01:10 info     vpn     GW-HQ  ike-nego-p1-fail 0  ",
    '<14>Nov 27 09:01:10 PA-1 1,2026/11/27 09:01:10,007051000012345,SYSTEM,vpn,0,2026/11/27 09:01:10,,ike-generic-event,GW-HQ,0,0,general,informational,"',
  ],
};

/** Lines of outputs that are no logs (packet-tracer, captures, counters): vendors.test.ts reads them in their outputs. */
const OF_OUTPUTS: ReadonlySet<string> = new Set(
  ["traffic-is-translated", "packet-is-denied", "packet-has-no-route", "asp-drops-ipsec"].map(
    (id) => `cisco-asa ${id}`,
  ),
);

function eventsOf(text: string) {
  const read = readPaste("paste", text, { vendors: VENDORS, signatures, tagger: createSecretTagger() });
  return read.outputs.flatMap(({ values }) => values.flatMap((value) => (value.kind === "log" ? value.events : [])));
}

it("gives every id once for a platform", () => {
  const ids = entries.map(({ platform, id }) => `${platform} ${id}`);
  expect(ids).toEqual([...new Set(ids)]);
});

describe.each(entries)("$platform $id", ({ platform, id, pattern, matches, doesNotMatch }) => {
  const regex = new RegExp(pattern, "i");

  it("matches its lines and not the others", () => {
    for (const line of matches) expect(line).toMatch(regex);
    for (const line of doesNotMatch) expect(line).not.toMatch(regex);
  });

  it("is searched for by a text that all its lines have", () => {
    const literals = requiredLiterals(pattern);
    expect(literals).toBeDefined();
    for (const line of matches) expect(literals?.filter((text) => line.toLowerCase().includes(text))).not.toEqual([]);
  });

  it("is found by the finder", () => {
    const find = signatureFinder(signatures.filter((signature) => signature.platform === platform));
    const idsOf = (line: string) => find(line).map(({ signature }) => signature.id);
    for (const line of matches) expect(idsOf(line)).toContain(id);
    for (const line of doesNotMatch) expect(idsOf(line)).not.toContain(id);
  });

  const prefixes = OF_OUTPUTS.has(`${platform} ${id}`) ? undefined : PREFIXES[platform];
  it.runIf(prefixes)("is an event of a pasted log, whatever stands before it", () => {
    for (const prefix of prefixes ?? []) {
      for (const line of matches) {
        const events = eventsOf(`${prefix}${line}\n`);
        expect(
          events.map(({ signature }) => signature),
          prefix + line,
        ).toContain(id);
        const event = events.find(({ signature }) => signature === id);
        expect(event?.line).toBe(1);
        if (/[\d:]{8}/.test(prefix)) expect(event?.seconds, prefix).toBeTypeOf("number");
      }
      for (const line of doesNotMatch) {
        expect(
          eventsOf(`${prefix}${line}\n`).map(({ signature }) => signature),
          prefix + line,
        ).not.toContain(id);
      }
    }
  });
});

it("keeps what the groups of a pattern caught", () => {
  const [event] = eventsOf(
    "%CRYPTO-4-IKMP_BAD_MESSAGE: IKE message from 40.10.1.1 failed its sanity\ncheck or is malformed\n",
  );
  expect(event).toMatchObject({ captures: { peer: "40.10.1.1" }, peer: "40.10.1.1", line: 1 });
});

it("reads the required texts of a pattern and not more", () => {
  expect(requiredLiterals("abc(?:def)?ghij")).toEqual(["ghij"]);
  expect(requiredLiterals("(?:foo1|bar2)x")).toEqual(["foo1", "bar2"]);
  expect(requiredLiterals("(?:foo1|b)")).toBeUndefined();
  expect(requiredLiterals("a.b*[cde]{3}")).toBeUndefined();
  expect(requiredLiterals("(?!no)Yes(?<name>\\d+)\\.txt")).toEqual([".txt"]);
  expect(requiredLiterals("(abc)\\1")).toBeUndefined();
});
