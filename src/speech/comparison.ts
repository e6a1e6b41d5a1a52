/** Both ends side by side, in words: briefly beside a verdict, and as a whole table on asking. */
import type { ComparedRow, RowVerdict } from "../domain/comparison.ts";
import type { Side } from "../domain/ids.ts";
import type { NamedEnds } from "../domain/named-ends.ts";
import type { Block } from "../domain/reply.ts";
import type { Evidence, Verdict } from "../domain/verdict.ts";
import { text } from "./blocks.ts";
import { nameOf } from "./names.ts";

interface Compared {
  readonly comparison: () => readonly ComparedRow[];
  readonly ends: NamedEnds;
  readonly verdict: Pick<Verdict, "pastes">;
}

const WORDS: Readonly<Record<RowVerdict, string>> = {
  same: "same",
  differs: "differs",
  "differs-no-fault": "no fault",
  unknown: "?",
};
/** Most telling first. */
const ORDER: readonly RowVerdict[] = ["differs", "differs-no-fault", "unknown", "same"];
/** Lines shown below the table. */
const MOST_LINES = 8;

/** Beside a verdict: what differs as a table, the rest in a line each. Nothing while only one end was seen. */
export function comparedBriefly({ comparison, ends }: Omit<Compared, "verdict">): Block[] {
  const rows = comparison();
  if (!rows.some(hasBoth)) return [];
  const differing = rows.filter(({ verdict }) => verdict === "differs");
  const items = [
    sentence(
      "Differ, but are no fault",
      rows.filter(({ verdict }) => verdict === "differs-no-fault").map((row) => difference(row, ends)),
    ),
    sentence("Agree", agreements(rows, ends)),
    sentence("Not seen on both ends", names(rows, "unknown", ends)),
  ].flat();
  const blocks: Block[] = differing.length > 0 ? [tableOf(differing, ends, false)] : [];
  return items.length === 0 ? blocks : [...blocks, { type: "list", label: "Both ends compared", items }];
}

/** On asking: every row with its verdict, what differs first, and the lines of what differs. */
export function comparedInFull({ comparison, ends, verdict }: Compared): Block[] {
  const rows = comparison();
  if (rows.length === 0) return [text(nothingToCompare(verdict))];
  const ordered = ORDER.flatMap((wanted) => rows.filter(({ verdict: is }) => is === wanted));
  const blocks: Block[] = [tableOf(ordered, ends, true)];
  const lines = ordered.filter(({ verdict: is }) => is.startsWith("differs")).flatMap(linesOf);
  if (lines.length > 0) blocks.push({ type: "evidence", label: "Where it differs", lines: lines.slice(0, MOST_LINES) });
  const noted = ordered.filter(({ note, verdict: is }) => note !== undefined && is !== "same" && is !== "differs");
  if (noted.length > 0)
    blocks.push({ type: "list", items: noted.map((row) => `${nameOfRow(row, ends)}: ${row.note}`) });
  if (!rows.some(hasBoth)) blocks.push(text(oneEndOnly(rows, ends)));
  return blocks;
}

const WHAT_TO_PASTE = "the IPsec part of the configuration of both ends (on a Cisco: show running-config)";

function nothingToCompare({ pastes }: Compared["verdict"]): string {
  if (pastes.length === 0) return `There is no paste yet. Paste ${WHAT_TO_PASTE}, and I lay them side by side.`;
  const sides = new Set(pastes.map(({ side }) => side));
  return sides.has("local") && sides.has("remote")
    ? `I can't compare these two: neither points at an address of the other, or none of their settings were seen. What would do is ${WHAT_TO_PASTE}.`
    : `There is nothing to compare yet. Paste ${WHAT_TO_PASTE}.`;
}

function oneEndOnly(rows: readonly ComparedRow[], ends: NamedEnds): string {
  const missing: Side = rows.some(({ local }) => local.value !== "") ? "remote" : "local";
  return `To compare, I need the same from ${nameOf(missing, ends)}: the IPsec part of its configuration is enough.`;
}

