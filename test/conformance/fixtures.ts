/** Loads the fixtures of IOS, IOS-XE and ASA that a mapping knows. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Json } from "./json.ts";
import type { Fixture, Mapping } from "./mapping.ts";

const PLATFORMS: Readonly<Record<string, Fixture["platform"]>> = {
  ios: "cisco-ios",
  iosxe: "cisco-ios",
  cisco_ios: "cisco-ios",
  asa: "cisco-asa",
  cisco_asa: "cisco-asa",
  cisco_ftd: "cisco-asa",
};

const index = z.array(
  z.object({
    out: z.string(),
    source: z.string(),
    platform: z.string(),
    command: z.string(),
    commands: z.array(z.string()),
    shape: z.string(),
    expected: z.boolean(),
    arguments: z.record(z.string(), z.unknown()).optional(),
  }),
);
type Row = z.infer<typeof index>[number];

/** Arguments of fixtures whose tests do not pass any. */
const USUAL: Readonly<Record<string, string>> = { interface: "Tunnel2", remote_ip: "17.27.1.11", addr: "6800::6" };

/** @returns one row a fixture and its mapping, in the order of the index; undefined where the folder is absent. */
export function loadFixtures(
  folder: string,
  mappings: readonly Mapping[],
): { fixture: Fixture; mapping: Mapping }[] | undefined {
  const file = join(folder, "index.json");
  if (!existsSync(file)) return undefined;
  const found: { fixture: Fixture; mapping: Mapping }[] = [];
  for (const row of index.parse(JSON.parse(readFileSync(file, "utf8")))) {
    const device = PLATFORMS[row.platform];
    const mapping = mappings.find(
      ({ folders, platform }) => folders.test(row.command) && (platform === undefined || platform === device),
    );
    if (mapping === undefined || device === undefined) continue;
    const path = join(folder, row.out);
    const { source, command, shape } = row;
    const expected = row.expected ? (JSON.parse(readFileSync(`${path}.json`, "utf8")) as Json) : undefined;
    const text = readFileSync(`${path}.txt`, "utf8");
    found.push({
      mapping,
      fixture: { name: row.out, source, platform: device, command, shape, text, expected, typed: typedOf(row) },
    });
  }
  return found;
}

/** The command with its arguments, as somebody would type it. */
function typedOf(row: Row): string {
  const folder = row.command.replace(/_word$/, "_{route}").replace(/_pipe_ip$/, "_|_include_{ip}");
  const form = row.commands.find((command) => slug(command) === row.command) ?? folder.replaceAll("_", " ");
  const filled = form.replace(/\{(\w+)\}/g, (_, name: string) => String(row.arguments?.[name] ?? USUAL[name] ?? ""));
  // napalm's file names have blanks for the dots of addresses.
  const dotted = filled.replace(/\b(\d{1,3}) (\d{1,3}) (\d{1,3}) (\d{1,3})\b/g, "$1.$2.$3.$4");
  // Two of genie's arguments are answers of its dialogue, not words of the command.
  const typed = dotted.replace("Mgmt intf", "Mgmt-intf").replace(/ Extended-data \S+| Te1\/0\/5/, "");
  return typed.replace(/\s+/g, " ").trim();
}

function slug(command: string): string {
  return command
    .replace(/\{(\w+)\}/g, (_, name: string) => name.toUpperCase())
    .replace(/[|^]/g, "")
    .trim()
    .replace(/\s+/g, "_");
}
