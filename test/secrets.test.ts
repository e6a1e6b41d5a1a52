import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readSecret, SECRET_PLACEHOLDER, sameSecret } from "../src/domain/secret.ts";
import { readSignatures } from "../src/knowledge/read.ts";
import { holdsSecret } from "../src/paste/holds-secret.ts";
import { readPaste } from "../src/paste/read.ts";
import { createSecretTagger, redact } from "../src/paste/redact.ts";
import { VENDORS } from "../src/vendors/index.ts";
import { HARMLESS_LINES } from "./harmless-lines.ts";
import { PLANTED_SECRETS } from "./planted-secrets.ts";

const signatures = readSignatures();

/** All that reading a paste gives back, as one text to search. */
function everythingRead(text: string): string {
  return JSON.stringify(readPaste("paste", text, { vendors: VENDORS, signatures, tagger: createSecretTagger() }));
}

function redactText(text: string, tagger = createSecretTagger()): string {
  const lines = text.split("\n").map((line, index) => ({ number: index + 1, text: line }));
  return redact(lines, tagger)
    .lines.map((line) => line.text)
    .join("\n");
}

/** The forms in which a secret could still be found: as it is, escaped for JSON, in base64 at any of three offsets. */
function traces(secret: string): string[] {
  const encoded = ["", "a", "ab"].map((before) =>
    Buffer.from(before + secret)
      .toString("base64")
      .slice(4, -4),
  );
  return [secret, JSON.stringify(secret).slice(1, -1), ...encoded.filter((trace) => trace.length >= 8)];
}

describe("names of VyOS' keys", () => {
  it.each([
    "set vpn ipsec authentication psk KUOPIO id 192.0.2.1\nset vpn ipsec authentication psk KUOPIO secret 'Zq1rVx8a'",
    "vyos@gw# set vpn ipsec authentication psk KUOPIO secret Zq1rVx8a",
    "+   psk KUOPIO {\n+       id 192.0.2.1\n+       secret 'Zq1r Vx8a'\n+   }",
    "            psk KUOPIO {\n                secret Zq1rVx8a\n                id 192.0.2.1\n            }",
  ])("stay where their key is seen, and goes: %j", (text) => {
    expect(redactText(text)).toContain("psk KUOPIO");
    expect(redactText(text)).not.toContain("Zq1r");
  });

  it.each(["disable", "id", "'none'", "secret"])("stay, and a plain word that is the key goes: %s", (key) => {
    const line = "set vpn ipsec authentication psk KUOPIO secret";
    expect(redactText(`${line} ${key}`)).toBe(`${line} <secret #1>`);
    expect(redactText(`psk KUOPIO {\n    secret ${key}\n}`)).toBe("psk KUOPIO {\n    secret <secret #1>\n}");
  });

  it.each([
    "set vpn ipsec authentication psk KUOPIO id 192.0.2.1",
    "set vpn ipsec authentication psk KUOPIO secret xxxxxx",
    "set vpn ipsec authentication psk KUOPIO secret\n'KUOPIO'",
    "set vpn ipsec authentication psk KUOPIO secret 'kuopio-77'",
    "psk KUOPIO {\n    id 192.0.2.1\n}\npre-shared-secret Zq1rVx8a",
    "we tried psk KUOPIO secret and all",
  ])("go where they could be a key: %j", (text) => {
    expect(redactText(text)).not.toMatch(/kuopio/i);
  });
});