function tableOf(rows: readonly ComparedRow[], ends: NamedEnds, withVerdicts: boolean): Block {
  const head = ["", nameOf("local", ends), nameOf("remote", ends), ...(withVerdicts ? [""] : [])];
  const cells = rows.map((row) => [
    nameOfRow(row, ends),
    row.local.value || "not seen",
    row.remote.value || "not seen",
    ...(withVerdicts ? [WORDS[row.verdict]] : []),
  ]);
  const marked = rows.flatMap(({ verdict }, index) => (verdict === "differs" ? [index + 1] : []));
  return { type: "table", rows: [head, ...cells], marked };
}

/** "IKE hash", "peer of HUB", "IPsec lifetime": a name that needs no heading above it. */
export function nameOfRow({ topic, attribute, of }: ComparedRow, ends: NamedEnds): string {
  if (of !== undefined) return `${attribute} of ${nameOf(of, ends)}`;
  const prefix = areCisco(ends) ? PREFIXES[topic] : (PLAIN_PREFIXES[topic] ?? PREFIXES[topic]);
  const name = areCisco(ends) ? attribute : (PLAIN[attribute] ?? attribute);
  return prefix === undefined ? name : `${prefix} ${name}`;
}

const PREFIXES: Readonly<Record<string, string>> = {
  "IKE policy": "IKE",
  "pre-shared key": "pre-shared",
  "crypto map": "map",
};
/** Where an end is no Cisco: words that all platforms have in common. */
const PLAIN_PREFIXES: Readonly<Record<string, string>> = { "crypto map": "tunnel", "transform set": "IPsec" };
const PLAIN: Readonly<Record<string, string>> = {
  "IKE policy": "IKE proposals",
  "transform set": "IPsec proposals",
  transform: "proposal",
  hash: "integrity",
  "crypto ACL": "protected networks",
  "crypto map": "tunnel",
};

/** Whether both ends may be talked of in the words that IOS and the ASA share: what is not known may be one. */
function areCisco({ local, remote }: NamedEnds): boolean {
  return [local, remote].every(({ platform }) => platform === "unknown" || platform.startsWith("cisco-"));
}

function difference(row: ComparedRow, ends: NamedEnds): string {
  const why = row.note === undefined ? "" : `; ${row.note}`;
  return `${nameOfRow(row, ends)} (${row.local.value} / ${row.remote.value}${why})`;
}

/** Topics that agree throughout with their values: "IKE policy (aes-256, sha256, 14, psk)"; of others the attributes. */
function agreements(rows: readonly ComparedRow[], ends: NamedEnds): string[] {
  const topics = [...new Set(rows.map(({ topic }) => topic))];
  return topics.flatMap((topic) => {
    const same = rows.filter((row) => row.topic === topic && row.verdict === "same");
    const values = same
      .filter(isTold)
      .map(({ attribute, local: { value } }) => (attribute === "group" ? `group ${value}` : value));
    if (same.length === 0) return [];
    const attributes = same.map(({ attribute }) => (areCisco(ends) ? attribute : (PLAIN[attribute] ?? attribute)));
    const said = values.length > 0 ? values : topic === attributes[0] || same.every(({ of }) => of) ? [] : attributes;
    const name = areCisco(ends) ? topic : (PLAIN[topic] ?? topic);
    return [said.length === 0 ? name : `${name} (${[...new Set(said)].join(", ")})`];
  });
}

/** Whether the two values are one, so that one of them says both. */
function isTold({ local, remote, of }: ComparedRow): boolean {
  return of === undefined && local.value === remote.value;
}

function names(rows: readonly ComparedRow[], verdict: RowVerdict, ends: NamedEnds): string[] {
  return [...new Set(rows.filter((row) => row.verdict === verdict).map((row) => nameOfRow(row, ends)))];
}

function sentence(label: string, parts: readonly string[]): string[] {
  return parts.length === 0 ? [] : [`${label}: ${parts.join(", ")}.`];
}

function hasBoth({ local, remote }: ComparedRow): boolean {
  return local.value !== "" && remote.value !== "";
}

/** The most telling line of each end. */
function linesOf({ local, remote }: ComparedRow): Evidence[] {
  return [local, remote].flatMap(({ evidence }) => evidence.slice(0, 1));
}
