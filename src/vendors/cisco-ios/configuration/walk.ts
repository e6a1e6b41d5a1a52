/** Walks the statements of a configuration: which section a line belongs to, with its indentation or without. */
import { takeAccessList } from "./access-list.ts";
import type { Collected, Section, Topic } from "./collected.ts";
import { takeCryptoMap } from "./crypto-map.ts";
import { takeDevice } from "./device.ts";
import { takeIkeKey } from "./ike-key.ts";
import { takeIkePeer } from "./ike-peer.ts";
import { takeIkePolicy } from "./ike-policy.ts";
import { takeIkeProfile } from "./ike-profile.ts";
import { takeIkeSetting } from "./ike-settings.ts";
import { takeIkeV2Keyring } from "./ikev2-keyring.ts";
import { takeIkeV2Profile } from "./ikev2-profile.ts";
import { takeIkeV2Setting } from "./ikev2-settings.ts";
import { takeInterface } from "./interface.ts";
import { takeNatRule, takeRouteMap } from "./nat.ts";
import { takeOtherCrypto } from "./other-crypto.ts";
import type { Statement } from "./statements.ts";
import { takeStaticRoute } from "./static-route.ts";
import { takeTransformSet } from "./transform-set.ts";
import { type Mode, typedInFull } from "./typed-words.ts";

const CRYPTO_TOPICS: readonly Topic[] = [
  takeIkePolicy,
  takeIkeKey,
  takeIkeProfile,
  takeIkePeer,
  takeIkeSetting,
  takeIkeV2Setting,
  takeIkeV2Keyring,
  takeIkeV2Profile,
  takeTransformSet,
  takeCryptoMap,
  takeOtherCrypto,
];
/** Who may take a line, by its first word: a configuration has thousands of lines that are nobody's. */
const TOPICS: ReadonlyMap<string, readonly Topic[]> = new Map([
  ["crypto", CRYPTO_TOPICS],
  ["no", CRYPTO_TOPICS],
  ["ip", [takeStaticRoute, takeAccessList, takeNatRule]],
  ["ipv6", [takeStaticRoute, takeAccessList]],
  ["access-list", [takeAccessList]],
  ["interface", [takeInterface]],
  ["route-map", [takeRouteMap]],
  ["hostname", [takeDevice]],
  ["version", [takeDevice]],
]);
/** First words of global lines, which end a section where no indentation is left to show it. */
const GLOBAL_WORDS: ReadonlySet<string> = new Set(
  (
    "aaa alias archive banner boot boot-start-marker boot-end-marker bridge cdp class-map clock control-plane cts " +
    "dial-peer diagnostic dot1x enable end errdisable event exception file flow hardware interface ip ipv6 l2tp-class " +
    "license line lldp logging login mac mac-address-table memory mls monitor mpls multilink netconf-yang ntp " +
    "object-group parameter-map parser platform policy-map power privilege process radius radius-server redundancy " +
    "route-map router scheduler security service sip-ua snmp-server spanning-tree standby subscriber switch " +
    "tacacs tacacs-server template track transceiver username vlan voice vpdn vpdn-group vrf vtp zone zone-pair"
  ).split(" "),
);

const LEAVES = /^(?:exit|end)$/;

interface OpenSection {
  readonly section: Section;
  readonly indent: number;
  /** A line deeper than the heading was seen: the indentation can be trusted. */
  isIndented: boolean;
}

/** Reads every statement into `collected`; `isTyped`: by hand, with words cut short as IOS allows. */
export function walk(statements: readonly Statement[], collected: Collected, isTyped: boolean): void {
  let open: OpenSection | undefined;
  for (const typed of statements) {
    if (typed.text.startsWith("!")) {
      // "! Incomplete" is what IOS itself writes under a crypto map entry.
      if (typed.text !== "!") open?.section.read(typed);
      else if (open && typed.indent <= open.indent) open = undefined;
      continue;
    }
    const inMode = open && isTyped ? inFull(typed, open.section.mode) : typed;
    if (open && !LEAVES.test(inMode.text) && readInSection(open, inMode)) continue;
    const statement = isTyped ? inFull(typed) : typed;
    if (LEAVES.test(inMode.text) || LEAVES.test(statement.text)) {
      open = undefined;
      continue;
    }
    const taken = takeGlobal(statement, collected);
    if (taken !== undefined)
      open = taken === "read" ? undefined : { section: taken, indent: statement.indent, isIndented: false };
    else if (open && !isInside(open, statement)) {
      // A line added by hand may have lost the indentation that the rest of its section has.
      if (GLOBAL_WORDS.has(firstWord(statement.text)) || !open.section.read(inMode)) open = undefined;
    } else if (open?.section.tellsUnread) collected.unread.push(...statement.lines);
  }
}

/** The statement with its words written out as the mode has them; without a mode, as the first level does. */
function inFull(statement: Statement, mode?: Mode): Statement {
  const text = typedInFull(statement.text, mode);
  return text === statement.text ? statement : { ...statement, text };
}

function readInSection(open: OpenSection, statement: Statement): boolean {
  if (statement.indent > open.indent) open.isIndented = true;
  else if (open.isIndented) return false;
  return open.section.read(statement);
}

function isInside(open: OpenSection, statement: Statement): boolean {
  if (statement.indent > open.indent) return true;
  return !open.isIndented && !GLOBAL_WORDS.has(firstWord(statement.text));
}

function takeGlobal(statement: Statement, collected: Collected) {
  for (const topic of TOPICS.get(firstWord(statement.text)) ?? []) {
    const taken = topic(statement, collected);
    if (taken !== undefined) return taken;
  }
  return undefined;
}

function firstWord(text: string): string {
  const blank = text.indexOf(" ");
  return blank === -1 ? text : text.slice(0, blank);
}