describe("planted secrets", () => {
  it.each(PLANTED_SECRETS)("never get past the door: $name", ({ text, secret }) => {
    expect(text.replace(/\s/g, "")).toContain(secret.replace(/\s/g, ""));
    const read = everythingRead(text);
    for (const trace of traces(secret)) expect(read).not.toContain(trace);
  });

  it.each(PLANTED_SECRETS)("are removed even where cleaning did nothing: $name", ({ text, secret }) => {
    for (const trace of traces(secret)) expect(redactText(text)).not.toContain(trace);
  });

  it.each(["\u00a0", "\u202f", "\u2007", "\u3000"])(
    "never get past the door with %j for blanks, in a paste or as a name",
    (blank) => {
      for (const { text, secret } of PLANTED_SECRETS) {
        const odd = text.replaceAll(" ", blank);
        const read = everythingRead(odd);
        for (const trace of traces(secret)) expect(read, text).not.toContain(trace);
        if (!text.includes("\n")) expect(holdsSecret(odd), text).toBe(holdsSecret(text));
      }
      expect(holdsSecret("crypto isakmp key Zq1rVx8a address 203.0.113.2".replaceAll(" ", blank))).toBe(true);
      expect(holdsSecret("pre Zq1rVx8a".replaceAll(" ", blank))).toBe(true);
      expect(holdsSecret("hub running-config.txt".replaceAll(" ", blank))).toBe(false);
    },
  );

  it("never get past the door all together, in order and backwards", () => {
    const texts = PLANTED_SECRETS.map((planted) => planted.text);
    for (const text of [texts.join("\n"), [...texts].reverse().join("\n"), texts.join("\n\n!\n\n")]) {
      const read = everythingRead(text);
      const seen = PLANTED_SECRETS.filter(({ secret }) => traces(secret).some((trace) => read.includes(trace)));
      expect(seen.map((planted) => planted.name)).toEqual([]);
    }
  });

  it("never get past the door between the lines of an output", () => {
    const output =
      "HUB#show crypto isakmp sa\nIPv4 Crypto ISAKMP SA\ndst             src             state          conn-id status";
    for (const { secret, text } of PLANTED_SECRETS)
      expect(everythingRead(`${output}\n${text}\n`)).not.toContain(secret);
  });
});

const FORMS: readonly ((key: string) => string)[] = [
  (key) => `crypto isakmp key ${key} address 203.0.113.2 255.255.255.255 no-xauth`,
  (key) => `HUB(config)# crypto isakmp key 0 ${key} hostname spoke.example.net`,
  (key) => `crypto keyring K\n  pre-shared-key address 203.0.113.2 key ${key}`,
  (key) => `pre-shared-key address 203.0.113.2\nkey ${key}`,
  (key) => ` peer P\n  pre-shared-key local ${key}`,
  (key) => ` ikev1 pre-shared-key ${key}`,
  (key) => `  secret = ${key}`,
  (key) => `: PSK ${key}`,
  (key) => `        set psksecret ${key}`,
  (key) => `set security ike policy P pre-shared-key ascii-text ${key}`,
  (key) => `R1#show crypto isakmp key\nKeyring Hostname/Address Preshared Key\ndefault 203.0.113.2 ${key}`,
  (key) => `enable secret ${key}`,
  (key) => `username bob privilege 15 secret 0 ${key}`,
  (key) => `snmp-server community ${key} RO`,
  (key) => `radius server R\n address ipv4 192.0.2.5 auth-port 1812\n key ${key}`,
  (key) => ` standby 1 authentication md5 key-string ${key}`,
  (key) => ` neighbor 192.0.2.1 password ${key}`,
  (key) => `authentication {\n  pre-shared-key {\n    key ${key};\n  }\n}`,
];

// What a person would type as a key: no blanks, at least eight characters, not only letters a word could have.
const bareKey = fc
  .string({
    unit: fc.integer({ min: 33, max: 126 }).map((code) => String.fromCharCode(code)),
    minLength: 8,
    maxLength: 40,
  })
  .filter((key) => /[0-9]/.test(key));
const quotedKey = fc
  .string({
    unit: fc.integer({ min: 32, max: 126 }).map((code) => String.fromCharCode(code)),
    minLength: 8,
    maxLength: 40,
  })
  .map((key) => `x${key.replace(/["\\]/g, "_")}7`);
const form = fc.constantFrom(...FORMS);

