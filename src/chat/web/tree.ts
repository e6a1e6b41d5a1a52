/** The tree's picture as SVG. */
import { drawTree, type TreeColours } from "../../case/tree-picture.ts";

export type Theme = "light" | "dark";
export interface TreeWay {
  readonly rested: string;
  readonly ended: string;
}

type Mood = "bad" | "good" | "open";
const MARKS: Readonly<Record<Theme, Readonly<Record<Mood, Pick<TreeColours, "rest" | "restLine">>>>> = {
  light: {
    bad: { rest: "#fdeceb", restLine: "#b3261e" },
    good: { rest: "#e5f4e9", restLine: "#1b6e37" },
    open: { rest: "#fdf3dc", restLine: "#8a5a00" },
  },
  dark: {
    bad: { rest: "#45201f", restLine: "#ff9a91" },
    good: { rest: "#17351f", restLine: "#67d587" },
    open: { rest: "#3b2f10", restLine: "#edc35c" },
  },
};
const WALKED: Readonly<Record<Theme, Pick<TreeColours, "walked" | "walkedLine" | "text">>> = {
  light: { walked: "#e4eefa", walkedLine: "#0b57a4", text: "#1a2230" },
  dark: { walked: "#182c44", walkedLine: "#83bbff", text: "#e6ebf2" },
};
const CANVAS = {
  light: { bg: "#ffffff", fg: "#1a2230", muted: "#556070", line: "#8a94a3", accent: "#556070", border: "#b9c1cc" },
  dark: { bg: "#161c26", fg: "#e6ebf2", muted: "#a4afbf", line: "#647083", accent: "#a4afbf", border: "#465164" },
} as const;

/** Where the picture is, by theme; its address changes with what it shows, so that it can be kept. */
export function treeHref(caseId: string, way: TreeWay): { href: (theme: Theme) => string; words: string } {
  const query = `rested=${encodeURIComponent(way.rested)}&ended=${encodeURIComponent(way.ended)}`;
  return {
    href: (theme) => `/case/${encodeURIComponent(caseId)}/tree.svg?${query}&theme=${theme}`,
    words: picture(way, "light").words,
  };
}

/** The library draws in a web font of Google's; nothing is fetched from anywhere, so that line goes. */
const WEB_FONT = /@import url\('[^']*'\);/;

/** Drawn once each: there are as many pictures as ways through the tree. The library is loaded when it is needed. */
export async function treeSvg(way: TreeWay, theme: Theme): Promise<string> {
  const { mermaid, words } = picture(way, theme);
  const before = drawn.get(mermaid);
  if (before !== undefined) return before;
  const { renderMermaidSVG } = await import("beautiful-mermaid");
  const options = { ...CANVAS[theme], padding: 6, nodeSpacing: 18, layerSpacing: 24, font: "system-ui" };
  const svg = renderMermaidSVG(mermaid, options).replace(WEB_FONT, "");
  const labelled = svg.replace("<svg ", `<svg role="img" aria-label="${words}" `);
  drawn.set(mermaid, labelled);
  return labelled;
}

const drawn = new Map<string, string>();

/** The Mermaid source, to take along. */
export function treeSource(way: TreeWay): string {
  return picture(way, "light").mermaid;
}

function picture({ rested, ended }: TreeWay, theme: Theme) {
  const mood: Mood = ended === "healthy" ? "good" : ended === "advice" ? "bad" : "open";
  return drawTree(rested, ended, { ...WALKED[theme], ...MARKS[theme][mood] });
}
