import { describe, expect, it } from "vitest";
import { clean } from "../src/paste/clean.ts";

function cleaned(text: string): string[] {
  return clean(text).lines.map((line) => `${line.number}|${line.text}`);
}

describe("takes away what was not printed", () => {
  it.each([
    ["R1\\#sh cry isa sa", "R1#sh cry isa sa"],
    ["QM\\_IDLE", "QM_IDLE"],
    ["**#pkts encaps: 0, #pkts digest: 0**", "#pkts encaps: 0, #pkts digest: 0"],
    ["Inbound: **#pkts dec'ed 9949** drop 60", "Inbound: #pkts dec'ed 9949 drop 60"],
    ["spi: 0x8BDBBA86(<tel:2346433158|2346433158>)", "spi: 0x8BDBBA86(2346433158)"],
    ["<http://hub.example.net|hub.example.net>#sh ver", "hub.example.net#sh ver"],
    ["vrf: &lt;none&gt; &amp; more", "vrf: <none> & more"],
    ["vrf: &amp;lt;none&amp;gt;", "vrf: <none>"],
    ['<span class="x">interface: Gi0/1</span></pre></code>', "interface: Gi0/1"],
    ["a\u00a0b\u200bc\u2009d", "a bc d"],
    ["\u201cP1\u201d it\u2019s \u2013More\u2013 esp\u2013aes", '"P1" it\'s --More-- esp-aes'],
    ["\u2022 crypto isakmp policy 10", "crypto isakmp policy 10"],
    ["### HUB# sh cry isa sa", "HUB# sh cry isa sa"],
    ["`show crypto isakmp sa`", "show crypto isakmp sa"],
    ["##pkts replay failed (rcv): 1000   <-- this is the error", "##pkts replay failed (rcv): 1000"],
    ["R1#sh cry isx\b \ba sa", "R1#sh cry isa sa"],
    ["\u001b[7m--More--\u001b[m\b\b\b\b\b\b\b\b        \b\b\b\b\b\b\b\binterface: Gi0/1", "interface: Gi0/1"],
    ["<--- More --->\r              \r    Crypto map tag: M", "Crypto map tag: M"],
    [`${"#pkts encaps: 12, ".repeat(4)}#pkts digest: 12$`, `${"#pkts encaps: 12, ".repeat(4)}#pkts digest:`],
  ])("%j", (given, text) => {
    expect(cleaned(given)).toEqual([`1|${text}`]);
  });

  it.each(["[...]", "<...truncated...>", "--- cropped ---", "<snip>", "!<output omitted>", "-- 12 lines removed --"])(
    "knows %j for a cut",
    (mark) => {
      expect(clean(`a 1\n${mark}\nb 2`).cuts).toEqual([2]);
      expect(cleaned(`a 1\n${mark}\nb 2`)).toEqual(["1|a 1", "3|b 2"]);
    },
  );

  it("reads a Markdown table as columns", () => {
    expect(cleaned("| dst | src |\n|---|:--:|\n| 192.0.2.1 |  |")).toEqual(
      ["1|dst  src", "3|192.0.2.1  "].map((line) => line.trimEnd()),
    );
  });

  it("joins what a terminal broke in the middle of a word", () => {
    const line = "*Oct 25 18:50:01.497: ISAKMP:(1017):Old State = IKE_R_MM3  New State = IKE_R_MM4 and so on, long";
    const short = "*Oct 25 18:50:01.497: ISAKMP:(1017):purging node 1";
    expect(cleaned(`${line.slice(0, 80)}\n${line.slice(80)}\n${short}`)).toEqual([`1|${line}`, `3|${short}`]);
  });

  it("counts lines as given, however they end", () => {
    for (const end of ["\n", "\r\n", "\r", "\r\r\n"]) expect(cleaned(["a", "", "b"].join(end))).toEqual(["1|a", "3|b"]);
  });
});

it.each([
  "*Oct 25 18:50:01.497: ISAKMP:(0): beginning Main Mode exchange",
  "  * 40.10.1.1, via Tunnel0",
  "crypto isakmp key ***** address 192.0.2.1",
  "##pkts replay failed (rcv): 0",
  "current_peer: <none>  name__with__lines",
  "in use settings ={Tunnel, }",
  "access-list 101 remark *** do not touch ** <snip> it -- see http://wiki.example.net/a_b?x=1&y=2 ***",
  "R1#show run | i ^crypto|10\\.1\\.1",
  "--- 10.1.1.1            192.0.2.1          ---                ---",
  "          ^",
  ".....",
  "!",
  "ip route 0.0.0.0 0.0.0.0 <PUBLIC-IP>",
  "banner motd ^C *** WARNING: 100% private <b@example.net> ^C",
])("leaves %j alone", (line) => {
  expect(cleaned(`HUB#x\n${line}`)).toEqual(["1|HUB#x", `2|${line}`]);
});