describe("any key", () => {
  it("never survives bare, in any form", () => {
    fc.assert(
      fc.property(bareKey, form, (key, write) => {
        expect(redactText(write(key))).not.toContain(key);
        expect(everythingRead(write(key))).not.toContain(JSON.stringify(key).slice(1, -1));
      }),
      { numRuns: 1500 },
    );
  });

  it("never survives in quotes, with blanks, in any form", () => {
    fc.assert(
      fc.property(quotedKey, form, (key, write) => {
        expect(redactText(write(`"${key}"`))).not.toContain(key);
        expect(everythingRead(write(`"${key}"`))).not.toContain(key);
      }),
      { numRuns: 1500 },
    );
  });

  it("never survives a terminal's wrap at 80 columns", () => {
    fc.assert(
      fc.property(bareKey, fc.integer({ min: 62, max: 79 }), (key, before) => {
        const line = `${"crypto isakmp key ".padStart(before)}${key} address 203.0.113.2`;
        const wrapped = `${line.slice(0, 80)}\n${line.slice(80)}`;
        const tail = key.slice(80 - before);
        if (tail.length < 6) return;
        expect(redactText(wrapped).replaceAll("\n", "")).not.toContain(key);
        expect(redactText(wrapped)).not.toContain(tail);
      }),
      { numRuns: 500 },
    );
  });

  it("never survives a wrap at any other width", () => {
    const written = fc.constantFrom(
      (key: string) => [`crypto isakmp key ${key}`, " address 203.0.113.2"] as const,
      (key: string) => [`pre-shared-key address 203.0.113.2 key ${key}`, "\n!\ncrypto isakmp policy 10"] as const,
    );
    fc.assert(
      fc.property(bareKey, written, fc.integer({ min: 1, max: 20 }), (key, write, inTail) => {
        const [head, rest] = write(key);
        const tail = key.slice(-Math.min(inTail, key.length - 1));
        // What looks like a prompt or a mark is a line of its own.
        if (tail.length < 6 || !/^[\w.+/=$@&-]{6,}$/.test(tail) || /^(?:[-=*_.~]+|\d+[.]?)$/.test(tail)) return;
        const wrapped = `${head.slice(0, -tail.length)}\n${tail}${rest}`;
        expect(redactText(wrapped)).not.toContain(tail);
      }),
      { numRuns: 500 },
    );
  });

  it("cut in two is not compared with the whole one", () => {
    const text = redactText(
      "pre-shared-key address 192.0.2.1 key Vx8aKq7w\nTail9\npre-shared-key address 192.0.2.2 key Vx8aKq7w",
    );
    expect(text.split("\n").map((line) => line.slice(-12))).toEqual(
      ["y <secret ?>", "<secret ?>", "y <secret #1>"].map((end) => end.slice(-12)),
    );
  });

  it("never survives a log message printed where the terminal wraps", () => {
    const message = fc.constantFrom(
      "*Mar  1 11:06:40.351: %LINK-3-UPDOWN: Interface Serial0/0, changed state to up",
      "%SYS-5-CONFIG_I: Configured from console by console",
    );
    fc.assert(
      fc.property(bareKey, fc.integer({ min: 62, max: 79 }), message, (key, before, printed) => {
        const line = `${"crypto isakmp key ".padStart(before)}${key} address 203.0.113.2`;
        const tail = key.slice(80 - before);
        if (tail.length < 6) return;
        const redacted = redactText(`${line.slice(0, 80)}\n${printed}\n${line.slice(80)}`);
        expect(redacted).not.toContain(tail);
        expect(redacted).toContain(printed);
        expect(redacted).toContain("address 203.0.113.2");
      }),
      { numRuns: 500 },
    );
  });

  it("any text at all passes without throwing, and line numbers rise", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.constantFrom("key ", "secret=", 'psk: "', "key-string", "://a:b"))),
        (parts) => {
          const lines = parts.map((text, index) => ({ number: index + 1, text }));
          const numbers = redact(lines, createSecretTagger()).lines.map((line) => line.number);
          expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
        },
      ),
    );
  });
});

