/** Words that all forms of a hand-off share. */
import type { HandOffDocument } from "../domain/hand-off.ts";

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
      ...ends.map(
        ({ platform, release }) =>
          [platform === "unknown" ? null : platform, release].filter(Boolean).join(" ") || null,
      ),
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
