/** Words that all forms of a hand-off share. */
import type { HandOffDocument } from "../domain/hand-off.ts";
import { platformName } from "../domain/platform-names.ts";

export const RISKS = {
  none: "disturbs nothing",
  low: "low risk",
  "drops-this-tunnel": "drops this tunnel while it renegotiates",
  "drops-other-tunnels": "DROPS OTHER TUNNELS TOO",
} as const;

export const KINDS = { fix: "Fix", look: "Look", check: "Check" } as const;

export const OUTCOMES = {
  fixed: "fixed it",
  better: "helped, not all of it",
  same: "changed nothing",
  worse: "made it worse",
  "not-known": "not checked yet",
} as const;

const FOR = {
  "next-shift": "",
  "far-side": " · for the far side's administrator",
  vendor: " · for the vendor's support",
} as const;

/** "Hand-over 7F3K: tunnel HUB ⇄ PUNE" */
export function titleOf({ case: id, template, ends }: Pick<HandOffDocument, "case" | "template" | "ends">): string {
  const names = ends.map(({ name, address }) => (address === null || address === name ? name : `${name} (${address})`));
  return `Hand-over${id === null ? "" : ` ${id}`}: tunnel ${names.join(" ⇄ ")}${FOR[template]}`;
}

/** "2026-11-27 03:12" */
export function whenWords(at: string | null): string {
  return at === null ? "" : at.slice(0, 16).replace("T", " ");
}

/** Who reads it says "we" of their own end. */
export function sideNames({
  template,
}: Pick<HandOffDocument, "template">): Readonly<Record<"local" | "remote", string>> {
  return { local: "our end", remote: template === "far-side" ? "your end" : "the far end" };
}

/** "Written by Asha, 2026-11-27 03:12 UTC." */
export function writtenWords({ writtenBy, writtenAt }: Pick<HandOffDocument, "writtenBy" | "writtenAt">): string {
  const when = writtenAt === null ? "" : `${whenWords(writtenAt)} UTC`;
  if (writtenBy === null) return when === "" ? "" : `Written ${when}.`;
  return `Written by ${[writtenBy, when].filter(Boolean).join(", ")}.`;
}

/** What each end is, attribute by attribute; without what neither shows. */
export function endRows({ ends }: Pick<HandOffDocument, "ends">): string[][] {
  const rows: [string, ...(string | null)[]][] = [
    [
      "platform",
      ...ends.map(({ platform, release }) => [platformName(platform), release].filter(Boolean).join(", ") || null),
    ],
    ["address", ...ends.map(({ address }) => address)],
    ["identity", ...ends.map(({ identity }) => identity)],
    ["IKE policies", ...ends.map(({ policies }) => policies.join("\n") || null)],
    ["protects", ...ends.map(({ protects }) => protects.join("\n") || null)],
  ];
  return rows
    .filter(([, ...cells]) => cells.some((cell) => cell !== null))
    .map((row) => row.map((cell) => cell ?? "not seen"));
}

/** The comparison without what only one end shows. */
export function comparedRows({ compared }: Pick<HandOffDocument, "compared">): HandOffDocument["compared"] {
  return compared.filter(({ verdict }) => verdict !== "unknown");
}

/** Running text of knowledge, which is wrapped at its source. */
export function inTurn(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** Of each list, what support reads first. */
const MOST_LINES = 6;
const MOST_AGAINST = 2;
const MOST_OTHERS = 3;
const MOST_RULED_OUT = 5;

/** The problem as support is told it: the best finding, and what else it can and can't be. */
export function problemInShort({ findings, path, ruledOut }: HandOffDocument) {
  const [best, ...others] = findings;
  const fails = path.find(({ mark }) => mark === "no");
  const titles = (all: readonly { readonly title: string }[]) => all.map(({ title }) => title).join("; ");
  return {
    fails,
    why: best === undefined ? undefined : inTurn(best.why),
    shownBy: (best?.evidence ?? fails?.evidence ?? []).slice(0, MOST_LINES),
    against: (best?.against ?? []).slice(0, MOST_AGAINST),
    alsoPossible: titles(others.slice(0, MOST_OTHERS)),
    ruledOut: titles(ruledOut.slice(0, MOST_RULED_OUT)),
  };
}

/** Whose an output of the appendix is. */
export function ownerOf({ ends }: Pick<HandOffDocument, "ends">, side: string | null): string {
  return ends.find((end) => end.side === side)?.name ?? "an end that was not named";
}

export const KEPT_OF_OUTPUTS = "The lines that were read and those around them; the whole output is on the device.";

/** "2 keys or passwords were removed from the pastes; change what was shared."; nothing where none was. */
export function secretsWords(removed: number): string {
  if (removed === 0) return "";
  const what = removed === 1 ? "1 key or password was" : `${removed} keys or passwords were`;
  return `${what} removed from the pastes; change what was shared.`;
}

/** What support asks for, by end: commands that were collected, and commands that are missing. */
export function supportByEnd({ support }: Pick<HandOffDocument, "support">) {
  return [...new Set(support.map(({ on }) => on))].map((on) => {
    const here = support.filter((each) => each.on === on);
    const commands = (wanted: typeof here) => wanted.map(({ command }) => command.split("\n").join("; "));
    return {
      on,
      collected: commands(here.filter(({ collected }) => collected !== null)),
      missing: commands(here.filter(({ collected }) => collected === null)),
    };
  });
}
