import { describe, expect, it } from "vitest";
import type { Command, Line, Output, ReadOutput, ReadPaste, Vendor } from "../src/domain/output.ts";
import { expandCommandLine } from "../src/paste/command-line.ts";
import { readPaste } from "../src/paste/read.ts";
import { createSecretTagger } from "../src/paste/redact.ts";

/** Commands with just enough shape to see where an output begins and ends; their parsers keep the lines they get. */
function command(run: string, looksLike: RegExp[], mayStartWith: RegExp[] = []): Command {
  return { run, looksLike, mayStartWith, parse: ({ lines }: Output) => ({ values: [], unread: lines }) };
}
const IOS: Vendor = {
  id: "cisco-ios",
  name: "Cisco IOS",
  prompt: /^(?<host>[A-Za-z][\w.-]{0,62})(?:\([\w-]{1,30}\))?[#>]\s*/,
  commands: [
    command("show crypto isakmp sa [detail]", [/^\s*IPv[46] Crypto ISAKMP SA$/, /^\s*dst\s+src\s+state/]),
    command("show crypto ipsec sa [peer ADDRESS] [detailed] [detail]", [/^\s*Crypto map tag: /], [/^\s*interface: \S/]),
    command("show ip route [vrf NAME] [ADDRESS]", [/^\s*Routing entry for \d/, /^\s*% Network not in table/]),
    command("show running-config", [/^\s*crypto isakmp policy \d/, /^\s*crypto keyring \S/], [/^\s*!/]),
    command("ping [ADDRESS] [source ADDRESS]", [/^\s*Sending \d/, /^\s*Success rate is \d/], [/^\s*Type escape/]),
    command("syslog", [/%[A-Z]{2,20}-\d-[A-Z_]{2,40}: /]),
  ],
};

function read(text: string): ReadPaste {
  return readPaste("p", text, { vendors: [IOS], signatures: [], tagger: createSecretTagger() });
}
function brief({ command: name, host, saidSide, unread }: ReadOutput): string {
  return `${host ?? "-"}${saidSide ? `/${saidSide}` : ""} ${name}: ${unread.map(({ number }: Line) => number).join(",")}`;
}
function outputs(...lines: string[]): string[] {
  return read(lines.join("\n")).outputs.map(brief);
}

describe("command lines", () => {
  it.each([
    ["sh cry isa sa", "show crypto isakmp sa"],
    ["do sh crypto isakmp sa det", "show crypto isakmp sa detail"],
    ["SHOW CRY IPS SA PEE 192.0.2.1 DET", "show crypto ipsec sa peer 192.0.2.1 detail"],
    ["sh cry ips sa det pe 192.0.2.1", "show crypto ipsec sa detail peer 192.0.2.1"],
    ["sh ru | s crypto", "show running-config | section crypto"],
    ["sh run|i crypto", "show running-config | include crypto"],
    ["sh ip ro vrf RED 10.0.0.1", "show ip route vrf RED 10.0.0.1"],
  ])("%s → %s", (typed, text) => {
    expect(expandCommandLine(typed, IOS.commands)[0]).toMatchObject({ text, whole: true });
  });

  it("keeps every reading of an ambiguous one, for the shape to decide", () => {
    expect(expandCommandLine("sh cry i sa", IOS.commands).map(({ text }) => text)).toEqual([
      "show crypto isakmp sa",
      "show crypto ipsec sa",
    ]);
    expect(outputs("R1#sh cry i sa", "interface: Gi0/0", "    Crypto map tag: M, local addr 192.0.2.1")).toEqual([
      "R1 show crypto ipsec sa: 2,3",
    ]);
  });

  it("goes with the shape where the typed command says something else", () => {
    expect(outputs("R1#sh ver", "IPv4 Crypto ISAKMP SA", "x 1.2")).toEqual(["R1 show crypto isakmp sa: 2,3"]);
  });

  it("writes out commands that nobody reads, and passes over what they print", () => {
    const [output] = read('R1#sh inventory\nNAME: "CISCO2911/K9", DESCR: "chassis"\nPID: CISCO2911/K9').outputs;
    expect(output).toMatchObject({ platform: "cisco-ios", command: "show inventory", unread: [], skipped: 2 });
  });

  it("takes a command line without a prompt, if an output follows", () => {
    expect(outputs("sh cry isa sa", "dst  src  state", "192.0.2.1 x")).toEqual(["- show crypto isakmp sa: 2,3"]);
    expect(outputs("show crypto isakmp sa")).toEqual([]);
  });

  it("reads what was cleared", () => {
    expect(read("R1#cle cry sa pe 192.0.2.9").outputs[0]?.values).toEqual([
      { kind: "typed", line: 1, command: "clear crypto sa peer 192.0.2.9", clears: "peer", peer: "192.0.2.9" },
    ]);
  });
});

describe("where outputs begin and end", () => {
  it("tells two devices apart by their prompts, indented or not", () => {
    expect(
      outputs("HUB#sh cry isa sa", "dst src state", "row 1.1", "  SPOKE>sh cry isa sa", "  dst src state", "HUB#"),
    ).toEqual(["HUB show crypto isakmp sa: 2,3", "SPOKE show crypto isakmp sa: 5"]);
  });

  it("does not take a word with a number sign for a prompt", () => {
    expect(outputs("R1#sh cry isa sa", "Group#2 is used", "a>b 1.2")).toEqual(["R1 show crypto isakmp sa: 2,3"]);
  });

  it("follows headings with a host or an end until the next", () => {
    expect(
      outputs(
        "### HUB",
        "crypto isakmp policy 10",
        "",
        "SPOKE",
        "crypto keyring K",
        "Remote side:",
        "crypto keyring L",
      ),
    ).toEqual(["HUB show running-config: 2", "SPOKE show running-config: 5", "-/remote show running-config: 7"]);
  });

  it("keeps the end that was said for a host", () => {
    expect(outputs("local:", "A1#sh cry isa sa", "row 1.1", "far end", "B1#sh cry isa sa", "A1#sh cry isa sa")).toEqual(
      ["A1/local show crypto isakmp sa: 3", "B1/remote show crypto isakmp sa: ", "A1/local show crypto isakmp sa: "],
    );
  });

  it("makes a log line in a table an output of its own", () => {
    expect(
      outputs("R1#sh cry isa sa", "dst src state", "row 1.1", "*Oct 25 18:50:01.497: %LINK-3-UPDOWN: x", "row 2.2"),
    ).toEqual(["R1 show crypto isakmp sa: 2,3,5", "R1 syslog: 4"]);
  });

  it("takes a log line off a prompt that it was printed into", () => {
    expect(outputs("R1#sh cry i*Oct 25 18:50:01.497: %LINK-3-UPDOWN: x", "R1#sh cry isa sa", "dst src state")).toEqual([
      "R1 syslog: 1",
      "R1 show crypto isakmp sa: 3",
    ]);
  });

  it("leaves a remark out of an output and goes on after it", () => {
    expect(
      outputs("R1#sh cry isa sa", "dst src state", "As you can see we have this one here.", "192.0.2.1 QM_IDLE"),
    ).toEqual(["R1 show crypto isakmp sa: 2,4"]);
  });

  it("ends an output where the text goes on in prose", () => {
    const text = [
      "I tried this and I think that it is wrong.",
      "What do you think about it?",
      "Please help me with this.",
    ];
    expect(outputs("R1#sh cry isa sa", "dst src state", ...text, "192.0.2.1 and 192.0.2.2")).toEqual([
      "R1 show crypto isakmp sa: 2",
      "- unknown: 6",
    ]);
  });

  it("makes a configuration of what was typed in configuration mode", () => {
    const { outputs: found } = read(
      [
        "R1#conf t",
        "R1(config)#crypto isakmp policy 10",
        "R1(config-isakmp)#encr aes",
        "R1(config-isakmp)#nonsense",
        "                   ^",
        "% Invalid input detected at '^' marker.",
        "R1(config-isakmp)#ip route 10.0.0.0 255.0.0.0 192.0.2.1",
        "R1(config)#end",
      ].join("\n"),
    );
    expect(found.map(({ command: name }) => name)).toEqual(["configure terminal", "config"]);
    expect(found[1]?.unread).toEqual([
      { number: 2, text: "crypto isakmp policy 10" },
      { number: 3, text: " encr aes" },
      { number: 7, text: "ip route 10.0.0.0 255.0.0.0 192.0.2.1" },
    ]);
  });

  it("holds lines that may begin an output until one tells", () => {
    expect(outputs("Type escape sequence to abort.", "Sending 5, 100-byte", "!!!!!")).toEqual(["- ping: 1,2,3"]);
    expect(outputs("interface: Gi0/1", "Routing entry for 192.0.2.0/24")).toEqual([
      "- show ip route: 2",
      "- unknown: 1",
    ]);
  });
});

describe("other platforms", () => {
  it.each([
    ["root@srx1> show security ike sa\nIndex   State  Initiator cookie  Responder cookie", "junos"],
    ["fw/pri/act# show crypto isakmp sa\n\nIKEv1 SAs:\n", "cisco-asa"],
    ["[admin@gw] > /ip ipsec peer print\nFlags: X - disabled", "routeros"],
    ["admin@PA-220> show vpn ike-sa\nIKEv1 phase-1 SAs", "panos"],
  ])("%s", (text, platform) => {
    const paste = read(text);
    expect(paste.trouble).toBe("other-platform");
    expect(paste.outputs.map((output) => output.platform)).toEqual([platform]);
    expect(paste.outputs[0]?.unread.length).toBeGreaterThan(0);
  });
});

describe("bad input", () => {
  it.each([
    ["", "empty"],
    [" \n\t\r\n\u200b\n```\n```", "empty"],
    ["\u0000\u0001\u0002\ufffd\u0003".repeat(500), "binary"],
    ["nothing of a device here", "nothing-recognised"],
  ])("says what is wrong (%#)", (text, trouble) => {
    expect(read(text).trouble).toBe(trouble);
  });

  it("stays linear on a line of any length", () => {
    for (const unit of [
      "a",
      " ",
      "#",
      "> ",
      "*",
      "&lt;",
      "<",
      "1.",
      "-",
      "\b",
      "\u001b[",
      "|",
      "`",
      "\\",
      "(",
      "R1#",
      "%A-1-B: ",
    ]) {
      const line = unit.repeat(Math.ceil(200_000 / unit.length));
      const from = process.cpuUsage();
      read(`R1#sh cry isa sa\n${line}\n${line}`);
      expect(process.cpuUsage(from).user / 1000, JSON.stringify(unit)).toBeLessThan(1500);
    }
  });

  it("takes noise at no more than 100 ms for each 64 KB", () => {
    let seed = 7;
    const noise = Array.from({ length: 1_000_000 }, () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return String.fromCharCode(10 + (seed % 117));
    }).join("");
    const from = process.cpuUsage();
    read(noise);
    expect(process.cpuUsage(from).user / 1000).toBeLessThan((noise.length / 65_536) * 100);
  });
});
