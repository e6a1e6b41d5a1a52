/** What a person's sentence tells of the two ends: "we have a FortiGate, they run an ASA, peer is 203.0.113.9". */
import type { PlatformId, Side } from "../domain/ids.ts";
import { canonicalAddress } from "../domain/network.ts";

export interface Told {
  readonly platforms: Readonly<Record<Side, PlatformId | undefined>>;
  readonly peer: string | undefined;
}

/** A person tells it in a few short lines. */
const LONGEST = 400;
const MOST_LINES = 8;
/** What prompts, commands, tables and configurations have and sentences don't. */
const OF_DEVICES = /[#>{}|=<\\$_"%\t]|^[ ]{0,40}[-+*!:\d]|^[ ]|\S {2,}\S|\d\)|\/\d/m;
/** Words of people; devices speak of no "we", and their names for things have no article. */
const OF_PEOPLE =
  /\b(?:we|we're|we've|our|ours|i'm|i am|i've|my|they|they're|their|theirs|them|customer|partner|hi|hey|hello|please|it's|here|vpn (?:to|from|between)|tunnel (?:to|from|between)|(?:far|other|remote) (?:end|side|gateway)|(?:peer|remote|side|end|box) is)\b/;

/** What people call each platform; models with their numbers. */
const NAMES: readonly (readonly [RegExp, PlatformId])[] = [
  [/^(?:ios|ios-xe|iosxe|isr[\w-]*|asr[\w-]*|csr\d[\w-]*|c8\d{3}[\w-]*|cat8\w*)$/, "cisco-ios"],
  [/^(?:asa(?:-?\d{3,5}\w?)?(?:-x)?|asav\d{0,3}|ftd|ftdv|firepower|fpr-?\d+)$/, "cisco-asa"],
  [/^(?:strongswan|pfsense|opnsense|vyos)$/, "strongswan"],
  [/^libreswan$/, "libreswan"],
  [/^(?:v?srx[\d-]*|junos|juniper|junipers)$/, "junos"],
  [/^(?:fortigates?|fortinet|fortios|forti|fgt[\w-]*|fg-?\d+\w?)$/, "fortios"],
  [/^(?:paloalto|palo|palos|panos|pan-os|pa-\d+\w?)$/, "panos"],
  [/^(?:mikrotiks?|routeros|ccr\d[\w-]*)$/, "routeros"],
  [/^(?:aws|amazon)$/, "aws"],
];

const LOCAL = words("we we're we've i i'm i've us our ours my mine local near here this");
const REMOTE = words("they they're they've them their theirs peer peer's peers remote far other customer customers");
for (const word of words("customer's partner partners partner's provider's vendor's opposite there")) REMOTE.add(word);
/** Before a platform without more: whose it is. */
const LEADS_THERE = words("to towards toward with against");
const LEADS_HERE = words("from on at behind");
const OF_NO_WEIGHT = words("a an the some cisco new old single");
const DENIES = words("not no isn't aren't never");

/**
 * What a text tells of platforms and the peer; undefined where it tells nothing, or reads like a device's output.
 * @param isTalk it is known to be somebody's own words; else it has to have words of people
 */
export function toldIn(text: string, isTalk = false): Told | undefined {
  if (text.length > LONGEST || text.trim().split("\n").length > MOST_LINES || OF_DEVICES.test(text)) return undefined;
  const said = text.normalize("NFKC").toLowerCase().replaceAll("’", "'");
  if (said.trim().split(/\s+/).length < 3 || !(isTalk || OF_PEOPLE.test(said))) return undefined;
  const platforms = platformsIn(said);
  const peer = peerIn(said);
  const isNothing = platforms.local === undefined && platforms.remote === undefined && peer === undefined;
  return isNothing ? undefined : { platforms, peer };
}

/** What was there before is told of in one breath with what is there now. */
const TELLS_OF_CHANGE = /\b(?:mov|migrat|replac|upgrad|swap|switch|chang|convert|used to)\w*/;

interface Mention {
  readonly platform: PlatformId;
  side: Side | undefined;
}

function platformsIn(said: string): Told["platforms"] {
  if (TELLS_OF_CHANGE.test(said)) return { local: undefined, remote: undefined };
  const clauses = said
    .replace(/\b(?:our|my) (?:peer|partner|customer|provider|vendor)(?:'s)?\b/g, "their")
    .replace(/\bthere(?:'s| is| are| was| were)\b/g, "is")
    .split(/[,;!?\n]|\.(?=\s|$)|\b(?:and|but|while|whereas)\b/);
  const mentions = clauses.flatMap(mentionsIn);
  const open = mentions.filter(({ side }) => side === undefined);
  // One that nobody is named with is theirs where the other one is ours, and ours otherwise.
  const [first] = open;
  const isNew = first && mentions.every(({ platform, side }) => side === undefined || platform !== first.platform);
  if (isNew && open.length === 1) first.side = mentions.some(({ side }) => side === "local") ? "remote" : "local";
  const of = (side: Side) => {
    const named = new Set(mentions.filter((mention) => mention.side === side).map(({ platform }) => platform));
    return named.size === 1 ? [...named][0] : undefined;
  };
  return { local: of("local"), remote: of("remote") };
}

function mentionsIn(clause: string): Mention[] {
  const tokens = clause.split(/[^\p{L}\p{N}'.-]+/u).filter((token) => token !== "");
  const mentions: (Mention & { readonly at: number })[] = [];
  for (const [at, token] of tokens.entries()) {
    const platform = token === "router" && tokens[at - 1] === "cisco" ? "cisco-ios" : platformOf(token);
    const before = mentions.at(-1);
    const from = before ? before.at + 1 : 0;
    if (platform === undefined || tokens.slice(Math.max(0, at - 2), at).some((word) => DENIES.has(word))) continue;
    // "Juniper SRX 300" is one.
    if (before?.platform === platform && before.at === at - 1) mentions.pop();
    const side = sideBefore(tokens.slice(from, at)) ?? (before?.platform === platform ? before.side : undefined);
    mentions.push({ platform, side, at });
  }
  for (const [index, mention] of mentions.entries())
    mention.side ??= sideAfter(tokens.slice(mention.at + 1, mentions[index + 1]?.at));
  return mentions;
}

function platformOf(token: string): PlatformId | undefined {
  return NAMES.find(([name]) => name.test(token.replace(/\.$/, "")))?.[1];
}

/** The nearest word before it that names an end; else a preposition right before it. */
function sideBefore(tokens: readonly string[]): Side | undefined {
  const named = tokens.findLast((token) => LOCAL.has(token) || REMOTE.has(token));
  if (named !== undefined) return LOCAL.has(named) ? "local" : "remote";
  const leading = tokens.findLast((token) => !OF_NO_WEIGHT.has(token));
  if (leading === undefined) return undefined;
  return LEADS_THERE.has(leading) ? "remote" : LEADS_HERE.has(leading) ? "local" : undefined;
}

/** "FortiGate here", "ASA on their side". */
function sideAfter(tokens: readonly string[]): Side | undefined {
  const named = tokens.slice(0, 4).find((token) => LOCAL.has(token) || REMOTE.has(token));
  return named === undefined ? undefined : LOCAL.has(named) ? "local" : "remote";
}

const NOUNS =
  "(?:public|outside|external|wan|side|end|gateway|gw|router|firewall|box|peer|ip|address|endpoint|is|at|has|:)";
/** Words right before the far gateway's address. An inside host that can't be reached is no peer. */
const PEER = new RegExp(
  [
    String.raw`\bpeer(?:'s)?(?: ${NOUNS}){0,3}:? ([0-9a-f.:]+)`,
    String.raw`\b(?:remote|far|their|other)(?: ${NOUNS}){1,4}:? ([0-9a-f.:]+)`,
    String.raw`\b(?:tunnel|vpn|ipsec|s2s)(?: \w{1,12}){0,2} (?:to|with|towards) (?:the )?(?:peer )?([0-9a-f.:]+)`,
  ].join("|"),
  "g",
);

/** What follows on an address that is spoken of because it works. */
const IS_WELL = /^[^,;.!?]{0,25}\b(?:works?|working|fine|ok|okay|healthy|good|up)\b/;

function peerIn(said: string): string | undefined {
  const found = new Set<string>();
  const line = said.replace(/[ \t]+/g, " ");
  for (const match of line.matchAll(PEER)) {
    const [whole, ...groups] = match;
    const address = canonicalAddress((groups.find((group) => group !== undefined) ?? "").replace(/[.:]$/, ""));
    const isGateway = address !== undefined && address !== "::" && address !== "0.0.0.0";
    if (isGateway && !IS_WELL.test(line.slice(match.index + whole.length))) found.add(address);
  }
  return found.size === 1 ? [...found][0] : undefined;
}

function words(list: string): Set<string> {
  return new Set(list.split(" "));
}
