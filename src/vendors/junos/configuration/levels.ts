/** At which level of the hierarchy statements stand, where the output does not begin at the root; and what groups add. */
import type { Statement } from "../../../domain/set-lines.ts";

const ROOTS: ReadonlySet<string> = new Set(
  (
    "access accounting-options applications apply-groups bridge-domains chassis class-of-service event-options " +
    "firewall forwarding-options groups interfaces logical-systems multi-chassis policy-options poe protocols " +
    "routing-instances routing-options schedulers security services smtp snmp switch-options system tenants version vlans"
  ).split(" "),
);
/** First words below a level; "proposal" and "policy" are told by their settings. */
const BELOW: readonly (readonly [readonly string[], RegExp])[] = [
  [["security"], /^(?:ike|ipsec|zones|policies|nat|flow|address-book|pki|screen|alg|log|utm|idp)$/],
  [["security", "ike"], /^gateway$/],
  [["security", "ipsec"], /^(?:vpn|vpn-monitor-options|security-association)$/],
  [["security", "nat"], /^(?:source|destination|proxy-arp)$/],
  [["security", "zones"], /^(?:security-zone|functional-zone)$/],
  [["security", "policies"], /^(?:from-zone|default-policy)$/],
  [
    ["interfaces"],
    /^(?:(?:ge|xe|et|fe|fxp|em|lo|st|reth|ae|irb|vlan|gr|ip|lt|lsq|pp|dl|t1|e1|at|sp|vt|fab|swfab)-?[\d/.]{0,12}|interface-range)$/,
  ],
  [["routing-options"], /^(?:static|rib|autonomous-system|router-id|rib-groups)$/],
];
const OF_IKE = /^(?:authentication-method|dh-group|mode|proposal-set|pre-shared-key|certificate|encryption-algorithm)$/;
const OF_IPSEC = /^(?:protocol|perfect-forward-secrecy|lifetime-kilobytes|extended-sequence-number)$/;

/** The statements with all their words from the root. */
export function fromTheRoot(statements: readonly Statement[]): Statement[] {
  const isIpsec = statements.some(
    ({ words }) => /^(?:proposal|policy)$/.test(words[0] ?? "") && OF_IPSEC.test(words[2] ?? ""),
  );
  const isIke = statements.some(
    ({ words }) => /^(?:proposal|policy)$/.test(words[0] ?? "") && OF_IKE.test(words[2] ?? ""),
  );
  return statements.map((statement) => {
    const [first = ""] = statement.words;
    if (ROOTS.has(first)) return statement;
    const level = BELOW.find(([, pattern]) => pattern.test(first))?.[0] ?? profileLevel(first, isIpsec, isIke);
    return level ? { ...statement, words: [...level, ...statement.words] } : statement;
  });
}

function profileLevel(first: string, isIpsec: boolean, isIke: boolean): readonly string[] | undefined {
  if (first !== "proposal" && first !== "policy") return undefined;
  if (isIpsec) return ["security", "ipsec"];
  return isIke ? ["security", "ike"] : undefined;
}

/** The statements with those of the groups that are applied at the root, and whether others are applied that are not known. */
export function withGroups(statements: readonly Statement[]): { statements: Statement[]; isWhole: boolean } {
  const applied = statements.filter(({ words }) => words[0] === "apply-groups").map(({ words }) => words[1] ?? "");
  let isWhole = statements.every(({ words }) => words.indexOf("apply-groups") < 1);
  const own = statements.filter(({ words }) => words[0] !== "groups");
  const added = applied.flatMap((name) => {
    const ofGroup = statements.filter(({ words }) => words[0] === "groups" && words[1] === name);
    // "${node}" stands for groups that name each node of a cluster.
    if (ofGroup.length === 0 && !name.includes("$")) isWhole = false;
    return ofGroup.map(({ line, words }) => ({ line, words: words.slice(2) }));
  });
  if (added.some(({ words }) => words.some((word) => /^<.{1,60}>$/.test(word) && !word.startsWith("<secret "))))
    isWhole = false;
  // What is set outside of groups goes before what they bring.
  return { statements: [...added, ...own], isWhole };
}
