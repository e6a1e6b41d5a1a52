/** Lines above an output that say whose it is: `### SPOKE`, `HUB:`, `Remote side:`, `=== R2 ===`. */
import { type Heading, readAnnouncement, SIDE_WORDS } from "./announcement.ts";

export interface HeadingContext {
  /** The line had a heading mark of its own that cleaning took away. */
  readonly marked: boolean;
  /** A blank or dropped line stands before it, or nothing. */
  readonly spaced: boolean;
  /** Host names seen so far in prompts and headings. */
  readonly hosts: ReadonlySet<string>;
}

const LONGEST = 60;
/** A field with its value, or signs of output: cheap to see, and most lines have one. */
const NO_HEADING = /[{},;%"]|[:=] ?[0-9a-z]/;
const EDGES = new Set("#=*-_~+<>[](){}|/\\:,.! \t");
/** Words around a name or a side that say nothing themselves. */
const FILLERS = new Set(
  "the on from at of is in for and output outputs show config configs configuration running-config debug debugs log logs commands result results taken here side end site router peer device box firewall gateway vpn fw cisco ios".split(
    " ",
  ),
);
/** What a device is called beside the side that it is on: "FortiGate (their side)", "Our side (Palo Alto)". */
const MAKES = new Set(
  "fortigate fortinet fortios juniper srx junos palo alto pan-os panos mikrotik routeros strongswan libreswan vyos pfsense opnsense aws azure asa ftd ios-xe linux".split(
    " ",
  ),
);
const IN_BRACKETS = /^(?<before>[A-Za-z][\w' -]{0,40}?) ?\((?<within>[A-Za-z][\w' -]{1,30})\)(?<mark>:?)$/;
const ENDS = new Set(["side", "end", "site", "router", "device", "box", "firewall", "gateway", "peer"]);
/** Names that people give to an end of a tunnel; other words must look like a name. */
const ROLES =
  /^(?:hub|spoke|branch|hq|headquarters?|headend|datacenter|dc|central|main|office|remote-?office|initiator|responder|edge|core|cpe|ce|pe|site|asa|ftd|router|client|server)[-_]?(?:[a-z]|\d{1,4})?$/i;
const NAME = /^[A-Za-z][A-Za-z0-9._-]{0,62}$/;
/** Words in capitals or with a digit that are protocol, state or interface and no device. */
const NO_NAMES =
  /^(?:more|(?:MM|QM|AG|OM|CONF|IKE|IKEV[12]|ISAKMP|IPSEC|ESP|AH|SA|SAS|VPN|ACLS?|DPD|NAT|GRE|DMVPN|PFS|PSK|DES|3DES|AES\d*|SHA\d*|MD5|DH|UDP|TCP|ICMP|IP|IPV[46]|MTU|TS|CMAP|NOTE|NB|PS|EDIT|UPDATE|UPDATED|ERROR|ERRORS|WARNING|TODO|FYI|OK|YES|NO|NONE|UP|DOWN|ACTIVE|STANDBY|PERMIT|DENY|SUMMARY|ISSUE|SOLUTION|PROBLEM|CONFIG|DEBUG|LOGS?|OUTPUT|BEFORE|AFTER|TL|END|EXIT|Q|A|Q\d|A\d|STEP\d*|PHASE-?\d*|CASE\d*|QUESTION|ANSWER|THANKS|TIA|HTH|RRI|READY|DELETED|ROUTE|ROUTES|PING|SHOW|PROTOCOL|CONNECTIONS|STATUS|V[12]|TLS\d*|VTI|K9|REPLY|HI|HELLO|ALL|TEAM)(?:_[A-Z0-9_]*)?|[A-Z0-9-]*(?:ACL|MAP|TRANSFORM|TSET|PROF|PROFILE|KEYRING|POLICY|LIST)|(?:gi|fa|te|fo|hu|eth|tu|lo|vl|se|di|po|bvi|virtual|cellular|null|async|atm|pos|bundle|mgmt|tunnel|loopback|vlan|serial|dialer|port-channel|gigabitethernet|fastethernet|tengigabitethernet|ethernet|st|ge|xe|ae|bdi|ikev|esp|aes|sha|group|phase|step|transform|rfc|level|no|policy|sha-?)[a-z-]*-?\d[\d./-]*)$/i;

/** Who a heading says the following is from; undefined for a line that names nobody. */
export function readHeading(text: string, context: HeadingContext): Heading | undefined {
  return readAnnouncement(text) ?? readName(text, context);
}

function readName(text: string, context: HeadingContext): Heading | undefined {
  if (text.length > LONGEST || NO_HEADING.test(text)) return undefined;
  return readBracketed(text, context) ?? readBare(text, context);
}

