/** PAN-OS writes one configuration in three ways, and pastes lose some of each: they are read alike. */
import { describe, expect, it } from "vitest";
import { readSignatures } from "../src/knowledge/read.ts";
import { readPaste } from "../src/paste/read.ts";
import { createSecretTagger } from "../src/paste/redact.ts";
import { VENDORS } from "../src/vendors/index.ts";
import { readCases } from "./accuracy/case.ts";
import { judge } from "./accuracy/judge.ts";

const signatures = readSignatures();

type Tree = Map<string, Tree>;

/** What holds named things. */
const NAMED =
  /^(?:devices|vsys|ethernet|units|ip|ike-crypto-profiles|ipsec-crypto-profiles|gateway|ipsec|proxy-id|ike-gateway|virtual-router|static-route|zone|rules|address)$/;
const SETTING = /^(?:layer3|static-route|routing-table|crypto-profiles)$/;

function treeOf(setLines: readonly string[]): Tree {
  const root: Tree = new Map();
  for (const line of setLines) {
    const words: readonly string[] = line.slice(4).match(/"[^"]*"|\S+/g) ?? [];
    const open = words.indexOf("[");
    const ends = open < 0 ? [[]] : words.slice(open + 1, -1).map((word) => [word]);
    for (const end of ends) {
      let level = root;
      for (const word of [...words.slice(0, open < 0 ? undefined : open), ...end]) {
        const name = word.replaceAll('"', "");
        const next = level.get(name) ?? new Map();
        level.set(name, next);
        level = next;
      }
    }
  }
  return root;
}

function isValueList(tree: Tree): boolean {
  return tree.size > 0 && [...tree.values()].every((below) => below.size === 0);
}

function inBraces(tree: Tree, indent = ""): string[] {
  return [...tree].flatMap(([name, below]) => {
    const [only] = below.keys();
    if (below.size === 0) return [`${indent}${name};`];
    if (isValueList(below) && below.size > 1) return [`${indent}${name} [ ${[...below.keys()].join(" ")}];`];
    if (isValueList(below) && !NAMED.test(name)) return [`${indent}${name} ${quoted(only ?? "")};`];
    return [`${indent}${name} {`, ...inBraces(below, `${indent}  `), `${indent}}`];
  });
}

function quoted(value: string): string {
  return value.includes(" ") ? `"${value}"` : value;
}

function inXml(tree: Tree, parent = "", indent = ""): string[] {
  return [...tree].flatMap(([name, below]) => {
    const isEntry = NAMED.test(parent) && !SETTING.test(name);
    const [start, end] = isEntry ? [`entry name="${name}"`, "entry"] : [name, name];
    if (below.size === 0) return [`${indent}<${start}/>`];
    if (isValueList(below) && !isEntry && !NAMED.test(name)) {
      const values = [...below.keys()];
      if (values.length === 1) return [`${indent}<${name}>${values[0]}</${name}>`];
      return [
        `${indent}<${name}>`,
        ...values.map((value) => `${indent}  <member>${value}</member>`),
        `${indent}</${name}>`,
      ];
    }
    return [`${indent}<${start}>`, ...inXml(below, name, `${indent}  `), `${indent}</${end}>`];
  });
}

function unindented(lines: readonly string[]): string[] {
  return lines.map((line) => line.trim());
}

const FORMS: readonly (readonly [string, (tree: Tree) => string[]])[] = [
  ["braces", (tree) => inBraces(tree)],
  ["braces without indentation", (tree) => unindented(inBraces(tree))],
  ["braces on one line", (tree) => [unindented(inBraces(tree)).join(" ")]],
  ["XML", (tree) => ['<?xml version="1.0"?>', '<config version="10.1.0">', ...inXml(tree), "</config>"]],
  ["XML without indentation", (tree) => unindented(['<config version="11.0.0">', ...inXml(tree), "</config>"])],
  ["XML on one line", (tree) => [unindented(["<config>", ...inXml(tree), "</config>"]).join("")]],
];

function rewritten(text: string, write: (tree: Tree) => string[]): string {
  const lines = text.split("\n");
  const own = lines.filter((line) => line.startsWith("set "));
  const first = lines.indexOf(own[0] ?? "");
  const others = (from: number, to?: number) => lines.slice(from, to).filter((line) => !own.includes(line));
  return [...others(0, first), ...write(treeOf(own)), ...others(first)].join("\n");
}

const CASES = readCases().filter(({ pastes }) => pastes.some(({ text }) => /^set network ike gateway/m.test(text)));

describe.each(FORMS)("PAN-OS' configuration as %s", (_, write) => {
  it.each(CASES.map((item) => [item.name, item] as const))("gives the verdict of its set lines: %s", (_name, item) => {
    const pastes = item.pastes.map((paste) =>
      /^set network ike gateway/m.test(paste.text) ? { ...paste, text: rewritten(paste.text, write) } : paste,
    );
    // Which line shows it is another.
    const { line: _line, ...expected } = item.expect;
    expect(judge({ ...item, pastes, expect: expected }).faults).toEqual([]);
  });
});

describe("PAN-OS' configuration in pieces", () => {
  const gateway = [
    "authentication {",
    "  pre-shared-key {",
    "    key Heron-Quay-2031;",
    "  }",
    "}",
    "protocol {",
    "  version ikev2;",
    "}",
    "peer-address {",
    "  ip 203.0.113.77;",
    "}",
  ];
  const read = (text: string) =>
    readPaste("paste", text, { vendors: VENDORS, signatures, tagger: createSecretTagger() });

  it.each([
    ["show network ike gateway", ["gateway {", "  GW-OSLO {", ...gateway.map((line) => `    ${line}`), "  }", "}"]],
    ["show network ike gateway GW-OSLO", ["GW-OSLO {", ...gateway.map((line) => `  ${line}`), "}"]],
    ["show network ike", ["ike {", "  gateway {", "    GW-OSLO {", ...gateway, "    }", "  }", "}"]],
  ])("is read at the level of its command: %s", (command, lines) => {
    const { outputs } = read(`admin@fw1# ${command}\n${lines.join("\n")}\n[edit]\nadmin@fw1#`);
    expect(outputs.map(({ platform, command: found, unread }) => [platform, found, unread])).toEqual([
      ["panos", "config", []],
    ]);
    const [connections] = (outputs[0]?.values ?? []).flatMap((value) =>
      value.kind === "connections" ? value.connections : [],
    );
    expect(connections).toMatchObject({
      name: "GW-OSLO",
      version: 2,
      remote: ["203.0.113.77"],
      localAuth: { method: "psk" },
    });
  });

  it("shows no absence where a brace or a tag was never closed", () => {
    const cut = read(
      '<config>\n<devices><entry name="localhost.localdomain"><deviceconfig><system><hostname>fw1</hostname></system></deviceconfig><network><mtu>1500</mtu>',
    );
    expect(JSON.stringify(cut.outputs)).not.toContain('"complete":true');
  });
});