describe("harmless lines", () => {
  it.each(HARMLESS_LINES.map((line) => [line]))("stay as they are: %s", (line) => {
    expect(redactText(line)).toBe(line);
  });

  it("stay as they are all together", () => {
    expect(redactText(HARMLESS_LINES.join("\n"))).toBe(HARMLESS_LINES.join("\n"));
  });
});

describe("the rest of the lines", () => {
  it("stays in what PAN-OS prints in braces and in XML", () => {
    const braces = "authentication {\n  pre-shared-key {\n    key KEY1x;\n  }\n}\nesp {\n  authentication sha256;\n}";
    expect(redactText(braces)).toBe(braces.replace("KEY1x", "<secret #1>"));
    const xml =
      "<authentication><pre-shared-key><key>KEY1x</key></pre-shared-key></authentication>\n<authentication>sha256</authentication>\n<authentication><member>sha1</member></authentication>";
    expect(redactText(xml)).toBe(xml.replace("KEY1x", "<secret #1>"));
    const oneLine =
      "gateway { GW { authentication { pre-shared-key { key KEY1x; } } peer-address { ip 192.0.2.9; } } }";
    expect(redactText(oneLine)).toBe(oneLine.replace("KEY1x", "<secret #1>"));
  });
});

it.each(["sha256secret", "hmac-geheim1", "sha-99", "hmac-sha384-19299", "aes-xcbc-winter"])(
  "what only begins like the name of a hash is a password: %s",
  (word) => {
    expect(redactText(`   Authentication        : ${word}`)).not.toContain(word);
  },
);

describe("the rest of the line", () => {
  it.each([
    [
      "crypto isakmp key KEY1x address 203.0.113.2 255.255.255.0 no-xauth",
      "crypto isakmp key <secret #1> address 203.0.113.2 255.255.255.0 no-xauth",
    ],
    ["  pre-shared-key address 203.0.113.2 key KEY1x", "  pre-shared-key address 203.0.113.2 key <secret #1>"],
    [
      "default      0.0.0.0        [0.0.0.0]                    KEY1x",
      "default      0.0.0.0        [0.0.0.0]                    <secret #1>",
    ],
    [
      "set session-key outbound ah 300 0123456789abcdef01 KEY1x-23456789ab",
      "set session-key outbound ah 300 <secret ?> <secret ?>",
    ],
    [
      "set session-key inbound esp 256 cipher KEY1xabcdef012345 authenticator fedcba98 76543210",
      "set session-key inbound esp 256 cipher <secret ?> authenticator <secret ?> <secret ?>",
    ],
    ["snmp-server host 192.0.2.8 version 2c KEY1x ipsec", "snmp-server host 192.0.2.8 version 2c <secret #1> ipsec"],
    ["add peer=hub secret=KEY1x generate-policy=no", "add peer=hub secret=<secret #1> generate-policy=no"],
    ["crypto isakmp key ***** address 203.0.113.2", "crypto isakmp key <secret ?> address 203.0.113.2"],
  ])("%s", (line, expected) => {
    expect(redactText(line)).toBe(expected);
  });
});

