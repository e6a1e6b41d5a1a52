/** The written-up case: its document, and every form of it, for every recorded conversation. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { z } from "zod";
import { NEW_CASE } from "../src/case/case.ts";
import { hear } from "../src/case/converse.ts";
import { HandOffSchema } from "../src/domain/hand-off.ts";
import { drawPicture } from "../src/pictures/draw.ts";
import { picturePng } from "../src/pictures/png.ts";
import { writtenUp } from "./hand-offs.ts";
import { readConversations } from "./scenarios.ts";
import { conversationTools, eventsOf } from "./scenarios-play.ts";

const tools = conversationTools();
const asha = { at: Date.UTC(2026, 10, 27, 3, 12), by: { id: "U7", name: "Asha" } };
const written = { knowledge: tools.knowledge, caseId: "7F3K", said: asha };

it.each(readConversations())("$file, $title, is written up for everybody by the published schema", (one) => {
  for (const { document, template, md, html, json } of writtenUp({ events: eventsOf(one) }, written)) {
    expect(HandOffSchema.parse(JSON.parse(json))).toEqual(JSON.parse(JSON.stringify(document)));
    expect(document.template).toBe(template);
    expect(md).toMatch(/^# Hand-over 7F3K: tunnel /);
    expect(`${md}${html}`).not.toMatch(/undefined|\[object|NaN|\{[a-z-]+\}/);
    expect(html).not.toMatch(/<script|<link|<iframe|javascript:|\s(?:src|href|srcset)=|url\(|@import/i);
    for (const tag of ["section", "table", "pre", "li", "svg", "figure"])
      expect(html.split(new RegExp(`<${tag}[ >]`)).length, tag).toBe(html.split(`</${tag}>`).length);
    if (template === "vendor") {
      // Two minutes of reading, lines, tables and all; the outputs themselves come behind it.
      const [main = "", appendix] = md.split("\n## Appendix: outputs\n");
      expect(main.split(/\s+/).filter((word) => /\w/.test(word)).length).toBeLessThan(450);
      expect(appendix === undefined).toBe(document.appendix.length === 0);
      continue;
    }
    // Two minutes of reading, without the lines of pastes and the tables at the end.
    const read = md.split("\n## Both ends")[0]?.replace(/```[\s\S]*?```/g, "") ?? "";
    expect(read.split(/\s+/).length).toBeLessThan(700);
  }
});

it("the schema that is published is the one that is used", () => {
  const published: unknown = JSON.parse(readFileSync(new URL("../docs/hand-off.schema.json", import.meta.url), "utf8"));
  expect(published).toEqual(z.toJSONSchema(HandOffSchema));
});

const HUB = `HUB-SECRET-NAME#show running-config | section crypto|access-list|interface
crypto isakmp policy 10
 encr aes 256
 hash sha256
 authentication pre-share
 group 14
crypto isakmp key Pl4ntedKey! address 198.51.100.7
crypto ipsec transform-set OURS esp-aes 256 esp-sha256-hmac
crypto map INTERNAL-MAP 10 ipsec-isakmp
 set peer 198.51.100.7
 set transform-set OURS
 match address INTERNAL-ACL
interface GigabitEthernet0/1
 ip address 203.0.113.1 255.255.255.0
 crypto map INTERNAL-MAP
interface GigabitEthernet0/2
 ip address 10.77.77.1 255.255.255.0
ip access-list extended INTERNAL-ACL
 permit ip 10.1.0.0 0.0.255.255 10.9.0.0 0.0.255.255
HUB-SECRET-NAME#show crypto isakmp sa
IPv4 Crypto ISAKMP SA
dst             src             state          conn-id status
198.51.100.7    203.0.113.1     QM_IDLE           1003 ACTIVE

HUB-SECRET-NAME#show crypto ipsec sa peer 198.51.100.7

interface: GigabitEthernet0/1
    Crypto map tag: INTERNAL-MAP, local addr 203.0.113.1

   local  ident (addr/mask/prot/port): (10.1.0.0/255.255.0.0/0/0)
   remote ident (addr/mask/prot/port): (10.9.0.0/255.255.0.0/0/0)
   current_peer 198.51.100.7 port 500
     PERMIT, flags={origin_is_acl,}
    #pkts encaps: 1180, #pkts encrypt: 1180, #pkts digest: 1180
    #pkts decaps: 0, #pkts decrypt: 0, #pkts verify: 0
    #send errors 0, #recv errors 0

     local crypto endpt.: 203.0.113.1, remote crypto endpt.: 198.51.100.7
     current outbound spi: 0x8BDBBA86(2346432134)

     inbound esp sas:
      spi: 0x16C58DD4(382045652)
        Status: ACTIVE

     outbound esp sas:
      spi: 0x8BDBBA86(2346432134)
        Status: ACTIVE
HUB-SECRET-NAME#
`;

/** Led to where only the far side can tell. */
function oneWayCase() {
  let now = NEW_CASE;
  for (const text of ["we send and nothing comes back", HUB, "can't reach the far end"])
    now = hear(now, text, { ...tools, said: asha }).case;
  return now;
}

