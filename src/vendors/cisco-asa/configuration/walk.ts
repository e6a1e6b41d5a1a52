/** Walks the statements of an ASA configuration: which section a line belongs to, with its indentation or without. */
import type { Statement } from "../../cisco-ios/configuration/statements.ts";
import type { Collected, SectionReader, Topic } from "./collected.ts";
import { takeCryptoMap } from "./crypto-map.ts";
import { takeIke } from "./ike.ts";
import { takeAccessGroup, takeInterface, takeRoute } from "./interface.ts";
import { takeIpsec } from "./ipsec.ts";
import { takeTunnelGroup } from "./tunnel-group.ts";

const takeCrypto: Topic = (statement, collected) =>
  takeCryptoMap(statement, collected) ??
  takeIpsec(statement, collected) ??
  takeIke(statement, collected) ??
  unknownCrypto(statement, collected);

/** Certificates have long bodies that nobody compares; other crypto lines that no topic knows are told. */
function unknownCrypto(statement: Statement, collected: Collected): SectionReader | "read" {
  if (/^(?:no )?crypto (?:ca|key|ssl|engine) /.test(statement.text)) return () => true;
  collected.unread.push(...statement.lines);
  return "read";
}

const TOPICS: ReadonlyMap<string, readonly Topic[]> = new Map<string, readonly Topic[]>([
  ["crypto", [takeCrypto]],
  ["no", [takeNo]],
  ["interface", [takeInterface]],
  ["access-group", [takeAccessGroup]],
  ["route", [takeRoute]],
  ["tunnel-group", [takeTunnelGroup]],
  ["group-policy", [takeTunnelGroup]],
  ["object", [takeObject]],
  ["object-group", [takeObject]],
  ["access-list", [takeAccessLine]],
  ["nat", [takeNat]],
  ["hostname", [takeDevice]],
  ["ASA", [takeDevice]],
  ["NGFW", [takeDevice]],
  ["sysopt", [takeSysopt]],
]);

function takeNo(statement: Statement, collected: Collected) {
  if (statement.text.startsWith("no crypto ")) return takeCrypto(statement, collected);
  return statement.text.startsWith("no sysopt ") ? takeSysopt(statement, collected) : undefined;
}

/** Cisco ASA command reference, "sysopt connection permit-vpn": on, unless it is switched off. */
function takeSysopt({ text, line }: Statement, collected: Collected) {
  const word = /^(?<no>no )?sysopt connection permit-(?:vpn|ipsec)$/.exec(text);
  if (word) collected.permitVpnOffLine = word.groups?.["no"] === undefined ? undefined : line;
  return "read" as const;
}

function takeObject({ text }: Statement, { objects, objectNat }: Collected): SectionReader | undefined {
  const [kind, what, name] = text.split(" ");
  if (name === undefined) return undefined;
  if (what !== "network") return (line) => !/^object/.test(line.text);
  objects.open(name);
  return (statement) => {
    if (kind === "object" && statement.text.startsWith("nat (")) objectNat.push({ name, statement });
    return objects.take(name, statement.text);
  };
}

function takeAccessLine(statement: Statement, collected: Collected) {
  collected.accessLines.push(statement);
  return "read" as const;
}

function takeNat(statement: Statement, collected: Collected) {
  if (statement.text.includes(" source ")) collected.nat.push(statement);
  return "read" as const;
}

function takeDevice({ text, line }: Statement, { device }: Collected) {
  const [word, name = ""] = text.split(" ");
  if (word === "hostname") {
    device.hostname = name;
    device.hostnameLine = line;
  } else device.version ??= /Version (\S{1,30})/.exec(text)?.[1] ?? "";
  return "read" as const;
}

/** Reads every statement into `collected`. */
export function walk(statements: readonly Statement[], collected: Collected): void {
  let open: { readonly read: SectionReader; readonly indent: number } | undefined;
  for (const statement of statements) {
    const { text, indent } = statement;
    if (/^(?:!|:|exit$|quit$|end$)/.test(text)) {
      if (text !== "quit") open = undefined;
      continue;
    }
    if (open && indent > open.indent && open.read(statement)) continue;
    const taken = takeGlobal(statement, collected);
    if (taken === "read") open = undefined;
    else if (taken !== undefined) open = { read: taken, indent };
    // A section whose indentation was lost.
    else if (open && indent <= open.indent && !open.read(statement)) open = undefined;
  }
}

function takeGlobal(statement: Statement, collected: Collected) {
  const blank = statement.text.indexOf(" ");
  const topics = TOPICS.get(blank === -1 ? statement.text : statement.text.slice(0, blank));
  for (const topic of topics ?? []) {
    const taken = topic(statement, collected);
    if (taken !== undefined) return taken;
  }
  return undefined;
}