/** "Cisco (our side):", "Remote end (FortiGate)", "SPOKE-1 (far end):", "Site A (Cisco 2911):" */
function readBracketed(text: string, context: HeadingContext): Heading | undefined {
  const { before = "", within = "", mark = "" } = IN_BRACKETS.exec(text.trimEnd())?.groups ?? {};
  if (before === "") return undefined;
  const words = `${before} ${within}`.split(" ").filter((word) => !MAKES.has(word.toLowerCase()));
  if (words.length > 6) return undefined;
  const plain = words.map((word) => word.replace(/'s$/i, ""));
  const told = sideOf(plain, mark !== "");
  return told ?? (within.split(" ").every(isOfMake) ? readBare(`${before}${mark}`, context) : undefined);
}

/** "Cisco", "ASA", "FortiGate", "2911", "60F" */
function isOfMake(word: string): boolean {
  return MAKES.has(word.toLowerCase()) || /^(?:cisco|ios|router|firewall|[a-z]{0,4}-?\d{2,5}[a-z]{0,3})$/i.test(word);
}

function readBare(text: string, context: HeadingContext): Heading | undefined {
  let from = 0;
  let to = text.length;
  while (from < to && EDGES.has(text[from] ?? "")) from += 1;
  while (to > from && EDGES.has(text[to - 1] ?? "")) to -= 1;
  if (from === to) return undefined;
  const decoration = text.slice(0, from) + text.slice(to);
  // A blank in front is a device's indentation; a comma, a bracket or a full stop belongs to output or prose.
  if (/^[ \t]/.test(text) || /[{},.!/\\()]/.test(decoration)) return undefined;
  const core = text.slice(from, to);
  const isDrawn = context.marked || /[=*~#[<]|--|__/.test(decoration);
  const isColon = text.slice(to).trimStart().startsWith(":");
  const words = core.split(/[\s:]+/).map((word) => word.replace(/'s$/i, ""));
  if (words.length > 6) return undefined;
  return sideOf(words, isDrawn || isColon) ?? hostOf(core, words, { ...context, marked: isDrawn }, isColon);
}

function sideOf(words: readonly string[], isMarked: boolean): Heading | undefined {
  const lower = words.map((word) => word.toLowerCase());
  const told = lower.map((word) => SIDE_WORDS.get(word)).filter((side) => side !== undefined);
  const rest = lower.filter((word) => !SIDE_WORDS.has(word) && !FILLERS.has(word));
  if (told.length === 1 && rest.length === 0) {
    const isCertain = isMarked || lower.some((word) => ENDS.has(word)) || words.length === 1;
    return isCertain ? { side: told[0] } : undefined;
  }
  if (told.length > 0) {
    // "Remote side (SPOKE)", "local router HUB"
    const name = words.filter((word) => !FILLERS.has(word.toLowerCase()) && !SIDE_WORDS.has(word.toLowerCase()));
    const [host = ""] = name;
    const bare = host.replace(/[()[\]]/g, "");
    return told.length === 1 && name.length === 1 && isMarked && isName(bare)
      ? { side: told[0], host: bare }
      : undefined;
  }
  if (lower.length === 2 && lower[0] === "peer" && ENDS.has(lower[1] ?? "")) return { side: "remote" };
  return lower.length === 2 && lower[0] === "this" && ENDS.has(lower[1] ?? "") ? { side: "local" } : undefined;
}

function hostOf(
  core: string,
  words: readonly string[],
  context: HeadingContext,
  isColon: boolean,
): Heading | undefined {
  const lower = words.map((word) => word.toLowerCase());
  const names = words.filter((word) => !FILLERS.has(word.toLowerCase()));
  const [name] = names;
  if (names.length === 1 && name !== undefined) {
    if (context.hosts.has(name)) return { host: name };
    // "Router A", "Site 2": the letter alone is no name.
    if (name.length === 1 || /^\d+$/.test(name))
      return words.length === 2 && ENDS.has(lower[0] ?? "") && (context.spaced || context.marked || isColon)
        ? { host: core.replace(/\s+/, "-") }
        : undefined;
    if (!isName(name)) return undefined;
    const isAlone = words.length === 1;
    if (context.marked && isAlone) return { host: name };
    if (!ROLES.test(name) && !/^[A-Z][A-Z0-9-]{1,30}$/.test(name) && !/\d/.test(name)) return undefined;
    const isAbout = lower.some((word) => ENDS.has(word) || word.startsWith("config") || word.startsWith("output"));
    if (isColon || context.marked) return { host: name };
    return context.spaced && (isAlone || (words.length <= 3 && isAbout)) ? { host: name } : undefined;
  }
  // "Spoke router" of two fillers has no name left; a role that is a filler too is not one.
  return undefined;
}

function isName(word: string): boolean {
  return NAME.test(word) && !NO_NAMES.test(word);
}