describe("equal keys", () => {
  it("get equal placeholders in every syntax", () => {
    const text = redactText(FORMS.map((write) => write("Cisco123")).join("\n"));
    const tags = text.match(new RegExp(SECRET_PLACEHOLDER, "g")) ?? [];
    expect(tags).toHaveLength(FORMS.length);
    expect(new Set(tags)).toEqual(new Set(["<secret #1>"]));
  });

  it("are told from different ones", () => {
    const [hub, spoke] = redactText(
      "pre-shared-key address 40.10.1.1 key cisco\npre-shared-key address 30.3.1.1 key cisco123",
    ).split("\n");
    expect(sameSecret(readSecret(hub ?? ""), readSecret(spoke ?? ""))).toBe(false);
  });

  it("are equal though one is quoted, in hexadecimal or in base64", () => {
    const text = redactText(
      ': PSK "Cisco123"\n: PSK 0x436973636f313233\n: PSK 0sQ2lzY28xMjM=\n  pre-shared-key hex 436973636F313233',
    );
    expect(new Set(text.match(new RegExp(SECRET_PLACEHOLDER, "g")))).toEqual(new Set(["<secret #1>"]));
  });

  it("stay equal beside an author's mark", () => {
    const text = redactText("  pre-shared-key Cisco123   <-- wrong?\n  pre-shared-key Cisco123");
    expect(text).toBe("  pre-shared-key <secret #1>\n  pre-shared-key <secret #1>");
  });

  it("are unknown once masked, encrypted or hashed", () => {
    const unknown = [
      "*****",
      "<removed>",
      "<hidden>",
      "x.x.x",
      "xxxxx",
      "6 WDFZTDHaOJiUZ",
      "<secret #4>",
      "[REDACTED]",
      "cis*****",
    ];
    for (const key of unknown) {
      const line = redactText(`crypto isakmp key ${key} address 203.0.113.2`);
      expect(line).toMatch(/<secret \?> address 203\.0\.113\.2$/);
      expect(readSecret(line)).toEqual({});
    }
    expect(redactText(' pre-shared-key ascii-text "$9$abcdef"; ## SECRET-DATA')).toContain("<secret ?>");
    expect(redactText("username bob password 7 0822455D0A16")).toContain("<secret ?>");
  });

  it("can't be compared with unknown ones, nor across restarts", () => {
    expect(sameSecret({ tag: "#1" }, {})).toBeUndefined();
    expect(sameSecret({ tag: "#1" }, { tag: "#b1" })).toBeUndefined();
    expect(sameSecret({ tag: "#b1" }, { tag: "#b1" })).toBe(true);
  });

  it("count once each, masked ones not at all", () => {
    const lines = ["crypto isakmp key a1b2c3 address 192.0.2.1", "crypto isakmp key ***** address 192.0.2.2"];
    expect(
      redact(
        lines.map((text, index) => ({ number: index, text })),
        createSecretTagger(),
      ).removed,
    ).toBe(1);
  });
});

describe("the key's place", () => {
  it("is all that is removed where a host or a list has the same name", () => {
    const text =
      "HUB#show running-config\nhostname HUB\ncrypto isakmp key HUB address 203.0.113.2\nip access-list extended HUB\n permit ip host 10.1.1.1 host 10.8.1.1";
    expect(redactText(text)).toBe(text.replace("key HUB address", "key <secret #1> address"));
  });

  it.each([
    ["crypto isakmp key key address 203.0.113.2", "crypto isakmp key <secret #1> address 203.0.113.2"],
    ["crypto isakmp key 7 address 203.0.113.2", "crypto isakmp key <secret #1> address 203.0.113.2"],
    ["crypto isakmp key 0 md5 hostname PUNE", "crypto isakmp key 0 <secret #1> hostname PUNE"],
    ["crypto isakmp key address address 203.0.113.2", "crypto isakmp key <secret #1> address 203.0.113.2"],
    ["crypto isakmp key =a address 203.0.113.2", "crypto isakmp key <secret #1> address 203.0.113.2"],
    ["R1(config)#cr is k a|b ad 203.0.113.2", "R1(config)#cr is k <secret #1> ad 203.0.113.2"],
    ["  pre-shared-key address 203.0.113.2 key local", "  pre-shared-key address 203.0.113.2 key <secret #1>"],
    ["  pre-shared-key key", "  pre-shared-key <secret #1>"],
    [" ikev1 pre-shared-key remote", " ikev1 pre-shared-key <secret #1>"],
    ["snmp-server community key RO", "snmp-server community <secret #1> RO"],
    ["radius-server host 192.0.2.5 key exchange", "radius-server host 192.0.2.5 key <secret #1>"],
    [
      "radius server R\n address ipv4 192.0.2.5\n key ring",
      "radius server R\n address ipv4 192.0.2.5\n key <secret #1>",
    ],
    ["ntp authentication-key 1 md5 0822455D0A16 7", "ntp authentication-key 1 md5 <secret ?> 7"],
    [" password :a", " password <secret ?>"],
    ["R1(config-isakmp)#auth pre", "R1(config-isakmp)#auth pre"],
    ["R1#sh cr is k", "R1#sh cr is k"],
  ])("%s", (line, expected) => {
    expect(redactText(line)).toBe(expected);
  });

  it("has the same number in every paste of a case", () => {
    const tagger = createSecretTagger();
    redactText("crypto isakmp key other address 192.0.2.1", tagger);
    expect(redactText("crypto isakmp key a b address 192.0.2.1", tagger)).toContain("<secret #2>");
    expect(redactText("R1(conf-keyring)#pre ad 192.0.2.1 k a b", tagger)).toContain("<secret #2>");
    expect(redactText("default      203.0.113.2                    a b", tagger)).toContain("<secret #2>");
  });
});