it("the far side's administrator gets what to run, and none of our names, people, lines or other networks", () => {
  const far = writtenUp(oneWayCase(), written).find(({ template }) => template === "far-side");
  const all = [far?.md, far?.html, far?.json, ...(far?.pictures ?? [])].join("\n");
  for (const internal of [
    "HUB-SECRET-NAME",
    "INTERNAL",
    "OURS",
    "10.77.77",
    "Asha",
    "U7",
    "paste 1",
    "Gigabit",
    "Pl4ntedKey",
  ])
    expect(all).not.toContain(internal);
  expect(far?.document.next.length).toBeGreaterThan(0);
  for (const { side } of far?.document.next ?? []) expect(side).toBe("remote");
  expect(all).toContain("show crypto ipsec sa peer 203.0.113.1");
  expect(all).toContain("198.51.100.7");
});

it("people of the page, whom nobody named, are told apart and not called by their long ids", () => {
  const said = { at: asha.at, by: { id: "web-fISy97YKmiCGcBSK" } };
  let now = NEW_CASE;
  for (const text of ["tunnel down", HUB]) now = hear(now, text, { ...tools, said }).case;
  for (const { md, json } of writtenUp(now, { ...written, said }, ["next-shift"])) {
    expect(md).toContain("Written by web user fISy");
    expect(`${md}${json}`).not.toContain("97YKmiCGcBSK");
  }
});

