/** A few shapes and words as SVG, in the colours of a theme. Classes let a page that is both light and dark recolour them. */

import { escapeMarkup } from "./escape.ts";

export type Theme = "light" | "dark";
/** What a colour is for. */
export type Ink = "text" | "quiet" | "line" | "good" | "bad" | "open";

const INKS: Readonly<Record<Theme, Readonly<Record<Ink | "back" | "card", string>>>> = {
  light: {
    back: "#ffffff",
    card: "#f3f5f8",
    text: "#1a2230",
    quiet: "#556070",
    line: "#8a94a3",
    good: "#1b6e37",
    bad: "#b3261e",
    open: "#8a5a00",
  },
  dark: {
    back: "#161c26",
    card: "#202936",
    text: "#e6ebf2",
    quiet: "#a4afbf",
    line: "#7d899a",
    good: "#67d587",
    bad: "#ff9a91",
    open: "#edc35c",
  },
};

/** Rules that recolour a picture drawn in light for a dark page: its classes win over its attributes. */
export function darkRules(scope: string): string {
  return Object.entries(INKS.dark)
    .map(([ink, colour]) => `${scope} .f-${ink}{fill:${colour}}${scope} .s-${ink}{stroke:${colour}}`)
    .join("");
}

export interface Canvas {
  readonly box: (at: Rect, ink: Ink) => string;
  readonly text: (x: number, y: number, words: string, how?: TextStyle) => string;
  readonly line: (from: Point, to: Point, ink: Ink, dashed?: boolean) => string;
  readonly dot: (at: Point, radius: number, ink: Ink, filled?: boolean) => string;
  /** The whole picture; `words` for those who can't see it. */
  readonly picture: (
    size: { readonly width: number; readonly height: number },
    words: string,
    parts: readonly string[],
  ) => string;
}
interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
type Point = readonly [x: number, y: number];
interface TextStyle {
  readonly ink?: Ink;
  readonly size?: number;
  readonly bold?: boolean;
  readonly anchor?: "start" | "middle" | "end";
  /** Characters that fit; longer words are cut. */
  readonly most?: number;
}

export function canvasFor(theme: Theme): Canvas {
  const inks = INKS[theme];
  return {
    box: ({ x, y, width, height }, ink) =>
      `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="6" class="f-card s-${ink}" fill="${inks.card}" stroke="${inks[ink]}" stroke-width="1.5"/>`,
    text: (x, y, words, { ink = "text", size = 14, bold = false, anchor = "start", most = 60 } = {}) =>
      `<text x="${x}" y="${y}" class="f-${ink}" fill="${inks[ink]}" font-size="${size}"${bold ? ' font-weight="bold"' : ""}${anchor === "start" ? "" : ` text-anchor="${anchor}"`}>${escaped(cut(words, most))}</text>`,
    line: ([x1, y1], [x2, y2], ink, dashed = false) =>
      `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" class="s-${ink}" stroke="${inks[ink]}" stroke-width="2"${dashed ? ' stroke-dasharray="4 4"' : ""}/>`,
    dot: ([cx, cy], radius, ink, filled = true) =>
      `<circle cx="${cx}" cy="${cy}" r="${radius}" class="s-${ink} f-${filled ? ink : "back"}" fill="${filled ? inks[ink] : inks.back}" stroke="${inks[ink]}" stroke-width="2"/>`,
    picture: ({ width, height }, words, parts) =>
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(words)}" font-family="DejaVu Sans, Verdana, system-ui, sans-serif"><title>${escaped(words)}</title><rect width="${width}" height="${height}" class="f-back" fill="${inks.back}"/>${parts.join("")}</svg>`,
  };
}

function cut(words: string, most: number): string {
  const all = [...words];
  return all.length <= most ? words : `${all.slice(0, most - 1).join("")}…`;
}

/** Control characters are not allowed in XML at all. */
function escaped(text: string): string {
  return escapeMarkup(text.replace(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, " "));
}