it("leaves charon's lines as they are: they speak of keys and name none", () => {
  const lines = [
    "10[CFG] <1> looking for pre-shared key peer configs matching 198.51.100.1...192.0.2.1[gw.example.net]",
    "Nov 27 03:33:40 11[IKE] <hq|1> tried 2 shared keys for 'gw.example.net' - '192.0.2.1', but MAC mismatched",
    "Nov  3 10:02:11 fw charon[53721]: 10[IKE] <1> no shared key found for 'gw.example.net' - 'C=CH, CN=branch'",
    "Nov 27 03:33:40 gw charon-systemd[812]: no private key found for 'gw.example.net'",
    "authentication of 'gw.example.net' (myself) with pre-shared key",
    "10[CFG] <hq|1> constraint requires public key authentication, but pre-shared key was used",
    "10[CFG] <1> loaded IKE shared key with id 'ike-peer' for: '198.51.100.1'",
    "  local pre-shared key authentication:",
  ];
  const { lines: kept, removed } = redact(
    lines.map((text, index) => ({ number: index + 1, text })),
    createSecretTagger(),
  );
  expect(kept.map(({ text }) => text)).toEqual(lines);
  expect(removed).toBe(0);
});

describe("the tag", () => {
  it("is a running number and follows from nothing else", () => {
    const one = createSecretTagger();
    const other = createSecretTagger("b");
    expect(["cisco", "cisco123", "cisco"].map((key) => one.tag(key))).toEqual(["#1", "#2", "#1"]);
    expect(["cisco123", "cisco"].map((key) => other.tag(key))).toEqual(["#b1", "#b2"]);
  });
});

it("passes 20 MB of show crypto ipsec sa detail at a glance", () => {
  const tunnel = HARMLESS_LINES.filter((line) => /pkts|sa timing: rem.*k\/sec|ident |spi: 0x|esp-aes/.test(line));
  const lines = Array.from({ length: 400_000 }, (_, index) => ({
    number: index + 1,
    text: tunnel[index % tunnel.length] ?? "",
  }));
  const start = process.cpuUsage();
  expect(redact(lines, createSecretTagger()).removed).toBe(0);
  // About 70 ms; the bound leaves room for a slow machine.
  expect(process.cpuUsage(start).user / 1000).toBeLessThan(1500);
});

it("takes lines of 200,000 characters in its stride", () => {
  const units = [
    "key ",
    "key=",
    'secret "a ',
    "psk: ",
    "://a:b@",
    "pre-shared-key address 1.1.1.1 ",
    " ",
    "\\",
    "-----BEGIN ",
    "auth sha ",
  ];
  for (const unit of units) {
    const start = process.cpuUsage();
    redactText(unit.repeat(200_000 / unit.length));
    expect(process.cpuUsage(start).user / 1000).toBeLessThan(4000);
  }
});