it("the far side is told once in whose words a command is", () => {
  const far = writtenUp(oneWayCase(), written, ["far-side"])[0];
  for (const { why } of far?.document.next ?? []) expect(why.match(/another device|your platform's/g)).toHaveLength(1);
});

it("the next shift gets people, times, lines, what could not be had, and how disruptive each step is", () => {
  const next = writtenUp(oneWayCase(), written).find(({ template }) => template === "next-shift");
  expect(next?.document.timeline).toContainEqual({
    at: "2026-11-27T03:12:00.000Z",
    by: "Asha",
    what: "can't reach 198.51.100.7",
  });
  expect(next?.document.reported).toMatchObject({ symptom: "one-way", by: "Asha" });
  expect(next?.document.notObtained).toEqual([{ side: "remote", on: "198.51.100.7", command: null }]);
  expect(next?.document.ends[0]).toMatchObject({
    address: "203.0.113.1",
    policies: ["10: aes-256, sha256, psk, group 14"],
  });
  expect(next?.md).toContain("#pkts decaps: 0");
  expect(next?.md).toMatch(/disturbs nothing|drops this tunnel/);
  expect(next?.md).not.toContain("Pl4ntedKey");
});

it("a vendor's support case lists what is asked for, collected and missing", () => {
  const vendor = writtenUp(oneWayCase(), written).find(({ template }) => template === "vendor");
  const where = new Map(vendor?.document.support.map(({ command, collected }) => [command, collected]));
  expect(where.get("show running-config")).toBe("paste 1:1");
  expect(where.get("show version")).toBeNull();
  expect(where.get("show crypto ipsec sa peer 198.51.100.7 detail")).toBeNull();
  for (const text of [vendor?.md, vendor?.html]) {
    expect(text).toContain("Cisco IOS or IOS-XE");
    expect(text).toMatch(
      /Collected on HUB-SECRET-NAME[\s\S]*show running-config[\s\S]*Missing on HUB-SECRET-NAME[\s\S]*show version/,
    );
    expect(text).toMatch(/Appendix: outputs[\s\S]*#pkts decaps: 0/);
    expect(text).not.toContain("Pl4ntedKey");
  }
});

it("platforms have the names that people know them by, in every form but JSON", () => {
  const platforms = ["ios", "asa", "srx", "fortigate", "palo alto", "mikrotik", "strongswan"];
  for (const platform of platforms) {
    let now = NEW_CASE;
    for (const text of ["tunnel down", platform]) now = hear(now, text, { ...tools, said: asha }).case;
    for (const { md, html, pictures } of writtenUp(now, written))
      expect([md, html, ...pictures].join("\n")).not.toMatch(/cisco-ios|cisco-asa|junos|fortios|panos|routeros/);
  }
});

it("what a vendor's support gets of a hub's outputs stays short", () => {
  const flow = HUB.slice(HUB.indexOf("\n   local  ident"), HUB.indexOf("HUB-SECRET-NAME#\n"));
  const many = HUB.replace(flow, flow.repeat(200));
  const vendor = writtenUp(hear(NEW_CASE, many, { ...tools, said: asha }).case, written, ["vendor"])[0];
  expect(vendor?.document.appendix.at(-1)?.omitted).toBeGreaterThan(1_000);
  expect(vendor?.document.appendix.flatMap(({ lines }) => lines).length).toBeLessThan(900);
});

it("a fix that is copied from the message is whole", () => {
  const [led] = readConversations().filter(({ file }) => file.includes("1a-ike-policies"));
  if (led === undefined) throw new Error("no such conversation");
  // Until the verdict, before the fix is in.
  const found = { ...led, turns: led.turns.slice(0, led.turns.findIndex(({ finds }) => finds !== undefined) + 1) };
  const { reply } = hear({ events: eventsOf(found) }, "hand over", { ...tools, said: asha });
  const fix = reply.blocks.flatMap((block) =>
    block.type === "code" && block.label?.includes("Fix on HUB") ? block.lines : [],
  );
  expect(fix.at(0)).toBe("configure terminal");
  expect(fix.at(-1)).toBe("end");
  expect(fix).toContain(" group 14");
});

it("what was pasted is never markup, in any form", () => {
  const text = HUB.replaceAll("INTERNAL-ACL", "<b>A`|*_").replaceAll("HUB-SECRET-NAME#show run", "R1#show run");
  const now = hear(NEW_CASE, text, {
    ...tools,
    said: { ...asha, by: { id: "x", name: "<img src=x onerror=1>|`" } },
  }).case;
  for (const { html, md, pictures } of writtenUp(now, written)) {
    for (const shown of [html, ...pictures.filter((each) => each.startsWith("<svg"))])
      expect(shown).not.toMatch(/<b>|<img/);
    expect(md).not.toMatch(/(?<!\\)<img/);
  }
});

it.each(["HUB", "PUNE-EDGE-ROUTER-01", "2001:DB8:4:17::7", "W".repeat(40)])("the name %s stays in its box", (name) => {
  const end = { name, address: "2001:db8:1234:5678:9abc:def0:1234:5678" };
  const directions = { out: { state: "lost" }, back: { state: "nothing" } } as const;
  const drawn = drawPicture({ kind: "ends", local: end, remote: end, ...directions, isDifference: true }, "light");
  const names = [...drawn.matchAll(/y="(44|64)"[^>]* font-size="(\d+)"[^>]*>([^<]*)</g)];
  expect(names).toHaveLength(4);
  for (const [, y, size, shown = ""] of names)
    expect([...shown].length * Number(size) * (y === "44" ? 0.78 : 0.64)).toBeLessThanOrEqual(132);
});

it("pictures are drawn as PNG with a font of their own", async () => {
  const png = await picturePng({
    kind: "path",
    stages: [
      { name: "IKE SA", mark: "yes" },
      { name: "IPsec SA", mark: "no" },
    ],
  });
  expect(Buffer.from(png.subarray(1, 4)).toString()).toBe("PNG");
  expect(png.byteLength).toBeGreaterThan(2_000);
});
